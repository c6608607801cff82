"""The checks on whole sheets such as offices make, all of them invented, and in both forms."""

from __future__ import annotations

import time

import pytest

from tests.unit.quality.tables import Given, codes, of_sheet

N, D, F = 2, 3, 4
"""A number, a date and a fault, as a workbook holds them."""
Grid = list[list[Given]]


def n(*numbers: float) -> list[Given]:
    return [(N, str(one)) for one in numbers]


PRINTED: Grid = [
    ["Jumlah Penduduk Miskin Menurut Kabupaten/Kota (rekaan), 2022–2023", "", "", ""],
    ["", "", "", ""],
    ["No", "Kabupaten/Kota", "Penduduk miskin (ribu jiwa)", ""],
    ["", "", "2022", "2023*)"],
    ["(1)", "(2)", "(3)", "(4)"],
    ["1", "Rekaan Barat", "12,5", "13,1"],
    ["2", "Rekaan Timur", "14,25", "…"],
    ["3", "Rekaan Utara", "9,75", "8,4"],
    ["", "Jumlah", "36,5", "21,5"],
    ["Sumber: BPS (rekaan)", "", "", ""],
    ["Catatan: *) angka sementara", "", "", ""],
]
TIDY: Grid = [
    ["kode_wilayah", "tahun", "jumlah_penduduk", "luas_km2"],
    *(["99.01", str(year), str(1000 + year), "12.5"] for year in range(2010, 2024)),
    *(["99.02", str(year), str(2000 + year), "9.25"] for year in range(2010, 2024)),
]
BOOKKEEPING: Grid = [
    ["Uraian", "Tanggal", "Nilai"],
    ["Belanja pegawai", "12 Januari 2024", "Rp 1.500.000"],
    ["Belanja barang", "13/02/2024", "(250.000)"],
    ["Belanja modal", "02/14/2024", "1,5 juta"],
    ["Belanja lain", "31/02/2024", "−5.000"],
    ["Transfer", "15/03/2024", "2.000.000"],
]
DAMAGED: Grid = [
    ["NIK", "KBLI", "Kode wilayah", "Nilai"],
    *([f"999901230485{at:03}0", "01111", "99.01.01", *n(12)] for at in range(12)),
    ["9.99901E+15", "1111", "99.01.02", (F, "#REF!")],
    ["9999012304850120", "46100", "99.01.03", *n(14)],
]
STORED: Grid = [
    ["Kegiatan", "Selesai", "Anggaran"],
    ["Satu", (D, "2024-03-01"), *n(12)],
    ["Dua", (D, "2024-05-02"), *n(13)],
    ["Tiga", "25/06/2024", *n(14)],
]


@pytest.mark.parametrize("by_rows", [False, True], ids=["by_columns", "by_rows"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            PRINTED,
            {
                "title_rows",
                "heading_rows",
                "column_numbers",
                "number_decimal_comma",
                "missing_marks",
                "total_rows",
                "source_rows",
                "note_rows",
                "unit_in_heading",
            },
        ),
        (TIDY, set()),
        (
            BOOKKEEPING,
            {
                "number_currency",
                "number_brackets",
                "number_scaled",
                "number_minus_sign",
                "number_thousands_dot",
                "date_in_words",
                "date_day_month",
                "date_two_forms",
                "date_impossible",
            },
        ),
        (DAMAGED, {"code_rounded", "code_scientific", "code_lost_zero", "cell_fault"}),
        (STORED, {"date_day_month", "date_two_forms"}),
    ],
    ids=["printed", "tidy", "bookkeeping", "damaged", "stored"],
)
def test_a_sheet_is_told_its_faults_and_no_others(rows: Grid, expected: set[str], by_rows: bool):
    assert set(codes(of_sheet(rows, by_rows=by_rows))) == expected


def test_a_total_that_adds_up_is_not_called_wrong():
    assert "total_wrong" not in codes(of_sheet(PRINTED))


def test_a_wrong_total_is_told_with_its_sum():
    rows: Grid = [["Kab", "L", "P"]]
    rows += [["A", "100", "200"], ["B", "150", "250"], ["Jumlah", "250", "460"]]
    (found,) = [one for one in of_sheet(rows) if one.code == "total_wrong"]
    assert (found.places[0].cell, found.facts["sum"], found.facts["difference"]) == (
        "C4",
        "450",
        "10",
    )


