"""A server on the test databases, Debian's Chromium, and an invented office: what every test has.

`./portal test browser` starts the server and names it, the browser and a folder for pictures in
SATUDATA_URL, SATUDATA_CHROMIUM and SATUDATA_SCREENSHOTS. The second of two processes has a server
and databases of its own: SATUDATA_URL2.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import beside
from tests.browser.desk import Desks, log_in
from tests.browser.office import Office, make_office

LOOPBACK_ONLY = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""The portal's pages need nothing from elsewhere, and the browser must not ask for anything."""

FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    """The second of two processes stands before the second site."""
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw1":
        beside.take_second_site()
        os.environ["SATUDATA_URL"] = os.environ["CKAN_SITE_URL"] = os.environ["SATUDATA_URL2"]


@pytest.fixture(scope="session")
def address() -> str:
    return os.environ["SATUDATA_URL"]


@pytest.fixture(scope="session")
def pictures() -> Path:
    folder = Path(os.environ["SATUDATA_SCREENSHOTS"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = os.environ["SATUDATA_CHROMIUM"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(LOOPBACK_ONLY))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def office(address: str) -> Office:
    return make_office(address)


@pytest.fixture(scope="session")
def cookies(browser: Browser, address: str, office: Office) -> Callable[[str], list[dict]]:
    """The cookies of a person who has logged in through the page; once for each person."""
    known: dict[str, list[dict]] = {}

    def of(name: str) -> list[dict]:
        if name not in known:
            with browser.new_context(base_url=address) as context:
                page = context.new_page()
                page.goto("/user/login")
                log_in(page, name, office.passwords[name])
                known[name] = context.cookies()
        return known[name]

    return of


@pytest.fixture(scope="session")
def make_desks(browser: Browser, address: str, cookies: Callable) -> Callable[[], Desks]:
    return lambda: Desks(browser, address, cookies)


@pytest.fixture
def desks(
    request: pytest.FixtureRequest, make_desks: Callable[[], Desks], pictures: Path
) -> Iterator[Desks]:
    """Windows for one test; when it fails, a picture of each is left in the folder."""
    opened = make_desks()
    yield opened
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(opened.pages, 1):
            name = re.sub(r"\W+", "-", request.node.name)
            page.screenshot(path=pictures / f"failed-{name}-{number}.png", full_page=True)
    opened.close()


@pytest.fixture
def anybody(desks: Desks) -> Page:
    """A window of the public."""
    return desks.open()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report
