"""A release is followed by another, looked back at and withdrawn, on a phone as at a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from demo import casework
from demo.cast import ADMINISTRATOR, EDUCATION
from demo.datasets import PUBLISHED, Dataset
from demo.upload import Upload
from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import PRODUSEN, TO_PUBLICATION, Office, Scene, holder

PENGELOLA, VERIFIKATOR = holder("pengelola_data"), holder("verifikator")
WHY = "Angka satu kecamatan salah hitung (rekaan)."
OLD_ROWS = b"kecamatan,SD,SMP\nAlang,10,4\nBatang,12,5\n"
NEW_ROWS = b"kecamatan,SD,SMP\nAlang,10,4\nBatang,12,6\nCabang,9,3\n"


@dataclass(frozen=True)
class Released:
    """A published dataset, and its working copy with other metadata and another file."""

    scene: Scene
    copy: dict[str, Any]


@pytest.fixture(scope="module")
def released(office: Office) -> Released:
    upload = Upload("sekolah.csv", OLD_ROWS)
    first = replace(PUBLISHED.first_file, key="data-dirilis", upload=upload)
    first = replace(first, values={**first.values, "format": "CSV"})
    values = {**PUBLISHED.values, "title": "Data dirilis (rekaan)"}
    dataset = Dataset("data-dirilis", EDUCATION, first, TO_PUBLICATION, values)
    casework.submit(office.people, dataset)
    casework.walk(office.people, dataset)
    scene = Scene(office, dataset)
    return Released(scene, _copy(office, scene))


def _copy(office: Office, scene: Scene) -> dict[str, Any]:
    producer = office.people[PRODUSEN]
    copy = producer.action("satudata_working_copy_create", id=scene.name)
    changed = {"title": "Data dirilis, diperbaiki (rekaan)", "unit": "Sekolah (rekaan)"}
    dataset = producer.action("package_patch", id=copy["id"], **changed)
    new = {"change_nature": "koreksi_angka", "change_note": "Satu kecamatan."}
    resource = dataset["resources"][0]["id"]
    file = Upload("sekolah-baru.csv", NEW_ROWS)
    producer.action_with_file("resource_patch", file, id=resource, **new)
    return copy


@dataclass(frozen=True)
class Look:
    """A page: who reads it, where it is, and what he does first to see it."""

    name: str
    path: Callable[[Released], str]
    reader: str = ""
    first: Callable[[Page], object] = lambda page: None


LOOKS = (
    Look("differences", lambda one: f"/dataset/{one.copy['name']}/perbedaan", VERIFIKATOR),
    Look("working-copy", lambda one: f"/dataset/{one.copy['name']}", PRODUSEN),
    Look("releases", lambda one: f"/dataset/{one.scene.name}/rilis", PENGELOLA),
    Look("release", lambda one: f"/dataset/{one.scene.name}/rilis/1"),
    Look("withdraw", lambda one: f"/dataset/{one.scene.name}/tarik", PENGELOLA),
    Look(
        "withdraw-faulty",
        lambda one: f"/dataset/{one.scene.name}/tarik",
        PENGELOLA,
        lambda page: send(page, "#act-send"),
    ),
    Look("drop-refused", lambda one: f"/dataset/{one.copy['name']}/buang", PRODUSEN),
    Look("report-exceptions", lambda one: "/laporan-kegiatan?orang=*", ADMINISTRATOR.name),
)


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: look.name)
def page(
    request: pytest.FixtureRequest,
    released: Released,
    make_desks: Callable[[], Desks],
    pictures: Path,
) -> Iterator[Page]:
    """The page, opened once for its tests; its pictures lie in the folder."""
    look: Look = request.param
    desks = make_desks()
    opened = desks.open(look.reader)
    answer = opened.goto(look.path(released))
    assert answer is not None
    assert answer.status < 500
    look.first(opened)
    take_pictures(opened, pictures, look.name)
    yield opened
    desks.close()


@pytest.mark.parametrize("width", [SMALL_PHONE, PHONE])
def test_a_phone_needs_no_sideways_scroll(page: Page, width: int):
    assert width_of(page, width) <= width


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_axe_finds_nothing_serious(page: Page, width: int):
    assert serious_faults(page, width) == []


def test_data_is_withdrawn_on_a_phone_without_a_script(
    office: Office, desks: Desks, pictures: Path
):
    scene = office.scene("data-akan-ditarik", TO_PUBLICATION)
    page = desks.open(PENGELOLA, width=PHONE, java_script=False)
    page.goto(f"/dataset/{scene.name}")
    send(page, "#release-acts a[href$='/tarik']")
    assert send(page, "#act-send").status == 422
    expect(page.locator("#field-reason-error")).to_be_visible()
    page.fill("#field-reason", WHY)
    send(page, "#act-send")
    expect(page.get_by_role("main")).to_contain_text(WHY)
    take_pictures(page, pictures, "withdrawn-result")

    anybody = desks.open(width=PHONE)
    answer = anybody.goto(f"/dataset/{scene.name}")
    take_pictures(anybody, pictures, "tombstone")
    assert answer is not None
    assert answer.status == 410
    expect(anybody.get_by_role("main")).to_contain_text(WHY)


def test_what_changed_leads_from_the_case_to_the_rows_on_a_phone(released: Released, desks: Desks):
    page = desks.open(VERIFIKATOR, width=PHONE)
    page.goto(f"/kasus/{released.copy['case']}")
    send(page, f"a[href='/dataset/{released.copy['name']}/perbedaan']")
    main = page.get_by_role("main")

    expect(main).to_contain_text("Sekolah (rekaan)")
    expect(main).to_contain_text("sekolah-baru.csv")
    expect(page.locator(".sd-differing").first).to_be_visible()