@pytest.mark.parametrize(
    "label", ["Jumlah", "TOTAL", "Jumlah/Total", "Jumlah I", "Sub Jumlah", "Grand Total", "JML"]
)
def test_a_total_is_known_by_what_offices_call_it(label: str):
    rows: Grid = [["Kab", "Nilai"], ["Rekaan", "10"], ["Contoh", "15"], [label, "25"]]
    assert "total_rows" in codes(of_sheet(rows))


@pytest.mark.parametrize("text", ["Jumlah penduduk", "Total Fertility Rate", "Totalindo"])
def test_what_is_counted_is_no_total(text: str):
    rows: Grid = [["Indikatornya", "Nilai"], [text, "10"], ["Contoh", "15"], ["Lain", "2"]]
    assert "total_rows" not in codes(of_sheet(rows))


def test_a_place_is_the_cell_that_a_spreadsheet_shows():
    found = next(one for one in of_sheet(PRINTED) if one.code == "missing_marks")
    assert found.places[0].cell == "D7"


def test_a_mark_is_told_with_what_it_means():
    found = next(one for one in of_sheet(PRINTED) if one.code == "missing_marks")
    assert "“…” 1 kali, di BPS = data tidak tersedia" in found.sentence()


def test_no_number_of_a_person_is_repeated():
    found = next(one for one in of_sheet(DAMAGED) if one.code == "code_rounded")
    assert found.places[0].value == "99••••••••••••••"


def test_what_a_hundred_thousand_cells_have_is_told_with_a_hundred_places():
    rows: Grid = [["Kab", "Nilai"], *(["Rekaan", f"{at % 900 + 1}.500"] for at in range(100_000))]
    (found,) = [one for one in of_sheet(rows) if one.code == "number_thousands_dot"]
    assert (found.count, len(found.places)) == (100_000, 100)


CLEAN: dict[str, Grid] = {
    "coordinates": [
        ["nama", "lintang", "bujur"],
        *(["Rekaan", f"-6.{100 + at}", f"106.{800 + at}"] for at in range(9)),
    ],
    "days as headings": [
        ["komoditas", "2024-01-01", "2024-01-02", "2024-01-03"],
        ["Beras", "12500", "12600", "12550"],
        ["Gula", "15500", "15600", "15650"],
    ],
    "ages beside periods": [
        ["kabupaten", "tahun", "umur", "jumlah"],
        *(
            [kab, year, str(age), str(100 + 3 * age)]
            for kab in ("Rekaan", "Contoh")
            for year in ("2022", "2023")
            for age in range(20)
        ),
    ],
    "levels of a classification": [
        ["kode_kbli", "uraian"],
        *([one, "Usaha"] for one in ("01", "011", "0111", "01111", "46", "461", "4610", "46100")),
    ],
    "texts alone": [
        ["nama_data", "satuan", "jadwal"],
        ["Jumlah penduduk", "jiwa", "Triwulan I"],
        ["Total Fertility Rate", "anak", "Desember"],
        ["Luas panen", "hektar", "Semester II"],
    ],
    "fractions": [
        ["provinsi", "gini", "persen_miskin"],
        *(["Rekaan", f"0.{300 + at}", f"{at + 1}.{500 + at}"] for at in range(9)),
    ],
    "a survey": [
        ["no", "jenis kelamin", "umur", "pendapatan"],
        *([str(at), "Laki-laki", str(20 + at), str(1_500_000 + 7 * at)] for at in range(1, 9)),
    ],
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_table_is_told_nothing(name: str):
    assert codes(of_sheet(CLEAN[name])) == []


ENDLESS = [
    "1" + " " * 100_000 + "!",
    " " * 100_000 + "!",
    "Jumlah" + " " * 100_000 + "!",
    "9" * 100_000,
]


@pytest.mark.parametrize("by_rows", [False, True], ids=["by_columns", "by_rows"])
@pytest.mark.parametrize("text", ENDLESS, ids=["number", "blanks", "total", "digits"])
def test_an_endless_cell_is_no_endless_work(text: str, by_rows: bool):
    start = time.process_time()
    of_sheet([["kab", "nilai", "kode"], ["Rekaan", "12", "1"], [text] * 3], by_rows=by_rows)
    assert time.process_time() - start < 5
