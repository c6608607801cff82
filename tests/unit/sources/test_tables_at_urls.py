from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from ckanext.satudata.sources import workbook
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import Misdeclared
from ckanext.satudata.sources.record import Record
from ckanext.satudata.sources.tables_at_urls import TablesSource
from ckanext.satudata.unreadable import Weights
from tests.standins.tables import Files, cell, ods, row, sheet, xlsx
from tests.unit.quality.invented import with_part
from tests.unit.quality.test_container import directory_of
from tests.unit.sources.asking import KEY
from tests.unit.sources.conformance import Conformance, World, failure


@pytest.fixture
def server() -> Iterator[Files]:
    with Files() as made:
        yield made


@pytest.fixture
def world(server: Files) -> World:
    return World(server, TablesSource, {"tables": [table(server, "data/sekolah.csv")]})


def table(server: Files, path: str, **more: Any) -> dict[str, Any]:
    return {"url": f"{server.url}/{path}", "title": "Sekolah (buatan)", **more}


def only(world: World) -> Record:
    [found] = world.records()
    return found


def written(found: Record) -> str:
    [one] = found.tables
    return one.csv().decode()


def codes(found: Record) -> list[str]:
    return [one.code for one in found.notices]


class OnFiles(Conformance):
    paths: tuple[str, ...] = ("data/sekolah.csv", "data/murid.ods")
    declaration = ""
    ends = False

    @pytest.fixture
    def world(self, server: Files, request: pytest.FixtureRequest) -> World:
        type(self).guids = [f"{server.url}/{path}" for path in self.paths]
        name, _, path = self.declaration.partition(":")
        return World(server, TablesSource, {name: f"{server.url}/{path}"})

    def change(self, server: Files) -> None:
        body = server.files["/data/sekolah.csv"]
        server.files["/data/sekolah.csv"] = body.replace(b"Satu;12", b"Satu;13")


class TestDataPackage(OnFiles):
    declaration = "manifest:datapackage.json"


class TestCsvManifest(OnFiles):
    counted = False
    declaration = "manifest:daftar.csv"


class TestPageOfLinks(OnFiles):
    counted = False
    declaration = "page:index.html"
    paths = ("data/sekolah.csv", "unduh/guru.XLSX?versi=2")


class TestNamedTables(OnFiles):
    asks = False
    paths = ("data/sekolah.csv", "unduh/guru.XLSX")

    @pytest.fixture
    def world(self, server: Files) -> World:
        type(self).guids = [f"{server.url}/{path}" for path in self.paths]
        return World(server, TablesSource, {"tables": [table(server, one) for one in self.paths]})


def test_a_text_table_keeps_what_it_cannot_be_sure_of(world: World) -> None:
    found = only(world)
    assert written(found) == (
        "Kecamatan,Jumlah Sekolah,Rasio,Kode\n"
        'Satu,12,"1.234,5",007\n'
        'Dua,7,"98,25",010\n'
        "Tiga (buatan),,-,011\n"
    )
    assert codes(found) == ["number_style_undeclared"]


def test_types_are_those_that_the_cells_leave_no_doubt_of(world: World) -> None:
    fields = only(world).tables[0].schema()["fields"]
    assert [one["type"] for one in fields] == ["string", "integer", "string", "string"]


def test_numbers_are_read_as_declared(world: World) -> None:
    world.declared["numbers"] = "indonesia"
    found = only(world)
    assert written(found) == (
        "Kecamatan,Jumlah Sekolah,Rasio,Kode\n"
        "Satu,12,1234.5,007\n"
        "Dua,7,98.25,010\n"
        "Tiga (buatan),,,011\n"
    )


def test_numbers_that_do_not_fit_the_declaration_stay_text(world: World) -> None:
    world.declared["numbers"] = "inggris"
    fields = only(world).tables[0].schema()["fields"]
    assert fields[2]["type"] == "string"


def test_a_workbook_keeps_its_numbers(world: World) -> None:
    world.declared["tables"] = [table(world.server, "unduh/guru.XLSX")]
    found = only(world)
    assert written(found) == "Jenjang,Guru\nSD (buatan),41\nSMP (buatan),23.5\n"
    assert found.tables[0].schema()["fields"][1]["type"] == "number"


def test_an_ods_is_read(world: World) -> None:
    world.declared["tables"] = [table(world.server, "data/murid.ods")]
    assert written(only(world)) == "Jenjang,Murid\nSD (buatan),410\n"


