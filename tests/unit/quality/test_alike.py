"""A workbook written so that the two readers may differ is not said to be valid by one of them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudata.quality.check import check
from tests.unit.quality.test_books import workbook
from tests.unit.quality.test_parity import comparable

FIELDS: list[dict[str, Any]] = [
    {"name": "kode", "type": "string", "constraints": {"pattern": r"\S+"}},
    {"name": "nilai", "type": "number"},
    {"name": "banyak", "type": "integer"},
    {"name": "tahun", "type": "year"},
]
ROWS: list[list[Any]] = [["11.01", 1.5, 7, 2024], ["11.02", 2.5, 8, 2025]]
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
RELS = "xl/_rels/workbook.xml.rels"
KINDS = "[Content_Types].xml"
B2, C2, D2 = '<c r="B2" t="n"><v>1.5</v></c>', '<c r="C2" t="n"><v>7</v></c>', "<v>2024</v>"
A2 = '<c r="A2" t="inlineStr"><is><t>11.01</t></is></c>'
WRONG = {
    "an error in single quotes": (SHEET, B2, "<c r='B2' t='e'><v>#N/A</v></c>"),
    "an error with blanks": (SHEET, B2, '<c r="B2" t = "e"><v>#N/A</v></c>'),
    "an error": (SHEET, B2, '<c r="B2" t="e"><v>#N/A</v></c>'),
    "a formula without a value": (SHEET, B2, '<c r="B2"><f>1+1</f ></c>'),
    "an empty value": (SHEET, C2, '<c r="C2"><v/></c>'),
    "blanks that are cut off": (SHEET, A2, A2.replace("11.01", " 11.01 ")),
    "a cell twice": (SHEET, B2, B2.replace("1.5", "x") + B2),
    "cells out of order": (SHEET, B2 + C2, C2 + B2),
    "a cell of another row": (SHEET, 'r="B2"', 'r="B3"'),
    "rows out of order": (SHEET, '<row r="2">', '<row r="4">'),
    "a comment": (SHEET, B2, f"<!-- {B2} -->"),
    "a prefix": (SHEET, B2, '<x:c xmlns:x="urn:x" r="B2"><v>1.5</v></x:c>'),
    "another namespace": (SHEET, '<row r="2">', '<row r="2" xmlns="urn:x">'),
    "a whole number with a point": (SHEET, D2, "<v>2024.0</v>"),
    "a whole number as a power": (SHEET, D2, "<v>2.024E3</v>"),
    "a number with a line": (SHEET, "<v>7</v>", "<v>1_0</v>"),
    "a sheet elsewhere": (RELS, "/xl/worksheets/sheet1.xml", "/xl/lain/sheet1.xml"),
    "another sheet in its place": (RELS, "/xl/worksheets/sheet1.xml", "/xl/worksheets/lain.xml"),
    "a sign in code": (SHEET, "<t>11.01<", "<t>_x0031_1.01<"),
    "another sign in code": (SHEET, "<t>11.01<", "<t>&#49;1.01<"),
    "years from 1904": (BOOK, "<workbookPr/>", '<workbookPr date1904="1"/>'),
    "texts under another name": (
        KINDS,
        "</Types>",
        '<Override PartName="/xl/x.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    ),
    "a box in single quotes": (SHEET, '<dimension ref="A1:D3"/>', "<dimension ref='A1:D2'/>"),
    "another encoding": (
        SHEET,
        "<worksheet ",
        '<?xml version="1.0" encoding="latin1"?><worksheet ',
    ),
}
"""Name to part, what stands there, and what shall stand there."""


def changed(path: Path, part: str, before: str, after: str) -> Path:
    """The workbook with one place of a part changed; what two parts could be is there twice."""
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    assert before.encode() in parts[part]
    elsewhere = parts[SHEET].replace(b"<v>1.5</v>", b"<v>x</v>")
    parts[part] = parts[part].replace(before.encode(), after.encode())
    parts |= {"xl/lain/sheet1.xml": elsewhere, "xl/worksheets/lain.xml": elsewhere}
    parts["xl/x.xml"] = b"<sst/>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def made(folder: Path) -> Path:
    return workbook(folder / "a.xlsx", ROWS, FIELDS)


@pytest.mark.parametrize("name", WRONG)
def test_what_may_be_read_otherwise_is_left_to_frictionless(name: str, tmp_path: Path):
    path = changed(made(tmp_path), *WRONG[name])
    assert check(path, {"fields": FIELDS}, small=0).engine == "frictionless"


@pytest.mark.parametrize("name", WRONG)
def test_what_may_be_read_otherwise_is_told_as_by_frictionless(name: str, tmp_path: Path):
    path = changed(made(tmp_path), *WRONG[name])
    ours = check(path, {"fields": FIELDS}, small=0)
    assert comparable(ours) == comparable(check(path, {"fields": FIELDS}, engine="frictionless"))


RIGHT = {
    "as it was": (SHEET, "<worksheet ", "<worksheet "),
    "Excel's declaration": (
        SHEET,
        "<worksheet ",
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet ',
    ),
    "a formula with its value": (SHEET, "<v>1.5</v>", "<f>1+0.5</f><v>1.5</v>"),
    "a power": (SHEET, "<v>1.5</v>", "<v>1.5000000000000001E-2</v>"),
    "attributes of rows": (SHEET, '<row r="2">', '<row r="2" spans="1:4" customFormat="false">'),
    "blanks that are kept": (SHEET, "<t>11.01<", '<t xml:space="preserve">11.01<'),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_spreadsheet_programs_write_needs_no_frictionless(name: str, tmp_path: Path):
    part, before, after = RIGHT[name]
    path = changed(made(tmp_path), part, before, after)
    assert check(path, {"fields": FIELDS}, small=0).ours["why"] == ""


def test_texts_that_are_shared_need_no_frictionless(tmp_path: Path):
    assert check(shared(tmp_path, "<si><t>11.01</t></si>"), {"fields": FIELDS}, small=0).engine == (
        "cepat"
    )


@pytest.mark.parametrize("text", ["<si><t> 11.01</t></si>", "<si><r><t>11</t></r></si>", "<si/>"])
def test_shared_texts_that_may_be_read_otherwise_do(text: str, tmp_path: Path):
    report = check(shared(tmp_path, text), {"fields": FIELDS}, small=0)
    assert report.engine == "frictionless"


def shared(folder: Path, text: str) -> Path:
    """The workbook with its first code among the shared texts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    path = changed(made(folder), SHEET, A2, '<c r="A2" t="s"><v>0</v></c>')
    with zipfile.ZipFile(path) as old:
        parts = {one: old.read(one) for one in old.namelist() if one != "xl/x.xml"}
    parts["xl/sharedStrings.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<sst xmlns="http://schemas.'
        f'openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1">{text}</sst>'
    ).encode()
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts[KINDS] = parts[KINDS].replace(b"</Types>", override.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path
