"""What a workbook of officers says is read cell by cell, and whatever it is, nothing breaks."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.satudata.officers import workbook
from ckanext.satudata.officers.sheets import AGENCIES, ASSIGNMENTS, PEOPLE
from ckanext.satudata.officers.workbook import read
from tests.unit.officers.books import HEADINGS, book, raw_book, with_part

SHEET = "xl/worksheets/sheet1.xml"
RANI = ("rani", "Rani Rekaan", "rani@contoh.example", "dinas-a", "editor")


def faults(content: bytes) -> list[tuple[str, str]]:
    return [(one.cell, one.code) for one in read(content).faults]


def assignment(**cells: object) -> bytes:
    """A workbook with one assignment, some of its cells given by the heading."""
    known = {"Pengguna": "rani", "SOP": "manajemen-data", "Pelaksana": "verifikator", **cells}
    return book(Penugasan=[[known.get(heading) for heading in HEADINGS["Penugasan"]]])


def test_a_row_is_read_as_it_is_meant():
    row = read(book(Petugas=[RANI])).of(PEOPLE)[0]

    assert dict(row.values) == {
        "name": "rani",
        "fullname": "Rani Rekaan",
        "email": "rani@contoh.example",
        "organization": "dinas-a",
        "capacity": "editor",
    }


def test_a_value_knows_its_cell():
    row = read(book(Petugas=[RANI])).of(PEOPLE)[0]

    assert row.cell("email") == "Petugas!C2"


def test_columns_may_stand_in_any_order_and_case():
    lines = [["SUREL *", "nama  pengguna"], ["rani@contoh.example", "rani"]]
    row = read(raw_book({" petugas ": lines})).of(PEOPLE)[0]

    assert (row.text("name"), row.cell("name")) == ("rani", "Petugas!B2")


def test_blank_rows_between_are_no_rows():
    rows = read(book(Petugas=[RANI, [None] * 5, ["", " "], ("joko", "", "j@contoh.example")]))

    assert [row.number for row in rows.of(PEOPLE)] == [2, 5]


@pytest.mark.parametrize(
    "written",
    [
        datetime(2026, 3, 31),  # noqa: DTZ001 - a spreadsheet knows no zone
        date(2026, 3, 31),
        "2026-03-31",
        "31/03/2026",
        "31-3-2026",
        "31.03.2026",
        "31 Maret 2026",
        " 31  mar  2026 ",
    ],
)
def test_a_day_is_read_in_each_way_that_people_write_it(written):
    row = read(assignment(Mulai=written)).of(ASSIGNMENTS)[0]

    assert row.day("valid_from") == date(2026, 3, 31)


@pytest.mark.parametrize("written", ["31/02/2026", "besok", 46112, "2026", "01/01/1066", "31/3/26"])
def test_what_is_no_day_is_said_at_its_cell(written):
    assert faults(assignment(Mulai=written)) == [("Penugasan!E2", "day_unreadable")]


def test_a_letter_number_that_became_a_date_is_noticed():
    assert faults(assignment(**{"Nomor surat": date(2026, 2, 1)})) == [
        ("Penugasan!G2", "text_is_day")
    ]


def test_a_number_in_a_text_column_is_its_digits():
    row = read(assignment(**{"Nomor surat": 800.0})).of(ASSIGNMENTS)[0]

    assert row.text("decree_number") == "800"


def test_blanks_that_come_along_when_pasting_are_dropped():
    row = read(assignment(Pengguna="\u00a0Rani\u200b ")).of(ASSIGNMENTS)[0]

    assert row.text("user") == "rani"


@pytest.mark.parametrize(("written", "read_as"), [("Plt.", "plt"), ("PLH", "plh"), ("plh.", "plh")])
def test_a_choice_is_taken_in_each_writing(written, read_as):
    row = read(assignment(**{"Plt/Plh": written})).of(ASSIGNMENTS)[0]

    assert row.text("acting") == read_as


@pytest.mark.parametrize(
    ("cells", "place", "code"),
    [
        ({"Pengguna": None}, "Penugasan!A2", "cell_empty"),
        ({"Pengguna": "Rani Rekaan"}, "Penugasan!A2", "name_form"),
        ({"Pengguna": "x" * 101}, "Penugasan!A2", "name_form"),
        ({"Pelaksana": "x" * 301}, "Penugasan!C2", "cell_long"),
        ({"Pelaksana": "a\u202eb"}, "Penugasan!C2", "cell_unreadable"),
        ({"Plt/Plh": "wakil"}, "Penugasan!J2", "choice_unknown"),
        ({"SOP": "=A1"}, "Penugasan!B2", "cell_formula"),
        ({"SOP": True, "Plt/Plh": True}, "Penugasan!J2", "choice_unknown"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_with_its_place(cells, place, code):
    assert faults(assignment(**cells)) == [(place, code)]


def test_a_cell_with_a_fault_of_the_spreadsheet_is_told():
    made = openpyxl.load_workbook(io.BytesIO(assignment()))
    cell = made["Penugasan"]["B2"]
    cell.value, cell.data_type = "#N/A", "e"
    out = io.BytesIO()
    made.save(out)

    assert faults(out.getvalue()) == [("Penugasan!B2", "cell_error")]


@pytest.mark.parametrize("email", ["rani", "rani@", "a@b", "a b@c.example", "a..b@c.example"])
def test_what_is_no_address_is_told(email):
    assert faults(book(Petugas=[("rani", "", email)])) == [("Petugas!C2", "email_form")]


def test_every_faulty_cell_is_told_at_once():
    rows = [("Rani R", "", "x"), ("joko", "", "joko@contoh.example", "", "raja")]

    assert faults(book(Petugas=rows)) == [
        ("Petugas!A2", "name_form"),
        ("Petugas!C2", "email_form"),
        ("Petugas!E3", "choice_unknown"),
    ]


@pytest.mark.parametrize(
    ("second", "place"),
    [
        (("RANI", "", "lain@contoh.example"), "Petugas!A3"),
        (("lain", "", "Rani@Contoh.example"), "Petugas!C3"),
    ],
)
def test_the_same_person_or_address_twice_is_told(second, place):
    assert faults(book(Petugas=[RANI, second])) == [(place, "row_twice")]


def test_a_missing_column_is_told_and_the_rows_are_left_alone():
    found = read(raw_book({"Instansi": [["Nama"], ["dinas-a"]]}))

    assert [(one.cell, one.code, one.facts["heading"]) for one in found.faults] == [
        ("Instansi!1", "column_missing", "Judul")
    ]
    assert found.of(AGENCIES) == []


@pytest.mark.parametrize(
    ("heading", "code"), [("Pangkat", "column_unknown"), ("nama", "column_twice")]
)
def test_a_column_that_nobody_reads_is_told(heading, code):
    lines = [["Nama", "Judul", heading], ["dinas-a", "Dinas A", "x"]]

    assert faults(raw_book({"Instansi": lines})) == [("Instansi!C1", code)]


def test_a_sheet_that_nobody_reads_is_told():
    assert faults(raw_book({"Penugasan (2)": [["a"]], "Petunjuk": [["b"]]})) == [
        ("", "sheet_unknown")
    ]


def test_two_sheets_of_one_name_are_told():
    lines = [HEADINGS["Instansi"]]

    assert faults(raw_book({"Instansi": lines, " instansi": lines})) == [("", "sheet_twice")]


def test_a_workbook_without_any_of_the_sheets_is_told():
    assert faults(raw_book({"Petunjuk": [["a"]]})) == [("", "sheet_missing")]


def test_a_sheet_without_a_row_is_no_fault():
    assert faults(book(Instansi=[])) == []


def test_an_empty_sheet_misses_its_columns():
    codes = {code for _cell, code in faults(raw_book({"Instansi": []}))}

    assert codes == {"column_missing"}


def test_more_rows_than_are_taken_are_told(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    rows = [(f"dinas-{number}", "Dinas") for number in range(3)]

    assert faults(book(Instansi=rows)) == [("Instansi!4", "rows_too_many")]


def test_a_sheet_may_say_anything_of_its_own_size():
    content = with_part(
        book(Instansi=[("dinas-a", "Dinas A")]),
        SHEET,
        lambda text: text.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"'),
    )

    assert len(read(content).of(AGENCIES)) == 1


def test_a_row_far_below_costs_no_time():
    content = with_part(
        book(Instansi=[("dinas-a", "Dinas A")]),
        SHEET,
        lambda text: text.replace(b'<row r="2"', b'<row r="1048576"').replace(
            b'"A2"', b'"A1048576"'
        ),
    )

    assert read(content).of(AGENCIES) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nama;judul",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a workbook with a password",
        book(Instansi=[])[:-40],
    ],
)
def test_what_is_no_workbook_is_told_in_a_sentence(content):
    assert faults(content) == [("", "workbook_broken")]


def test_a_zip_that_is_no_workbook_is_told_in_a_sentence():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")

    assert faults(out.getvalue()) == [("", "workbook_broken")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: len(text) // 2],
        lambda text: b"",
        lambda text: b"\x00" * 100,
        lambda text: text.replace(b'r="A2"', b'r="1A"'),
        lambda text: text.replace(b'<row r="2"', b'<row r="x"'),
        lambda text: text.replace(b't="inlineStr">', b't="s"><v>9999</v>', 1),
        lambda text: text.replace(b't="inlineStr">', b't="d"><v>besok</v>', 1),
        lambda text: b'<!DOCTYPE x [<!ENTITY a "b">]>' + text,
        lambda text: ("<!DOCTYPE x>" + text.decode()).encode("utf-16"),
    ],
)
def test_a_damaged_sheet_is_told_in_a_sentence(change):
    content = with_part(book(Instansi=[("dinas-a", "Dinas A")]), SHEET, change)

    assert faults(content) == [("", "workbook_broken")]


def test_a_sheet_under_another_name_hides_no_entity():
    content = book(Instansi=[("dinas-a", "Dinas A")])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            text = old.read(part).replace(b"sheet1.xml", b"sheet1.dat")
            if part.filename == SHEET:
                text = b'<!DOCTYPE x [<!ENTITY a "Dinas B">]>' + text.replace(b"Dinas A", b"&a;")
            new.writestr(part.filename.replace("sheet1.xml", "sheet1.dat"), text)

    assert faults(out.getvalue()) == [("", "workbook_broken")]


def test_a_file_that_is_too_big_is_not_opened():
    assert faults(b"PK" + b"\0" * workbook.MAX_BYTES) == [("", "workbook_big")]


def test_a_file_that_swells_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (workbook.MAX_UNPACKED + 1))

    assert faults(out.getvalue()) == [("", "workbook_full")]


def test_a_sheet_of_very_many_empty_cells_is_not_built():
    content = with_part(
        book(Instansi=[("dinas-a", "Dinas A")]),
        SHEET,
        lambda text: text.replace(b"</sheetData>", b"<c/>" * workbook.MAX_TAGS + b"</sheetData>"),
    )

    assert faults(content) == [("", "workbook_full")]


SOUND = book(
    Instansi=[("dinas-a", "Dinas A", "produsen")],
    Petugas=[RANI],
    Penugasan=[["rani", "manajemen-data", "verifikator", "", date(2026, 1, 1)]],
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=8))
def test_bytes_changed_anywhere_never_break_the_reader(place, bytes_):
    changed = SOUND[:place] + bytes_ + SOUND[place + len(bytes_) :]

    assert isinstance(read(changed).faults, list)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_letters_changed_inside_the_parts_never_break_the_reader(data):
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        names = archive.namelist()
    name = data.draw(st.sampled_from(names))
    old = data.draw(st.sampled_from([b'"1"', b"<", b'"A1"', b"sheet", b"/", b"=", b"s"]))
    new = data.draw(st.binary(max_size=6))
    changed = with_part(SOUND, name, lambda text: text.replace(old, new, 3))

    assert isinstance(read(changed).faults, list)


def test_the_sound_workbook_has_no_fault():
    assert faults(SOUND) == []