@pytest.mark.parametrize(("name", "expected"), [("Lain", "x\ny\n"), (None, "Jenjang,Guru\n")])
def test_the_named_sheet_is_read_or_else_the_first(
    world: World, name: str | None, expected: str
) -> None:
    world.declared["tables"] = [table(world.server, "unduh/guru.XLSX", sheet=name)]
    assert written(only(world)).startswith(expected)


def test_a_sheet_that_is_not_there_is_told(world: World) -> None:
    world.declared["tables"] = [table(world.server, "unduh/guru.XLSX", sheet="Hilang")]
    assert failure(lambda: only(world)) == "sheet_missing"


def serve(world: World, body: bytes, **more: Any) -> World:
    world.server.files["/isi"] = body
    world.declared["tables"] = [table(world.server, "isi", **more)]
    return world


def test_headings_below_a_title_are_found_where_they_are_declared(world: World) -> None:
    body = b"TABEL 1 (buatan)\n\nKecamatan,Jumlah\nSatu,1\n"
    assert written(only(serve(world, body, heading=3))) == "Kecamatan,Jumlah\nSatu,1\n"


def test_empty_and_twofold_headings_get_names(world: World) -> None:
    found = only(serve(world, b"a,,a\n1,2,3\n"))
    assert (written(found), codes(found)) == ("a,kolom_2,a_2\n1,2,3\n", ["columns_renamed"])


def test_rows_of_another_length_lose_nothing_and_are_told(world: World) -> None:
    found = only(serve(world, b"a,b\n1\n1,2,3\n"))
    assert written(found) == "a,b,kolom_3\n1,,\n1,2,3\n"
    assert codes(found) == ["columns_renamed", "rows_uneven"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_usual_separators_are_seen(world: World, separator: str) -> None:
    body = separator.join("ab") + "\n" + separator.join("12") + "\n"
    assert written(only(serve(world, body.encode()))) == "a,b\n1,2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_seen(world: World, encoding: str) -> None:
    assert written(only(serve(world, "kafé,b\n1,2\n".encode(encoding)))) == "kafé,b\n1,2\n"


def test_a_long_number_is_no_number_to_count_with(world: World) -> None:
    found = only(serve(world, b"a,b\n1234567890123456,1\n"))
    assert [one["type"] for one in found.tables[0].schema()["fields"]] == ["string", "integer"]


@pytest.mark.parametrize("body", [b"a,b\n", b"\n\n a \n"])
def test_a_table_without_a_row_is_refused(world: World, body: bytes) -> None:
    assert failure(lambda: only(serve(world, body))) == "table_empty"


def test_a_page_for_people_instead_of_a_table_is_told(world: World) -> None:
    body = b"<html><body>Silakan masuk (buatan)</body></html>"
    assert failure(lambda: only(serve(world, body))) == "html_instead"


def test_what_did_not_change_is_not_read_again(world: World) -> None:
    source = world.source()
    [entry] = world.entries()
    first = source.read(entry)
    later = replace(entry, address={**entry.address, "known": dict(first.known)})
    assert (source.read(later).unchanged, source.read(entry).unchanged) == (True, False)


def test_a_change_is_read_in_spite_of_what_was_known(world: World) -> None:
    source = world.source()
    [entry] = world.entries()
    later = replace(entry, address={**entry.address, "known": dict(source.read(entry).known)})
    TestDataPackage().change(world.server)
    assert ",13," in written(source.read(later))


def test_only_links_that_match_are_taken_from_a_page(world: World) -> None:
    world.declared = {"page": f"{world.server.url}/index.html", "matching": "*/unduh/*"}
    assert [one.title for one in world.entries()] == ["Guru"]


def test_a_key_written_into_a_declared_address_is_refused(world: World) -> None:
    world.declared["tables"] = [table(world.server, "data/sekolah.csv?token=abcdef123")]
    with pytest.raises(Misdeclared, match=r"tables\.0\.url") as told:
        world.source()
    assert "abcdef123" not in repr(told.value)


def test_a_key_of_an_address_is_sent_where_its_placeholder_stands(world: World) -> None:
    world.declared["tables"] = [table(world.server, "data/sekolah.csv?token={key}")]
    world.records()
    assert world.server.asked[-1].query == {"token": KEY}


def test_a_public_token_in_a_link_of_a_page_is_sent_and_is_no_part_of_its_guid(
    world: World,
) -> None:
    page = b"<html><a href='data/sekolah.csv?token=umum1234'>Sekolah</a></html>"
    world.server.files["/index.html"] = page
    world.declared = {"page": f"{world.server.url}/index.html"}
    [found] = world.records()
    assert world.server.asked[-1].query == {"token": "umum1234"}
    assert "umum1234" not in found.guid


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({}, "declared_one_of"),
        ({"page": "x"}, "declared_value"),
        ({"tables": [], "manifest": ""}, "declared_one_of"),
        ({"tables": [{"url": "https://contoh.example"}]}, "declared_missing"),
        ({"page": "https://contoh.example", "numbers": "dari hati"}, "declared_value"),
        ({"page": "https://contoh.example", "heading": "2"}, "declared_value"),
        ({"page": "https://contoh.example", "kepala": 2}, "declared_unknown"),
        ({"page": "https://contoh.example/?token=abcdef123"}, "declared_key"),
    ],
)
def test_a_wrong_declaration_is_refused_by_its_code(
    world: World, declared: dict[str, Any], code: str
) -> None:
    assert failure(World(world.server, TablesSource, declared).source) == code


