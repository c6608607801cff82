"""A release with a time: on the form, the receipt and the case, on a desk and on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, SMALL_PHONE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import TO_PUBLICATION, Office, Scene, holder

APPROVER = holder("pengelola_data")


@pytest.fixture
def scene(office: Office) -> Scene:
    return office.scene("terjadwal", TO_PUBLICATION[:-1])


def test_a_time_is_set_on_the_form_and_told_on_the_case(desks: Desks, scene: Scene, pictures: Path):
    tomorrow = datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)
    page = desks.open(APPROVER)
    page.goto(f"/kasus/{scene.number}/langkah/8")
    page.fill("#field-publish_at", tomorrow.strftime("%Y-%m-%dT%H:%M"))
    take_pictures(page, pictures, "terjadwal-langkah")
    send(page, "#act-send")
    take_pictures(page, pictures, "terjadwal-tanda-terima")
    page.goto(f"/kasus/{scene.number}")
    take_pictures(page, pictures, "terjadwal-kasus")

    expect(page.locator("section[aria-label=Terjadwal]").or_(
        page.locator("section[aria-label=Scheduled]"))).to_be_visible()  # fmt: skip
    assert serious_faults(page, PHONE) == []
    assert width_of(page, SMALL_PHONE) == SMALL_PHONE
