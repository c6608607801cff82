"""People who have no mouse: a verifikator, an office with a list, and BPS behind a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from demo.cast import ADMINISTRATOR, HEAD
from demo.visitor import Visitor
from tests.browser import lists
from tests.browser.desk import Desks, case_on_receipt
from tests.browser.keyboard import tab_to, unreached
from tests.browser.lists import KASI, ListCase
from tests.browser.office import SECOND_VERIFIKATOR, TO_VERIFICATION, Office, holder


@dataclass(frozen=True)
class Cases:
    """Two lists: one that the kasi corrects, one that lies before BPS."""

    corrected: ListCase
    before_bps: ListCase


@dataclass(frozen=True)
class Look:
    """A page, and who reads it; nobody: somebody without an account."""

    name: str
    reader: str
    path: Callable[[Cases], str]


LOOKS = (
    Look("inbox", KASI, lambda cases: "/kotak-masuk"),
    Look("case", KASI, lambda cases: f"/kasus/{cases.corrected.number}"),
    Look("act", KASI, lambda cases: f"/kasus/{cases.corrected.number}/langkah/5"),
    Look("adoption", HEAD.name, lambda cases: f"/sop/{lists.SOP}/berlakukan"),
    Look("procedures", HEAD.name, lambda cases: "/sop"),
    Look("officers", HEAD.name, lambda cases: "/petugas"),
    Look("assign", HEAD.name, lambda cases: "/petugas/tetapkan"),
    Look("link", "", lambda cases: link_to(cases.before_bps)),
)


@pytest.fixture(scope="module")
def cases(office: Office, address: str) -> Cases:
    admin = Visitor(address, ADMINISTRATOR.name)
    assert admin.log_in(office.passwords[ADMINISTRATOR.name])
    lists.put_in_force(office, admin)
    found = Cases(lists.to_correct(office), lists.to_correct(office))
    found.before_bps.act(KASI, outcome="sesuai")
    return found


def link_to(case: ListCase) -> str:
    visit = case.shown()["open_visits"][0]
    made = case.office.people[KASI].action(
        "satudata_link_create",
        id=str(case.number),
        step=visit["step"],
        visit=visit["number"],
        name="BPS Kabupaten Contoh (rekaan)",
    )
    return made["url"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_tab_stops_at_every_control(cases: Cases, desks: Desks, look: Look):
    page = desks.open(look.reader)
    page.goto(look.path(cases))
    assert unreached(page) == []


def test_a_return_is_made_by_keyboard_alone(desks, office: Office):
    scene = office.scene("papan-ketik", TO_VERIFICATION)
    page = desks.open(holder("verifikator"))
    page.goto(f"/kasus/{scene.number}/langkah/3")
    tab_to(page, "#field-outcome-sesuai")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#field-outcome-tidak_sesuai")).to_be_checked()
    tab_to(page, "#field-reason")
    page.keyboard.type("Satuan belum ada.")
    tab_to(page, "#field-point_about-1")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#field-point_note-1")
    page.keyboard.type("Tulis satuannya.")
    tab_to(page, "#act-send")
    page.keyboard.press("Enter")

    case_on_receipt(page)
    body = scene.last_event()["body"]
    assert body["reason"] == "Satuan belum ada."
    assert body["points"] == [{"kind": "all", "where": "", "note": "Tulis satuannya."}]


def test_one_of_a_list_goes_back_by_keyboard_alone(cases: Cases, desks: Desks):
    page = desks.open(KASI)
    page.goto(f"/kasus/{cases.corrected.number}/langkah/5")
    tab_to(page, "#field-outcome-sesuai")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#field-reason")
    page.keyboard.type("Judul belum sama.")
    meant = cases.corrected.shown()["datasets"][1]["id"]
    tab_to(page, f"#meant-{meant}")
    page.keyboard.press("Space")
    tab_to(page, "#field-rest-wait")
    page.keyboard.press("Space")
    tab_to(page, "#field-point_about-1")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#field-point_note-1")
    page.keyboard.type("Samakan judulnya.")
    tab_to(page, "#act-send")
    page.keyboard.press("Enter")

    case_on_receipt(page)
    (back,) = cases.corrected.shown()["open_visits"]
    assert (back["step"], back["items"]) == (4, [meant])


def test_bps_answers_a_link_by_keyboard_alone(cases: Cases, desks: Desks):
    page = desks.open()
    page.goto(link_to(cases.before_bps))
    tab_to(page, "#field-outcome-sesuai")
    page.keyboard.press("Space")
    tab_to(page, "#field-signed")
    page.keyboard.type("Wulan Contoh, statistisi (rekaan)")
    page.keyboard.press("Enter")

    expect(page.locator("#receipt-outcome")).to_contain_text("Sesuai")
    assert cases.before_bps.shown()["open_visits"][0]["step"] == 7


def test_a_sop_is_put_in_force_by_keyboard_alone(cases: Cases, desks: Desks):
    page = desks.open(HEAD.name)
    page.goto(f"/sop/{lists.SOP}/berlakukan")
    tab_to(page, "#field-organization")
    page.keyboard.type("Dinas Kominfo")
    tab_to(page, "#field-whom-all")
    page.keyboard.press("Space")
    tab_to(page, "#adopt-send")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"/sop/{lists.SOP}")


def test_somebody_is_assigned_by_keyboard_alone(cases: Cases, desks: Desks):
    page = desks.open(HEAD.name)
    page.goto("/petugas")
    tab_to(page, "#assign-link")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "#field-user")
    page.keyboard.type(SECOND_VERIFIKATOR)
    tab_to(page, "#field-post")
    page.keyboard.type("Staf")
    tab_to(page, "#officer-send")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/petugas\?orang="))
    expect(page.locator("#officers tbody tr").first).to_contain_text(SECOND_VERIFIKATOR)
