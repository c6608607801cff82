"""Each page at the width of a desk and of a phone: pictures, no sideways scroll, axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from demo.cast import ADMINISTRATOR, EDUCATION
from tests.browser.desk import PHONE, SMALL_PHONE, WIDE, Desks, send
from tests.browser.looks import serious_faults, take_pictures, width_of
from tests.browser.office import (
    PRODUSEN,
    RETURN,
    TO_PUBLICATION,
    TO_VERIFICATION,
    Office,
    Scene,
    holder,
)


@dataclass(frozen=True)
class Scenes:
    """What the pages show: a published dataset, a returned one, and one that is verified."""

    published: Scene
    returned: Scene
    verified: Scene


@dataclass(frozen=True)
class Look:
    """A page: who reads it, where it is, and what he does first to see it."""

    name: str
    path: Callable[[Scenes], str]
    reader: str = ""
    first: Callable[[Page], object] = lambda page: None


def choose_return(page: Page) -> None:
    page.check("#field-outcome-tidak_sesuai")


def spoil_region(page: Page) -> None:
    page.fill("#field-region_codes", "15.06")
    send(page, "#agency-send")


VERIFIKATOR, ADMIN_DATA = holder("verifikator"), holder("admin_data")
LOOKS = (
    Look("home", lambda scenes: "/"),
    Look("search", lambda scenes: "/dataset/"),
    Look("search-empty", lambda scenes: "/dataset/?q=tidakadasamasekali"),
    Look("dataset", lambda scenes: f"/dataset/{scenes.published.name}"),
    Look("dataset-for-staff", lambda scenes: f"/dataset/{scenes.returned.name}", PRODUSEN),
    Look(
        "resource",
        lambda scenes: f"/dataset/{scenes.published.name}/resource/{scenes.published.file_id}",
    ),
    Look("organizations", lambda scenes: "/organization/"),
    Look("organization", lambda scenes: f"/organization/{scenes.published.dataset.agency}"),
    Look("organization-about", lambda scenes: f"/organization/about/{EDUCATION}"),
    Look("organization-new", lambda scenes: "/organization/new", ADMINISTRATOR.name),
    Look(
        "organization-edit-faulty",
        lambda scenes: f"/organization/edit/{EDUCATION}",
        ADMINISTRATOR.name,
        spoil_region,
    ),
    Look("login", lambda scenes: "/user/login"),
    Look("not-found", lambda scenes: "/dataset/nama-yang-tidak-ada"),
    Look("inbox", lambda scenes: "/kotak-masuk", ADMIN_DATA),
    Look("inbox-empty", lambda scenes: "/kotak-masuk", holder("validator")),
    Look("inbox-to-repair", lambda scenes: "/kotak-masuk", PRODUSEN),
    Look("inbox-others", lambda scenes: "/kotak-masuk?untuk=lain", PRODUSEN),
    Look("case", lambda scenes: f"/kasus/{scenes.returned.number}", PRODUSEN),
    Look("act-form", lambda scenes: f"/kasus/{scenes.verified.number}/langkah/3", VERIFIKATOR),
    Look(
        "act-form-return",
        lambda scenes: f"/kasus/{scenes.verified.number}/langkah/3",
        VERIFIKATOR,
        choose_return,
    ),
    Look(
        "act-form-faulty",
        lambda scenes: f"/kasus/{scenes.verified.number}/langkah/3",
        VERIFIKATOR,
        lambda page: send(page, "#act-send"),
    ),
    Look("act-not-mine", lambda scenes: f"/kasus/{scenes.returned.number}/langkah/2", PRODUSEN),
    Look(
        "receipt",
        lambda scenes: (
            f"/kasus/{scenes.returned.number}/tanda-terima/{scenes.returned.case()['version']}"
        ),
        VERIFIKATOR,
    ),
    Look("upload", lambda scenes: "/unggah", PRODUSEN),
    Look(
        "upload-faulty",
        lambda scenes: "/unggah",
        PRODUSEN,
        lambda page: send(page, "#dataset-send"),
    ),
    Look("upload-file", lambda scenes: f"/dataset/{scenes.returned.name}/unggah", PRODUSEN),
    Look(
        "replace-file",
        lambda scenes: f"/dataset/{scenes.returned.name}/unggah?berkas={scenes.returned.file_id}",
        PRODUSEN,
    ),
)


@pytest.fixture(scope="module")
def scenes(office: Office) -> Scenes:
    return Scenes(
        office.scene("data-terbit", TO_PUBLICATION),
        office.scene("data-kembali", (*TO_VERIFICATION, RETURN)),
        office.scene("data-diverifikasi", TO_VERIFICATION),
    )


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: look.name)
def page(
    request: pytest.FixtureRequest,
    scenes: Scenes,
    make_desks: Callable[[], Desks],
    pictures: Path,
) -> Iterator[Page]:
    """The page, opened once for its tests; its pictures lie in the folder."""
    look: Look = request.param
    desks = make_desks()
    opened = desks.open(look.reader)
    opened.goto(look.path(scenes))
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
