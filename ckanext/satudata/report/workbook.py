"""A table as an XLSX workbook in which no text is ever computed.

Data of people goes in: a title may begin like a formula. Every text is written as a text and
marked so (the quote prefix), so that it stays one where somebody edits or exports the cell.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | date | datetime | None

MAX_CELL = 32_767
"""Characters that a cell holds; what is longer, a spreadsheet program refuses to open."""

FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
"""What a spreadsheet program takes for the beginning of a formula."""

_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_FILL = PatternFill("solid", fgColor="E6F0F9")
_TOP = Alignment(wrap_text=True, vertical="top")
_DAY, _MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


@dataclass(frozen=True)
class Column:
    """A heading and how wide its column is, in characters."""

    heading: str
    width: int = 20


@dataclass(frozen=True)
class Sheet:
    """A sheet: lines above the table (the first is its title), headings and rows.

    Times are as the reader's clock shows them, without zone.
    """

    name: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook that prints on A4, its headings repeated on every page."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(_NO_TITLE.sub(" ", sheet.name)[:31]), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines, 1):
        _write(page.cell(number, 1), line)
    page.cell(1, 1).font = _TITLE
    top = len(sheet.lines) + 2
    for number, column in enumerate(sheet.columns, 1):
        cell = page.cell(top, number)
        _write(cell, column.heading)
        cell.font, cell.fill, cell.alignment = _BOLD, _FILL, _TOP
        page.column_dimensions[get_column_letter(number)].width = column.width
    for line, row in enumerate(sheet.rows, top + 1):
        for number, value in enumerate(row, 1):
            cell = page.cell(line, number)
            _write(cell, value)
            cell.alignment = _TOP
    page.freeze_panes = page.cell(top + 1, 1)
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _write(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("�", value)[:MAX_CELL]
        # openpyxl takes what begins with = for a formula, and #N/A for an error.
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = _MOMENT
    elif isinstance(value, date):
        cell.number_format = _DAY
