"""Somebody in front of a browser: windows, and what people do in them again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

WIDE, PHONE, SMALL_PHONE = 1280, 360, 320
HEIGHTS = {WIDE: 720, PHONE: 640, SMALL_PHONE: 568}
PATIENCE = 30_000
"""Milliseconds that a page or a word may take on a busy machine."""

RECEIPT = re.compile(r"/kasus/(\d+)/tanda-terima/\d+")
SELECTS = frozenset(
    {"topic", "presentation_level", "update_frequency", "license_id", "resource_type"}
)
RADIOS = frozenset({"priority_data", "access_class", "change_nature"})

expect.set_options(timeout=PATIENCE)


@dataclass
class Desks:
    """The windows of one test. Each is a browser of its own: no cookie is shared."""

    browser: Browser
    address: str
    cookies: Callable[[str], list[Any]]
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        return [page for context in self.contexts for page in context.pages]

    def open(self, name: str = "", *, width: int = WIDE, java_script: bool = True) -> Page:
        """A window of the public, or of somebody who is logged in already."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="id-ID",
            java_script_enabled=java_script,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if name:
            context.add_cookies(self.cookies(name))
        return context.new_page()

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def send(page: Page, button: str) -> Response:
    """Press a button and wait for the page that answers; redirects are followed."""
    with page.expect_navigation() as answer:
        page.locator(button).click()
    response = answer.value
    assert response is not None
    return response


def search_until_found(page: Page, button: str, title: str) -> Locator:
    """Search as people do who know that it must be there: search is told just after an act."""
    send(page, button)
    link = page.locator("#results").get_by_role("link", name=title)
    for _ in range(60):
        if link.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    return link


def status_of_post(page: Page, button: str) -> int:
    """Press a button; the status of the answer itself, before any redirect."""
    with page.expect_response(lambda one: one.request.method == "POST") as answer:
        send(page, button)
    return answer.value.status


def log_in(page: Page, name: str, password: str) -> None:
    page.fill("#field-login", name)
    page.fill("#field-password", password)
    send(page, "#login-send")
    expect(page.locator("#inbox-link")).to_be_visible()


def fill_dataset(page: Page, values: Mapping[str, Any]) -> None:
    """The fields of the metadata form by their names; of a list the first field."""
    for name, value in values.items():
        place = f"#field-{name}"
        if name in SELECTS:
            page.select_option(place, value)
        elif name in RADIOS:
            page.check(f"{place}-{value}")
        else:
            page.fill(place, value if isinstance(value, str) else value[0])


def choose_file(page: Page, name: str, content: bytes) -> None:
    kind = "text/csv" if name.endswith(".csv") else "application/octet-stream"
    page.set_input_files("#field-upload", {"name": name, "mimeType": kind, "buffer": content})


def fill_point(page: Page, number: int, about: str, where: str, note: str) -> None:
    page.select_option(f"#field-point_about-{number}", about)
    page.fill(f"#field-point_where-{number}", where)
    page.fill(f"#field-point_note-{number}", note)


def case_on_receipt(page: Page) -> str:
    """The number of the case on whose receipt we are; fails anywhere else."""
    expect(page).to_have_url(RECEIPT)
    found = RECEIPT.search(page.url)
    assert found
    return found[1]


def act_from_inbox(page: Page, title: str, outcome: str = "") -> None:
    """Inbox, row, decision, button, and on the receipt at the end."""
    page.goto("/kotak-masuk")
    page.get_by_role("link", name=title).click()
    act(page, outcome)


def act(page: Page, outcome: str = "") -> None:
    """The decision on the open act form; a step with one way out has only its button."""
    if outcome:
        page.check(f"#field-outcome-{outcome}")
    send(page, "#act-send")
    case_on_receipt(page)
