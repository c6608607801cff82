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

Path = tuple[str | int, ...]
Place = tuple[int, int]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_LEADING_ZERO = re.compile(r"-?0[0-9_]+\Z")
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
    """The values of a SOP file and where they stand."""

    file: str
    text: str
    values: Any
    places: dict[Path, Place] = field(repr=False)

    def place(self, path: Path) -> Place:
        """Line and column of `path`, or of the nearest value above it that stands in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))


def read(content: bytes, file: str) -> Source:
    """Read a SOP file.

    Raises InvalidSop with every fault of the text itself (not of its meaning).
    """
    if len(content) > MAX_BYTES:
        raise InvalidSop([fault(file, (1, 1), "terlalu-besar", batas=MAX_BYTES)])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidSop([fault(file, (1, 1), "bukan-teks")]) from error
    root = _compose(text, file)
    reader = _Reader(file)
    values = reader.value(root, ())
    if reader.faults:
        raise InvalidSop(sorted(reader.faults))
    return Source(file, text, values, reader.places)


def _compose(text: str, file: str) -> Node:
    """The node tree of the one document; aliases are refused while they are still names."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            anchor = getattr(event, "anchor", None)
            if anchor is not None:
                place = _place_of(event.start_mark)
                raise InvalidSop([fault(file, place, "tanda-yaml", apa=f"Jangkar “{anchor}”")])
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or "isinya tidak terbaca"
        place = _place_of(mark) if mark else (1, 1)
        raise InvalidSop([fault(file, place, "yaml", detail=detail)]) from error
    if root is None:
        raise InvalidSop([fault(file, (1, 1), "yaml", detail="berkas kosong")])
    return root


def _place_of(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


class _Reader:
    """Walks the node tree once, noting values, places and faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.faults: list[Fault] = []

    def value(self, node: Node, path: Path) -> Any:
        self.places[path] = _place_of(node.start_mark)
        if isinstance(node, MappingNode):
            self._no_tag(node, "map")
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            self._no_tag(node, "seq")
            return tuple(self.value(child, (*path, at)) for at, child in enumerate(node.value))
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._fault(key_node, "tanda-yaml", apa="Kunci majemuk")
                continue
            key = key_node.value
            if key in result:
                self._fault(key_node, "kunci-ganda", kunci=key)
            result[key] = self.value(value_node, (*path, key))
            self.places[(*path, key)] = _place_of(value_node.start_mark)
        return result

    def _scalar(self, node: Node) -> Any:
        text: str = node.value
        if not _is_plain(node):
            if not node.tag.startswith("tag:yaml.org,2002:str"):
                self._fault(node, "tanda-yaml", apa=f"Tag “{node.tag}”")
            return text
        if node.tag not in _known_tags():
            self._fault(node, "tanda-yaml", apa=f"Tag “{node.tag}”")
            return text
        return self._plain(node, text)

    def _plain(self, node: Node, text: str) -> Any:
        if text in ("", "null", "~"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        trap = _TRAPS.get(_RESOLVER.resolve(ScalarNode, text, (True, False)))
        if trap or _LEADING_ZERO.match(text):
            self._fault(node, "jebakan-yaml", nilai=text, sebagai=trap or "angka")
        return text

    def _no_tag(self, node: Node, kind: str) -> None:
        if node.tag != f"tag:yaml.org,2002:{kind}":
            self._fault(node, "tanda-yaml", apa=f"Tag “{node.tag}”")

    def _fault(self, node: Node, code: str, **facts: Any) -> None:
        self.faults.append(fault(self.file, _place_of(node.start_mark), code, **facts))


def _is_plain(node: Node) -> bool:
    return getattr(node, "style", None) is None


def _known_tags() -> frozenset[str]:
    prefix = "tag:yaml.org,2002:"
    names = ("str", "null", "bool", "int", "float", "timestamp", "value", "merge")
    return frozenset(prefix + name for name in names)
