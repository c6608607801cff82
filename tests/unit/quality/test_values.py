"""Each kind is found by its values, and what is like it stays silent. All numbers are invented."""

from __future__ import annotations

import random

import pytest

from tests.unit.quality.invented import check, codes, csv, dotted, nik, nip, npwp, only, xlsx

NIKS = [nik(one, day=one) for one in range(1, 9)]


def grouped(number: str, sizes: tuple[int, ...], mark: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return mark.join(parts)


@pytest.mark.parametrize(
    "write",
    [
        str,
        lambda one: f"'{one}",
        lambda one: f" {one} ",
        lambda one: grouped(one, (4, 4, 4, 4), " "),
        lambda one: grouped(one, (4, 4, 4, 4), "-"),
        lambda one: grouped(one, (2, 2, 2, 6, 4), "."),
        lambda one: grouped(one, (6, 6, 4), " "),
        lambda one: grouped(one, (1, 3, 3, 3, 3, 3), "."),
        lambda one: grouped(one, (4, 4, 4, 4), "\u00a0"),
        lambda one: one.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
        lambda one: f"\u200b{one}",
        lambda one: f"{one}.0",
        lambda one: f"a.n. Rekaan {one} di desa",
        lambda one: f"NIK{one}",
        lambda one: f"{one}, {one}",
        lambda one: f"baris satu\n{one}",
    ],
)
def test_a_column_of_nik_is_found_however_they_are_written(write):
    assert codes(csv(["a", *map(write, NIKS)], ["b", *range(8)])) == ["personal_nik"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (nik(), "personal_nik"),
        (f"NIK : {nik(day=99)}", "personal_nik"),
        (f"No. KTP {nik(day=99)}", "personal_nik"),
        (f"No. KK: {nik()}", "personal_kk"),
        (nip(), "personal_nip"),
        (f"NIP. {nip()[:8]} {nip()[8:14]} {nip()[14]} {nip()[15:]}", "personal_nip"),
        (dotted(npwp()), "personal_npwp"),
        (f"NPWP {npwp()[:-4]}1000", "personal_npwp"),
        ("081299999901", "personal_phone"),
        ("0812-9999-9901", "personal_phone"),
        ("0812 9999 9901", "personal_phone"),
        ("+62 812-9999-9901", "personal_phone"),
        ("+6281299999901", "personal_phone"),
        ("(+62) 81299999901", "personal_phone"),
        ("(021) 9999901", "personal_phone"),
        ("Telp. 021 9999901", "personal_phone"),
        ("HP: 081299999901", "personal_phone"),
        ("081299999901 081299999902", "personal_phone"),
        ("rekaan@contoh.example", "personal_email"),
        ("Surel:rekaan.dua+tiga@sub.contoh.example.", "personal_email"),
    ],
)
def test_one_cell_of_text_is_enough_for(cell, code):
    assert codes(csv(["a", "kata", cell, "kata lain"], ["b", 1, 2, 3])) == [code]


@pytest.mark.parametrize(
    ("heading", "values", "code"),
    [
        ("NIK", [nik(day=99), nik(2, region="000000")], "personal_nik"),
        ("No. KK", NIKS, "personal_kk"),
        ("KK", NIKS, "personal_kk"),
        ("NIP", [nip(born="18000101")], "personal_nip"),
        ("NPWP", ["123456789012345", "111111111111111"], "personal_npwp"),
        ("NPWP", NIKS, "personal_npwp"),
        ("No HP", ["81299999901", "81299999902"], "personal_phone"),
        ("telepon", ["0219999901"], "personal_phone"),
    ],
)
def test_below_its_heading_a_number_needs_only_its_length(heading, values, code):
    assert codes(csv([heading, *values], ["b", 1, 2])) == [code]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([npwp(one) for one in range(1, 6)], "personal_npwp"),
        (["0" + npwp(one) for one in range(1, 6)], "personal_npwp"),
        ([f"62812999999{one:02d}" for one in range(5)], "personal_phone"),
        ([f"021-99999{one:02d}" for one in range(5)], "personal_phone"),
    ],
)
def test_numbers_that_could_be_figures_are_found_by_the_column(values, code):
    assert codes(csv(["a", *values], ["b", *range(5)])) == [code]


def test_two_nik_among_names_and_figures_are_found():
    cells = ["kata", 12, *NIKS[:2], "-", "7,5", "", "kata lain"]
    assert codes(csv(["a", *cells], ["b", *range(8)])) == ["personal_nik"]


def test_a_signature_below_a_table_is_found():
    rows = [["Kecamatan", "Jumlah"], ["Contoh", 5], [], ["", "Kepala Dinas"], ["", f"NIP {nip()}"]]
    found = only(xlsx({"Data": rows}), "data.xlsx")
    assert (found.code, found.places[0].cell) == ("personal_nip", "B5")


