"""When something is due: in the inbox and on the case, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, SMALL_PHONE, Desks
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import TO_VERIFICATION, Office, Scene, holder


@pytest.fixture
def scene(office: Office) -> Scene:
    return office.scene("bertenggat", TO_VERIFICATION)


@pytest.mark.parametrize(
    ("name", "path"), [("kotak-masuk", "/kotak-masuk?untuk=unit&urut=tenggat"), ("kasus", "")]
)
def test_a_page_says_when_a_step_is_due(
    desks: Desks, scene: Scene, pictures: Path, name: str, path: str
):
    page = desks.open(holder("verifikator"))
    page.goto(path or f"/kasus/{scene.number}")
    take_pictures(page, pictures, f"bertenggat-{name}")

    expect(page.locator("body")).to_contain_text(" pukul 16.")
    assert serious_faults(page, PHONE) == []
    assert width_of(page, SMALL_PHONE) == SMALL_PHONE


def test_a_filter_of_what_is_overdue_leaves_out_what_is_not(desks: Desks, scene: Scene):
    page = desks.open(holder("verifikator"))
    page.goto("/kotak-masuk?untuk=unit&tenggat=lewat")

    expect(page.get_by_role("link", name="Data bertenggat (rekaan)")).to_have_count(0)
