"""The content of a dataset: what is approved with it, and what a change touched."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.satudata.release.content import content_of, only_adds, touched


def resource(**changes: Any) -> dict[str, Any]:
    values = {"id": "r1", "name": "Tabel", "url": "tabel.csv", "url_type": "upload", "extras": {}}
    return {**values, **changes}


def dataset(**changes: Any) -> dict[str, Any]:
    values = {"id": "d1", "title": "Jumlah penduduk", "extras": {"unit": "Orang"}, "tags": ["a"]}
    return {**values, "resources": [resource()], **changes}


def change(**changes: Any) -> dict[str, Any]:
    """What `changes` touch in the dataset."""
    return touched(
        content_of(dataset()).fingerprint(), content_of(dataset(**changes)).fingerprint()
    )


def test_the_same_content_has_the_same_digest():
    assert content_of(dataset()).sha256 == content_of(dataset()).sha256


@pytest.mark.parametrize(
    "moving",
    [{"private": True}, {"metadata_modified": "2026-11-21"}, {"creator_user_id": "u"}],
)
def test_what_moves_by_itself_is_no_content(moving):
    assert content_of(dataset(**moving)).sha256 == content_of(dataset()).sha256


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Lain"},
        {"extras": {"unit": "Jiwa"}},
        {"tags": ["b"]},
        {"owner_org": "lain"},
        {"resources": []},
        {"resources": [resource(name="Lain")]},
        {"resources": [resource(last_modified="2026-11-21T10:00:00")]},
        {"resources": [resource(extras={"period_start": "2025"})]},
    ],
)
def test_every_change_of_the_content_changes_the_digest(changes):
    assert content_of(dataset(**changes)).sha256 != content_of(dataset()).sha256


def test_another_order_of_the_same_resources_is_a_change_that_adds_nothing():
    both = [resource(), resource(id="r2")]
    before, after = content_of(dataset(resources=both)), content_of(dataset(resources=both[::-1]))
    found = touched(before.fingerprint(), after.fingerprint())

    assert found["reordered"]
    assert not only_adds(found)


def test_a_resource_put_before_another_leaves_that_one_where_it_is():
    assert not change(resources=[resource(id="r2"), resource()])["reordered"]


def test_the_order_of_resources_is_content():
    both = [resource(), resource(id="r2")]
    there, back = content_of(dataset(resources=both)), content_of(dataset(resources=both[::-1]))

    assert there.sha256 != back.sha256


def test_rows_loaded_into_the_datastore_are_no_change_of_the_resource():
    loaded = resource(extras={"datastore_active": True})

    assert not any(change(resources=[loaded]).values())


def test_a_change_names_the_resources_it_touched():
    found = change(resources=[resource(name="Lain"), resource(id="r2")])

    assert (found["added"], found["changed"], found["removed"]) == (["r2"], ["r1"], [])


@pytest.mark.parametrize(
    ("changes", "adds"),
    [
        ({"resources": [resource(), resource(id="r2")]}, True),
        ({"resources": [resource(id="r2")]}, False),
        ({"resources": [resource(name="Lain"), resource(id="r2")]}, False),
        ({"title": "Lain", "resources": [resource(), resource(id="r2")]}, False),
    ],
)
def test_only_new_resources_beside_untouched_ones_count_as_adding(changes, adds):
    assert only_adds(change(**changes)) is adds


def test_a_fraction_does_not_make_the_digest_impossible():
    assert content_of(dataset(extras={"luas": 1.5})).sha256
