"""What cannot be stored has a code and a place; what is missing can wait."""

from __future__ import annotations

import re

import pytest

from ckanext.satudata.dictionary import checks
from ckanext.satudata.dictionary.faults import DOUBTS, FAULTS, GAPS, SENTENCES, Problem, sentence
from tests.unit.dictionary.tables import WHOLE, codes, column, of

FIELD_FAULTS = [
    ({"name": " "}, "name_empty", "name"),
    ({"name": "a" * 201}, "name_long", "name"),
    ({"name": "a\x00"}, "text_unreadable", "name"),
    ({"title": 3}, "text_form", "title"),
    ({"rdfType": ["x"]}, "text_form", "rdfType"),
    ({"title": "a" * 301}, "text_long", "title"),
    ({"definition": "\ud800"}, "text_unreadable", "definition"),
    ({"catatan": {"a": ["\x07"]}}, "text_unreadable", "catatan"),
    ({"accessible": "mungkin"}, "choice_unknown", "accessible"),
    ({"type": "angka"}, "type_unknown", "type"),
    ({"type": "string", "format": "surel"}, "format_unsuited", "format"),
    ({"type": "date", "format": "any"}, "format_unsuited", "format"),
    ({"type": "string", "groupChar": "."}, "option_unsuited", "groupChar"),
    ({"type": "number", "decimalChar": ",,"}, "option_form", "decimalChar"),
    ({"type": "number", "groupChar": "."}, "option_form", "groupChar"),
    ({"type": "number", "bareNumber": "tidak"}, "option_form", "bareNumber"),
    ({"type": "boolean", "trueValues": "Ya"}, "option_form", "trueValues"),
    ({"type": "integer", "example": "1"}, "option_unsuited", "example"),
    ({"constraints": ["required"]}, "option_form", "constraints"),
    ({"constraints": {"wajib": True}}, "constraint_unknown", "constraints.wajib"),
    ({"constraints": {"minimum": 1}}, "constraint_unsuited", "constraints.minimum"),
    ({"constraints": {"required": "ya"}}, "constraint_form", "constraints.required"),
    ({"constraints": {"minLength": -1}}, "constraint_form", "constraints.minLength"),
    ({"constraints": {"enum": []}}, "constraint_form", "constraints.enum"),
    ({"constraints": {"pattern": "("}}, "pattern_broken", "constraints.pattern"),
    ({"constraints": {"pattern": "(?i)a"}}, "pattern_broken", "constraints.pattern"),
    ({"type": "integer", "constraints": {"minimum": "sNaN"}}, "constraint_form", None),
    ({"type": "integer", "constraints": {"minimum": 2, "maximum": 1}}, "bounds_crossed", None),
    ({"constraints": {"minLength": 2, "maxLength": 1}}, "bounds_crossed", None),
]


@pytest.mark.parametrize(("values", "code", "part"), FIELD_FAULTS)
def test_a_fault_of_a_column_is_told_with_its_place(values, code, part):
    found = codes({"name": "pertama"}, {"name": "jumlah", **values})
    assert [(one, at) for one, at, _part in found] == [(code, 1)]
    if part:
        assert found[0][2] == part


TABLE_FAULTS = [
    ({"missingValues": "-"}, "others_form"),
    ({"missingValues": [1]}, "others_form"),
    ({"missing_meanings": {"-": 0}}, "others_form"),
    ({"title": 3}, "others_form"),
    ({"name": "Nama Tabel"}, "others_form"),
    ({"primaryKey": "tidak ada"}, "key_unknown"),
    ({"primaryKey": {"a": 1}}, "key_form"),
    ({"foreignKeys": "a"}, "others_form"),
    ({"foreignKeys": [{"fields": "a"}]}, "reference_form"),
    (
        {"foreignKeys": [{"fields": "b", "reference": {"resource": "w", "fields": "k"}}]},
        "key_unknown",
    ),
    (
        {"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "k"}}]},
        "key_unknown",
    ),
]


@pytest.mark.parametrize(("others", "code"), TABLE_FAULTS)
def test_a_fault_of_the_table_is_told(others, code):
    assert [one for one, _at, _part in codes({"name": "a"}, **others)] == [code]


def test_every_code_of_a_fault_is_tried_here_or_where_json_is_read():
    tried = {code for _values, code, _part in FIELD_FAULTS} | {one for _, one in TABLE_FAULTS}
    elsewhere = {code for code in FAULTS if code.startswith("json_")}
    shape = {"not_a_schema", "columns_none", "columns_many", "field_form", "name_twice"}
    assert set(FAULTS) == tried | elsewhere | shape


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([], "not_a_schema"),
        ({"fields": {}}, "not_a_schema"),
        ({"fields": []}, "columns_none"),
        ({"fields": [{"name": str(at)} for at in range(1001)]}, "columns_many"),
        ({"fields": ["a"]}, "field_form"),
        ({"fields": [{"name": 3}]}, "field_form"),
    ],
)
def test_what_is_no_table_schema_is_not_read(value, code):
    assert [one.code for one in checks.shape_problems(value)] == [code]


def test_the_second_of_two_like_names_is_the_fault():
    assert codes({"name": "a"}, {"name": "b"}, {"name": "a"}) == [("name_twice", 2, "name")]


def test_a_whole_column_has_neither_fault_nor_gap():
    assert checks.gaps(of(WHOLE)) == []


@pytest.mark.parametrize("named", ["title", "definition", "concept", "unit"])
def test_an_empty_property_is_a_gap(named):
    rest = {key: value for key, value in WHOLE.items() if key != named}
    assert [one.part for one in checks.gaps(of(rest))] == [named]


def test_a_column_of_text_needs_no_unit():
    assert checks.gaps(of({**WHOLE, "type": "string", "unit": ""})) == []


def test_an_indicator_says_how_it_is_calculated():
    assert [one.code for one in checks.gaps(of({**WHOLE, "indicator": "ya"}))] == [
        "formula_missing"
    ]


def test_a_column_of_codes_says_which_list_they_are_of():
    coded = {**WHOLE, "name": "kode_wilayah", "type": "string"}
    assert [one.code for one in checks.gaps(of(coded))] == ["reference_missing"]
    assert checks.gaps(of({**coded, "reference_code": "kemendagri"})) == []


def test_a_type_that_is_not_said_is_a_gap():
    assert [one.code for one in checks.gaps(of({**WHOLE, "type": "any"}))] == ["type_missing"]


def test_faults_gaps_and_doubts_share_no_code():
    assert len(SENTENCES) == len(FAULTS) + len(GAPS) + len(DOUBTS)


def test_a_sentence_repeats_its_facts_and_ends_with_its_code():
    problem = Problem("text_long", 0, "title", {"size": 301, "limit": 300})
    assert sentence(problem) == (
        "This text has 301 characters, and 300 fit. Shorten it. [text_long]"
    )


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_says_what_to_do(code):
    """At least two sentences: what is wrong, and what to do; doubts may say what was done."""
    assert len(re.findall(r"[.?!](?:\s|$)", SENTENCES[code])) >= 1 + (code not in DOUBTS)


def test_many_columns_are_checked_once_each():
    many = [column(f"kolom {at}", "angka") for at in range(1000)]
    assert [at for _code, at, _part in codes(*many)] == list(range(1000))
