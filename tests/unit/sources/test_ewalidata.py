from __future__ import annotations

from collections.abc import Iterator

import pytest

from ckanext.satudata.sources.ewalidata import EwalidataSource
from tests.standins.ewalidata import Ewalidata, indicator
from tests.standins.server import Reply
from tests.unit.sources.asking import KEY
from tests.unit.sources.conformance import Conformance, World, failure


@pytest.fixture
def world() -> Iterator[World]:
    with Ewalidata(KEY) as server:
        declared = {"region": "1506", "years": [2024, 2025], "base": server.url}
        yield World(server, EwalidataSource, declared)


class TestConformance(Conformance):
    guids = ["ewalidata/1506/1.01", "ewalidata/1506/1.02"]

    def change(self, server: Ewalidata) -> None:
        server.items[3]["data"] = "1241"


def test_indicators_of_a_field_are_a_table_over_the_years(world: World) -> None:
    found = world.records()[0]
    assert found.tables[0].csv().decode() == (
        "kode_wilayah,kode_kecamatan,kode_indikator,indikator,definisi_operasional,tahun,nilai,"
        "nilai_tertulis,satuan,status,verifikasi_walidata,verifikasi_pembina_data\n"
        "kemendagri:15.06,,1.01.000474,Jumlah 1.01.000474 (buatan),Definisi buatan,2024,1234,1234,"
        "Orang,AKTIF,Y,N\n"
        "kemendagri:15.06,,1.01.000475,Jumlah 1.01.000475 (buatan),Definisi buatan,2024,1234.5,"
        '"1.234,5",Orang,AKTIF,Y,N\n'
        "kemendagri:15.06,,1.01.000474,Jumlah 1.01.000474 (buatan),Definisi buatan,2025,1240,1240,"
        "Orang,AKTIF,Y,N\n"
    )


def test_the_region_is_of_kemendagri_and_never_of_bps(world: World) -> None:
    assert world.records()[0].fields["region_codes"] == "kemendagri:15.06"


def test_each_record_says_that_the_shape_is_unproven(world: World) -> None:
    assert not EwalidataSource.proven
    assert all(one.notices[0].code == "shape_unproven" for one in world.records())


def test_a_text_that_is_no_number_is_left_empty_and_told(world: World) -> None:
    notices = {one.code: one.facts for one in world.records()[1].notices}
    assert notices["numbers_unreadable"] == {"count": 1, "example": "n/a?"}


def test_an_indicator_of_another_government_is_refused(world: World) -> None:
    foreign = indicator("1.01.000474", "2024", "1", kodepemda="1507")
    world.server.answer = lambda asked: Reply([foreign])
    assert failure(world.records) == "shape_unexpected"


def test_fewer_rows_than_the_answer_counts_are_no_whole_listing(world: World) -> None:
    world.server.lie = 1
    assert failure(world.entries) == "listing_incomplete"


def test_a_bare_list_is_read_as_well(world: World) -> None:
    found = [indicator("1.01.000474", "2024", "5")]
    world.server.answer = lambda asked: Reply(found)
    world.declared["years"] = [2024]
    assert world.records()[0].tables[0].rows[0][6] == 5


def test_a_key_that_is_refused_is_told(world: World) -> None:
    world.server.key = "lain"
    assert failure(world.entries) == "not_allowed"


def test_a_year_is_asked_for_once_in_a_run(world: World) -> None:
    world.records()
    assert len(world.server.asked) == 2
