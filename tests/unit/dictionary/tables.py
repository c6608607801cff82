"""Kamus data for the tests; every office in them is invented."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.dictionary.exchange import read_value
from ckanext.satudata.dictionary.table import Dictionary

WHOLE: dict[str, Any] = {
    "name": "name",
    "type": "integer",
    "title": "Peserta didik",
    "concept": "Orang yang belajar",
    "definition": "Yang terdaftar pada 31 Agustus",
    "unit": "orang",
    "measure": "jumlah",
}


def of(*fields: dict[str, Any], **others: Any) -> Dictionary:
    """A kamus data that has no fault."""
    found = read_value({"fields": list(fields), **others})
    assert found.dictionary is not None, found.problems
    assert not found.problems
    return found.dictionary


def column(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def codes(*fields: Any, **others: Any) -> list[tuple[str, int | None, str]]:
    """Code, column and part of each problem of a Table Schema."""
    found = read_value({"fields": list(fields), **others})
    return [(one.code, one.column, one.part) for one in found.problems]
