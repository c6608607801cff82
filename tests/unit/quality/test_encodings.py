"""A text table is read in any encoding and with any separator; the stream stays open."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import pytest

from ckanext.satudata.quality.personal_data import check_file
from tests.unit.quality.invented import check, codes, csv, only, xlsx

COLUMNS = (["Keterangan", "kata – é", "rekaan@contoh.example"], ["b", 1, 2])
TEXT = csv(*COLUMNS).decode()


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.encode() + b"\x81\x8d",
    ],
)
def test_any_encoding_is_read(content):
    found = only(content)
    assert (found.places[0].cell, found.heading) == ("A3", "Keterangan")


def test_a_letter_of_windows_late_in_the_file_does_not_stop_reading():
    content = b"a,b\n" + b"kata,1\n" * 60_000 + b"caf\xe9,2\nrekaan@contoh.example,3\n"
    assert only(content).places[0].cell == "A60003"


def test_letters_of_windows_are_read_as_they_are():
    content = "Kafé,b\nrekaan@contoh.example,1\n".encode("cp1252")
    assert only(content).heading == "Kafé"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~", ":"])
def test_any_separator_is_read(separator):
    content = csv(["a", 1, 2], ["b", "x", "rekaan@contoh.example"], separator=separator)
    assert only(content).places[0].cell == "B3"


@pytest.mark.parametrize("name", ["data.csv", "DATA.TSV", "data", "", "data.xls", "a/b/data.txt"])
def test_a_text_table_may_have_any_of_these_names(name):
    assert check(csv(*COLUMNS), name).format == "csv"


@pytest.mark.parametrize("name", ["data.xlsx", "data.csv", "data.xls", ""])
def test_a_workbook_is_known_by_what_it_holds(name):
    assert check(xlsx({"Data": [["a"]]}), name).format == "xlsx"


@pytest.mark.parametrize("content", [csv(*COLUMNS), xlsx({"Data": [["a"]]}), b"PK\x03\x04", b""])
def test_the_stream_is_left_open(content):
    stream = io.BytesIO(content)
    check_file(stream, "data.csv")
    assert not stream.closed


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path):
    path = tmp_path / "data.csv"
    path.write_bytes(csv(*COLUMNS))
    found = check_file(path)
    assert (found.name, found.findings) == ("data.csv", check(csv(*COLUMNS)).findings)


def test_a_file_with_headings_alone_is_asked_about():
    assert codes(b"nik,nama\n") == ["personal_header", "personal_header"]
