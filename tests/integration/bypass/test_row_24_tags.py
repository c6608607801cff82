"""Row 24: a tag that stands in unreleased data alone is a word of that data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.bypass.public import SECRET
from tests.integration.office import call, submit, walk

ASKED: dict[str, dict[str, Any]] = {
    "tag_list": {},
    "tag_autocomplete": {"query": SECRET[:6]},
    "tag_search": {"query": SECRET[:6]},
    "tag_show": {"id": SECRET},
}


@pytest.mark.parametrize("action", ASKED)
def test_row_24_no_list_of_tags_tells_a_word_of_unreleased_data(office, public, action):
    submit(office, tags=[{"name": SECRET}])

    assert SECRET not in public.reads(action, **ASKED[action])


def test_row_24_a_tag_of_unreleased_data_is_answered_like_one_that_is_not_there(office, public):
    submit(office, tags=[{"name": SECRET}])

    assert public.ask("tag_show", id=SECRET).status_code == 404


@pytest.mark.parametrize("action", ASKED)
def test_row_24_a_tag_of_published_data_is_there(office, public, action):
    walk(office, submit(office, tags=[{"name": SECRET}]), until=9)

    assert SECRET in public.reads(action, **ASKED[action])


def test_row_24_a_vocabulary_of_the_office_is_listed_whole(office, public):
    made = call(office["sysadmin"], "vocabulary_create", name="wilayah", tags=[{"name": "kota"}])

    assert "kota" in public.reads("tag_list", vocabulary_id=made["id"])
