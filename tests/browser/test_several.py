"""Several cases ended in one sending, and an inbox whose tabs change in place."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import TO_PUBLICATION, Office, Scene, holder

APPROVER = holder("pengelola_data")


@pytest.fixture
def scenes(request: pytest.FixtureRequest, office: Office) -> list[Scene]:
    """Three datasets of this test that wait for the one who publishes."""
    test = sha256(request.node.name.encode()).hexdigest()[:6]
    return [office.scene(f"sekaligus-{test}-{one}", TO_PUBLICATION[:-1]) for one in (1, 2, 3)]


def _tick(page: Page, scenes: list[Scene]) -> None:
    for scene in scenes:
        page.check(f"input[id^='pick-{scene.number}-']")


@pytest.mark.parametrize("java_script", [True, False], ids=["script", "no script"])
def test_three_datasets_are_published_from_a_phone_in_one_sending(
    desks: Desks, scenes: list[Scene], pictures: Path, java_script: bool
):
    page = desks.open(APPROVER, width=PHONE, java_script=java_script)
    page.goto("/kotak-masuk")
    _tick(page, scenes)
    take_pictures(page, pictures, "kotak-masuk-sekaligus")
    send(page, "#several-go")
    take_pictures(page, pictures, "sekaligus")
    assert [scene.open_steps() for scene in scenes] == [[(8, 1)]] * 3, "looking ends nothing"
    send(page, "#several-send")
    expect(page.locator("#several-done li")).to_have_count(3)
    take_pictures(page, pictures, "sekaligus-hasil")
    assert [scene.open_steps() for scene in scenes] == [[(9, 1)]] * 3


def test_the_pages_of_several_cases_are_clean_and_narrow(desks: Desks, scenes: list[Scene]):
    page = desks.open(APPROVER)
    page.goto("/kotak-masuk")
    _tick(page, scenes)
    faults = [(width, serious_faults(page, width)) for width in (WIDE, PHONE)]
    widths = [width_of(page, SMALL_PHONE)]
    send(page, "#several-go")
    faults += [(width, serious_faults(page, width)) for width in (WIDE, PHONE)]
    widths.append(width_of(page, SMALL_PHONE))
    assert [one for one in faults if one[1]] == []
    assert widths == [SMALL_PHONE, SMALL_PHONE]


def test_a_tab_of_the_inbox_changes_in_place_and_has_an_address(desks: Desks, scenes: list[Scene]):
    page = desks.open(APPROVER)
    page.goto("/kotak-masuk?untuk=lain")
    page.evaluate("window.stays = true")
    page.click("#tab-unit")
    expect(page.locator("#tab-unit")).to_have_attribute("aria-current", "page")
    expect(page).to_have_url("/kotak-masuk?untuk=unit")
    assert page.evaluate("window.stays") is True
    page.go_back()
    expect(page.locator("#tab-others")).to_have_attribute("aria-current", "page")


def test_a_tab_of_the_inbox_leads_to_the_login_when_the_session_is_over(
    desks: Desks, scenes: list[Scene]
):
    page = desks.open(APPROVER)
    page.goto("/kotak-masuk?untuk=lain")
    # What the page still asks for would bring the session back.
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.click("#tab-unit")
    expect(page.locator("#field-login")).to_be_visible()
