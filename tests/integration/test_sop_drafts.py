"""A text that was brought and that nobody put in force: who reads it, and what its sheet says."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from tests.integration.office import SOP, Office, adopt, call
from tests.integration.sheets import NEW_REVISION, bring
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

READER = "outsider"
"""Somebody with an account who keeps no SOP."""


@pytest.fixture
def browser(app: Any, office: Office) -> Browser:
    return Browser(app, office)


@pytest.fixture
def brought(office: Office) -> dict[str, Any]:
    """A new text of the SOP that is in force."""
    return bring(office, NEW_REVISION)


def addresses(one: dict[str, Any]) -> list[str]:
    """Where a text stands by its number, and as a file."""
    return [f"/sop/{SOP}/revisi/{one['revision']}", f"/sop/lembar/{one['sha256']}.svg"]


def statuses(browser: Browser, who: str | None, one: dict[str, Any]) -> list[int]:
    return [browser.get(who, address).status_code for address in addresses(one)]


def test_who_has_no_account_finds_no_draft(browser: Browser, brought: dict[str, Any]) -> None:
    assert statuses(browser, None, brought) == [404, 404]


def test_who_has_one_reads_it(browser: Browser, brought: dict[str, Any]) -> None:
    assert statuses(browser, READER, brought) == [200, 200]


def test_a_text_that_was_put_in_force_is_everybodys(
    browser: Browser, office: Office, brought: dict[str, Any]
) -> None:
    adopt(office, brought["id"], serves="all")

    assert statuses(browser, None, brought) == [200, 200]


def test_no_list_for_everybody_names_a_draft(brought: dict[str, Any]) -> None:
    listed = call("", "satudata_sop_list", subject=SOP)

    assert brought["sha256"] not in {one["sha256"] for one in listed}


@pytest.mark.parametrize("key", ["id", "sha256"])
def test_a_draft_answers_like_a_wrong_id(brought: dict[str, Any], key: str) -> None:
    with pytest.raises(tk.ObjectNotFound):
        call("", "satudata_sop_show", id=brought[key])


def test_of_a_subject_everybody_gets_the_newest_that_is_his_to_read(
    brought: dict[str, Any],
) -> None:
    assert call("", "satudata_sop_show", id=SOP)["revision"] == brought["revision"] - 1


def test_the_sheet_of_a_draft_says_so(browser: Browser, brought: dict[str, Any]) -> None:
    texts = [browser.get(READER, address).body for address in addresses(brought)]

    assert ["DRAF: belum diberlakukan" in text for text in texts] == [True, True]


def test_the_sheet_of_what_is_in_force_does_not(browser: Browser, office: Office) -> None:
    shown = call("", "satudata_sop_show", id=SOP)
    texts = [browser.get(None, address).body for address in addresses(shown)]

    assert ["belum diberlakukan" in text for text in texts] == [False, False]


def test_a_draft_is_kept_on_no_way_to_its_reader(browser: Browser, brought: dict[str, Any]) -> None:
    answer = browser.get(READER, addresses(brought)[1])

    assert "private" in answer.headers["Cache-Control"]
