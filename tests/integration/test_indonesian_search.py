"""Who searches in Indonesian finds what is meant.

Asked of the real Solr core with the parameters of CKAN's package_search; needs CKAN_SOLR_URL only.
"""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pysolr
import pytest
import requests
from ckan.lib.search import SUPPORTED_SCHEMA_VERSIONS
from ckan.lib.search.query import QUERY_FIELDS

SITE = "uji-pencarian"

# What each invented dataset says; its key is not searched.
DATASETS: dict[str, dict[str, Any]] = {
    "peserta didik": {"title": "Jumlah Peserta Didik menurut Kecamatan"},
    "siswa": {"title": "Rekapitulasi Siswa, Guru, dan Kelas"},
    "pendidikan": {"title": "Anggaran Pendidikan"},
    "sd": {"title": "Daftar Gedung SD/MI"},
    "berdasarkan": {"title": "Sekolah Berdasarkan Status"},
    "kependudukan": {"title": "Laporan Kependudukan Semester I"},
    "penduduk": {"title": "Kepadatan Penduduk"},
    "duduk": {"title": "Kursi Tempat Duduk Terminal"},
    "kk": {"title": "Banyaknya KK"},
    "kepala keluarga": {"title": "Kepala Keluarga Perempuan"},
    "kartu keluarga": {"title": "Penerbitan Kartu Keluarga"},
    "nik": {"title": "Cakupan Perekaman", "notes": "Dihitung dari NIK (aktif)."},
    "pns": {"title": "Jumlah PNS menurut Golongan"},
    "pppk": {"title": "Formasi PPPK"},
    "pdrb": {"title": "PDRB Atas Dasar Harga Berlaku"},
    "penghargaan": {"title": "Penghargaan Kalpataru"},
    "skpd": {"title": "Alamat SKPD"},
    "nila": {"title": "Produksi Ikan Nila"},
    "nilai": {"title": "Penilaian Kinerja"},
    "peserta pelatihan": {"title": "Pelatihan Kerja", "notes": "Menurut asal pesertanya."},
    "serta": {"title": "Jalan serta Jembatan"},
    "label": {"title": "Data Sanitasi", "tags": ["kependudukan"]},
    "extra": {"title": "Data Umum", "extras_definition": "Orang yang tercatat sebagai siswi."},
}


@pytest.fixture(scope="module")
def solr() -> Iterator[pysolr.Solr]:
    core = pysolr.Solr(os.environ["CKAN_SOLR_URL"], timeout=30)
    ours = f'site_id:"{SITE}"'
    core.delete(q=ours, commit=True)
    core.add([document(key, said) for key, said in DATASETS.items()], commit=True)
    yield core
    core.delete(q=ours, commit=True)


def document(key: str, said: dict[str, Any]) -> dict[str, Any]:
    """The fields by which CKAN finds a dataset, as its package index writes them."""
    number = f"n{list(DATASETS).index(key)}"
    return {
        "index_id": f"{SITE}-{number}",
        "id": key,
        "name": number,
        "site_id": SITE,
        "state": "active",
        "entity_type": "package",
        "dataset_type": "dataset",
        "capacity": "public",
        "permission_labels": ["public"],
    } | said


def found(solr: pysolr.Solr, words: str) -> set[str]:
    """Keys of the datasets that CKAN would list for what a person typed."""
    answer = solr.search(
        words,
        defType="dismax",
        qf=QUERY_FIELDS,
        df="text",
        tie="0.1",
        mm="2<-1 5<80%",
        fq=["+state:active", f'+site_id:"{SITE}"', '+permission_labels:("public")'],
        fl="id",
        rows=100,
        **{"q.op": "AND"},
    )
    return {hit["id"] for hit in answer.docs}


PUPILS = {"peserta didik", "siswa", "extra"}


# Stems


def test_pendidikan_finds_peserta_didik(solr: pysolr.Solr) -> None:
    assert "peserta didik" in found(solr, "pendidikan")


