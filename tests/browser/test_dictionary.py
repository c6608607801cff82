"""The kamus data is filled in on a phone without a script, read by everybody, and printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import PHONE, SMALL_PHONE, Desks, send
from tests.browser.looks import resize, serious_faults, take_pictures, width_of
from tests.browser.office import PRODUSEN, TO_PUBLICATION, Office, Scene

DEFINITION = "Peserta didik yang terdaftar pada 31 Agustus (rekaan)."


@pytest.fixture
def fresh(office: Office) -> Scene:
    """A dataset that its produsen has just brought."""
    return office.scene("berkamus")


def look(page: Page, pictures: Path, name: str) -> None:
    """Pictures, no sideways scroll, nothing serious for axe; then a phone again."""
    take_pictures(page, pictures, name)
    assert [width_of(page, width) for width in (SMALL_PHONE, PHONE)] == [SMALL_PHONE, PHONE]
    assert serious_faults(page, PHONE) == []
    resize(page, PHONE)


def path_of(scene: Scene) -> str:
    return f"/dataset/{scene.name}/kamus-data/{scene.file_id}"


def test_it_is_filled_in_without_a_script(desks: Desks, fresh: Scene):
    page = desks.open(PRODUSEN, width=PHONE, java_script=False)
    page.goto(f"{path_of(fresh)}/ubah")
    count = page.locator(".sd-editing tbody").count()
    page.fill("#k1-definition", DEFINITION)
    page.locator("#k1-more > summary").click()
    page.fill("#k1-minimum", "9")
    page.fill("#k1-maximum", "1")
    page.select_option("#k1-type", "integer")
    assert send(page, "#save").status == 422
    expect(page.locator("#error-summary a")).to_have_attribute("href", "#k1-minimum")
    expect(page.locator("#k1-definition")).to_have_value(DEFINITION)
    expect(page.locator("#k1-minimum")).to_be_visible()
    page.fill("#k1-maximum", "99")
    send(page, "#add")
    expect(page.locator(".sd-editing tbody")).to_have_count(count + 1)
    page.locator(f"#k{count}-more > summary").click()
    send(page, f"button[value=remove-{count}]")
    send(page, "#save")
    expect(page.get_by_text(DEFINITION)).to_be_visible()


def test_its_pages_are_looked_at(desks: Desks, office: Office, pictures: Path):
    scene = office.scene("kamus-dilihat")
    page = desks.open(PRODUSEN, width=PHONE)
    page.goto(f"{path_of(scene)}/ubah")
    look(page, pictures, "kamus-usulan")
    page.fill("#k1-unit", "orang")
    page.fill("#k1-definition", DEFINITION)
    page.locator("#k1-more > summary").click()
    page.fill("#k1-minimum", "9")
    page.fill("#k1-maximum", "1")
    page.select_option("#k1-type", "integer")
    send(page, "#save")
    look(page, pictures, "kamus-galat")
    page.fill("#k1-maximum", "99999")
    send(page, "#save")
    look(page, pictures, "kamus-baca")
    page.goto(f"/dataset/{scene.name}/resource/{scene.file_id}")
    look(page, pictures, "kamus-berkas")
    page.goto(f"{path_of(scene)}/versi")
    look(page, pictures, "kamus-versi")
    page.goto(f"/dataset/{scene.name}/ms")
    look(page, pictures, "kamus-formulir")
    page.pdf(path=pictures / "kamus-formulir.pdf", prefer_css_page_size=True)


def test_the_public_reads_what_was_approved(desks: Desks, office: Office):
    scene = office.scene("kamus-terbit", TO_PUBLICATION)
    page = desks.open(width=PHONE)
    page.goto(f"/dataset/{scene.name}/ms")
    expect(page.locator("#ms-ind")).to_contain_text("Klasifikasi Penyajian")
