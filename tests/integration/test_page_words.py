"""What pages say: one word for one thing, and nobody's words lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from tests.integration.office import Office, call, submit, walk
from tests.integration.test_pages import RETURN, Browser, main_part, path_of, step_form

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def browser(app: CKANTestApp, office: Office) -> Browser:
    return Browser(app, office)


def text_of(answer: Any) -> str:
    """The words of a page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", "<main" + main_part(answer)).split())


@pytest.mark.parametrize(
    "words",
    [
        "Keputusan Tidak sesuai",
        "Alasan Kolom jumlah",
        "Butir 1, Apa Kolom",
        "Butir 1, Di mana jumlah",
        "Butir 1, Yang harus diperbaiki Titik ribuan",
        "Butir 2, Yang harus diperbaiki Bukan orang",
    ],
)
def test_a_session_that_is_over_gives_each_field_back_by_its_name(browser, office, words):
    case = walk(office, submit(office), until=3)
    answer = browser.post(None, path_of(case, 3), **step_form(case, **RETURN))
    assert answer.status_code == 401
    assert words in text_of(answer)


def test_a_choice_comes_back_in_the_words_of_its_form(browser, office):
    case = walk(office, submit(office), until=3)
    opened = browser.get("verifikator", path_of(case, 3)).body
    labels = dict(re.findall(r'name="(label:\w+)" value="([^"]+)"', opened))
    form = step_form(case, **RETURN)
    answer = browser.post(None, path_of(case, 3), **form, **labels)
    assert "Keputusan Kembalikan" in text_of(answer)


def test_the_public_reads_published_and_beside_it_who_approved(browser, office):
    case = walk(office, submit(office), until=9)
    answer = browser.get(None, f"/dataset/{case['datasets'][0]['name']}")
    assert re.search(r"Terbit Disetujui .* menurut SOP Manajemen Data", text_of(answer))


def test_a_licence_is_read_in_the_language_of_the_reader(browser, office):
    case = walk(office, submit(office, license_id="cc-by"), until=9)
    answer = browser.get(None, f"/dataset/{case['datasets'][0]['name']}")
    assert "Lisensi Creative Commons Atribusi" in text_of(answer)


def test_a_page_that_is_not_there_says_so_once_and_offers_the_search(browser, office):
    answer = browser.get(None, "/dataset/tidak-ada-yang-begini")
    assert answer.status_code == 404
    assert text_of(answer).startswith("Tidak ditemukan Halaman ini tidak ada")
    assert 'class="sd-button" href="/dataset/"' in answer.body


def test_a_field_that_is_empty_shows_no_code(browser, office):
    answer = browser.post("produsen_data", "/unggah", title="")
    assert answer.status_code == 422
    assert "sd-code" not in main_part(answer)


def test_a_refusal_shows_its_code(browser, office):
    case = submit(office)
    answer = browser.get("produsen_data", path_of(case, 1))
    assert answer.status_code == 403
    assert '<small class="sd-code">not_holder</small>' in answer.body


def test_the_page_of_an_agency_narrows_by_the_fields_of_the_form(browser, office):
    walk(office, submit(office, topic="kesehatan"), until=9)
    body = browser.get(None, f"/organization/{office.agency['name']}").body
    legends = re.findall(r"<legend>([^<]+)</legend>", body)
    assert legends[0] == "Bidang urusan"
    assert "Produsen Data" not in legends


def test_what_came_back_says_how_much_and_from_whom(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    words = text_of(browser.get("admin_data", "/kotak-masuk"))
    assert "Perbaiki 2 butir · dari Verifikasi" in words


def test_the_loser_reads_first_who_was_first(browser, office):
    case = walk(office, submit(office), until=3)
    form = step_form(case, **RETURN)
    call(
        office["verifikator"],
        "satudata_case_act",
        id=case["id"],
        version=case["version"],
        step=3,
        visit=case["open_visits"][0]["number"],
        outcome="sesuai",
    )
    answer = browser.post("verifikator", path_of(case, 3), **form)
    said = text_of(answer)
    assert said.startswith("Orang lain lebih dulu Verifikator lebih dulu menyelesaikan langkah ini")


@pytest.mark.parametrize(
    ("with_hours", "words"),
    [(False, "30 December 2024"), (True, "Monday, 30 December 2024, 10:00 +0700")],
)
def test_a_date_of_core_has_day_first_the_calendar_year_and_the_zone_of_the_office(
    app, with_hours, words
):
    with app.flask_app.test_request_context("/"):
        assert tk.h.render_datetime("2024-12-30T03:00:00", with_hours=with_hours) == words