def test_mendidik_finds_pendidikan(solr: pysolr.Solr) -> None:
    assert "pendidikan" in found(solr, "mendidik")


@pytest.mark.parametrize("word", ["penduduk", "kependudukan", "Penduduknya"])
def test_penduduk_and_kependudukan_find_each_other(solr: pysolr.Solr, word: str) -> None:
    assert found(solr, word) >= {"penduduk", "kependudukan", "label"}


def test_penduduk_finds_no_seats(solr: pysolr.Solr) -> None:
    assert "duduk" not in found(solr, "penduduk")


def test_duduk_finds_seats_and_no_people(solr: pysolr.Solr) -> None:
    assert found(solr, "duduk") == {"duduk"}


def test_nilai_finds_penilaian_and_no_fish(solr: pysolr.Solr) -> None:
    assert found(solr, "nilai") == {"nilai"}


def test_harga_finds_prices_and_no_award(solr: pysolr.Solr) -> None:
    assert found(solr, "harga") == {"pdrb"}


def test_peserta_finds_pesertanya_and_not_every_serta(solr: pysolr.Solr) -> None:
    assert found(solr, "peserta") == {"peserta pelatihan"} | PUPILS


# Synonyms


@pytest.mark.parametrize("words", ["siswa", "murid", "peserta didik", "Peserta Didik"])
def test_pupils_are_found_by_each_of_their_words(solr: pysolr.Solr, words: str) -> None:
    assert found(solr, words) == PUPILS


def test_a_synonym_narrows_like_any_other_word(solr: pysolr.Solr) -> None:
    assert found(solr, "jumlah murid") == {"peserta didik"}


def test_sekolah_dasar_finds_sd_beside_a_slash(solr: pysolr.Solr) -> None:
    assert found(solr, "sekolah dasar") == {"sd"}


def test_dasar_does_not_find_every_berdasarkan(solr: pysolr.Solr) -> None:
    assert "berdasarkan" not in found(solr, "sekolah dasar")


def test_sd_does_not_find_every_dasar(solr: pysolr.Solr) -> None:
    assert found(solr, "SD") == {"sd"}


def test_kk_finds_the_card_and_the_head(solr: pysolr.Solr) -> None:
    assert found(solr, "KK") == {"kk", "kepala keluarga", "kartu keluarga"}


def test_the_head_of_the_household_does_not_find_the_card(solr: pysolr.Solr) -> None:
    assert found(solr, "kepala keluarga") == {"kk", "kepala keluarga"}


def test_the_long_name_finds_nik_inside_brackets(solr: pysolr.Solr) -> None:
    assert found(solr, "nomor induk kependudukan") == {"nik"}


def test_asn_finds_pns_and_pppk(solr: pysolr.Solr) -> None:
    assert found(solr, "ASN") == {"pns", "pppk"}


def test_pns_does_not_find_pppk(solr: pysolr.Solr) -> None:
    assert found(solr, "PNS") == {"pns"}


def test_the_long_name_finds_pdrb(solr: pysolr.Solr) -> None:
    assert found(solr, "produk domestik regional bruto") == {"pdrb"}


def test_opd_finds_skpd(solr: pysolr.Solr) -> None:
    assert found(solr, "OPD") == {"skpd"}


# What must not be found, and what CKAN must see


def test_perikanan_finds_fish_and_nothing_else(solr: pysolr.Solr) -> None:
    assert found(solr, "perikanan") == {"nila"}


@pytest.mark.parametrize("word", ["kemiskinan", "perkebunan", "inflasi", "kesehatan"])
def test_a_word_that_no_dataset_means_finds_nothing(solr: pysolr.Solr, word: str) -> None:
    assert found(solr, word) == set()


def test_the_core_tells_ckan_a_schema_version_that_it_supports() -> None:
    answer = requests.get(f"{os.environ['CKAN_SOLR_URL']}/schema?wt=schema.xml", timeout=30)
    name = ET.fromstring(answer.content).get("name", "")
    assert name.removeprefix("ckan-") in SUPPORTED_SCHEMA_VERSIONS
