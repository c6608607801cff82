"""BPS judges a list on a phone, by a link, without an account and without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo.cast import ADMINISTRATOR
from demo.visitor import Visitor
from tests.browser.desk import PHONE, SMALL_PHONE, Desks, send, status_of_post
from tests.browser.lists import KASI, REQUESTS, ListCase, put_in_force, to_correct
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import Office

NAME = "BPS Kabupaten Contoh (rekaan)"
PERSON = "Wulan Contoh, statistisi (rekaan)"
REASON = "Definisi satu data belum sama dengan standar (rekaan)."


@pytest.fixture(scope="module")
def case(office: Office, address: str) -> ListCase:
    """A list of requests that BPS is asked about."""
    admin = Visitor(address, ADMINISTRATOR.name)
    assert admin.log_in(office.passwords[ADMINISTRATOR.name])
    put_in_force(office, admin)
    found = to_correct(office)
    found.act(KASI, outcome="sesuai")
    return found


def make_link(case: ListCase) -> dict[str, Any]:
    visit = case.shown()["open_visits"][0]
    return case.office.people[KASI].action(
        "satudata_link_create",
        id=str(case.number),
        step=visit["step"],
        visit=visit["number"],
        name=NAME,
    )


def test_the_page_of_a_link_fits_a_phone_and_has_no_serious_fault(
    case: ListCase, desks: Desks, pictures: Path
):
    page = desks.open(width=PHONE)
    page.goto(make_link(case)["url"])

    assert width_of(page, SMALL_PHONE) <= SMALL_PHONE
    assert serious_faults(page, PHONE) == []
    take_pictures(page, pictures, "link")


@pytest.mark.parametrize("page_of", ["", "/langkah/6/tindakan"])
def test_a_link_is_offered_on_a_phone(case: ListCase, desks: Desks, pictures: Path, page_of: str):
    page = desks.open(KASI, width=PHONE)
    page.goto(f"/kasus/{case.number}{page_of}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    expect(page.get_by_label("Untuk siapa")).to_be_visible()

    assert width_of(page, SMALL_PHONE) <= SMALL_PHONE
    assert serious_faults(page, PHONE) == []
    take_pictures(page, pictures, f"link-offered{page_of.replace('/', '-')}")


def test_bps_returns_a_list_by_link_on_a_phone(case: ListCase, desks: Desks, pictures: Path):
    url = make_link(case)["url"]
    phone = desks.open(width=PHONE, java_script=False)
    phone.goto(url)
    expect(phone.get_by_role("heading", name=REQUESTS[0][0])).to_be_visible()

    assert status_of_post(phone, "#link-send") == 422
    fill_in(phone)
    send(phone, "#link-send")

    expect(phone.locator("#receipt-outcome")).to_contain_text(REASON)
    expect(phone.locator("form")).to_have_count(0)
    take_pictures(phone, pictures, "link-receipt")
    shown = case.shown()
    assert [(one["step"], one["number"]) for one in shown["open_visits"]] == [(5, 2)]
    assert shown["events"][-1]["body"]["link"]["signed"] == PERSON
    phone.goto(url)
    expect(phone.locator("#receipt-outcome")).to_contain_text(REASON)


def fill_in(phone: Page) -> None:
    phone.check("#field-outcome-perlu_perbaikan")
    phone.fill("#field-reason", REASON)
    phone.select_option("#field-point_about-1", "all")
    phone.fill("#field-point_note-1", "Samakan definisinya.")
    phone.fill("#field-signed", PERSON)
