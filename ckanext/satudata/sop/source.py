"""A SOP file as text: its values, and the line and column where each one stands.

YAML is read as a tree of nodes and never as objects, so a tag, an alias bomb or a binary file
gets a fault and not a traceback. What YAML 1.1 and 1.2 read differently is refused unless
quoted, because officials edit these files with whatever editor they have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.faults import Fault, fault

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
"""A SOP nests six deep. Beyond this the reader only loses time, and in the end its stack."""

Path = tuple[str | int, ...]
Place = tuple[int, int]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
# What PyYAML takes for text, though another reader may not: YAML 1.2 numbers, YAML 1.1 y and n.
_OTHER_READERS = (
    (re.compile(r"-?0[0-9_]+\Z|0o[0-7]+\Z"), "angka"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+\Z"), "angka pecahan"),
    (re.compile(r"[yYnN]\Z"), "ya/tidak"),
)
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TRAPS = {
    "tag:yaml.org,2002:bool": "ya/tidak",
    "tag:yaml.org,2002:null": "kosong",
    "tag:yaml.org,2002:timestamp": "tanggal",
    "tag:yaml.org,2002:int": "angka",
    "tag:yaml.org,2002:float": "angka pecahan",
    "tag:yaml.org,2002:value": "tanda khusus",
    "tag:yaml.org,2002:merge": "tanda khusus",
}
_RESOLVER = yaml.SafeLoader("")


@dataclass(frozen=True)
class Source:
    """The values of a SOP file, and where they and their keys stand."""

    file: str
    text: str
    values: Any
    places: dict[Path, Place] = field(repr=False)
    keys: dict[Path, Place] = field(repr=False)

    def place(self, path: Path) -> Place:
        """Line and column of `path`, or of the nearest value above it that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def key_place(self, path: Path) -> Place:
        """Line and column of the key that `path` ends with; of its value where it has no key."""
        return self.keys.get(path) or self.place(path)

    def fault(self, path: Path, code: str, **facts: Any) -> Fault:
        """The fault `code` at the value of `path`; `facts` fill its sentence."""
        return fault(self.file, self.place(path), code, **facts)


def read(content: bytes, file: str) -> Source:
    """Read a SOP file.

    Raises InvalidSop with every fault of the text itself (not of its meaning).
    """
    if len(content) > MAX_BYTES:
        raise InvalidSop([fault(file, (1, 1), "terlalu-besar", batas=MAX_BYTES)])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _end_of(content[: error.start].decode("utf-8"))
        raise InvalidSop([fault(file, place, "bukan-teks")]) from error
    root = _compose(text, file)
    reader = _Reader(file)
    values = reader.value(root, ())
    if reader.faults:
        raise InvalidSop(sorted(reader.faults))
    return Source(file, text, values, reader.places, reader.keys)


def _compose(text: str, file: str) -> Node:
    """The node tree of the one document; tags and aliases are refused while still names."""
    try:
        _refuse_names(text, file)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets Python's own errors through for "\\UFFFFFFFF" and for %YAML 999….1.
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or "isinya tidak terbaca"
        place = _place_of(mark) if mark else (1, 1)
        raise InvalidSop([fault(file, place, "yaml", detail=detail)]) from error
    if root is None:
        raise InvalidSop([fault(file, (1, 1), "yaml", detail="berkas kosong")])
    return root


def _refuse_names(text: str, file: str) -> None:
    """Raise InvalidSop for the first anchor, alias, tag, or nesting no sheet has."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = _place_of(event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InvalidSop([fault(file, place, "yaml", detail="isinya bertingkat terlalu dalam")])
        for name, value in (("Jangkar", "anchor"), ("Tag", "tag")):
            if (found := getattr(event, value, None)) is not None:
                raise InvalidSop([fault(file, place, "tanda-yaml", apa=f"{name} “{found}”")])


def _end_of(text: str) -> Place:
    """Line and column of what follows `text`."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _place_of(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


class _Reader:
    """Walks the node tree once, noting values, places and faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Fault] = []

    def value(self, node: Node, path: Path) -> Any:
        self.places[path] = _place_of(node.start_mark)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return tuple(self.value(child, (*path, at)) for at, child in enumerate(node.value))
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._fault(key_node, "tanda-yaml", apa="Kunci majemuk")
                continue
            key = self._key(key_node)
            if key in result:
                self._fault(key_node, "kunci-ganda", kunci=key)
            self.keys[(*path, key)] = _place_of(key_node.start_mark)
            result[key] = self.value(value_node, (*path, key))
        return result

    def _key(self, node: ScalarNode) -> str:
        if not isinstance(self._scalar(node), str):
            self._fault(node, "jebakan-yaml", nilai=node.value, sebagai=_trap(node.value))
        return node.value

    def _scalar(self, node: Node) -> Any:
        text: str = node.value
        unstorable = _UNSTORABLE.search(text)
        if unstorable:
            self._fault(node, "tanda-yaml", apa=f"Huruf kendali {ascii(unstorable[0])}")
            return ""
        return self._plain(node, text) if _is_plain(node) else text

    def _plain(self, node: Node, text: str) -> Any:
        if text in ("", "null", "~"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        trap = _trap(text)
        if trap:
            self._fault(node, "jebakan-yaml", nilai=text, sebagai=trap)
        return text

    def _fault(self, node: Node, code: str, **facts: Any) -> None:
        self.faults.append(fault(self.file, _place_of(node.start_mark), code, **facts))


def _is_plain(node: Node) -> bool:
    return getattr(node, "style", None) is None


def _trap(text: str) -> str | None:
    """What a reader of YAML may take this unquoted text for, other than text."""
    for pattern, kind in _OTHER_READERS:
        if pattern.match(text):
            return kind
    return _TRAPS.get(_RESOLVER.resolve(ScalarNode, text, (True, False)))
