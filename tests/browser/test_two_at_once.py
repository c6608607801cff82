"""Nobody loses what he wrote: not to a colleague who was first, not to a session that ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, act, fill_point, status_of_post
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import SECOND_VERIFIKATOR, TO_VERIFICATION, Office, Scene, holder

REASON = "Kalimat panjang yang tidak boleh hilang."
NOTE = "Catatan yang tidak boleh hilang."


@dataclass(frozen=True)
class Written:
    """A return that a verifikator has written and not sent."""

    page: Page
    scene: Scene


@pytest.fixture
def written(request: pytest.FixtureRequest, desks: Desks, office: Office) -> Written:
    name = request.node.name.replace("_", "-")
    scene = office.scene(name, TO_VERIFICATION)
    page = desks.open(SECOND_VERIFIKATOR)
    page.goto(f"/kasus/{scene.number}/langkah/3")
    page.check("#field-outcome-tidak_sesuai")
    page.fill("#field-reason", REASON)
    fill_point(page, 1, "column", "SMP", NOTE)
    return Written(page, scene)


@pytest.fixture
def colleague_was_first(written: Written, desks: Desks) -> None:
    first = desks.open(holder("verifikator"))
    first.goto(f"/kasus/{written.scene.number}/langkah/3")
    act(first, "sesuai")


@pytest.mark.usefixtures("colleague_was_first")
def test_the_loser_reads_who_was_first_and_keeps_his_text(written: Written):
    page = written.page

    assert status_of_post(page, "#act-send") == 409
    expect(page.locator("main")).to_contain_text("Petugas Contoh 5 (rekaan)")
    expect(page.locator("main")).to_contain_text("Validator")
    expect(page.get_by_label("Alasan")).to_have_value(REASON)
    expect(page.locator("main")).to_contain_text(NOTE)
    assert written.scene.open_steps() == [(4, 1)], "the second decision must not count"


@pytest.mark.usefixtures("colleague_was_first")
def test_the_page_of_the_loser_looks_right(written: Written, pictures: Path):
    status_of_post(written.page, "#act-send")

    assert_looks_right(written.page, pictures, "conflict")


def test_a_decision_sent_twice_counts_once_and_says_so(desks: Desks, office: Office):
    scene = office.scene("kirim-dua-kali", TO_VERIFICATION)
    pages = [desks.open(holder("verifikator")) for _window in range(2)]
    for page in pages:
        page.goto(f"/kasus/{scene.number}/langkah/3")
    for page in pages:
        act(page, "sesuai")

    assert pages[0].url.split("?")[0] == pages[1].url.split("?")[0]
    expect(pages[1].locator("main [role=status]")).to_contain_text("satu kali")
    assert scene.open_steps() == [(4, 1)]


def test_a_session_that_ended_while_writing_gives_the_text_back(written: Written, pictures: Path):
    page = written.page
    page.context.clear_cookies()

    assert status_of_post(page, "#act-send") == 401
    take_pictures(page, pictures, "session-over")
    kept = [one.input_value() for one in page.locator("main textarea").all()]
    assert REASON in kept
    assert NOTE in kept
    assert written.scene.open_steps() == [(3, 1)], "nobody has decided"


def assert_looks_right(page: Page, pictures: Path, name: str) -> None:
    take_pictures(page, pictures, name)
    for width in (SMALL_PHONE, PHONE):
        assert width_of(page, width) <= width
    for width in (WIDE, PHONE):
        assert serious_faults(page, width) == []