NUMBER = '<table:table-cell office:value-type="float" office:value="1e-999999999"/>'
HOSTILE = {
    "a row that stands for a million": ods(
        sheet("S", row(cell("a")), row(cell("b", 10), times=1_048_576))
    ),
    "a cell that stands for a million": ods(sheet("S", row(cell("a", 1_000_000)))),
    "rows without end": ods(sheet("S", row(cell("a", 1000), times=999_999_999))),
    "entities that grow": ods(sheet("S", row(cell("&b;"))), '<!DOCTYPE x [<!ENTITY b "buatan">]>'),
    "an archive that is cut": xlsx(S=[["a"], ["b"]])[:-40],
    "a workbook without sheets": ods(""),
    "broken XML": ods("<table:table>"),
    "a number of a billion places": ods(sheet("S", row(cell("a")), row(NUMBER))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused(world: World, name: str) -> None:
    code = failure(lambda: only(serve(world, HOSTILE[name])))
    assert code in (
        "table_too_large",
        "table_unreadable",
        "kind_unknown",
        "workbook_locked",
        "workbook_too_full",
        "sheet_missing",
    )


def test_blank_rows_to_the_end_of_a_sheet_are_no_rows(world: World) -> None:
    end = row(cell("", 1024), times=1_048_000)
    body = ods(sheet("S", row(cell("a")), row(cell("b")), end))
    assert written(only(serve(world, body))) == "a\nb\n"


def test_a_workbook_of_more_than_is_taken_is_not_unpacked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "WEIGHTS", Weights(parts=100, unpacked=1000))
    assert failure(lambda: list(rows_of(xlsx(S=[["a"], ["b"]])))) == "workbook_too_full"


def rows_of(body: bytes, **more: Any) -> Iterator[list[Any]]:
    return workbook.rows_of(body, Kind.XLSX, None, **more)


def with_row(number: int) -> bytes:
    """A workbook of one row, and one that says it is far below it."""
    return with_part(
        xlsx(S=[["a"], ["b"]]),
        "xl/worksheets/sheet1.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="%d"/></sheetData></worksheet>' % number,
    )


def test_rows_that_are_left_out_cost_nothing_for_each_column(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(workbook, "_written", lambda value: asked.append(value) or "")
    assert sum(1 for _ in rows_of(with_row(1000))) == 1000
    assert len(asked) <= workbook.MOST_COLUMNS + 1


def test_a_row_below_all_that_a_sheet_has_is_refused() -> None:
    assert failure(lambda: sum(1 for _ in rows_of(with_row(5_000_000)))) == "table_too_large"


def test_a_workbook_is_not_read_for_ever() -> None:
    body = xlsx(S=[["a"], ["b"]])
    assert failure(lambda: list(rows_of(body, seconds=-1.0))) == "reading_too_long"


def test_an_archive_whose_places_lie_before_its_beginning_is_no_table(world: World) -> None:
    body = ods(sheet("S", row(cell("a")), row(cell("b"))))
    without_a_piece = body[:40] + body[60:]
    assert failure(lambda: only(serve(world, without_a_piece))) == "kind_unknown"


def test_a_directory_without_end_is_not_taken_up() -> None:
    code = failure(lambda: list(rows_of(directory_of(100_000))))
    assert code == "workbook_too_full"
