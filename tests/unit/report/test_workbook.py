"""What a workbook of the office holds, and that nothing in it is ever computed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from ckanext.satudata.report.workbook import MAX_CELL, Column, Sheet, workbook

NINE = datetime.fromisoformat("2026-03-01T09:30")
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://a.example")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "#N/A",
)


def written(*values):
    """One row, read back as a spreadsheet program does, and the XML of its sheet."""
    columns = [Column(str(number)) for number, _value in enumerate(values)]
    content = workbook([Sheet("Lembar", ("Judul", "2026"), columns, [values])])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return list(page[page.max_row]), archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_a_text_whatever_it_begins_with(text):
    (cell,), xml = written(text)
    assert (cell.data_type, cell.value, "<f>" in xml) == ("s", text, False)


@pytest.mark.parametrize("text", FORMULAS[:7])
def test_what_looks_like_a_formula_stays_a_text_when_it_is_edited(text):
    (cell,), _xml = written(text)
    assert cell.quotePrefix


def test_a_heading_and_a_line_above_the_table_are_texts_too():
    content = workbook([Sheet("=1", ("=2",), (Column("=3"),), ())])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for row in page for cell in row if cell.value} == {"s"}


def test_numbers_and_days_can_be_reckoned_with():
    cells, _xml = written(12, date(2026, 3, 1), NINE)
    assert [cell.value for cell in cells] == [12, NINE.replace(hour=0, minute=0), NINE]
    assert [cell.number_format for cell in cells[1:]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]


def test_what_a_cell_cannot_hold_is_replaced_or_cut():
    (bell, long), _xml = written("a\x07b", "x" * (MAX_CELL + 1))
    assert (bell.value, len(long.value)) == ("a�b", MAX_CELL)


def test_the_sheet_prints_on_a4_with_its_headings_on_every_page():
    content = workbook([Sheet("Lembar", ("Judul", "2026"), (Column("Data"),), [("a",)])])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert (page.page_setup.paperSize, page.print_title_rows) == (9, "$4:$4")


def test_a_name_that_no_sheet_may_have_is_made_one():
    content = workbook([Sheet("Kasus: 1/2 [semua] dan seterusnya, panjang", ("J",), (), ())])
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == [
        "Kasus  1 2  semua  dan seterusn"
    ]
