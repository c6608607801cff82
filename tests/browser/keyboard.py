"""Somebody who has no mouse: where Tab leads him, and whether he sees where he is."""

from __future__ import annotations

from playwright.sync_api import Page

FOCUS_IS_SEEN = """() => {
  const look = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""

CONTROLS = """() => {
  const shown = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
  // Of the radios of one question Tab stops at one; the arrows lead to the others.
  const name = (one, number) =>
    one.type === 'radio' ? `radio ${one.name}` : `${number} ${one.outerHTML.slice(0, 120)}`;
  const names = shown.map(name);
  shown.forEach((one, number) => { one.dataset.control = names[number]; });
  return [...new Set(names)];
}"""

MOST_STOPS = 400


def tab_to(page: Page, place: str) -> None:
    """Tab on until the focus is there; at every stop it can be seen."""
    wanted = page.locator(place)
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        _see(page)
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{place} is not reached by Tab")


def unreached(page: Page) -> list[str]:
    """The controls of a page at which Tab does not stop; at every stop the focus can be seen."""
    left = page.evaluate(CONTROLS)
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.dataset.control || ''")
        if page.evaluate("document.activeElement === document.body"):
            return left
        _see(page)
        if at in left:
            left.remove(at)
    raise AssertionError("Tab never leaves the page")


def _see(page: Page) -> None:
    where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
    assert page.evaluate(FOCUS_IS_SEEN), f"the focus is not seen on {where}"