def figures(digits: int, count: int = 40) -> list[int]:
    made = random.Random(digits)
    return [made.randint(10 ** (digits - 1), 10**digits - 1) for _ in range(count)]


@pytest.mark.parametrize(
    "values",
    [
        figures(16),
        figures(15),
        figures(18),
        figures(12),
        [f"{one:,}".replace(",", ".") for one in figures(16)],
        [f"Rp {one:,}".replace(",", ".") + ",00" for one in figures(16)],
        [one // 10**6 * 10**6 for one in figures(16)],
        [f"0.{nik(one)}" for one in range(20)],
        [f"3,{nik(one)}" for one in range(20)],
        [f"{nik(one)},5" for one in range(20)],
        [f"{nik(one)[:10]}.{nik(one)[10:]}" for one in range(20)],
        [f"{nik(one)}.25" for one in range(20)],
        [f"a{nik(one)}f" for one in range(20)],
        [f"{nik(one)}cd" for one in range(20)],
        [f"ef{nik(one)}" for one in range(20)],
        [f"{nik(one)[:6]}.{nik(one)[6:10]} {nik(one)[10:]}" for one in range(20)],
        [f"-6.91474412345{one:04d}, 107.6098111234{one:04d}" for one in range(20)],
        [f"106.123456 6.91{one:04d}" for one in range(20)],
        [f"0.81299999{one:03d}" for one in range(20)],
        [f"08-1{one % 3}-2020 10" for one in range(20)],
        [f"2020-03-{one:02d} 12:00:00" for one in range(1, 20)],
        [f"202003{one:02d}120000" for one in range(1, 20)],
        [f"{one} 2019 2020 2021 2022" for one in range(20)],
        [f"5.1.02.01.01.{one:04d}" for one in range(20)],
        [f"32730110{one:02d}0001{one:02d}" for one in range(20)],
        [f"018.11.14.1814.{one:03d}" for one in range(20)],
        [f"628{one}" for one in figures(9, 3)] + figures(12),
        ["3.20101E+15"] * 5,
        ["dinas @ contoh", "@contoh", "a@b", "5@10"],
        [f"{one}.0" for one in figures(16)],
    ],
    ids=lambda values: str(values[0])[:30],
)
def test_figures_codes_days_and_coordinates_stay_silent(values):
    assert codes(csv(["nilai", *values], ["b", *range(len(values))])) == []


def test_codes_below_villages_are_not_taken_for_nik():
    values = [f"327301{day}{at:02d}000{at % 9 + 1:03d}" for day in (10, 20) for at in range(1, 12)]
    assert codes(csv(["kode", *values], ["b", *range(22)])) == []


def test_one_of_many_long_figures_that_looks_like_a_nik_stays_silent():
    assert codes(csv(["nilai", *figures(15), nik()], ["b", *range(41)])) == []


def test_one_nik_among_short_figures_is_found():
    assert codes(csv(["nilai", *figures(9), nik()], ["b", *range(41)])) == ["personal_nik"]


def test_whole_numbers_of_a_workbook_are_looked_at():
    rows = [["a", "b"], *[[int(one), 1] for one in NIKS]]
    assert codes(xlsx({"Data": rows}), "data.xlsx") == ["personal_nik"]


def test_decimals_of_a_workbook_are_not_looked_at():
    rows = [["a", "b"], *[[float(one) / 10**9, 0.5] for one in NIKS]]
    assert codes(xlsx({"Data": rows}), "data.xlsx") == []


def test_every_sheet_is_looked_at_hidden_ones_too():
    content = xlsx({"Data": [["a"], [1]], "Lain": [["a"], ["rekaan@contoh.example"]]})
    assert only(content, "data.xlsx").places[0].sheet == "Lain"


def test_all_are_counted_and_the_first_five_are_placed():
    found = only(csv(["a", *NIKS], ["b", *range(8)]))
    assert (found.count, [one.cell for one in found.places]) == (8, ["A2", "A3", "A4", "A5", "A6"])


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    content = b'sep=;\r\na;b\r\n\r\n"dua\r\nbaris";x\r\n1;rekaan@contoh.example\r\n'
    assert only(content).places[0].cell == "B4"


def test_a_line_within_a_cell_is_no_row():
    content = b'a,b\r\n"dua\nbaris",1\r\nrekaan@contoh.example,2\r\n'
    assert only(content).places[0].cell == "A3"


def test_kinds_of_one_column_are_told_apart():
    content = csv(["a", f"rekaan@contoh.example / {nip()}"], ["b", 1])
    assert sorted(codes(content)) == ["personal_email", "personal_nip"]


def test_a_hundred_thousand_rows_are_counted_one_by_one():
    lines = [f"{one},kata,{nik(one % 99, day=one % 28 + 1)}" for one in range(100_000)]
    found = check("\n".join(["no,b,c", *lines]).encode()).findings
    assert [(one.code, one.count) for one in found] == [("personal_nik", 100_000)]
