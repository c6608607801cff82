"""SOP file in, checked object out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.faults import Fault, fault
from ckanext.satudata.sop.formats import FORMAT, FORMAT_PATH, lifted, refuse_other_formats
from ckanext.satudata.sop.meaning import faults_of_meaning
from ckanext.satudata.sop.source import Path, Source, read


@dataclass(frozen=True)
class LoadedSop:
    """A SOP that may run: its object, its text as it stood in the file, and the text's sha256."""

    sop: Sop
    text: str
    sha256: str


def load(content: bytes, file: str) -> LoadedSop:
    """Read and check a SOP file.

    `content` is the file's bytes, `file` the name that faults carry.
    Raises InvalidSop with every fault that one reading can find, in the order of the file.
    """
    source = read(content, file)
    refuse_other_formats(source)
    sop = _shaped(source.values, source)
    problems = faults_of_meaning(sop, source)
    if problems:
        raise InvalidSop(sorted(problems))
    return LoadedSop(sop, source.text, hashlib.sha256(content).hexdigest())


def load_stored(text: str, file: str) -> Sop:
    """Read the text of a stored revision, whatever format it was written in.

    Only its shape is asked. Its meaning was checked when it was adopted, and a rule that came
    later must not make a case unreadable that began before it.
    Raises InvalidSop where the text has another shape or a format this release does not know.
    """
    source = read(text.encode("utf-8"), file)
    return _shaped(lifted(source), source)


def _shaped(values: Any, source: Source) -> Sop:
    try:
        return Sop.model_validate(values)
    except ValidationError as error:
        faults = sorted(_shape_fault(source, problem) for problem in error.errors())
        raise InvalidSop(faults) from error


def _shape_fault(source: Source, problem: Any) -> Fault:
    path: Path = tuple(part for part in problem["loc"] if part != _KEY_ITSELF)
    if problem["type"] == "missing" and path == FORMAT_PATH:
        return source.fault(path[:-1], "format-hilang", format=FORMAT)
    if problem["type"] == "missing":
        facts = {"kunci": path[-1], "bila_kosong": _empty(path)}
        return source.fault(path[:-1], "kunci-hilang", **facts)
    if problem["type"] == "extra_forbidden":
        facts = {"kunci": path[-1], "pilihan": ", ".join(_keys_beside(path))}
        return fault(source.file, source.key_place(path), "kunci-asing", **facts)
    # Where a cell may be of several kinds, pydantic adds the kind's name to the way.
    while path and path not in source.places:
        path = path[:-1]
    # An item of a list is told by the key of its list, and its place says which one it is.
    key = next((part for part in reversed(path) if isinstance(part, str)), "berkas")
    place = source.key_place(path) if _KEY_ITSELF in problem["loc"] else source.place(path)
    return fault(source.file, place, "isi-salah", kunci=key, detail=_detail(problem))


_KEY_ITSELF = "[key]"
"""What pydantic adds to the way to a key that is itself at fault."""

# pydantic's own sentences are English and speak of types; these speak of the sheet.
_DETAILS: dict[str, str] = {
    "string_type": "harus teks; beri tanda petik",
    "string_too_short": "tidak boleh kosong",
    "string_too_long": "terlalu panjang",
    "string_pattern_mismatch": "bentuknya lain; pola: {pattern}",
    "int_type": "harus bilangan bulat",
    "bool_type": "harus true atau false",
    "tanggal": "tidak ada di kalender",
    "enum": "pakai salah satu: {expected}",
    "literal_error": "pakai salah satu: {expected}",
    "tuple_type": "harus daftar (baris-baris dengan tanda hubung)",
    "dict_type": "harus pasangan kunci: isi",
    "model_type": "harus pasangan kunci: isi",
    "too_short": "paling sedikit {min_length} butir",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
}


def _detail(problem: Any) -> str:
    template = _DETAILS.get(problem["type"]) or str(problem["type"])
    return template.format_map(problem.get("ctx") or {}).replace(" or ", " atau ")


def _keys_beside(path: Path) -> list[str]:
    """The keys that the mapping holding `path` may have."""
    return sorted(getattr(_kind_of(path[:-1]), "model_fields", {}))


def _empty(path: Path) -> str:
    """What to write at `path` where the sheet says nothing, as part of a sentence."""
    field = _kind_of(path[:-1]).model_fields[path[-1]]
    if NoneType in get_args(field.annotation):
        return "; null bila SOP tidak menyebutnya"
    if field.metadata:
        return ""
    empty = {tuple: "[]", dict: "{}"}.get(get_origin(field.annotation))
    return f"; {empty} bila tidak ada" if empty else ""


def _kind_of(path: Path) -> Any:
    """The type of the cell at `path`, found by walking the definition."""
    kind: Any = Sop
    for part in path:
        kind = _inside(kind, part)
    return kind


def _inside(kind: Any, part: str | int) -> Any:
    """What `part` of a cell of this kind is, past `Annotated` and `or null`."""
    origin = get_origin(kind)
    if origin is dict:
        found: Any = get_args(kind)[1]
    elif origin is tuple:
        found = get_args(kind)[0]
    else:
        found = kind.model_fields[part].annotation
    while get_origin(found) in (Annotated, Union, UnionType):
        found = next(one for one in get_args(found) if one is not NoneType)
    return found
