"""The template can be filled in and read back as it is."""

from __future__ import annotations

import io

import openpyxl

from ckanext.satudata.officers.sheets import AGENCIES, ASSIGNMENTS, PEOPLE
from ckanext.satudata.officers.template import template
from ckanext.satudata.officers.workbook import read
from tests.unit.officers.books import HEADINGS

ACTORS = [("manajemen-data", "Manajemen Data", "verifikator", "Verifikator")]
FILLED = {
    "Instansi": ("dinas-a", "Dinas A (rekaan)"),
    "Petugas": ("rani", "Rani Rekaan", "rani@contoh.example", "dinas-a", "editor"),
    "Penugasan": ("rani", "manajemen-data", "verifikator", "", "2026-01-01", "", "1/2"),
}


def opened(agencies=()):
    return openpyxl.load_workbook(io.BytesIO(template(ACTORS, agencies)))


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_empty_template_has_no_fault():
    assert read(template(ACTORS, [("dinas-a", "Dinas A")])).faults == []


def test_the_template_filled_in_is_read_without_a_fault():
    book = opened()
    for name, row in FILLED.items():
        book[name].append(row)
    found = read(saved(book))

    assert (found.faults, [len(found.of(one)) for one in (AGENCIES, PEOPLE, ASSIGNMENTS)]) == (
        [],
        [1, 1, 1],
    )


def test_the_headings_are_those_that_people_were_told():
    book = opened()

    printed = {name: [cell.value.removesuffix(" *") for cell in book[name][1]] for name in HEADINGS}
    assert printed == HEADINGS


def test_a_letter_number_stays_text_in_the_template():
    column = opened()["Penugasan"].column_dimensions["G"]

    assert column.number_format == "@"


def test_known_actors_are_listed_to_be_copied():
    assert [cell.value for cell in opened()["Daftar"][2]] == list(ACTORS[0])


def test_a_title_that_looks_like_a_formula_is_not_computed():
    page = opened([("dinas-a", "=HYPERLINK(1)")])["Daftar"]

    assert not any(cell.data_type == "f" for line in page.iter_rows() for cell in line)
