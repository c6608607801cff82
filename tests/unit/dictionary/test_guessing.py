"""What a column seems to be, and what somebody has to look at."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from ckanext.satudata.dictionary.guessing import guess


def told(heading, *cells):
    found = guess(heading, cells)
    return found.values, [one.code for one in found.doubts]


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("jumlah", ["950", "1200", "0"], "integer"),
        ("tahun", ["2021", "2022", "2023"], "year"),
        ("jumlah", ["2021", "2022", "2023"], "integer"),
        ("no", ["1", "2", "3"], "integer"),
        ("nama", ["A", "B", "C"], "string"),
        ("kode barang", ["101", "102", "103"], "string"),
        ("jumlah", [950, 1200.0, 3], "integer"),
        ("tahun", [2021.0, 2022.0, 2023.0], "year"),
        ("luas", [1.5, 2, 3], "number"),
        ("aktif", [True, False, True], "boolean"),
        ("tanggal", [date(2024, 1, 31)] * 3, "date"),
        ("tanggal", [datetime.fromisoformat("2024-01-31")] * 3, "date"),
        ("waktu", [datetime.fromisoformat("2024-01-31T07:00")] * 3, "datetime"),
        ("jam", [time(7)] * 3, "time"),
        ("jumlah", [1, float("nan"), None, 2, 3], "integer"),
    ],
)
def test_a_plain_column_leaves_no_doubt(heading, cells, kind):
    values, doubts = told(heading, *cells)
    assert (values["type"], doubts) == (kind, [])


def test_thousands_with_dots_are_told_by_a_decimal_comma():
    values, doubts = told("luas", "1.234,5", "950,25", "12")
    assert values == {"type": "number", "decimalChar": ",", "groupChar": "."}
    assert doubts == []


def test_a_dot_before_three_digits_is_doubtful():
    values, doubts = told("jumlah", "1.234", "2.345", "3.456")
    assert values == {"type": "number", "decimalChar": ",", "groupChar": "."}
    assert doubts == ["dot_or_decimal"]


def test_a_comma_before_three_digits_is_doubtful_too():
    values, doubts = told("harga", "11,150", "9,500", "900")
    assert values == {"type": "number", "groupChar": ","}
    assert doubts == ["dot_or_decimal"]


def test_two_dots_in_a_number_leave_no_doubt():
    assert told("jumlah", "1.234.567", "2.345", "3.456")[1] == []


def test_decimal_dots_are_not_taken_for_thousands():
    assert told("ipm", "71.25", "70.1", "69.123") == ({"type": "number"}, [])


@pytest.mark.parametrize("cells", [["1.234,5", "1,234.5", "7"], ["1.23.4", "2.34.5", "3.45.6"]])
def test_numbers_of_two_writings_are_text(cells):
    assert told("jumlah", *cells)[0] == {"type": "string"}


def test_rupiah_and_percent_are_units():
    assert told("pagu", "Rp 1.500.000", "Rp 2.000.000,-", "Rp 5")[0]["unit"] == "rupiah"
    assert told("porsi", "12,5%", "7%", "8 %")[0]["unit"] == "persen"


def test_leading_zeros_are_kept():
    values, doubts = told("kbli", "01111", "01112", "10110")
    assert values == {"type": "string", "constraints": {"pattern": "[0-9]{5}"}}
    assert doubts == ["leading_zeros"]


def test_a_zero_alone_is_a_number():
    assert told("jumlah", "0", "5", "10")[0] == {"type": "integer"}


def test_more_digits_than_a_spreadsheet_keeps_are_text():
    assert told("nomor induk", "1506010101010001", "1", "2")[1] == ["long_number"]
    assert told("jumlah", 3.17101e15, 3.17102e15, 3.17103e15)[1] == ["scientific"]
    assert told("kode", "3.17101E+15", "3.17102E+15", "3.17103E+15")[0]["type"] == "string"
    assert told("jumlah", "3.17101E+15", "12", "13")[1] == ["scientific"]


def test_region_codes_with_dots_are_those_of_kemendagri():
    assert told("kode_kecamatan", "15.06.01", "15.06.02", "15.06.10") == (
        {"type": "string", "reference_code": "kemendagri"},
        [],
    )


def test_region_codes_of_digits_do_not_say_whose_they_are():
    values, doubts = told("kode kabupaten", "1506", "1507", "1508")
    assert values["type"] == "string"
    assert doubts == ["numbering"]


def test_a_heading_may_say_whose_the_codes_are():
    values, doubts = told("bps_kode_kabupaten", "1506", "1507", "1508")
    assert (values["reference_code"], doubts) == ("bps", [])


@pytest.mark.parametrize(
    ("cells", "form", "doubts"),
    [
        (["31/01/2024", "29/02/2024", "01/12/2023"], "%d/%m/%Y", []),
        (["31-01-2024", "29-02-2024", "01-12-2023"], "%d-%m-%Y", []),
        (["1.2.2024", "2.2.2024", "3.12.2023"], "%d.%m.%Y", ["day_or_month"]),
        (["01/31/2024", "02/29/2024", "12/01/2023"], "%m/%d/%Y", []),
    ],
)
def test_days_are_read_with_the_day_first_unless_that_cannot_be(cells, form, doubts):
    assert told("tanggal", *cells) == ({"type": "date", "format": form}, doubts)


@pytest.mark.parametrize("cells", [["31/02/2024"] * 3, ["2024-02-30"] * 3, ["1/2-2024"] * 3])
def test_what_is_not_in_the_calendar_is_no_day(cells):
    assert told("tanggal", *cells)[0]["type"] == "string"


def test_days_in_words_stay_text():
    assert told("tanggal", "12 Januari 2024", "13 Mei 2024", "1 Des 2024")[1] == ["month_words"]


def test_brackets_may_be_a_minus():
    assert told("selisih", "(1.500)", "200", "-")[1] == ["brackets", "few"]


def test_a_few_slips_do_not_make_a_column_text():
    values, doubts = told("jumlah", *(str(one) for one in range(19)), "tidak ada")
    assert values["type"] == "integer"
    assert doubts == ["mixed"]


def test_many_slips_do():
    assert told("jumlah", *(str(one) for one in range(8)), "a", "b")[0] == {"type": "string"}


def test_a_spreadsheet_column_of_numbers_and_a_text_is_mostly_numbers():
    values, doubts = told("jumlah", *range(19), "dalam proses")
    assert (values["type"], doubts) == ("integer", ["mixed"])


def test_signs_for_no_value_say_nothing_of_the_type():
    assert told("jumlah", "-", "…", "n/a", "5", "6", "7") == ({"type": "integer"}, [])


def test_a_column_without_values_is_left_to_people():
    assert told("jumlah", "", None, "-") == ({"type": "string"}, ["empty"])


def test_of_two_values_nothing_is_sure():
    assert told("jumlah", "5", "6") == ({"type": "integer"}, ["few"])


def test_few_texts_that_come_often_are_classes():
    values, _doubts = told("jenis kelamin", *["Laki-laki", "Perempuan"] * 5)
    assert values == {"type": "string", "classification": "Laki-laki; Perempuan"}


def test_one_text_alone_is_no_class():
    assert told("provinsi", *["Provinsi A"] * 9)[0] == {"type": "string"}


def test_many_texts_are_none():
    assert told("nama", *(f"Desa {one}" for one in range(20)))[0] == {"type": "string"}


def test_yes_and_no_are_kept_as_they_are_spelled():
    values, _doubts = told("aktif", "YA", "Tidak", "ya")
    assert values == {"type": "boolean", "trueValues": ["YA", "ya"], "falseValues": ["Tidak"]}
