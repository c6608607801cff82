"""Headings and first rows of a table."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from ckanext.satudata.quality.first_rows import first_rows
from ckanext.satudata.quality.limits import Limits, Unread


def read(content: bytes, most: int = 1000, limits: Limits | None = None):
    return first_rows(io.BytesIO(content), limits or Limits(), most)


def book(*rows) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def reason(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unread) as unread:
        read(content, limits=limits)
    return unread.value.reason


def test_a_csv_is_read_with_its_own_separator():
    found = read(b"kode;jumlah\n15.06;1.234,5\n")
    assert (found.headings, found.rows) == (["kode", "jumlah"], [["15.06", "1.234,5"]])


def test_blank_rows_are_left_out():
    assert read(b"\n,\na,b\n\n1,2\n").headings == ["a", "b"]
    assert read(b"\n,\na,b\n\n1,2\n").rows == [["1", "2"]]


def test_title_rows_are_no_headings():
    found = read(b"Jumlah penduduk\nKabupaten rekaan\nkode,nama,jumlah\n1,A,5\nSumber: rekaan\n")
    assert found.headings == ["kode", "nama", "jumlah"]
    assert found.rows == [["1", "A", "5"], ["Sumber: rekaan"]]


def test_headings_with_a_gap_are_headings():
    assert read(b"kode,,jumlah\n1,A,5\n").headings == ["kode", "", "jumlah"]


def test_a_row_that_is_too_short_has_no_cell():
    assert read(b"a,b\n1\n").column(1) == [None]


def test_only_so_many_rows_are_read():
    assert len(read(b"a\n" + b"1\n" * 50, most=10).rows) == 10


def test_a_workbook_keeps_its_numbers():
    found = read(book(["Tahun", 2024], [1, 2.5], [None, "x"]))
    assert found.headings == ["Tahun", "2024"]
    assert (found.column(0), found.column(1)) == ([1, None], [2.5, "x"])


def test_columns_after_the_last_heading_that_nobody_filled_are_no_columns():
    assert read(book(["a", None, "b", None, None], [1])).headings == ["a", "", "b"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" ,\n"])
def test_nothing_is_told(content):
    assert reason(content) == "empty"


@pytest.mark.parametrize("content", [b"<html>", b'{"a": 1}', b"%PDF-1.7", b"\xd0\xcf\x11\xe0rest"])
def test_what_is_no_table_is_told(content):
    assert reason(content) == "kind_unknown"


def test_an_archive_that_is_no_workbook_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert reason(out.getvalue()) == "kind_unknown"


def test_a_broken_workbook_is_told():
    assert reason(book(["a"])[:-50]) == "broken"


def test_a_file_that_is_too_large_is_not_opened():
    assert reason(b"a,b\n1,2\n", Limits(bytes=4)) == "too_large"


def test_a_row_that_is_too_wide_is_told():
    assert reason(b"a," * 1001 + b"\n") == "too_wide"
