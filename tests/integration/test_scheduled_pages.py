"""The form asks for a time only where something is published, and the pages say what waits."""

from __future__ import annotations

import pytest

from tests.integration.office import act, call, submit, walk
from tests.integration.scheduled import local
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser, path_of, shown, step_form

NAME = "jumlah-penduduk"
WHY = "Menunggu rilis resmi BPS (rekaan)."


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


@pytest.fixture
def ready(office):
    return walk(office, submit(office), until=8)


@pytest.fixture
def scheduled(office, ready):
    return act(office, ready, "pengelola_data", "selesai", publish_at=local(days=1))


def case_page(browser, case):
    return text_of(browser.get("pengelola_data", f"/kasus/{case['number']}"))


def test_the_form_of_a_step_that_publishes_asks_for_a_time(browser, ready):
    body = browser.get("pengelola_data", path_of(ready, 8)).body

    assert 'type="datetime-local"' in body
    assert "WIB" in body


def test_the_form_of_another_step_asks_for_none(browser, office):
    case = walk(office, submit(office), until=7)

    assert "publish_at" not in browser.get("admin_sistem", path_of(case, 7)).body


def test_a_form_with_a_time_schedules(browser, office, ready):
    form = step_form(ready, publish_at=local(days=1))
    answer = browser.post("pengelola_data", path_of(ready, 8), **form)

    assert answer.status_code in (302, 303)
    assert [one["release"] for one in shown(office, ready)["scheduled"]] == [1]


def test_an_empty_time_publishes_at_once(browser, office, ready):
    browser.post("pengelola_data", path_of(ready, 8), **step_form(ready, publish_at=""))

    assert shown(office, ready)["scheduled"] == []
    assert shown(office, ready)["datasets"][0]["private"] is False


def test_a_time_that_is_past_comes_back_with_what_was_typed(browser, ready):
    past = local(days=-1)
    answer = browser.post("pengelola_data", path_of(ready, 8), **step_form(ready, publish_at=past))

    assert answer.status_code == 422
    assert f'value="{past}"' in answer.body


def test_the_receipt_says_when(browser, office, ready):
    form = step_form(ready, publish_at=local(days=1))
    answer = browser.post("pengelola_data", path_of(ready, 8), **form)
    receipt = browser.get("pengelola_data", answer.headers["Location"])

    assert shown(office, ready)["scheduled"][0]["at"] in receipt.body


def test_the_case_says_what_waits_and_until_when(browser, scheduled):
    body = browser.get("pengelola_data", f"/kasus/{scheduled['number']}").body

    assert scheduled["scheduled"][0]["at"] in body
    assert 'id="work"' not in body


def test_the_case_says_why_data_is_held_back(browser, office, ready):
    call(office["pengelola_data"], "satudata_embargo_set", id=NAME, not_before=local(days=3),
         reason=WHY)  # fmt: skip

    assert WHY in case_page(browser, ready)
    assert WHY in text_of(browser.get("pengelola_data", path_of(ready, 8)))


def test_every_event_of_a_schedule_has_its_sentence(browser, office, scheduled):
    steer = office["pengelola_data"]
    call(steer, "satudata_release_move", id=NAME, publish_at=local(days=2), reason=WHY)
    call(steer, "satudata_release_call_off", id=NAME, reason=WHY)
    page = case_page(browser, scheduled)

    assert "Sesuatu dicatat" not in page
    assert "Something was recorded" not in page
