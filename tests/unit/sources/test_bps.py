"""BPS as a source, against tables written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.satudata.sources.bps.api import BpsApi
from ckanext.satudata.sources.bps.catalogue import Domain, domains, subjects, variables
from ckanext.satudata.sources.bps.source import BpsSource
from ckanext.satudata.sources.failures import SourceFailed
from ckanext.satudata.sources.record import Record
from tests.standins.bps import NO_KEY, NOTHING, Bps
from tests.standins.server import Asked, Reply
from tests.unit.sources.asking import KEY, client
from tests.unit.sources.conformance import Conformance, World, failure

REGENCY = {
    "domain": "1507",
    "models": ["data", "statictable", "publication", "pressrelease", "news", "indicators",
               "simdasi", "census"],
    "variables": [31, 218, 9],
    "census": [{"event": "sp2020", "topics": [9], "areas": ["1667"]}],
}  # fmt: skip
SIMDASI_ID = "QnVhdGFuLzE+PT0="


@pytest.fixture
def server() -> Iterator[Bps]:
    with Bps(KEY) as made:
        yield made


@pytest.fixture
def world(server: Bps) -> World:
    return World(server, BpsSource, {**REGENCY, "base": server.url})


def record(world: World, guid: str, **changed: Any) -> Record:
    world.declared |= changed
    source = world.source()
    [entry] = [one for one in world.entries() if one.guid == guid]
    return source.read(entry)


def written(found: Record) -> str:
    [table] = found.tables
    return table.csv().decode()


class TestConformance(Conformance):
    guids = [
        "bps/1507/data/31",
        "bps/1507/data/218",
        "bps/1507/data/9",
        "bps/1507/statictable/16",
        *(f"bps/1507/publication/{n:024x}" for n in range(1, 13)),
        "bps/1507/pressrelease/1969",
        "bps/1507/news/54",
        "bps/1507/indicators/semua",
        f"bps/1507/simdasi/{SIMDASI_ID}",
        "bps/1507/census/sp2020-1",
    ]  # fmt: skip

    def change(self, server: Bps) -> None:
        server.variables[31].values[(1507, 0, 103, 0)] += 1


class TestChangedPublication(Conformance):
    """A model whose listing tells what changed."""

    guids = [f"bps/1507/publication/{n:024x}" for n in range(1, 13)]

    @pytest.fixture
    def world(self, server: Bps) -> World:
        declared = {"domain": "1507", "models": ["publication"], "base": server.url}
        return World(server, BpsSource, declared)

    def change(self, server: Bps) -> None:
        item = server.items["publication"][3]
        item["title"] = "Judul lain (buatan)"
        server.views["publication", item["pub_id"]]["title"] = "Judul lain (buatan)"


def test_a_variable_by_year_becomes_one_row_for_each_value(world: World) -> None:
    assert written(record(world, "bps/1507/data/31")) == (
        "kode_baris,baris,tahun,nilai\n"
        "1507,TANJUNG BUATAN,1999,300099\n"
        "1507,TANJUNG BUATAN,2000,300100\n"
        "1507,TANJUNG BUATAN,2001,300101\n"
        "1507,TANJUNG BUATAN,2003,300103\n"
    )


def test_a_variable_by_month_has_its_months_and_no_value_where_there_is_none(world: World) -> None:
    assert written(record(world, "bps/1507/data/218")) == (
        "kode_baris,baris,tahun,kode_periode,periode,nilai\n"
        "1,Kota Satu,2017,1,Januari,0.28\n"
        "1,Kota Satu,2017,2,Pebruari,-0.47\n"
        "1,Kota Satu,2017,13,Tahunan,-0.05\n"
        "2,Kota Dua,2022,1,Januari,2.82\n"
    )


def test_a_key_that_two_combinations_share_is_refused_and_told(world: World) -> None:
    found = record(world, "bps/1507/data/9")
    assert written(found) == (
        "kode_baris,baris,kode_rincian,rincian,tahun,nilai\n"
        "1,Kecamatan Satu,0,Jumlah,2017,50\n"
        "19,Kecamatan Dua,90,Perempuan,2017,31\n"
    )
    [twofold] = [one.facts for one in found.notices if one.code == "keys_ambiguous"]
    assert twofold == {"count": 1, "keys": "19901170"}


def test_a_key_that_no_combination_explains_is_told(world: World) -> None:
    found = record(world, "bps/1507/data/9")
    [stray] = [one.facts for one in found.notices if one.code == "keys_unexplained"]
    assert stray == {"count": 1, "keys": "77791170"}


def test_the_schema_of_a_variable_tells_types_unit_and_key(world: World) -> None:
    [table] = record(world, "bps/1507/data/31").tables
    assert table.schema() == {
        "fields": [
            {"name": "kode_baris", "type": "string"},
            {"name": "baris", "type": "string", "title": "Kabupaten"},
            {"name": "tahun", "type": "integer"},
            {"name": "nilai", "type": "number", "title": "Jumlah Penduduk (buatan)",
             "unit": "Jiwa"},
        ],
        "missingValues": [""],
        "primaryKey": ["kode_baris", "tahun"],
    }  # fmt: skip


def test_the_fields_of_a_variable_are_ours(world: World) -> None:
    assert record(world, "bps/1507/data/218").fields == {
        "title": "2- Inflasi Tahun Kalender (buatan)",
        "notes": "Angka buatan untuk uji, bukan angka BPS.",
        "tag_string": "Kependudukan",
        "topic": "statistik",
        "official_source": "Badan Pusat Statistik (BPS), Web API",
        "access_class": "terbuka",
        "classification": "Kota",
        "unit": "Persen",
        "region_codes": "bps:1507",
        "period_start": "2017",
        "period_end": "2022",
        "update_frequency": "bulanan",
    }


def asked_periods(server: Bps) -> list[str]:
    return [one.parts[one.parts.index("th") + 1] for one in server.asked if "data" in one.parts]


def test_an_office_of_a_region_is_asked_for_two_periods_at_once(world: World) -> None:
    record(world, "bps/1507/data/31")
    assert asked_periods(world.server) == ["103;102", "101;100", "99"]


def test_the_national_office_is_asked_for_three_periods_at_once(world: World) -> None:
    world.declared |= {"domain": "0000", "models": ["data"]}
    record(world, "bps/0000/data/31")
    assert asked_periods(world.server) == ["103;102;101", "100;99"]


def test_only_the_newest_periods_are_read_where_that_was_declared(world: World) -> None:
    found = record(world, "bps/1507/data/31", newest=1)
    assert found.tables[0].rows == (("1507", "TANJUNG BUATAN", 2003, 300103),)


def test_periods_beyond_the_first_page_are_read_too(world: World) -> None:
    variable = world.server.variables[31]
    variable.years = {n: str(1900 + n) for n in range(90, 115)}
    variable.values = {(1507, 0, n, 0): n for n in range(90, 115)}
    assert len(record(world, "bps/1507/data/31").tables[0].rows) == 25


def test_a_value_that_is_a_text_is_refused(world: World) -> None:
    world.server.variables[31].values[(1507, 0, 99, 0)] = "1.234"
    entry = world.entries()[0]
    assert failure(lambda: world.source().read(entry)) == "value_unexpected"


def test_values_that_no_list_explains_at_all_are_refused(world: World) -> None:
    variable = world.server.variables[31]
    variable.values, variable.stray = {}, {"1": 5}
    entry = world.entries()[0]
    assert failure(lambda: world.source().read(entry)) == "keys_unexplained"


def test_every_digit_of_a_value_stays(world: World) -> None:
    world.server.variables[31].values = {(1507, 0, 103, 0): 123456789012345678}
    assert record(world, "bps/1507/data/31").tables[0].rows[0][-1] == 123456789012345678


def test_variables_are_listed_page_by_page_where_none_is_declared(world: World) -> None:
    world.declared |= {"models": ["data"], "variables": []}
    pages = list(world.source().pages())
    assert ([len(one.entries) for one in pages], pages[-1].total) == ([10, 10, 3], 23)


def test_variables_are_listed_for_each_declared_subject(world: World) -> None:
    world.declared |= {"models": ["data"], "variables": [], "subjects": [12, 40]}
    pages = list(world.source().pages())
    assert ([len(one.entries) for one in pages], pages[-1].total) == ([3, 10, 10], 23)


def test_an_empty_list_is_a_whole_listing_of_nothing(world: World) -> None:
    world.declared |= {"models": ["news"]}
    world.server.items["news"] = []
    assert world.entries() == []


def test_an_empty_page_before_the_end_stops_the_listing_at_once(world: World) -> None:
    world.declared |= {"models": ["data"], "variables": []}
    answer = world.server.answer

    def gap(asked: Asked) -> Reply:
        return Reply(NOTHING) if asked.parts[-3] == "2" else answer(asked)

    world.server.answer = gap
    assert (failure(world.entries), len(world.server.asked)) == ("listing_incomplete", 2)


def test_a_shorter_list_than_the_head_says_is_not_whole(world: World) -> None:
    world.declared |= {"models": ["publication"]}
    world.server.items["publication"][11] = world.server.items["publication"][10]
    assert failure(world.entries) == "listing_incomplete"


def test_a_publication_links_to_the_file_of_bps(world: World) -> None:
    found = record(world, f"bps/1507/publication/{1:024x}")
    pdf = found.links[0]
    assert (pdf.url.partition("&token=")[0], pdf.format, pdf.size, found.tables) == (
        "https://buatan.bps.example.id/publication/downloadapi.html?data=buatan1",
        "PDF",
        "13.46 MB",
        (),
    )


def test_a_press_release_is_told_without_its_markup(world: World) -> None:
    found = record(world, "bps/1507/pressrelease/1969").fields
    assert (found["notes"], found["tag_string"]) == (
        "A. Contoh\nIsi & angka buatan.\nTanggal di BPS: 2023-09-15.",
        "Ekspor-Impor",
    )


def test_the_day_a_publication_came_out_is_not_taken_for_the_period_of_its_figures(
    world: World,
) -> None:
    assert "period_start" not in record(world, f"bps/1507/publication/{1:024x}").fields


def test_a_static_table_is_given_as_it_is_shown(world: World) -> None:
    found = record(world, "bps/1507/statictable/16")
    assert written(found) == (
        "kolom_1,kolom_2,kolom_3\n"
        "Kecamatan,Luas (buatan),Luas (buatan)\n"
        "Kecamatan,km2,%\n"
        'Satu,"1.234,5",-\n'
    )
    assert [one.code for one in found.notices] == ["static_table_as_shown"]


def test_indicators_of_all_pages_are_one_table(world: World) -> None:
    rows = written(record(world, "bps/1507/indicators/semua")).splitlines()
    assert (len(rows), rows[1]) == (
        13,
        '29,1,Ekspor 1 (buatan),"Ekspor di provinsi buatan, Januari 2021",Januari 2021,601.25,'
        "Juta US$,Berita Resmi Statistik",
    )


def test_a_table_of_simdasi_reads_indonesian_numbers_and_leaves_gaps_empty(world: World) -> None:
    found = record(world, f"bps/1507/simdasi/{SIMDASI_ID}")
    assert written(found) == (
        "kode_wilayah,baris,tahun,kode_variabel,variabel,nilai,nilai_tertulis\n"
        'bps:1507010,Kecamatan Satu,2021,k1,Luas (km2),18836.00,"18.836,00"\n'
        "bps:1507010,Kecamatan Satu,2021,k2,Persentase,,-\n"
        'bps:1507010,Kecamatan Satu,2022,k1,Luas (km2),18836.50,"18.836,50"\n'
        'bps:1507010,Kecamatan Satu,2022,k2,Persentase,98.5,"98,5"\n'
        "bps:1507020,Kecamatan Dua,2022,k1,Luas (km2),,...\n"
        'bps:1507020,Kecamatan Dua,2022,k2,Persentase,,"1,5 r"\n'
        "bps:1507,Jumlah,2022,k1,Luas (km2),1018836,1.018.836\n"
        "bps:1507,Jumlah,2022,k2,Persentase,100,100\n"
    )


def test_a_table_of_simdasi_says_that_its_shape_is_unproven_and_what_was_no_number(
    world: World,
) -> None:
    found = record(world, f"bps/1507/simdasi/{SIMDASI_ID}")
    assert [(one.code, one.facts.get("example")) for one in found.notices] == [
        ("shape_unproven", None),
        ("numbers_unreadable", "1,5 r"),
    ]


def test_simdasi_is_asked_by_the_path_alone(world: World) -> None:
    record(world, f"bps/1507/simdasi/{SIMDASI_ID}")
    assert all(not one.query for one in world.server.asked)


def test_census_data_have_a_pair_of_columns_for_each_category(world: World) -> None:
    assert written(record(world, "bps/1507/census/sp2020-1")) == (
        "kode_wilayah,id_wilayah,wilayah,indikator,kategori_1,isi_kategori_1,periode,nilai\n"
        "bps:0000,1667,INDONESIA,Penduduk (buatan),Jenis Kelamin,Laki-laki,2022,1001\n"
        "bps:0000,1667,INDONESIA,Penduduk (buatan),Jenis Kelamin,Perempuan,2022,1002\n"
    )


def test_a_topic_of_a_census_without_data_is_an_empty_list_and_no_error(world: World) -> None:
    world.declared |= {"models": ["census"]}
    world.declared["census"] = [{"event": "sp2020", "topics": [8], "areas": ["1667"]}]
    assert world.entries() == []


@pytest.fixture
def api(server: Bps) -> BpsApi:
    return BpsApi(client(server.host), server.url)


def test_a_wrong_key_is_told_though_the_status_is_200(server: Bps) -> None:
    api = BpsApi(client(server.host, keys={"key": "kunci-salah"}), server.url)
    assert failure(lambda: api.listed("var", domain="1507")) == "key_rejected"


def test_a_key_that_did_not_arrive_is_told(server: Bps, api: BpsApi) -> None:
    server.answer = lambda asked: Reply({"status": "Error", "message": NO_KEY})
    assert failure(lambda: api.listed("var", domain="1507")) == "key_missing"


def test_too_many_periods_are_told_with_both_numbers(api: BpsApi) -> None:
    given = {"model": "data", "domain": "1507", "var": 31, "th": "99;100;101"}
    with pytest.raises(SourceFailed) as told:
        api.ask("list", given)
    assert (told.value.code, told.value.facts) == ("periods_too_many", {"most": 2, "given": 3})


def test_another_error_is_told_in_the_words_of_the_source(api: BpsApi) -> None:
    with pytest.raises(SourceFailed) as told:
        api.ask("list", {"model": "data", "domain": "1507", "var": 31})
    assert (told.value.code, told.value.facts["message"][:25]) == (
        "source_error",
        "'th' parameter is require",
    )


def test_an_error_within_an_answer_that_says_ok_is_told(api: BpsApi) -> None:
    given = {"wilayah": "1507000", "tahun": 2022, "id_tabel": "lain"}
    assert failure(lambda: api.inside("simdasi", 25, **given)) == "not_found"


def test_an_item_that_is_gone_is_told(api: BpsApi) -> None:
    assert failure(lambda: api.view("publication", "tidak-ada", domain="1507")) == "not_found"


def test_domains_have_typed_regions(api: BpsApi) -> None:
    assert domains(api) == [
        Domain("0000", "Pusat", "bps:0000"),
        Domain("1500", "Provinsi Buatan", "bps:15"),
        Domain("1507", "Kabupaten Buatan", "bps:1507"),
    ]


def test_subjects_and_variables_can_be_chosen_from(api: BpsApi) -> None:
    found = subjects(api, "1507"), variables(api, "1507", 12)
    assert [[one.number for one in part] for part in found] == [[12, 40], [31, 218, 9]]
