"""Any file ends in an answer, soon, and one that was not read to its end says so."""

from __future__ import annotations

import io
import itertools
import time
import zipfile

import pytest

from ckanext.satudata.quality.limits import Limits
from tests.unit.quality.invented import check, csv, nik, with_part, xlsx

SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx({"Data": [["a", "b"], ["rekaan@contoh.example", 1]]})
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(inside: bytes) -> bytes:
    return with_part(BOOK, SHEET, HEAD + inside + b"</worksheet>")


def cell(at: str, text: str = "rekaan@contoh.example") -> bytes:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def reason(content: bytes, name: str = "data.xlsx", **limits: float) -> str:
    found = check(content, name, limits=Limits(**limits))  # type: ignore[arg-type]
    return found.findings[0].reason if not found.read else ""


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return kept.getvalue()


def locked_part(content: bytes) -> bytes:
    """The archive with the mark of a password at its first part."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01" + content[at + 9 :]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (sheet(b"<sheetData>" + b" " * 20_000_000 + b"</sheetData>"), "too_full"),
        (sheet(b"<sheetData/>" + b"<x/>" * 1_000_000), "too_full"),
        (HEAD, "kind_unknown"),
        (BOOK[: len(BOOK) // 2], "broken"),
        (b"PK\x03\x04" + b"x" * 500, "broken"),
        (with_part(BOOK, SHEET, b"<worksheet"), "broken"),
        (with_part(BOOK, "xl/workbook.xml", b"kata"), "broken"),
        (with_part(BOOK, SHEET, b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + HEAD), "broken"),
        (locked_part(BOOK), "encrypted"),
        (OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "encrypted"),
        (OLD + b"\0" * 2000, "old_workbook"),
        (b"<!DOCTYPE html><html><body>Silakan masuk</body></html>", "web_page"),
        (b"\xef\xbb\xbf\r\n <html><table><tr><td>1</td></tr></table></html>", "web_page"),
        (archive(berkas=b"kata"), "kind_unknown"),
        (b"%PDF-1.7 ...", "kind_unknown"),
        (b'[{"nik": "..."}]', "kind_unknown"),
        (b"\x00\x01\x02\xff" * 500, "binary"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_its_reason(content, told):
    # The first is neither a table of ours nor a web page by its beginning alone.
    name = "data.xml" if content == HEAD else "data.xlsx"
    assert reason(content, name) == told


@pytest.mark.parametrize("name", ["data.json", "data.geojson", "data.pdf", "data.docx", "data.sql"])
def test_text_of_another_kind_is_not_taken_for_a_table(name):
    assert reason(b"a,b\n1,2\n", name) == "kind_unknown"


def test_a_bomb_is_refused_by_its_directory_before_it_is_unpacked():
    content = sheet(b"<sheetData>" + b" " * 20_000_000 + b"</sheetData>")
    start = time.process_time()
    assert (reason(content), time.process_time() - start < 0.2) == ("too_full", True)


def test_a_cell_too_long_for_a_spreadsheet_is_refused_before_it_is_held():
    text = "".join(str(one * one) for one in range(1, 300_000))
    assert reason(sheet(b"<sheetData><row>" + cell("A1", text) + b"</row></sheetData>")) == (
        "too_wide"
    )


@pytest.mark.parametrize("claimed", ["A1:XFD1048576", "A1:A1", "kata"])
def test_what_a_sheet_says_of_its_size_is_not_believed(claimed):
    rows = b'<sheetData><row r="9">' + cell("C9") + b"</row></sheetData>"
    found = check(sheet(f'<dimension ref="{claimed}"/>'.encode() + rows), "data.xlsx").findings
    assert [one.places[0].cell if one.places else one.reason for one in found] == (
        ["C9"] if claimed != "kata" else ["broken"]
    )


def test_the_last_cell_of_a_sheet_is_reached():
    rows = b'<row r="1">' + cell("A1", "a") + b'</row><row r="1048576">' + cell("XFD1048576")
    found = check(sheet(b"<sheetData>" + rows + b"</row></sheetData>"), "data.xlsx").findings
    assert [one.places[0].cell for one in found] == ["XFD1048576"]


def test_a_row_beyond_all_rows_is_not_waited_for():
    rows = b'<sheetData><row r="2000000000">' + cell("A2000000000") + b"</row></sheetData>"
    assert reason(sheet(rows), rows=100_000) == "too_many_rows"


@pytest.mark.parametrize(
    ("content", "limits", "told"),
    [
        (csv(["a", *range(100)], ["b"]), {"bytes": 100}, "too_large"),
        (csv(["a", *range(100)], ["b"]), {"rows": 50}, "too_many_rows"),
        (b"a,b\n" + b"," * 20_000 + b"\n", {}, "too_wide"),
        (b"a,b\n" + b"x" * 2_000_000, {}, "too_wide"),
        (b'a,b\n"' + b"x\n" * 100_000, {}, "too_wide"),
        (BOOK, {"unpacked": 1000}, "too_full"),
        (BOOK, {"parts": 3}, "too_full"),
    ],
)
def test_each_limit_is_kept(content, limits, told):
    assert reason(content, "data.csv", **limits) == told


def ticking(step: float):
    ticks = itertools.count()
    return lambda: next(ticks) * step


@pytest.mark.parametrize("content", [csv(["a", *range(9000)], ["b"]), BOOK])
def test_reading_ends_when_its_time_is_over(content):
    found = check(content, "data.csv", limits=Limits(seconds=1), clock=ticking(0.4))
    assert found.findings[0].reason == "too_slow"


def test_what_was_found_before_a_limit_is_told():
    content = csv(["a", nik(1), nik(2), *range(100)], ["b"])
    found = check(content, limits=Limits(rows=50)).findings
    assert [one.code for one in found] == ["cannot_be_read", "personal_nik"]


def test_what_stands_before_a_broken_place_is_told():
    rows = b'<sheetData><row r="1">' + cell("A1") + b'</row><row r="2">' + cell("kata")
    found = check(sheet(rows + b"</row></sheetData>"), "data.xlsx").findings
    assert [one.code for one in found] == ["cannot_be_read", "personal_email"]


def test_cells_made_to_be_searched_for_long_are_searched_in_time():
    cells = [b"@" * 100_000, b"a" * 100_000, b"a@" * 50_000, b"1 " * 50_000, b"0" * 100_000]
    found = check(b"a;b\n" + b";x\n".join(cells * 10), limits=Limits(seconds=20))
    assert found.clean


def test_hundreds_of_findings_are_counted_and_not_all_listed():
    found = check(b",".join(b"r%d@contoh.example" % one for one in range(1000)))
    assert (len(found.findings), found.more) == (200, 800)


def test_an_empty_file_holds_nothing():
    assert check(b"").clean
