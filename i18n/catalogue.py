"""Extract, merge and compile the portal's Indonesian catalogue.

Run from anywhere, in an environment that has CKAN (its template syntax is needed to extract):

    python i18n/catalogue.py update     source and borrowed.pot -> .pot, .po, .mo
    python i18n/catalogue.py compile    .po -> .mo

`borrowed.pot` lists the sentences of CKAN and its plugins that our pages show. Their own
catalogues have few of them in Indonesian; ours is read after theirs and wins.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

I18N = Path(__file__).resolve().parent
ROOT = I18N.parent
DOMAIN = "ckanext-satudata"
TEMPLATE = I18N / f"{DOMAIN}.pot"
BORROWED = I18N / "borrowed.pot"
INDONESIAN = I18N / "id" / "LC_MESSAGES" / f"{DOMAIN}.po"
HEADER = """\
# Indonesian catalogue of ckanext-satudata.
# This file is distributed under the same licence as ckanext-satudata.
# See docs/how-to/translate.md."""


def read(path: Path, locale: str | None = None) -> Catalog:
    """Return the catalogue in the file `path`."""
    with path.open("rb") as stream:
        return read_po(stream, locale=locale)


def extracted() -> Catalog:
    """Return the msgids of our source. Needs CKAN; raises CalledProcessError without it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "found.pot"
        options = ["-q", "extract", "-F", "pyproject.toml", "-k", "N_", "--add-location=file"]
        subprocess.run(  # noqa: S603 (our own interpreter and options)
            [sys.executable, "-m", "babel.messages.frontend", *options, "-o", str(target), "."],
            cwd=ROOT,
            check=True,
        )
        return read(target)


def template() -> Catalog:
    """Return every msgid that needs a translation: those of our source and the borrowed ones."""
    found = extracted()
    whole = Catalog(
        project=DOMAIN,
        version="main",
        msgid_bugs_address="CONTRIBUTING.md",
        last_translator="ckanext-satudata",
        language_team="ckanext-satudata",
        header_comment=HEADER.replace("Indonesian catalogue", "Translation template"),
        fuzzy=False,
    )
    for source, note in ((found, ()), (read(BORROWED), ("CKAN",))):
        for message in source:
            if message.id:
                whole.add(
                    message.id,
                    locations=message.locations,
                    flags=message.flags,
                    auto_comments=note,
                    context=message.context,
                )
    return whole


def keys(catalog: Catalog) -> set[tuple[str | None, str]]:
    """Return context and (singular) msgid of each message."""
    return {
        (one.context, one.id if isinstance(one.id, str) else one.id[0]) for one in catalog if one.id
    }


def write(path: Path, catalog: Catalog) -> None:
    """Write `catalog` to `path`; the dates there stay, so that a date alone is no change."""
    if path.is_file():
        old = read(path, str(catalog.locale) if catalog.locale else None)
        catalog.creation_date = old.creation_date
        catalog.revision_date = old.revision_date
    with path.open("wb") as stream:
        write_po(stream, catalog, width=96, include_lineno=False, ignore_obsolete=True)


def update() -> None:
    """Bring the template and the Indonesian catalogue up to date, and compile."""
    fresh = template()
    write(TEMPLATE, fresh)
    indonesian = read(INDONESIAN, "id")
    indonesian.update(fresh, no_fuzzy_matching=True)
    indonesian.header_comment = HEADER
    indonesian.fuzzy = False
    write(INDONESIAN, indonesian)
    compile_()
    for message in indonesian:
        if message.id and not message.string:
            sys.stdout.write(f"not translated: {message.id}\n")


def compile_() -> None:
    """Write the .mo file that the portal reads from the .po file that people edit."""
    with INDONESIAN.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, read(INDONESIAN, "id"))


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit status."""
    commands = {"update": update, "compile": compile_}
    if len(arguments) != 1 or arguments[0] not in commands:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    commands[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
