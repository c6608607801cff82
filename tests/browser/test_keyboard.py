"""A verifikator who has no mouse."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desk import case_on_receipt
from tests.browser.office import TO_VERIFICATION, Office, holder

FOCUS_IS_SEEN = """() => {
  const look = getComputedStyle(document.activeElement);
  const box = document.activeElement.getBoundingClientRect();
  return look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
MOST_STOPS = 60


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


def tab_to(page: Page, place: str) -> None:
    """Tab on until the focus is there; at every stop it can be seen."""
    wanted = page.locator(place)
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert page.evaluate(FOCUS_IS_SEEN), f"the focus is not seen on {where}"
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{place} is not reached by Tab")
