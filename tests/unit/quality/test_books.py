"""Workbooks: what the fast engine says of one is what frictionless says; in doubt it is asked."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ckanext.satudata.quality.check import check
from tests.unit.quality.test_parity import comparable

FIELDS: list[dict[str, Any]] = [
    {"name": "no", "type": "integer", "constraints": {"unique": True}},
    {"name": "kode", "type": "string", "constraints": {"pattern": r"\d{2}\.\d{2}"}},
    {"name": "nilai", "type": "number"},
    {"name": "tanggal", "type": "date"},
]
RIGHT: list[list[Any]] = [
    [1, "11.01", 1.5, date(2024, 1, 31)],
    [2, "11.02", 7, datetime(2024, 2, 1)],  # noqa: DTZ001 - a cell has no zone
    [3, "11.03", -3, "2024-02-02"],
]
CASES: dict[str, tuple[list[list[Any]], bool]] = {
    "all right": (RIGHT, True),
    "nothing but a heading": ([], False),
    "an error of a formula": ([*RIGHT, [4, "11.04", "#N/A", date(2024, 1, 1)]], False),
    "a formula": ([*RIGHT, [4, "11.04", "=1+1", date(2024, 1, 1)]], False),
    "a number that should be a code": ([*RIGHT, [4, 11.04, 1, date(2024, 1, 1)]], False),
    "a blank row": ([*RIGHT, [None] * 4, [4, "11.04", 1, date(2024, 1, 1)]], False),
    "a blank row of blanks": ([*RIGHT, ["", "", "", ""]], False),
    "a key twice": ([*RIGHT, [3, "11.04", 1, date(2024, 1, 1)]], False),
    "a key twice, written otherwise": ([*RIGHT, ["03", "11.04", 1, date(2024, 1, 1)]], False),
    "a half number": ([*RIGHT, [4.5, "11.04", 1, date(2024, 1, 1)]], False),
    "a moment": ([*RIGHT, [4, "11.04", 1, datetime(2024, 1, 1, 8, 30)]], False),  # noqa: DTZ001
    "true for one": ([*RIGHT, [True, "11.04", 1, date(2024, 1, 1)]], False),
    "something missing": ([*RIGHT, [None, "11.04", None, None]], True),
    "the last missing": ([*RIGHT, [5, "11.04", 1, None]], True),
    "a row that is too wide": ([*RIGHT, [4, "11.04", 1, date(2024, 1, 1), "x"]], False),
    "a sign in code": ([*RIGHT, [4, "_x0031_1.04", 1, date(2024, 1, 1)]], False),
}
"""Name to rows, and whether the fast engine is expected to speak."""


def workbook(path: Path, rows: list[list[Any]], fields: list[dict[str, Any]] = FIELDS) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in [[field["name"] for field in fields], *rows]:
        page.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("missing", [[""], ["", "-3"], []])
def test_a_workbook_is_told_as_by_frictionless(name: str, missing: list[str], tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", CASES[name][0])
    schema = {"fields": FIELDS, "missingValues": missing}
    ours = check(path, schema, small=0)
    assert comparable(ours) == comparable(check(path, schema, engine="frictionless"))


@pytest.mark.parametrize("name", [name for name, (_, is_fast) in CASES.items() if is_fast])
def test_a_workbook_without_an_error_needs_no_frictionless(name: str, tmp_path: Path):
    path = workbook(tmp_path / "a.xlsx", CASES[name][0])
    assert check(path, {"fields": FIELDS}, small=0).engine == "cepat"
