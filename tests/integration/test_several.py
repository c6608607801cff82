"""Ending a step of several cases in one sending, where the SOP says so."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration.office import Office, act, call, submit, walk
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

TOGETHER = "/kotak-masuk/sekaligus"
NAMES = ("satu", "dua", "tiga")


@pytest.fixture
def browser(app: CKANTestApp, office: Office) -> Browser:
    return Browser(app, office)


def boxes(answer: Any) -> list[str]:
    """What the boxes of the inbox stand for."""
    return re.findall(r'name="pilih" value="([^"]+)"', answer.body)


def fields(answer: Any) -> dict[str, list[str]]:
    """The form of the page that tells what will happen, as it is sent untouched."""
    found = {
        name: [unescape(one) for one in re.findall(rf'name="{name}" value="([^"]*)"', answer.body)]
        for name in ("place", "version", "key")
    }
    chosen = re.findall(r'<select[^>]*name="way".*?</select>', answer.body, re.S)
    ways = [re.search(r'value="([^"]*)" selected', one) for one in chosen]
    return {**found, "way": [one[1] if one else "" for one in ways]}


def ticked(browser: Browser, actor: str) -> Any:
    """The page after everything that can be ticked was ticked."""
    picks = boxes(browser.get(actor, "/kotak-masuk?untuk=unit"))
    return browser.get(actor, f"{TOGETHER}?{'&'.join(f'pilih={one}' for one in picks)}")


def steps(office: Office, cases: list[dict[str, Any]]) -> list[int]:
    shown = [call(office["admin_data"], "satudata_case_show", id=one["id"]) for one in cases]
    return [one["open_visits"][0]["step"] for one in shown]


def test_three_cases_are_ended_by_one_form_and_each_has_a_receipt(browser, office):
    cases = [submit(office, name) for name in NAMES]
    answer = browser.post("admin_data", TOGETHER, **fields(ticked(browser, "admin_data")))
    assert answer.status_code == 200
    receipts = re.findall(r'href="/kasus/(\d+)/tanda-terima/\d+"', answer.body)
    assert sorted(map(int, receipts)) == sorted(one["number"] for one in cases)
    assert steps(office, cases) == [2, 2, 2]


def test_looking_at_what_will_happen_ends_nothing(browser, office):
    cases = [submit(office, name) for name in NAMES]
    page = ticked(browser, "admin_data")
    assert main_part(page).count("<select") == 3
    assert steps(office, cases) == [1, 1, 1]


def test_a_case_that_moved_on_meanwhile_keeps_none_of_the_others_back(browser, office):
    cases = [submit(office, name) for name in NAMES]
    form = fields(ticked(browser, "admin_data"))
    act(office, cases[1], "admin_data", "selesai")
    answer = browser.post("admin_data", TOGETHER, **form)
    left = answer.body.partition('id="several-left"')[2].partition("</ul>")[0]
    assert answer.status_code == 200
    assert left.count("<li>") == 1
    assert steps(office, cases) == [2, 2, 2]


def test_the_same_form_sent_twice_counts_once(browser, office):
    cases = [submit(office, name) for name in NAMES]
    form = fields(ticked(browser, "admin_data"))
    browser.post("admin_data", TOGETHER, **form)
    again = browser.post("admin_data", TOGETHER, **form)
    assert again.status_code == 200
    assert 'id="several-left"' not in again.body
    assert steps(office, cases) == [2, 2, 2]


def test_what_is_left_for_now_is_not_sent(browser, office):
    cases = [submit(office, name) for name in NAMES]
    form = fields(ticked(browser, "admin_data"))
    form["way"][0] = ""
    browser.post("admin_data", TOGETHER, **form)
    assert sorted(steps(office, cases)) == [1, 2, 2]


def test_a_step_that_is_judged_case_by_case_has_no_box(browser, office):
    for name in NAMES:
        walk(office, submit(office, name), until=3)
    assert boxes(browser.get("verifikator", "/kotak-masuk?untuk=unit")) == []


def test_a_step_that_is_judged_case_by_case_is_not_ended_with_others(browser, office):
    case = walk(office, submit(office), until=3)
    visit = case["open_visits"][0]
    place = f"{case['number']}.3.{visit['number']}.{visit['item']}"
    page = browser.get("verifikator", f"{TOGETHER}?pilih={place}")
    assert "satu per satu" in page.body
    form = {"place": place, "version": case["version"], "key": "a", "way": "sesuai"}
    answer = browser.post("verifikator", TOGETHER, **form)
    assert (answer.status_code, steps(office, [case])) == (409, [3])


def test_who_holds_the_step_of_nobody_ends_nothing(browser, office):
    case = submit(office)
    form = fields(ticked(browser, "admin_data"))
    assert form["place"] == []
    place = f"{case['number']}.1.1.{case['datasets'][0]['id']}"
    sent = {"place": place, "version": case["version"], "key": "a", "way": "selesai"}
    refused = browser.post("verifikator", TOGETHER, **sent)
    hidden = browser.post("outsider", TOGETHER, **sent)
    assert (refused.status_code, hidden.status_code) == (409, 409)
    assert case["datasets"][0]["title"] not in main_part(hidden)
    assert steps(office, [case]) == [1]


@pytest.mark.parametrize(
    "pick", ["", "1", "a.b.c", "1.1", "1.1.1.1.1", "9999999999.1.1", "-1.1.1", "٣.1.1"]
)
def test_a_place_that_is_none_is_answered_and_ends_nothing(browser, office, pick):
    answer = browser.get("admin_data", f"{TOGETHER}?pilih={pick}")
    assert answer.status_code in (200, 303)


def test_a_part_of_the_inbox_asked_for_without_a_session_leads_to_the_login(app, office):
    answer = app.test_client().open("/kotak-masuk", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "/user/login" in answer.headers["HX-Redirect"]
