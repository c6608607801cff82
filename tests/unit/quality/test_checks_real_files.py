"""What the checks say of tables that offices published, each looked at by hand.

The files are others' and no part of the project; without them there is nothing to test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.satudata.quality.checks.section import looked

DATA = Path(__file__).parents[4] / "shared" / "data"
PRINTED = {"title_rows", "heading_rows"}
TOLD: dict[str, set[str]] = {
    "01": {*PRINTED, "merged_data", "note_rows"},
    "03": PRINTED,
    "06": {*PRINTED, "cell_fault", "merged_data", "note_rows", "source_rows", "total_rows"},
    "09": {*PRINTED, "total_rows"},
    "10": {"heading_rows", "missing_marks", "total_rows"},
    "13": {
        *PRINTED,
        "cell_fault",
        "merged_data",
        "missing_marks",
        "note_rows",
        "source_rows",
        "unit_in_heading",
    },
    "15": {*PRINTED, "note_rows", "source_rows", "unit_in_heading"},
    "16": {
        *PRINTED,
        "note_rows",
        "source_rows",
        "total_rows",
        "total_wrong",
        "unit_in_heading",
    },
    "19": {*PRINTED, "merged_data"},
    "21": set(),
    "24": {"code_as_float"},
    "25": {"code_as_number", "missing_marks", "title_rows", "total_rows", "total_unlabelled"},
    "28": {*PRINTED, "code_all_numbers", "total_rows", "unit_in_heading"},
    "29": {"total_rows", "unit_in_heading"},
    "32": {"missing_marks", "number_thousands_comma"},
    "33": {"missing_marks", "number_thousands_dot", "unit_in_heading"},
    "36": {"heading_rows", "merged_data", "source_rows", "total_rows"},
    "39": {*PRINTED, "note_rows", "total_rows"},
    "40": {"column_numbers", "heading_rows", "number_decimal_comma", "total_rows"},
    "42": {"code_all_numbers", "heading_rows", "total_unlabelled"},
    "43": {"missing_marks_text"},
    "45": set(),
    "48": {"heading_rows", "total_unlabelled"},
    "65": {"heading_missing"},
    "69": set(),
    "70": set(),
}
"""Beginning of a file's name to the codes, none of which is false of it."""

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the files of other offices are not here")


def path_of(begins: str) -> Path:
    return next(one for one in DATA.glob(f"{begins}_*") if one.suffix != ".yaml")


@pytest.mark.parametrize("begins", TOLD)
def test_a_published_table_is_told_what_it_has(begins: str):
    found = {one["code"] for one in looked(path_of(begins))["findings"]}
    assert found == TOLD[begins]


def test_the_thousands_of_a_price_list_are_told_column_by_column():
    found = [one for one in looked(path_of("33"))["findings"] if one["severity"] == "galat"]
    assert [one["column"] for one in found] == list(range(3, 16))


def test_a_total_that_was_printed_wrong_is_told_with_both_figures():
    (found,) = [o for o in looked(path_of("16"))["findings"] if o["code"] == "total_wrong"]
    assert (found["places"][0]["cell"], "3.621.106" in found["sentence"]) == ("D46", True)
