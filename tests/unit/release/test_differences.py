"""What differs between two contents: applied to the old one it gives the new one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.release.content import Content, content_of
from ckanext.satudata.release.differences import File, Kind, applied, differences

VALUES = st.one_of(st.none(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2))
EXTRAS = st.dictionaries(st.sampled_from(["unit", "concept", "a.b"]), VALUES)


@st.composite
def contents(draw: Any) -> Content:
    ids = draw(st.lists(st.sampled_from("abcde"), unique=True))
    resources = [
        {"id": one, "name": draw(st.text(max_size=2)), "extras": draw(EXTRAS)} for one in ids
    ]
    tags = draw(st.lists(st.sampled_from(["x", "y"]), unique=True))
    return content_of(
        {"title": draw(VALUES), "extras": draw(EXTRAS), "tags": tags, "resources": resources}
    )


@given(contents(), contents())
def test_a_difference_applied_to_the_old_content_gives_the_new_one(old, new):
    assert applied(old, differences(old, new)).as_dict() == new.as_dict()


@given(contents())
def test_a_content_does_not_differ_from_itself(content):
    assert not differences(content, content)


def dataset(**changes: Any) -> Content:
    values: dict[str, Any] = {"id": "d", "title": "Penduduk", "extras": {"unit": "Orang"}}
    return content_of({**values, "resources": [resource("a"), resource("b")], **changes})


def resource(name: str, **changes: Any) -> dict[str, Any]:
    return {"id": name, "name": name, **changes}


@pytest.mark.parametrize(
    ("extras", "kind", "old", "new"),
    [
        ({"unit": "Jiwa"}, Kind.CHANGED, "Orang", "Jiwa"),
        ({"unit": ""}, Kind.REMOVED, "Orang", ""),
    ],
)
def test_a_field_tells_what_it_was_and_what_it_is(extras, kind, old, new):
    (found,) = differences(dataset(), dataset(extras=extras)).metadata

    assert (found.field, found.kind, found.old, found.new) == ("extras.unit", kind, old, new)


def test_a_field_that_was_empty_is_added():
    (found,) = differences(dataset(), dataset(notes="Baru")).metadata

    assert (found.field, found.kind) == ("notes", Kind.ADDED)


def test_a_resource_that_came_is_added():
    (found,) = differences(
        dataset(), dataset(resources=[resource("a"), resource("b"), resource("c")])
    ).resources

    assert (found.resource_id, found.kind) == ("c", Kind.ADDED)


def test_a_resource_that_went_is_removed():
    (found,) = differences(dataset(), dataset(resources=[resource("a")])).resources

    assert (found.resource_id, found.kind) == ("b", Kind.REMOVED)


def test_a_resource_tells_its_changed_fields():
    (found,) = differences(
        dataset(), dataset(resources=[resource("a", format="CSV"), resource("b")])
    ).resources

    assert [one.field for one in found.fields] == ["format"]


def test_another_order_alone_is_a_difference_of_no_resource():
    found = differences(dataset(), dataset(resources=[resource("b"), resource("a")]))

    assert (found.reordered, found.resources) == (True, ())


def test_a_resource_that_came_first_reorders_none():
    assert not differences(dataset(resources=[resource("b")]), dataset()).reordered


def test_other_bytes_are_a_replaced_file():
    old, new = File("a", "lama.csv", "0" * 64, 1), File("a", "baru.csv", "1" * 64, 2)
    (found,) = differences(dataset(), dataset(), [old], [new]).resources

    assert (found.file_replaced, found.old_file, found.new_file) == (True, old, new)


def test_the_same_bytes_under_another_name_are_no_replaced_file():
    old, new = File("a", "lama.csv", "0" * 64, 1), File("a", "baru.csv", "0" * 64, 1)

    assert differences(dataset(), dataset(), [old], [new]).resources == ()
