"""The pages of notices, at the width of a desk and of a phone, read and marked as people do."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from demo.cast import HOLDER
from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import RETURN, TO_VERIFICATION, Office

READER = HOLDER["admin_data"]
PAGES = {
    "notices": "/pemberitahuan",
    "notices-unread": "/pemberitahuan?tampil=baru&jenis=returned",
    "notices-settings": "/pemberitahuan/pengaturan",
}


@pytest.fixture(scope="module")
def told(office: Office) -> Office:
    """The admin data was told of a task, and of a return with its reason."""
    office.scene("pemberitahuan", (*TO_VERIFICATION, RETURN))
    return office


@pytest.fixture
def page(told: Office, desks: Desks) -> Page:
    return desks.open(READER)


@pytest.fixture(params=sorted(PAGES))
def look(request: pytest.FixtureRequest, page: Page) -> tuple[str, Page]:
    page.goto(PAGES[request.param])
    return request.param, page


def test_is_looked_at(look: tuple[str, Page], pictures: Path) -> None:
    name, page = look
    take_pictures(page, pictures, name)

    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("window", [SMALL_PHONE, PHONE, WIDE])
def test_nobody_scrolls_sideways(look: tuple[str, Page], window: int) -> None:
    _name, page = look

    assert width_of(page, window) == window


@pytest.mark.parametrize("window", [PHONE, WIDE])
def test_axe_finds_nothing_serious(look: tuple[str, Page], window: int) -> None:
    _name, page = look

    assert serious_faults(page, window) == []


def test_a_return_tells_its_reason(page: Page) -> None:
    page.goto("/pemberitahuan?jenis=returned")

    assert RETURN.reason in page.locator(".sd-notice").first.inner_text()


def test_what_is_marked_is_no_longer_counted(page: Page) -> None:
    page.goto("/pemberitahuan?tampil=baru")
    before = page.locator(".sd-notice").count()
    send(page, ".sd-notice:first-child button")

    assert page.locator(".sd-notice").count() == before - 1


def test_a_way_that_is_chosen_is_kept(page: Page) -> None:
    page.goto("/pemberitahuan/pengaturan")
    page.click("#each > summary")
    page.check("#way-comment-digest")
    send(page, "#settings-send")

    assert page.is_checked("#way-comment-digest")
