"""A release with a time on the form, on the case and on the receipt, on a desk and on a phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.browser import looks
from tests.browser.office import TO_PUBLICATION

TOMORROW = (datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def scene(office):
    return office.scene("terjadwal", TO_PUBLICATION[:-1])


def test_a_time_is_set_on_the_form_and_told_on_the_case(scene, make_desks, pictures):
    with make_desks() as desks:
        page = desks.of("pengelola_data")
        page.goto(f"/kasus/{scene.number}/langkah/8")
        page.fill("#field-publish_at", TOMORROW)
        looks.take_pictures(page, pictures, "terjadwal-langkah")
        page.click("#act-send")
        looks.take_pictures(page, pictures, "terjadwal-tanda-terima")
        page.goto(f"/kasus/{scene.number}")
        looks.take_pictures(page, pictures, "terjadwal-kasus")
        assert looks.width_of(page, looks.PHONE) <= looks.PHONE
