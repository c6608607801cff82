"""Past releases: everybody reads number and date, the agency and the office what they held."""

from __future__ import annotations

import re

import pytest
from ckan.tests import helpers

from tests.integration.beginnings import begin_with
from tests.integration.office import call
from tests.integration.release_scene import NAME, NEW_FILE, NEW_TITLE, OLD_FILE, with_two_releases
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

MAY = ("produsen_data", "verifikator", "pimpinan_walidata", "sysadmin")
MAY_NOT = (None, "outsider")
OLD_TITLE = "Jumlah penduduk menurut kecamatan"


@pytest.fixture
def office(with_plugins, clean_index):
    return begin_with(with_two_releases)


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


def listed(office, actor):
    """What a person is told of the two releases, the newest first."""
    context = {"user": office[actor] if actor else "", "ignore_auth": False}
    return helpers.call_action("satudata_release_list", context, id=NAME)


def file_of(office, number):
    """The address of the one file of a release."""
    release = call(office["sysadmin"], "satudata_release_show", id=NAME, release=number)
    return f"/dataset/{NAME}/rilis/{number}/berkas/{release['files'][0]['resource_id']}"


@pytest.mark.parametrize("actor", MAY_NOT)
def test_the_files_of_a_past_release_are_not_told_to_others(browser, office, actor):
    assert [one["files"] is None for one in listed(office, actor)] == [False, True]


@pytest.mark.parametrize("actor", MAY)
def test_the_files_of_a_past_release_are_told_to_the_agency_and_the_office(browser, office, actor):
    assert [one["files"][0]["name"] for one in listed(office, actor)] == [
        "penduduk-baru.csv",
        "penduduk.csv",
    ]


@pytest.mark.parametrize("actor", MAY_NOT)
def test_the_content_of_a_past_release_is_not_told_to_others(browser, office, actor):
    context = {"user": office[actor] if actor else "", "ignore_auth": False}
    told = helpers.call_action("satudata_release_show", context, id=NAME, release=1)

    assert told["dataset"] is None


def test_everybody_reads_number_and_date_of_a_past_release(browser):
    words = main_part(browser.get(None, f"/dataset/{NAME}/rilis"))

    assert re.findall(r"Rilis (\d)</a>", words) == ["2", "1"]


@pytest.mark.parametrize("actor", MAY_NOT)
def test_the_list_names_no_past_file_to_others(browser, actor):
    words = main_part(browser.get(actor, f"/dataset/{NAME}/rilis"))

    assert "penduduk.csv" not in words
    assert "penduduk-baru.csv" in words


@pytest.mark.parametrize("actor", MAY)
def test_the_page_of_a_past_release_holds_its_metadata(browser, actor):
    words = main_part(browser.get(actor, f"/dataset/{NAME}/rilis/1"))

    assert f"Rilis 1: {OLD_TITLE}" in words
    assert "Registrasi penduduk (rekaan)" in words


@pytest.mark.parametrize("actor", MAY_NOT)
def test_the_page_of_a_past_release_keeps_what_it_held_from_others(browser, actor):
    answer = browser.get(actor, f"/dataset/{NAME}/rilis/1")

    assert answer.status_code == 200
    assert OLD_TITLE not in main_part(answer)
    assert "Registrasi penduduk" not in main_part(answer)
    assert "sd-cite" in main_part(answer)


@pytest.mark.parametrize("actor", MAY)
def test_a_past_file_is_downloaded_by_the_agency_and_the_office(browser, office, actor):
    answer = browser.get(actor, file_of(office, 1))

    assert answer.data == OLD_FILE


@pytest.mark.parametrize("actor", MAY_NOT)
def test_a_past_file_is_not_there_for_others(browser, office, actor):
    assert browser.get(actor, file_of(office, 1)).status_code == 404


def test_a_past_file_is_handed_over_and_not_run(browser, office):
    headers = browser.get("verifikator", file_of(office, 1)).headers

    assert headers["Content-Disposition"] == "attachment; filename=penduduk.csv"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_the_file_of_the_release_in_force_is_had_where_everybody_has_it(browser, office):
    answer = browser.get(None, file_of(office, 2))
    led = browser.get(None, answer.location)

    assert answer.status_code == 303
    assert led.data == NEW_FILE


@pytest.mark.parametrize("number", [0, 3, "9" * 30])
def test_a_release_that_never_was_has_no_page(browser, number):
    assert browser.get("sysadmin", f"/dataset/{NAME}/rilis/{number}").status_code == 404


@pytest.mark.parametrize("actor", MAY_NOT)
def test_releases_of_withdrawn_data_answer_others_like_a_wrong_name(browser, office, actor):
    reason = "Angka salah hitung (rekaan)."
    call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason=reason)

    for path in ("rilis", "rilis/2", "perbedaan"):
        answer = browser.get(actor, f"/dataset/{NAME}/{path}")
        assert answer.status_code in (302, 404), path


def test_a_past_release_is_restored_from_its_page(browser, office):
    page = main_part(browser.get("produsen_data", f"/dataset/{NAME}/rilis/1"))
    assert 'name="rilis" value="1"' in page
    answer = browser.post("produsen_data", f"/dataset/{NAME}/salinan", rilis="1")

    copy = call(office["produsen_data"], "package_show", id=answer.location.rpartition("/")[2])
    assert copy["title"] == OLD_TITLE != NEW_TITLE


@pytest.mark.parametrize("actor", [None, "outsider", "verifikator"])
def test_who_may_not_revise_is_offered_no_restoring(browser, actor):
    assert 'name="rilis"' not in main_part(browser.get(actor, f"/dataset/{NAME}/rilis/1"))
