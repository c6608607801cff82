"""What the form of a kamus data holds comes back from it as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.dictionary.exchange import read_value
from ckanext.satudata.views.dictionary_form import mark, others_of, place_of, rows_of, typed
from tests.unit.dictionary.tables import WHOLE, column, of


def sent(schema: dict[str, Any]) -> dict[str, str]:
    """The form as a browser sends it: boxes that are not ticked are left out."""
    rows = rows_of(schema)
    others, signs = others_of(schema)
    form = {"of": str(len(rows)), "others": others, "signs": signs}
    for at, row in enumerate(rows):
        boxes = {name: value for name, value in row.values.items() if value}
        form |= {f"k{at}-{name}": value.replace("\n", "\r\n") for name, value in boxes.items()}
    return form


def again(schema: dict[str, Any]) -> dict[str, Any]:
    found = read_value(typed(sent(schema)))
    assert found.dictionary is not None
    return found.dictionary.descriptor()


WHOLES = [
    of(WHOLE, column("b")),
    of(column("Kepadatan\n(jiwa/km²)", "number", decimalChar=",", groupChar=".")),
    of(column("a", "number", decimalChar=",", groupChar="'")),
    of(column("a", "number", bareNumber=False, groupChar=",")),
    of(column("a", "date", format="%d/%m/%Y", constraints={"minimum": "01/01/2024"})),
    of(column("a", "boolean", trueValues=["Ya"], falseValues=["Tidak"])),
    of(column("a", "integer", constraints={"required": True, "minimum": 0, "maximum": 10})),
    of(column("a", "integer", constraints={"enum": [1, 2]})),
    of(column("a", constraints={"enum": ["L", "P"], "pattern": "[A-Z]", "minLength": 1})),
    of(column("a", "string", format="email", catatan={"x": [1]})),
    of(column("a", definition="Baris satu\nBaris dua", indicator="ya", formula="a/b")),
    of(column("a"), missingValues=["", "–", "…"], missing_meanings={"–": "nol"}),
    of(column("a"), primaryKey=["a"], catatan="rekaan"),
]


@pytest.mark.parametrize("table", WHOLES)
def test_what_is_not_touched_stays(table):
    assert again(table.descriptor()) == table.descriptor()


def test_what_was_typed_and_is_wrong_stands_there_again():
    form = {**sent(of(column("a", "integer")).descriptor()), "k0-minimum": "banyak"}
    assert rows_of(typed(form))[0].values["minimum"] == "banyak"


def test_people_write_the_comma_for_decimals():
    form = {**sent(of(column("a", "number")).descriptor()), "k0-minimum": "1,5"}
    assert typed(form)["fields"][0]["constraints"] == {"minimum": "1.5"}


def test_another_type_drops_how_the_former_was_written():
    table = of(column("a", "number", decimalChar=",", groupChar="."))
    form = {**sent(table.descriptor()), "k0-type": "integer"}
    assert typed(form)["fields"] == [{"name": "a", "type": "integer"}]


def test_a_fault_stands_at_its_field():
    found = read_value({"fields": [column("a"), column("b", constraints={"pattern": "("})]})
    told = [{"column": one.column + 1, "part": one.part, "sentence": "x"} for one in found.problems]
    rows = rows_of({"fields": [column("a"), column("b")]})
    mark(rows, told, "wrong")
    assert (rows[0].wrong, rows[1].wrong) == ({}, {"pattern": ["x"]})


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("unit", "unit"),
        ("groupChar", "writing"),
        ("constraints.minimum", "minimum"),
        ("constraints.minLength", "rest"),
        ("catatan", "rest"),
        ("trueValues", "rest"),
    ],
)
def test_every_part_has_a_place(part, place):
    assert place_of(part) == place


@given(
    st.dictionaries(
        st.sampled_from(
            ["of", "others", "signs", "k0-name", "k0-rest", "k0-type", "k0-enum", "k0-minimum"]
        ),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["3", "99999", "²", "[]", "null", "{", '{"name": 1}', "[" * 9999, "="]),
        ),
    )
)
def test_no_form_falls(form):
    schema = typed(form)
    rows_of(schema)
    others_of(schema)
    read_value(schema)
