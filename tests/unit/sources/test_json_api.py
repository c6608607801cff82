from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.satudata.sources.failures import Misdeclared
from ckanext.satudata.sources.json_api import JsonSource
from tests.standins.json_api import Api
from tests.standins.server import Reply
from tests.unit.sources.asking import KEY
from tests.unit.sources.conformance import Conformance, World, failure

COLUMNS = [
    {"name": "kecamatan", "path": "wilayah.nama"},
    {"name": "tahun", "path": "tahun", "type": "integer"},
    {"name": "jumlah", "path": "jumlah", "type": "integer", "unit": "Orang"},
    {"name": "luas", "path": "luas", "type": "number", "numbers": "indonesia"},
]
BY_PAGE = {"way": "page", "parameter": "hal", "total": "data.jumlah"}
BY_OFFSET = {"way": "offset", "parameter": "mulai", "total": "data.jumlah"}
BY_NEXT = {"way": "next", "next": "tautan.lanjut", "total": "data.jumlah"}
DATASETS = {
    "guid": "id",
    "title": "judul",
    "url": "berkas",
    "format": "jenis",
    "mapped": {"notes": "ringkas", "unit": "satuan"},
}


@pytest.fixture
def server() -> Iterator[Api]:
    with Api() as made:
        yield made


@pytest.fixture
def world(server: Api) -> World:
    return World(server, JsonSource, rows(server))


def rows(server: Api, **more: Any) -> dict[str, Any]:
    told = {"url": f"{server.url}/baris", "rows": "data.isi", "title": "Luas (buatan)"}
    return {**told, "columns": COLUMNS, "key": ["kecamatan", "tahun"], "paging": BY_PAGE, **more}


def datasets(server: Api, **more: Any) -> dict[str, Any]:
    told = {"url": f"{server.url}/katalog", "rows": "data.isi", "datasets": DATASETS}
    return {**told, "paging": BY_PAGE, **more}


class TestDatasets(Conformance):
    guids = [str(n) for n in range(5)]

    @pytest.fixture(params=[BY_PAGE, BY_OFFSET, BY_NEXT], ids=["page", "offset", "next"])
    def world(self, server: Api, request: pytest.FixtureRequest) -> World:
        return World(server, JsonSource, datasets(server, paging=request.param))

    def change(self, server: Api) -> None:
        server.catalogue[3]["judul"] = "Judul lain (buatan)"


class TestRows(Conformance):
    asks = False

    @pytest.fixture
    def world(self, server: Api) -> World:
        type(self).guids = [f"{server.url}/baris"]
        return World(server, JsonSource, rows(server))

    def change(self, server: Api) -> None:
        server.rows[4]["jumlah"] += 1


EXPECTED = (
    "kecamatan,tahun,jumlah,luas\n"
    "Kecamatan 0 (buatan),2024,10,1000.5\n"
    "Kecamatan 1 (buatan),2024,11,1001.5\n"
    "Kecamatan 2 (buatan),2024,12,1002.5\n"
    "Kecamatan 3 (buatan),2024,13,1003.5\n"
    "Kecamatan 4 (buatan),2024,14,\n"
)


@pytest.mark.parametrize("paging", [BY_PAGE, BY_OFFSET, BY_NEXT], ids=["page", "offset", "next"])
def test_rows_of_every_page_become_one_table(world: World, paging: dict[str, Any]) -> None:
    world.declared["paging"] = paging
    [found] = world.records()
    assert found.tables[0].csv().decode() == EXPECTED


@pytest.mark.parametrize("paging", [BY_PAGE, BY_OFFSET])
def test_without_a_count_an_empty_page_is_the_end(world: World, paging: dict[str, Any]) -> None:
    world.declared["paging"] = {**paging, "total": ""}
    [found] = world.records()
    assert len(found.tables[0].rows) == 5


def test_a_listing_without_a_count_names_no_total(world: World) -> None:
    world.declared = datasets(world.server, paging={**BY_PAGE, "total": ""})
    assert list(world.source().pages())[-1].total is None


def test_a_text_that_is_no_number_is_left_empty_and_told(world: World) -> None:
    [found] = world.records()
    assert [(one.code, one.facts) for one in found.notices] == [
        ("numbers_unreadable", {"count": 1, "example": "tidak ada"})
    ]


def test_a_number_in_a_text_is_not_guessed_at(world: World) -> None:
    world.declared["columns"] = [{"name": "luas", "path": "luas", "type": "number"}]
    world.declared["key"] = []
    [found] = world.records()
    assert [row[0] for row in found.tables[0].rows] == [None] * 5


@pytest.mark.parametrize("paging", [BY_PAGE, BY_OFFSET, BY_NEXT], ids=["page", "offset", "next"])
def test_fewer_rows_than_the_api_counts_make_no_table(world: World, paging: dict[str, Any]) -> None:
    world.declared["paging"] = paging
    world.server.lie = 1
    assert failure(world.records) == "listing_incomplete"


def test_a_count_that_changes_between_pages_makes_no_table(world: World) -> None:
    answer = world.server.answer

    def growing(asked: Any) -> Reply:
        world.server.lie += 1
        return answer(asked)

    world.server.answer = growing
    assert failure(world.records) == "listing_changed"


def test_a_path_that_no_row_has_is_told(world: World) -> None:
    world.declared["columns"] = [{"name": "x", "path": "tidak.ada"}]
    world.declared["key"] = []
    assert failure(world.records) == "shape_unexpected"


def test_the_next_page_at_another_host_is_not_asked(world: World) -> None:
    world.declared |= {"paging": BY_NEXT, "headers": {"X-Api-Key": "{key}"}}
    answer = world.server.answer

    def elsewhere(asked: Any) -> Reply:
        reply = answer(asked)
        reply.body["tautan"]["lanjut"] = "http://lain.example.id/baris"
        return reply

    world.server.answer = elsewhere
    assert failure(world.records) == "shape_unexpected"


def test_a_next_page_that_leads_to_itself_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ckanext.satudata.sources.json_api.MOST_PAGES", 10)
    world.declared["paging"] = {"way": "next", "next": "tautan.lanjut"}
    loop = {"data": {"isi": world.server.rows}, "tautan": {"lanjut": "/baris"}}
    world.server.answer = lambda asked: Reply(loop)
    assert failure(world.records) == "table_too_large"


def test_a_header_of_the_declaration_holds_the_key_when_sent(world: World) -> None:
    world.declared["headers"] = {"X-Api-Key": "{key}"}
    world.records()
    assert {one.headers["x-api-key"] for one in world.server.asked} == {KEY}


def test_a_dataset_of_an_api_links_to_its_file(world: World) -> None:
    world.declared = datasets(world.server)
    found = world.records()[0]
    assert [(one.url, one.format) for one in found.links] == [
        (f"{world.server.url}/unduh/0.csv", "CSV")
    ]
    assert found.fields == {"title": "Data 0 (buatan)", "notes": "Contoh buatan", "unit": "Orang"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": []},
        {"datasets": DATASETS},
        {"title": ""},
        {"key": ["tidak-ada"]},
        {"columns": [*COLUMNS, COLUMNS[0]]},
        {"paging": {"way": "menebak"}},
        {"paging": {"lain": 1}},
        {"url": "gopher://x"},
        {"url": "https://data.example.id/?api_key=rahasia1234"},
        {"headers": {"X-Api-Key": "rahasia1234"}},
    ],
)
def test_a_wrong_declaration_is_refused(world: World, wrong: dict[str, Any]) -> None:
    world.declared |= wrong
    with pytest.raises(Misdeclared):
        world.source()
