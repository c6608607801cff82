"""A first kamus data for a file."""

from __future__ import annotations

import pytest

from ckanext.satudata.dictionary.proposing import Sample, propose


def columns(*samples):
    return propose(samples).dictionary.columns


@pytest.mark.parametrize(
    ("heading", "title", "unit"),
    [
        ("Luas Panen (ha)", "Luas Panen", "hektare"),
        ("luas_panen", "Luas panen", ""),
        ("jumlah penduduk [jiwa]", "Jumlah penduduk", "jiwa"),
        ("Inflasi (%)", "Inflasi", "persen"),
        ("PDRB (ADHK)", "PDRB (ADHK)", ""),
        ("Kepadatan\n(jiwa/km²)", "Kepadatan", "jiwa/km²"),
        ("KODE WILAYAH", "KODE WILAYAH", ""),
        ("PDRB", "PDRB", ""),
    ],
)
def test_title_and_unit_are_read_from_the_heading(heading, title, unit):
    found = columns(Sample(heading))[0]
    assert (found.text("title"), found.text("unit")) == (title, unit)


def test_the_name_is_the_heading_to_the_letter():
    assert columns(Sample("Kepadatan\n(jiwa/km²) "))[0].name == "Kepadatan\n(jiwa/km²) "


def test_the_order_of_the_file_is_kept():
    assert propose([Sample("b"), Sample("a")]).dictionary.names == ("b", "a")


def test_a_column_without_heading_is_numbered_and_doubtful():
    found = propose([Sample("a"), Sample(" ", ["x", "y", "z"])])
    assert found.dictionary.names == ("a", "kolom_2")
    assert [(one.code, one.column) for one in found.doubts if one.part == "name"] == [
        ("heading_empty", 1)
    ]


def test_of_two_like_headings_the_second_is_doubtful():
    found = propose([Sample("a"), Sample("a"), Sample("a_2")])
    assert len(set(found.dictionary.names)) == 3
    assert ("heading_twice", 1) in [(one.code, one.column) for one in found.doubts]


def test_signs_for_no_value_are_named_with_their_meaning():
    found = propose([Sample("jumlah", ["5", "-", "…", "6", "7"])]).dictionary
    assert found.others == {
        "missingValues": ["", "-", "…"],
        "missing_meanings": {"-": "nol atau tidak ada", "…": "data tidak tersedia"},
    }


def test_signs_in_a_column_of_text_stay_texts():
    assert propose([Sample("nama", ["A", "-", "B", "C"])]).dictionary.others == {}


def test_a_doubt_names_its_column():
    found = propose([Sample("nama", ["A", "B", "C"]), Sample("jumlah", ["1.234"] * 3)])
    assert [(one.code, one.column, one.part) for one in found.doubts] == [
        ("dot_or_decimal", 1, "type")
    ]
