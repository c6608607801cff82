"""Reading a workbook of officers: rows with their cells, and every fault with its place.

The file comes from outside. It is weighed before it is opened, opened without its links and
pictures, and nothing in it is computed; what cannot be read is a fault and never a traceback.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from ckanext.satudata.officers.cells import BadCell, Value, heading_of, value_of
from ckanext.satudata.officers.faults import Fault, shown
from ckanext.satudata.officers.sheets import HELP_SHEETS, SHEETS, Column, Sheet
from ckanext.satudata.unreadable import DOCTYPE, UNREADABLE

Line = Sequence[tuple[Any, str]]
"""The cells of a row: value and openpyxl's word for its type."""

MAX_BYTES = 5_000_000
MAX_UNPACKED = 30_000_000
MAX_PARTS = 500
MAX_TAGS = 400_000
"""Each becomes an object in memory; two thousand rows of officers have a quarter of that."""
MAX_ROWS = 2000
MAX_COLUMNS = 40
MAX_FAULTS = 500


@dataclass(frozen=True)
class Row:
    """One filled row of a sheet; `number` and the letters of its columns as people see them."""

    sheet: Sheet
    number: int
    values: Mapping[str, Value]
    letters: Mapping[str, str]

    def cell(self, key: str = "") -> str:
        """Where a value stands: `Penugasan!C4`; the row where there is no such column."""
        return f"{self.sheet.name}!{self.letters.get(key, '')}{self.number}"

    def text(self, key: str) -> str | None:
        """A text of the row; None where it is blank."""
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def day(self, key: str) -> date | None:
        """A day of the row; None where it is blank."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None


@dataclass
class Workbook:
    """What was read. Rows that have a fault are there too, without the faulty values."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of(self, sheet: Sheet) -> Sequence[Row]:
        """The rows of a sheet, in order; none where the sheet is not there."""
        return self.rows.get(sheet.name, [])

    def add(self, cell: str, code: str, /, **facts: Any) -> None:
        """Note a fault; beyond some hundreds nobody reads them."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(cell, code, facts))


def read(content: bytes) -> Workbook:
    """Read a workbook from its bytes. Whatever they are, the answer is a Workbook."""
    found = Workbook()
    code, limit = _too_much(content)
    if code:
        found.add("", code, limit=limit)
        return found
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's words on formats that it leaves out
            pages = _pages(content)
    except UNREADABLE:
        found.add("", "workbook_broken")
        return found
    for title, lines in pages:
        _read_sheet(title, lines, found)
    if not found.rows and not found.faults:
        found.add("", "sheet_missing", sheets=_names())
    return found


def _too_much(content: bytes) -> tuple[str, int]:
    """Why a file is not opened at all: a code, and the limit that its sentence names."""
    if len(content) > MAX_BYTES:
        return "workbook_big", MAX_BYTES // 1_000_000
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(one.file_size for one in parts) > MAX_UNPACKED:
                return "workbook_full", 0
            return _inside(archive)
    except UNREADABLE:
        return "workbook_broken", 0


def _inside(archive: zipfile.ZipFile) -> tuple[str, int]:
    """Count what the parser would build, and refuse entities, before it is asked to."""
    tags = 0
    # Whatever a part is called: a sheet may lie under any name.
    for part in archive.infolist():
        text = archive.read(part)
        tags += text.count(b"<")
        if tags > MAX_TAGS:
            return "workbook_full", 0
        if DOCTYPE.search(text.replace(b"\0", b"")):
            return "workbook_broken", 0
    return "", 0


def _pages(content: bytes) -> list[tuple[str, list[Line]]]:
    """Title and lines of each sheet; lines only where the sheet is one of ours."""
    known = {heading_of(sheet.name) for sheet in SHEETS}
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        return [
            (str(page.title), _lines(page) if heading_of(page.title) in known else [])
            for page in book.worksheets
        ]
    finally:
        book.close()


def _lines(page: Any) -> list[Line]:
    # One row more than is taken, to see that there is one; the sheet's own word on its size
    # may be anything.
    lines = page.iter_rows(min_row=1, max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS)
    return [[(cell.value, cell.data_type) for cell in line] for line in lines]


def _read_sheet(name: str, lines: Sequence[Line], found: Workbook) -> None:
    known = {heading_of(sheet.name): sheet for sheet in SHEETS}
    title = heading_of(name)
    if title in {heading_of(one) for one in HELP_SHEETS}:
        return
    sheet = known.get(title)
    if sheet is None:
        found.add("", "sheet_unknown", sheet=shown(name), sheets=_names())
        return
    if sheet.name in found.rows:
        found.add("", "sheet_twice", sheet=sheet.name)
        return
    found.rows[sheet.name] = []
    places = _headings(sheet, lines[0] if lines else [], found)
    if places is not None:
        _read_rows(sheet, places, lines[1:], found)


def _headings(sheet: Sheet, line: Line, found: Workbook) -> dict[int, Column] | None:
    """Which column stands where; None where one that is needed is missing."""
    known = {heading_of(column.heading): column for column in sheet.columns}
    places: dict[int, Column] = {}
    for index, (value, _data_type) in enumerate(line):
        heading = heading_of(value)
        if not heading:
            continue
        at = f"{sheet.name}!{get_column_letter(index + 1)}1"
        column = known.get(heading)
        if column is None:
            headings = ", ".join(one.heading for one in sheet.columns)
            found.add(at, "column_unknown", heading=shown(value), headings=headings)
        elif column in places.values():
            found.add(at, "column_twice", heading=column.heading)
        else:
            places[index] = column
    missing = [one for one in sheet.columns if one.required and one not in places.values()]
    for column in missing:
        found.add(f"{sheet.name}!1", "column_missing", heading=column.heading)
    return None if missing else places


def _read_rows(
    sheet: Sheet, places: Mapping[int, Column], lines: Sequence[Line], found: Workbook
) -> None:
    letters = {column.key: get_column_letter(index + 1) for index, column in places.items()}
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, 2):
        cells = {index: line[index] for index in places if index < len(line)}
        if all(_is_blank(value) for value, _data_type in cells.values()):
            continue
        if number > MAX_ROWS + 1:
            found.add(f"{sheet.name}!{number}", "rows_too_many", limit=MAX_ROWS)
            return
        row = _row(sheet, number, letters, {places[at]: cell for at, cell in cells.items()}, found)
        found.rows[sheet.name].append(row)
        _check_unique(row, seen, found)


def _row(
    sheet: Sheet,
    number: int,
    letters: Mapping[str, str],
    cells: Mapping[Column, tuple[Any, str]],
    found: Workbook,
) -> Row:
    values: dict[str, Value] = {}
    for column in sheet.columns:
        at = f"{sheet.name}!{letters.get(column.key, '')}{number}"
        written, data_type = cells.get(column, (None, "n"))
        try:
            value = value_of(column, written, data_type)
        except BadCell as bad:
            found.add(at, bad.code, **bad.facts)
            continue
        if value is None and column.required:
            found.add(at, "cell_empty", heading=column.heading)
        values[column.key] = value
    return Row(sheet, number, values, letters)


def _check_unique(row: Row, seen: dict[tuple[str, str], int], found: Workbook) -> None:
    for column in row.sheet.columns:
        value = row.text(column.key)
        if not column.unique or value is None:
            continue
        key = (column.key, value.casefold())
        first = seen.setdefault(key, row.number)
        if first != row.number:
            found.add(row.cell(column.key), "row_twice", row=first)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _names() -> str:
    return ", ".join(sheet.name for sheet in SHEETS)
