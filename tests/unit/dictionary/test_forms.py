"""The forms of Peraturan BPS 5/2020, filled from the kamus data and the dataset."""

from __future__ import annotations

import pytest

from ckanext.satudata.dictionary import ms_ind, ms_keg, ms_var
from ckanext.satudata.dictionary.forms import Head
from ckanext.satudata.dictionary.properties import BY_NAME
from tests.unit.dictionary.tables import WHOLE, column, of

HEAD = Head(activity="Pendataan Sekolah (rekaan)", activity_code="V-00", agency="Dinas A (rekaan)")
DATASET = {
    "title": "Peserta didik",
    "concept": "Orang yang belajar",
    "definition": "Yang terdaftar",
    "classification": "Jenjang",
    "measure": "Jumlah",
    "unit": "orang",
    "presentation_level": "Kecamatan",
    "access_class": "terbuka",
    "agency": "Dinas A (rekaan)",
    "topic": "Pendidikan",
    "update_frequency": "Tahunan",
    "update_frequency_value": "tahunan",
    "region_codes": ["kemendagri:15.06", "bps:1507"],
}
RATE = column(
    "aps",
    "number",
    title="Angka partisipasi",
    definition="Perbandingan",
    formula="a / b",
    indicator="ya",
    unit="persen",
)


def test_the_columns_of_ms_var_are_numbered_as_in_the_form():
    assert [one.number for one in ms_var.FIELDS] == [f"({number})" for number in range(1, 13)]


def test_the_columns_of_ms_ind_are_numbered_as_in_the_form():
    assert [one.number for one in ms_ind.FIELDS] == [f"({number})" for number in range(1, 18)]


def test_ms_var_has_a_row_for_each_column():
    rows = ms_var.filled(of(WHOLE, column("b")), HEAD).rows
    assert [(row["number"], row["name"]) for row in rows] == [("1", "Peserta didik"), ("2", "b")]


def test_every_row_has_every_field():
    forms = (ms_var.filled(of(WHOLE), HEAD), ms_ind.filled([of(WHOLE)], DATASET, HEAD))
    for form in forms:
        assert all(set(row) == {one.key for one in form.fields} for row in form.rows)


@pytest.mark.parametrize("name", [one for one in BY_NAME if BY_NAME[one].source.find("MS-") > 0])
def test_what_is_asked_for_a_form_stands_in_it(name):
    """A value that nothing else in the form has, so that it is found wherever it stands."""
    value = "ya" if BY_NAME[name].choices else f"nilai {name}"
    kind = {"composite": "ya"} if name.startswith("built_from_") else {}
    if name in ("built_from_activity", "built_from_activity_code", "built_from_variables"):
        kind = {"composite": "tidak"}
    table = of(column("a", **{"indicator": "ya", **kind, name: value}))
    forms = (ms_var.filled(table, Head()), ms_ind.filled([table], {}, Head()))
    if name == "indicator":
        assert forms[1].rows[0]["name"] == "a"
        return
    found = " | ".join(text for form in forms for row in form.rows for text in row.values())
    assert ("1" if value == "ya" else value) in found


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        ({"required": True}, "wajib diisi"),
        ({"required": False}, ""),
        ({"minimum": 0, "maximum": 100}, "paling kecil 0; paling besar 100"),
        ({"enum": [1, 2]}, "salah satu dari 1, 2"),
    ],
)
def test_constraints_are_put_into_words(constraints, words):
    table = of(column("a", "integer", constraints=constraints))
    assert ms_var.filled(table, HEAD).rows[0]["rule"] == words


def test_the_unit_and_the_list_of_codes_stand_with_the_classes():
    table = of(column("a", classification="L, P.", reference_code="bps", unit="orang"))
    row = ms_var.filled(table, HEAD).rows[0]
    assert row["classification"] == "L, P. Kode referensi: bps. Satuan: orang"


def test_a_dataset_without_marked_columns_is_the_indicator():
    rows = ms_ind.filled([of(WHOLE)], DATASET, HEAD).rows
    assert [row["name"] for row in rows] == ["Peserta didik"]
    assert rows[0]["estimation_level"] == "Kecamatan"
    assert rows[0]["accessible"] == "1"


def test_each_marked_column_is_an_indicator():
    rows = ms_ind.filled([of(WHOLE, RATE), of({**RATE, "title": "Lain"})], DATASET, HEAD).rows
    assert [row["name"] for row in rows] == ["Angka partisipasi", "Lain"]


def test_an_indicator_says_its_own_and_the_dataset_says_the_rest():
    row = ms_ind.filled([of(RATE)], DATASET, HEAD).rows[0]
    assert (row["unit"], row["measure"]) == ("persen", "Jumlah")
    assert row["definition"] == "Perbandingan"


def test_the_definition_of_the_dataset_is_not_that_of_a_column():
    bare = {key: value for key, value in RATE.items() if key != "definition"}
    assert ms_ind.filled([of(bare)], DATASET, HEAD).rows[0]["definition"] == ""


@pytest.mark.parametrize(("kind", "dashes"), [("ya", (13, 14, 15)), ("tidak", (11, 12))])
def test_the_half_of_the_form_that_does_not_apply_is_struck(kind, dashes):
    row = ms_ind.filled([of({**RATE, "composite": kind})], DATASET, HEAD).rows[0]
    struck = [one.number for one in ms_ind.FIELDS if row[one.key] == "-"]
    assert struck == [f"({number})" for number in dashes]


def test_an_indicator_that_is_not_composite_names_the_activity():
    row = ms_ind.filled([of({**RATE, "composite": "tidak"})], DATASET, HEAD).rows[0]
    assert row["built_from_activity"] == HEAD.activity
    assert row["built_from_activity_code"] == HEAD.activity_code


def test_ms_keg_has_eight_blocks_and_a_head():
    assert {one.block for one in ms_keg.FIELDS} == set(ms_keg.BLOCKS)
    assert len(ms_keg.BLOCKS) == 9


def test_the_keys_of_ms_keg_are_different():
    assert len(ms_keg.BY_KEY) == len(ms_keg.FIELDS)


def test_ms_keg_is_filled_from_the_dataset():
    values = ms_keg.filled({}, DATASET)
    assert values["region"] == "kemendagri:15.06, bps:1507"
    assert (values["repeated"], values["frequency"]) == ("Berulang", "Tahunan")
    assert (values["agency"], values["sector"]) == ("Dinas A (rekaan)", "Pendidikan")


def test_what_is_kept_with_the_activity_stands_before_the_dataset():
    assert ms_keg.filled({"frequency": "Semesteran"}, DATASET)["frequency"] == "Semesteran"


def test_what_nobody_knows_is_empty():
    assert set(ms_keg.filled({}, {}).values()) == {""}


def test_a_choice_that_is_filled_in_is_one_of_the_form():
    values = ms_keg.filled({}, DATASET)
    for one in ms_keg.FIELDS:
        assert not one.choices or values[one.key] in ("", *one.choices)


def test_the_variables_of_the_activity_are_the_columns():
    assert ms_keg.variables([of(WHOLE), of(column("b"))])[1] == ("b", "", "", "")


def test_a_form_says_which_of_its_values_are_missing():
    missing = ms_var.filled(of(WHOLE), HEAD).missing()
    assert (0, ms_var.FIELDS[2]) in missing
    assert all(one.key != "name" for _at, one in missing)
