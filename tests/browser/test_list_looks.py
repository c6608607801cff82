"""The pages of cases over a list, at the width of a desk and of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from demo.cast import ADMINISTRATOR, EDUCATION, HEAD, PRODUCER
from demo.visitor import Visitor
from tests.browser import lists
from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.lists import KASI, REQUESTS, STAF, ListCase
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import Office


@dataclass(frozen=True)
class Lists:
    """A list that is corrected, one whose producers deliver, one that late data is offered to."""

    corrected: ListCase
    delivered: ListCase
    offered: ListCase


@dataclass(frozen=True)
class Look:
    """A page: who reads it, where it is, and what he does first to see it."""

    name: str
    path: Callable[[Lists], str]
    reader: str
    first: Callable[[Page], object] = lambda page: None


def choose_return(page: Page) -> None:
    page.check("#field-outcome-tidak_sesuai")


def return_nothing(page: Page) -> None:
    choose_return(page)
    page.locator("input[name=meant]").first.check()
    send(page, "#act-send")


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


def step_of(case: ListCase, step: int, title: str = "") -> str:
    data = f"?data={case.entry(title)}" if title else ""
    return f"/kasus/{case.number}/langkah/{step}{data}"


def acts_of(case: ListCase, step: int, act: str, title: str = "") -> str:
    data = f"&data={case.entry(title)}" if title else ""
    return f"/kasus/{case.number}/langkah/{step}/tindakan?tindakan={act}{data}"


EDUCATOR = PRODUCER[EDUCATION]
ASKED, ANSWERED = REQUESTS[0][0], REQUESTS[1][0]
LOOKS = (
    Look("list-case", lambda lists: f"/kasus/{lists.delivered.number}", KASI),
    Look("list-case-acts", lambda lists: f"/kasus/{lists.corrected.number}", KASI, open_all),
    Look("list-case-of-a-producer", lambda lists: f"/kasus/{lists.delivered.number}", EDUCATOR),
    Look("list-act", lambda lists: step_of(lists.corrected, 5), KASI),
    Look("list-act-return", lambda lists: step_of(lists.corrected, 5), KASI, choose_return),
    Look("list-act-faulty", lambda lists: step_of(lists.corrected, 5), KASI, return_nothing),
    Look("list-request", lambda lists: step_of(lists.delivered, 8, ASKED), EDUCATOR),
    Look("list-approval", lambda lists: step_of(lists.delivered, 8, ANSWERED), EDUCATOR, open_all),
    Look("list-other-acts", lambda lists: acts_of(lists.delivered, 8, "", ASKED), KASI, open_all),
    Look("list-go-on", lambda lists: acts_of(lists.delivered, 8, "go_on", ASKED), STAF),
    Look("list-cancel", lambda lists: acts_of(lists.corrected, 5, "cancel"), KASI),
    Look("list-offered", lambda lists: f"/kasus/{lists.offered.number}", STAF),
    Look("list-new", lambda lists: "/kasus/baru", HEAD.name),
)


@pytest.fixture(scope="module")
def scenes(office: Office, address: str) -> Lists:
    admin = Visitor(address, ADMINISTRATOR.name)
    assert admin.log_in(office.passwords[ADMINISTRATOR.name])
    lists.put_in_force(office, admin)
    return Lists(lists.to_correct(office), lists.at_producers(office), lists.offered(office))


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: look.name)
def page(
    request: pytest.FixtureRequest,
    scenes: Lists,
    make_desks: Callable[[], Desks],
    pictures: Path,
) -> Iterator[Page]:
    """The page, opened once for its tests; its pictures lie in the folder."""
    look: Look = request.param
    desks = make_desks()
    opened = desks.open(look.reader)
    opened.goto(look.path(scenes))
    look.first(opened)
    take_pictures(opened, pictures, look.name)
    yield opened
    desks.close()


@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE])
def test_a_phone_needs_no_sideways_scroll(page: Page, width: int):
    assert width_of(page, width) <= width


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_axe_finds_nothing_serious(page: Page, width: int):
    assert serious_faults(page, width) == []
