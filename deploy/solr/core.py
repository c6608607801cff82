"""Make the Solr core of the portal from CKAN's own schema.

    PYTHON deploy/solr/core.py --home DIR --core NAME [--schema PATH]

Prints ``made`` when the core was made anew (its index is then empty and CKAN must index again) and
``kept`` when it already is what it should be. Run it while Solr is stopped. The schema is never
copied into the project: it is read from the installed CKAN (``ckan/config/solr/schema.xml``) and
changed in the few nodes that ``indonesian()`` names.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import importlib.util
import os
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent

OVERRIDES = "stemmer-override.txt"
SOLR_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<solr/>\n'

# Attributes by which an analysis filter names a file of the conf folder.
FILE_ATTRIBUTES = ("synonyms", "protected", "dictionary", "words")

Conf = Mapping[str, bytes]


class CoreError(Exception):
    """What stopped the core from being made, with the name of the node or file."""


def indonesian(schema: bytes) -> bytes:
    """CKAN's schema with Indonesian stemming and working synonyms in fields of type ``text``.

    The English stemmer gives way to the Indonesian one, with a list before it of what that gets
    wrong. The synonyms move from the query to the index: CKAN's dismax queries reach the analyzer
    word by word, so that a synonym of two words ("peserta didik") would never be recognised there.
    The name of the schema is left alone: CKAN reads its own version from it. Raises CoreError with
    the name of the node that is not there.
    """
    try:
        root = _tree(schema)
    except ET.ParseError as error:
        raise CoreError(f"the schema is not XML: {error}") from error
    if root.tag != "schema" or not root.get("name", "").startswith("ckan-"):
        raise CoreError("schema[@name='ckan-…']: node not found, is this CKAN's schema.xml?")
    index, query = _analyzer(root, "index"), _analyzer(root, "query")
    _move_synonyms(query, index)
    for analyzer in (index, query):
        _stem_indonesian(analyzer)
    root.insert(
        0, ET.Comment(" Made by deploy/solr/core.py from CKAN's schema; changes here are lost. ")
    )
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _tree(schema: bytes) -> ET.Element:
    return ET.fromstring(schema)  # noqa: S314 - a file of the installed CKAN, not of a visitor


def _analyzer(root: ET.Element, side: str) -> ET.Element:
    path = f"types/fieldType[@name='text']/analyzer[@type='{side}']"
    found = root.find(path)
    if found is None:
        raise CoreError(f"{path}: node not found in CKAN's schema")
    return found


def _filter(analyzer: ET.Element, name: str, **attributes: str) -> ET.Element:
    wanted = {"class": f"solr.{name}", **attributes}
    for node in analyzer.iter("filter"):
        if wanted.items() <= node.attrib.items():
            return node
    conditions = "".join(f"[@{key}='{value}']" for key, value in wanted.items())
    side = analyzer.get("type")
    path = f"types/fieldType[@name='text']/analyzer[@type='{side}']/filter{conditions}"
    raise CoreError(f"{path}: node not found in CKAN's schema")


def _move_synonyms(query: ET.Element, index: ET.Element) -> None:
    synonyms = _filter(query, "SynonymGraphFilterFactory", synonyms="synonyms.txt")
    lower = _filter(index, "LowerCaseFilterFactory")
    # An index cannot hold a graph, hence the second filter.
    flatten = ET.Element("filter", {"class": "solr.FlattenGraphFilterFactory"})
    query.remove(synonyms)
    synonyms.tail = flatten.tail = lower.tail
    # After punctuation is off and letters are small: in a running text, "siswa," is "siswa" too.
    position = list(index).index(lower) + 1
    index[position:position] = [synonyms, flatten]


def _stem_indonesian(analyzer: ET.Element) -> None:
    english = _filter(analyzer, "SnowballPorterFilterFactory", language="English")
    override = ET.Element(
        "filter", {"class": "solr.StemmerOverrideFilterFactory", "dictionary": OVERRIDES}
    )
    stemmer = ET.Element(
        "filter", {"class": "solr.IndonesianStemFilterFactory", "stemDerivational": "true"}
    )
    override.tail = stemmer.tail = english.tail
    position = list(analyzer).index(english)
    analyzer[position : position + 1] = [override, stemmer]


def conf_files(schema_path: Path) -> Conf:
    """All files of the core's conf folder: name -> bytes.

    Raises CoreError when a file that the schema names is not there.
    """
    schema = indonesian(_read(schema_path))
    files = {"schema.xml": schema, "solrconfig.xml": _read(HERE / "solrconfig.xml")}
    for name in _named_files(schema):
        files[name] = _read(HERE / name)
    return files


def _named_files(schema: bytes) -> list[str]:
    root = _tree(schema)
    named = {node.get(attribute) for node in root.iter("filter") for attribute in FILE_ATTRIBUTES}
    return sorted(name for name in named if name)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CoreError(f"{path}: {error.strerror}") from error


def stamp(files: Conf) -> str:
    """sha256 over names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def make_core(home: Path, name: str, files: Conf) -> bool:
    """Make ``home/name`` unless it already is exactly that. True when it was made.

    ``core.properties`` is what makes a folder a core for Solr, so it goes first and comes last: a
    run that is killed in between leaves no core, and the next run makes it.
    """
    core = home / name
    properties = core / "core.properties"
    content = f"name={name}\nsatudata.stamp={stamp(files)}\n".encode()
    if _holds(properties, content) and _conf_is(core / "conf", files):
        return False
    _refuse_if_running(core)
    properties.unlink(missing_ok=True)
    if core.exists():
        shutil.rmtree(core)
    (core / "conf").mkdir(parents=True)
    for file, data in files.items():
        _write(core / "conf" / file, data)
    _write(properties, content)
    return True


def make_home(home: Path) -> None:
    """Make Solr's home with its solr.xml, if they are missing."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "solr.xml").exists():
        _write(home / "solr.xml", SOLR_XML.encode())


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _conf_is(conf: Path, files: Conf) -> bool:
    if not conf.is_dir() or {path.name for path in conf.iterdir()} != set(files):
        return False
    return all(_holds(conf / name, data) for name, data in files.items())


def _refuse_if_running(core: Path) -> None:
    # Solr holds a lock on the index it serves. To drop that index would leave it with open files
    # that are no longer there.
    lock = core / "data" / "index" / "write.lock"
    if not lock.exists():
        return
    with lock.open("r+b") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CoreError(
                f"{core}: the core must be made anew, but Solr is serving it; stop Solr first"
            ) from error


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, also after a power cut."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)


def installed_schema() -> Path:
    """The schema.xml of the CKAN installed beside this Python, found without importing CKAN."""
    ckan = importlib.util.find_spec("ckan")
    folders = ckan.submodule_search_locations if ckan else None
    for folder in folders or ():
        path = Path(folder) / "config" / "solr" / "schema.xml"
        if path.is_file():
            return path
    raise CoreError(
        "ckan/config/solr/schema.xml: not found; run this with CKAN's Python or give --schema"
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Make the Solr core of the portal.")
    parser.add_argument("--home", type=Path, required=True, help="Solr's home (solr.solr.home)")
    parser.add_argument("--core", required=True, help="name of the core, also of its folder")
    parser.add_argument(
        "--schema", type=Path, help="CKAN's schema.xml; default: that of the installed CKAN"
    )
    options = parser.parse_args(arguments)
    try:
        files = conf_files(options.schema or installed_schema())
        make_home(options.home)
        made = make_core(options.home, options.core, files)
    except (CoreError, OSError) as error:
        print(f"core {options.core}: {error}", file=sys.stderr)
        return 1
    print("made" if made else "kept")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
