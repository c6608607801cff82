"""What is asked of every page: pictures to look at, no sideways scroll, nothing serious for axe."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.desk import HEIGHTS, PHONE, WIDE

SERIOUS = ("serious", "critical")


def resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def take_pictures(page: Page, folder: Path, name: str) -> None:
    """The whole page, as wide as a desk and as a phone."""
    for width in (WIDE, PHONE):
        resize(page, width)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


def width_of(page: Page, window: int) -> int:
    """How wide the page becomes in a window: more than the window means sideways scroll."""
    resize(page, window)
    return page.evaluate("document.documentElement.scrollWidth")


def serious_faults(page: Page, window: int) -> list[str]:
    """What axe calls serious or critical: its rule and the element."""
    resize(page, window)
    return [
        f"{one['id']}: {node['html']}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
