"""What the search index cannot hold is found before it is asked."""

import pytest

from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.index_limit import check_fits, index_problems

LIMIT_BYTES = 32_766  # Lucene's, written out here so that ours cannot drift


def places(dataset):
    return [(p.field, p.code, p.resource) for p in index_problems(dataset)]


def test_the_limit_itself_fits():
    check_fits("a" * LIMIT_BYTES)


def test_one_byte_more_does_not_fit():
    with pytest.raises(BadValue) as refused:
        check_fits("a" * (LIMIT_BYTES + 1))
    assert refused.value.facts["excess"] == 1


def test_bytes_count_and_not_characters():
    with pytest.raises(BadValue):
        check_fits("é" * (LIMIT_BYTES // 2 + 1))


def test_a_list_counts_as_the_joined_text_that_the_index_gets():
    check_fits(["a" * (LIMIT_BYTES - 2), "b"])
    with pytest.raises(BadValue):
        check_fits(["a" * (LIMIT_BYTES - 1), "b"])


def test_a_broken_surrogate_is_counted_and_does_not_crash():
    check_fits("\ud800")


@pytest.mark.parametrize("name", ["title", "url", "license_id"])
def test_a_core_field_in_a_string_field_is_limited(name):
    assert places({name: "a" * 40_000}) == [(name, "index_length", None)]


@pytest.mark.parametrize("name", ["notes", "maintainer"])
def test_a_core_field_in_a_text_field_is_not_limited(name):
    assert places({name: "a" * 40_000}) == []


def test_a_free_extra_is_reported_under_its_key():
    dataset = {"extras": [{"key": "catatan", "value": "a" * 40_000}, {"key": "b", "value": "c"}]}
    assert places(dataset) == [("catatan", "index_length", None)]


@pytest.mark.parametrize("key", ["views_total", "_version_", "views_total!"])
def test_a_name_that_the_index_keeps_for_itself_is_refused(key):
    assert places({"extras": [{"key": key, "value": "1"}]}) == [(key, "index_name", None)]


def test_a_resource_is_reported_with_its_position():
    dataset = {"resources": [{"url": "a"}, {"format": "a" * 40_000, "description": "a" * 40_000}]}
    assert places(dataset) == [("format", "index_length", 1)]
