"""A kamus data goes out as a Table Schema and comes back as it was."""

from __future__ import annotations

import json

import pytest

from ckanext.satudata.dictionary.exchange import LARGEST, read, write
from ckanext.satudata.dictionary.table import Dictionary
from tests.unit.dictionary.tables import WHOLE, column, of

TABLE = of(
    WHOLE,
    column("kode", constraints={"pattern": "[0-9]{4}"}, reference_code="bps"),
    missingValues=["", "-"],
    missing_meanings={"-": "nol"},
    primaryKey=["kode"],
    catatan={"asal": ["rekaan"]},
)


def code_of(text: str | bytes) -> str:
    found = read(text)
    assert found.dictionary is None
    return found.problems[0].code


def test_what_was_exported_is_imported_unchanged():
    assert read(write(TABLE)).dictionary == TABLE


def test_what_is_unknown_to_us_is_kept():
    assert json.loads(write(TABLE))["catatan"] == {"asal": ["rekaan"]}


def test_columns_are_exported_in_their_order():
    assert [one["name"] for one in json.loads(write(TABLE))["fields"]] == ["name", "kode"]


def test_the_sha256_does_not_depend_on_the_order_of_keys():
    turned = dict(reversed(WHOLE.items()))
    assert of(turned).sha256 == of(WHOLE).sha256


def test_the_sha256_depends_on_the_order_of_columns():
    assert of(WHOLE, column("b")).sha256 != of(column("b"), WHOLE).sha256


def test_empty_properties_are_left_out():
    assert of({**WHOLE, "alias": "  ", "format": None}) == of(WHOLE)


def test_a_description_becomes_the_definition():
    table = of(column("a", description="Yang dihitung"))
    assert table.columns[0].text("definition") == "Yang dihitung"
    assert "description" not in table.columns[0].values


def test_a_description_beside_a_definition_stays():
    table = of(column("a", description="Panjang", definition="Pendek"))
    assert table.columns[0].values["description"] == "Panjang"
    assert table.columns[0].text("definition") == "Pendek"


def test_a_text_of_a_spreadsheet_program_may_begin_with_a_mark():
    assert read("\ufeff" + write(TABLE)).dictionary == TABLE
    assert read(b"\xef\xbb\xbf" + write(TABLE).encode()).dictionary == TABLE


def test_a_fault_in_a_column_does_not_hide_the_rest():
    found = read(json.dumps({"fields": [{"name": "a", "type": "angka"}, {"name": "b"}]}))
    assert isinstance(found.dictionary, Dictionary)
    assert found.dictionary.names == ("a", "b")


def test_broken_json_is_told_with_its_place():
    found = read('{"fields": [\n  {"name": "a",}\n]}')
    assert found.problems[0].code == "json_broken"
    assert found.problems[0].facts["line"] == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json_broken"),
        ("Kolom;Tipe", "json_broken"),
        ('{"fields": [], "fields": []}', "json_key_twice"),
        ('{"fields": [{"name": "a", "constraints": {"minimum": NaN}}]}', "json_number"),
        ('{"fields": [{"name": "a", "constraints": {"minimum": -Infinity}}]}', "json_number"),
        ('{"fields": ' + "9" * 5000 + "}", "json_number"),
        ('{"fields": ' + "[" * 50 + "]" * 50 + "}", "json_deep"),
        ("[" * 200_000, "json_deep"),
        (" " * (LARGEST + 1), "json_big"),
        (b"\xff\xfe{}", "text_unreadable"),
        ("[]", "not_a_schema"),
        ("null", "not_a_schema"),
    ],
)
def test_what_cannot_be_read_has_a_code(text, code):
    assert code_of(text) == code
