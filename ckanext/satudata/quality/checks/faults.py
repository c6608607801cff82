"""Cells of a workbook that hold a formula without a value; calamine tells them as empty."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError

from ckanext.satudata.unreadable import UNREADABLE

BLOCK = 1 << 20
MOST = 100_000
"""Cells that are told."""
LARGEST_OLD = 20_000_000
"""Bytes of an XLS, which is read a second time for this."""
LONGEST = 20_000
"""Bytes of a cell with its formula."""
_MARK = b't="e"'
_CELL = re.compile(
    rb'<c\s[^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*t="e"[^>]*>(?:(?!</c>).)*?<v>([^<]{1,30})</v>',
    re.DOTALL,
)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ID = re.compile(rb'\br:id="([^"]+)"|\b\w+:id="([^"]+)"')
_RELATION = re.compile(rb"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')

Faults = dict[tuple[int, int], str]
"""Row and column, both from 1, to what the cell shows."""


def faults_of(path: str, kind: str) -> list[Faults]:
    """The faults of each sheet, in the order of the workbook; none where it cannot be told."""
    if kind == "xls":
        return _of_old(path)
    if kind != "xlsx":
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            return [_faults(archive, part) for part in _parts(archive)]
    except (zipfile.BadZipFile, KeyError, OSError, EOFError):
        return []


def _of_old(path: str) -> list[Faults]:
    if Path(path).stat().st_size > LARGEST_OLD:
        return []
    try:
        with xlrd.open_workbook(path, logfile=io.StringIO(), on_demand=True) as book:
            return [_of_old_sheet(book.sheet_by_index(at)) for at in range(book.nsheets)]
    except (XLRDError, AssertionError, struct.error, *UNREADABLE):
        return []


def _of_old_sheet(sheet: Any) -> Faults:
    return {
        (row + 1, column + 1): xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#N/A")
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == xlrd.XL_CELL_ERROR
    }


def _parts(archive: zipfile.ZipFile) -> list[str]:
    book = archive.read("xl/workbook.xml")
    targets: dict[bytes, str] = {}
    for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        told = dict(_ATTRIBUTE.findall(relation))
        target = told.get(b"Target", b"").decode()
        path = target[1:] if target.startswith("/") else posixpath.join("xl", target)
        targets[told.get(b"Id", b"")] = posixpath.normpath(path)
    ids = [_ID.search(one) for one in _SHEET.findall(book)]
    return [targets.get(one[1] or one[2], "") if one else "" for one in ids]


def _faults(archive: zipfile.ZipFile, part: str) -> Faults:
    found: Faults = {}
    if part not in archive.namelist():
        return found
    for block in _blocks(archive, part):
        if _MARK not in block:
            continue
        for column, row, text in _CELL.findall(block):
            found[int(row), _number(column)] = text.decode("utf-8", "replace")
            if len(found) >= MOST:
                return found
    return found


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part, cut between cells."""
    rest = b""
    with archive.open(part) as packed:
        while block := packed.read(BLOCK):
            seen = rest + block
            cut = seen.rfind(b"<c ")
            cut = len(seen) if cut < 0 or len(seen) - cut > LONGEST else cut
            yield seen[:cut]
            rest = seen[cut:]
    yield rest


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
