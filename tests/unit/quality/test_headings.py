"""Headings ask, and the headings of statistics do not."""

from __future__ import annotations

import pytest

from ckanext.satudata.quality.heading_words import kind_of
from tests.unit.quality.invented import check, codes, csv, nik, only, xlsx


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("NIK", "nik"),
        ("No. NIK", "nik"),
        ("nik_anak", "nik"),
        ("Nomor Induk Kependudukan", "nik"),
        ("NO_KTP", "nik"),
        ("NO_KK", "kk"),
        ("nokk", "kk"),
        ("Nomor Kartu Keluarga", "kk"),
        ("NIP", "nip"),
        ("NIP/NIK", "nip"),
        ("NPWP", "npwp"),
        ("No HP", "phone"),
        ("no_hp", "phone"),
        ("noHp", "phone"),
        ("No. Telp/HP", "phone"),
        ("Nomor Telepon (WA)", "phone"),
        ("Telepon", "phone"),
        ("E-mail", "email"),
        ("email", "email"),
        ("Alamat Surel", "email"),
        ("Nama", "name"),
        ("NAMA_LGKP", "name"),
        ("Nama Lengkap (sesuai KTP)", "name"),
        ("nama_pasien", "name"),
        ("Nama Kepala Keluarga", "name"),
        ("Alamat", "address"),
        ("alamat_rumah", "address"),
        ("Tanggal Lahir", "birth"),
        ("tgl_lahir", "birth"),
        ("TGL_LHR", "birth"),
        ("Tempat, Tgl Lahir", "birth"),
        ("Tempat/Tanggal Lahir", "birth"),
    ],
)
def test_a_heading_of_data_of_persons_is_known(heading, kind):
    assert kind_of(heading) == kind


@pytest.mark.parametrize(
    "heading",
    [
        "Nama Provinsi",
        "nama_kabupaten_kota",
        "Nama Kecamatan",
        "Nama Puskesmas",
        "Nama Sekolah",
        "Nama Komoditas",
        "Jumlah NIK",
        "Jumlah KK",
        "KK",
        "Kepemilikan KTP",
        "Pelanggan telepon",
        "Telepon kabel",
        "Persentase rumah tangga dengan telepon",
        "Jumlah alamat",
        "Alamat situs",
        "Nomor Rekening",
        "Kode",
        "Tahun lahir",
        "Kelahiran",
        "Teknik",
        "Nikah",
        "Unik",
        "name",
        "",
        "N",
        "Nama " * 20,
    ],
)
def test_a_heading_of_statistics_asks_nothing(heading):
    assert kind_of(heading) is None


def test_a_heading_alone_asks_and_does_not_assert():
    found = only(csv(["Nama", "Rekaan Satu"], ["Jumlah", 5]))
    assert (found.code, found.certain, found.kind, found.places[0].cell) == (
        "personal_header",
        False,
        "name",
        "A1",
    )


def test_a_heading_is_not_asked_about_where_its_values_say_it():
    assert codes(csv(["NIK", nik(1), nik(2)], ["b", 1, 2])) == ["personal_nik"]


def test_what_the_values_say_comes_before_what_headings_ask():
    content = csv(["Nama", "Rekaan Satu"], ["Surel", "rekaan@contoh.example"])
    assert codes(content) == ["personal_email", "personal_header"]


def test_headings_need_not_stand_in_row_one():
    rows = [["Daftar penerima"], [], ["No", "Nama Penerima", "Jumlah"], [1, "Rekaan Satu", 5]]
    assert only(xlsx({"Data": rows}), "data.xlsx").places[0].cell == "B3"


def test_headings_of_a_second_table_are_seen_after_a_blank_row():
    rows = [["Tahun", "Jumlah"], *[[2020, one] for one in range(80)], [], ["Nama Pasien", "Umur"]]
    assert only(xlsx({"Data": rows}), "data.xlsx").places[0].cell == "A83"


def test_a_word_among_the_data_is_no_heading():
    rows = [["Tahun", "Kolom"], *[[2020 + one, "kata"] for one in range(80)], [2101, "nama"]]
    assert codes(csv(*zip(*rows, strict=True))) == []


def test_a_list_of_columns_is_no_heading():
    assert codes(csv(["No", 1, 2, 3], ["Kolom", "nama", "nik", "alamat"])) == []


@pytest.mark.parametrize(
    "columns",
    [
        (["Telepon", 512, 17, 90], ["Tahun", 2020, 2021, 2022]),
        (["NIK", "5.120", "17", "90,5"], ["Tahun", 2020, 2021, 2022]),
        (["Nama", "Kecamatan Contoh", "Desa Rekaan", "RSUD Misal"], ["b", 1, 2, 3]),
        (["Kode", "A1", "A2"], ["Nama", "Cicontoh", "Cirekaan"]),
        (["Alamat", 12, 13, 14], ["b", 1, 2, 3]),
    ],
)
def test_counts_and_names_of_places_below_a_heading_are_no_data_of_persons(columns):
    assert codes(csv(*columns)) == []


def test_a_column_is_told_by_its_heading():
    assert only(csv(["Keterangan", nik(1), nik(2)], ["b", 1, 2])).heading == "Keterangan"


def test_a_first_row_of_data_is_not_repeated_as_a_heading():
    found = check(csv([nik(1), nik(2)], ["rekaan@contoh.example", "x"])).findings
    assert [one.heading for one in found] == [None, None]


def test_a_row_with_an_address_is_data_and_not_repeated_as_headings():
    found = check(csv(["Rekaan", "Rekaan"], ["rekaan@contoh.example", "x"])).findings
    assert [one.heading for one in found if one.heading and "@" in one.heading] == []
