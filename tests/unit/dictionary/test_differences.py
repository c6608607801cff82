"""What changed between two versions."""

from __future__ import annotations

from ckanext.satudata.dictionary.differences import Change, differences
from tests.unit.dictionary.tables import WHOLE, column, of


def test_two_like_versions_differ_in_nothing():
    assert not differences(of(WHOLE, column("b")), of(WHOLE, column("b")))


def test_a_changed_property_is_told_with_both_values():
    found = differences(of(WHOLE), of({**WHOLE, "unit": "jiwa"}))
    assert found.changes == (Change("name", "unit", "orang", "jiwa"),)


def test_a_property_that_is_gone_is_told():
    found = differences(of(column("a", unit="orang")), of(column("a")))
    assert found.changes == (Change("a", "unit", "orang", None),)


def test_columns_that_came_and_went_are_told_by_name_alone():
    found = differences(of(column("a"), column("b")), of(column("a"), column("c")))
    assert (found.added, found.removed, found.changes) == (("c",), ("b",), ())


def test_another_order_is_told():
    found = differences(of(column("a"), column("b")), of(column("b"), column("a")))
    assert found.reordered
    assert found


def test_a_new_column_in_between_is_no_other_order():
    found = differences(of(column("a"), column("b")), of(column("a"), column("c"), column("b")))
    assert not found.reordered


def test_what_is_said_of_the_table_is_told_without_a_column():
    found = differences(of(column("a")), of(column("a"), missingValues=["-"]))
    assert found.changes == (Change("", "missingValues", None, ["-"]),)
