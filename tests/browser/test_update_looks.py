"""Data that were not updated, and what an office does again and again: on a desk and on a phone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import PRODUSEN, TO_PUBLICATION, Office, holder

OLD, NEW = "data-lama", "data-segera"
OFFICIAL = holder("pimpinan_tim_data")
"""He has a round on every day; what is done daily has none on a Sunday."""

PAGES = {
    "pemutakhiran-lewat": (OFFICIAL, "/pemutakhiran?untuk=lewat"),
    "pemutakhiran-dekat": (OFFICIAL, "/pemutakhiran?untuk=dekat"),
    "tugas-berkala": (OFFICIAL, "/tugas-berkala"),
    "kotak-masuk-pemutakhiran": (OFFICIAL, "/kotak-masuk?untuk=unit"),
    "belum-dimutakhirkan": (None, f"/dataset/{OLD}"),
    "belum-dimutakhirkan-produsen": (PRODUSEN, f"/dataset/{OLD}"),
    "pencarian-pemutakhiran": (None, "/dataset/?q=rekaan"),
    "pemberitahuan-pemutakhiran": (PRODUSEN, "/pemberitahuan?jenis=update_overdue"),
}
_DUE_LONG_AGO = """
    UPDATE satudata_update SET due_on = current_date - 53, near_on = current_date - 55
    WHERE dataset_id = (SELECT id FROM package WHERE name = :name)
"""
_KEPT_SINCE = """
    UPDATE satudata_shown SET dataset = jsonb_set(
        dataset, '{update_due}', to_jsonb(to_char(current_date - 53, 'YYYY-MM-DD')))
    WHERE dataset_id = (SELECT id FROM package WHERE name = :name)
"""


def duty(name: str) -> None:
    """Have the portal do now what it does by itself."""
    program = Path(sys.executable).with_name("ckan")
    command = [program, "-c", os.environ["CKAN_INI"], "satudata", "duties", "--run", name]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program


def two_months_pass(name: str) -> None:
    """What is reckoned of a release says that its next data were due long ago: a release itself
    cannot be made older, and no clock of a running portal is set by a test."""
    engine = sa.create_engine(os.environ["CKAN_SQLALCHEMY_URL"])
    with engine.begin() as connection:
        for change in (_DUE_LONG_AGO, _KEPT_SINCE):
            connection.execute(sa.text(change), {"name": name})
    engine.dispose()


@pytest.fixture(scope="module")
def aged(office: Office) -> Office:
    """Weekly data that were due long ago, data due in the next weeks, and rounds."""
    soon = (date.today() + timedelta(days=12)).isoformat()  # noqa: DTZ011 - some day soon
    weekly = {"update_frequency": "mingguan", "release_schedule": "2020-01"}
    yearly = {"update_frequency": "tahunan", "release_schedule": soon}
    office.scene(OLD, TO_PUBLICATION, **weekly)
    office.scene(NEW, TO_PUBLICATION, **yearly)
    duty("updates")
    two_months_pass(OLD)
    duty("updates")
    duty("rounds")
    return office


@pytest.fixture(params=sorted(PAGES))
def look(request: pytest.FixtureRequest, aged: Office, desks: Desks) -> tuple[str, Page]:
    person, path = PAGES[request.param]
    page = desks.open(person) if person else desks.open()
    page.goto(path)
    return request.param, page


def test_is_looked_at(look: tuple[str, Page], pictures: Path) -> None:
    name, page = look
    take_pictures(page, pictures, name)

    assert page.locator("h1").count() == 1
    assert serious_faults(page, PHONE) == []
    assert serious_faults(page, WIDE) == []
    assert width_of(page, SMALL_PHONE) == SMALL_PHONE


def test_the_public_reads_that_data_were_not_updated(aged: Office, anybody: Page) -> None:
    anybody.goto(f"/dataset/{OLD}")
    expect(anybody.locator("#not-updated")).to_have_count(1)
    anybody.goto(f"/dataset/{NEW}")
    expect(anybody.locator("#not-updated")).to_have_count(0)


def test_a_round_is_confirmed_with_a_sentence(aged: Office, desks: Desks, pictures: Path) -> None:
    page = desks.open(OFFICIAL)
    page.goto("/tugas-berkala")
    send(page, "#rounds form button")
    take_pictures(page, pictures, "tugas-berkala-tanpa-kalimat")
    expect(page.locator(".sd-fault")).to_have_count(1)
    page.fill("#rounds form input[name=note]", "Cadangan diperiksa (rekaan).")
    send(page, "#rounds form button")
    take_pictures(page, pictures, "tugas-berkala-selesai")

    expect(page.locator("#rounds-ended")).to_contain_text("Cadangan diperiksa (rekaan).")
    expect(page.locator("#rounds form")).to_have_count(0)
