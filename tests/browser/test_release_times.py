"""A release is moved, called off, held back and corrected, all on a phone without a script."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import resize, serious_faults, take_pictures, width_of
from tests.browser.office import TO_PUBLICATION, Office, Scene, holder

PENGELOLA = holder("pengelola_data")
WHY = "Menunggu rilis resmi (rekaan)."


@pytest.fixture
def ready(office: Office) -> Scene:
    """A dataset whose publishing step is open."""
    return office.scene("diatur-waktunya", TO_PUBLICATION[:-1])


@pytest.fixture
def public(office: Office) -> Scene:
    return office.scene("akan-dikoreksi", TO_PUBLICATION)


def at(days: int) -> str:
    return (datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(days=days)).strftime(
        "%Y-%m-%dT08:00"
    )


def look(page: Page, pictures: Path, name: str) -> None:
    """Pictures, no sideways scroll, nothing serious for axe; then a phone again."""
    take_pictures(page, pictures, name)
    assert [width_of(page, width) for width in (SMALL_PHONE, PHONE)] == [SMALL_PHONE, PHONE]
    assert serious_faults(page, PHONE) == []
    resize(page, PHONE)


def test_a_release_is_moved_held_back_and_called_off(desks: Desks, ready: Scene, pictures: Path):
    page = desks.open(PENGELOLA, width=PHONE)
    page.goto(f"/kasus/{ready.number}/langkah/8")
    page.fill("#field-publish_at", at(1))
    send(page, "#act-send")

    page.goto(f"/dataset/{ready.name}")
    look(page, pictures, "waktu-data")
    send(page, f"#release-acts a[href='/dataset/{ready.name}/ubah-jadwal']")
    look(page, pictures, "waktu-pindah")
    page.fill("#field-publish_at", "")
    assert send(page, "#act-send").status == 422
    look(page, pictures, "waktu-pindah-galat")
    page.fill("#field-publish_at", at(2))
    page.fill("#field-reason", WHY)
    send(page, "#act-send")
    look(page, pictures, "waktu-kasus")

    page.goto(f"/dataset/{ready.name}/embargo")
    page.fill("#field-not_before", at(3))
    page.fill("#field-reason", WHY)
    look(page, pictures, "waktu-embargo")
    send(page, "#act-send")
    expect(page.locator("#held-back")).to_contain_text(WHY)
    look(page, pictures, "waktu-ditahan")
    send(page, f"#release-acts a[href='/dataset/{ready.name}/cabut-embargo']")
    look(page, pictures, "waktu-cabut")
    page.fill("#field-reason", WHY)
    send(page, "#act-send")
    expect(page.locator("#held-back")).to_have_count(0)

    page.goto(f"/dataset/{ready.name}/batal-jadwal")
    look(page, pictures, "waktu-batal")
    page.fill("#field-reason", WHY)
    send(page, "#act-send")
    expect(page.locator("#act-link")).to_be_visible()


def test_a_contact_is_corrected_without_a_script(desks: Desks, public: Scene, pictures: Path):
    page = desks.open(PENGELOLA, width=PHONE, java_script=False)
    page.goto(f"/dataset/{public.name}")
    send(page, f"#release-acts a[href='/dataset/{public.name}/koreksi']")
    page.fill("#field-maintainer_email", "bukan surel")
    page.fill("#field-reason", WHY)
    assert send(page, "#act-send").status == 422
    take_pictures(page, pictures, "koreksi-galat")
    page.fill("#field-maintainer_email", "meja-data@contoh.example")
    send(page, "#act-send")
    expect(page.locator("#corrects")).to_be_visible()
    take_pictures(page, pictures, "koreksi-rilis")

    anybody = desks.open(width=WIDE)
    anybody.goto(f"/dataset/{public.name}/rilis")
    expect(anybody.get_by_role("main")).to_contain_text("2")
    take_pictures(anybody, pictures, "koreksi-daftar")
