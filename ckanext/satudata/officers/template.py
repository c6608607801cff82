"""The workbook that an office fills in: empty sheets with headings, and what to write there."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ckanext.satudata.officers.sheets import HELP_SHEETS, SHEETS, Column, Kind, Sheet
from ckanext.satudata.officers.workbook import MAX_ROWS

WIDTH = 24
FILL = PatternFill("solid", fgColor="E6F0F9")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
INTRODUCTION = (
    "Isi lembar Instansi, Petugas, dan Penugasan; lembar yang tidak dipakai boleh dihapus.",
    "Baris 1 tiap lembar memuat judul kolom. Jangan diubah. Kolom bertanda * wajib diisi.",
    "Yang tidak tercantum di sini tidak diubah dan tidak dihapus dari portal.",
    "Setelah diunggah, portal menunjukkan dulu apa yang akan berubah. Baru kemudian diterapkan.",
    "Jangan menulis NIP atau NIK.",
)


def template(
    actors: Iterable[tuple[str, str, str, str]], agencies: Iterable[tuple[str, str]]
) -> bytes:
    """The workbook. `actors`: subject, SOP, key and name of each; `agencies`: name and title."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet)
    _explain(book.create_sheet(HELP_SHEETS[0]))
    _list(book.create_sheet(HELP_SHEETS[1]), actors, agencies)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    page.append([heading(column) for column in sheet.columns])
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        cell = page.cell(1, number)
        cell.font, cell.fill, cell.alignment = BOLD, FILL, WRAPPED
        cell.comment = Comment(column.hint, "Portal", width=320, height=90)
        page.column_dimensions[letter].width = WIDTH
        # As text, so that no letter number becomes a date.
        page.column_dimensions[letter].number_format = _format(column)
        if column.choices:
            _offer(page, column, f"{letter}2:{letter}{MAX_ROWS + 1}")


def heading(column: Column) -> str:
    """The heading as it is printed: a star where the column must be filled in."""
    return f"{column.heading} *" if column.required else column.heading


def _format(column: Column) -> str:
    return "yyyy-mm-dd" if column.kind is Kind.DAY else "@"


def _offer(page: Any, column: Column, cells: str) -> None:
    words = ",".join(one for one in column.choices if not one.endswith("."))
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    page.add_data_validation(choice)
    choice.add(cells)


def _explain(page: Any) -> None:
    for line in INTRODUCTION:
        page.append([line])
    page.append([])
    _head(page, ("Lembar", "Kolom", "Isi"))
    for sheet in SHEETS:
        for column in sheet.columns:
            page.append([sheet.name, heading(column), column.hint])
    _widths(page, (16, 28, 90))


def _list(
    page: Any, actors: Iterable[tuple[str, str, str, str]], agencies: Iterable[tuple[str, str]]
) -> None:
    _head(page, ("SOP", "Nama SOP", "Pelaksana", "Nama pelaksana"))
    for line in actors:
        page.append([_text(one) for one in line])
    page.append([])
    _head(page, ("Instansi", "Judul"))
    for name, title in agencies:
        page.append([_text(name), _text(title)])
    _widths(page, (24, 50, 24, 40))


def _text(value: str) -> str:
    """A title that begins like a formula would be computed by whoever opens the template."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value


def _head(page: Any, words: Sequence[str]) -> None:
    page.append(list(words))
    for cell in page[page.max_row]:
        cell.font, cell.fill = BOLD, FILL


def _widths(page: Any, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
