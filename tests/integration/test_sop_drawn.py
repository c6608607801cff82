"""The drawing of a SOP through the doors: in its page, as files, on a case, before it is kept."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.sop import drawing
from ckanext.satudata.logic.sop.drawing import position_of
from ckanext.satudata.logic.sop.kept import Kept
from ckanext.satudata.sop.drawing.drawn import drawn
from ckanext.satudata.sop.drawing.layout import long_drawing
from ckanext.satudata.sop.drawing.svg import At
from tests.integration.office import SOP, call, submit, walk
from tests.integration.sheets import NEW_REVISION, bring, head, row, written
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

WHO = "pimpinan_walidata"


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


def sheet(browser, who, form, reference=SOP):
    sha256 = helpers.call_action("satudata_sop_show", id=reference)["sha256"]
    return browser.get(who, f"/sop/lembar/{sha256}.{form}")


@pytest.mark.parametrize(
    ("form", "begins", "mimetype"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("svg", b"<?xml", "image/svg+xml"),
        ("bpmn", b"<?xml", "application/xml"),
    ],
)
def test_everybody_takes_the_sheet_as_a_file(browser, form, begins, mimetype):
    answer = sheet(browser, None, form)
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert answer.data.startswith(begins)


def test_a_sheet_that_the_reader_has_already_is_not_sent_again(browser, app):
    first = sheet(browser, None, "svg")
    again = app.get(
        first.request.path, headers={"If-None-Match": first.headers["ETag"]}, status=304
    )
    assert again.data == b""


@pytest.fixture
def drawings(monkeypatch):
    """The forms that are drawn from now on, as nothing was drawn before."""
    found = []

    def noted(sop, form, **more):
        found.append(form)
        return drawn(sop, form, **more)

    monkeypatch.setattr(drawing, "drawn", noted)
    monkeypatch.setattr(drawing, "_FILES", Kept(32))
    return found


def test_a_sheet_is_drawn_once_however_often_it_is_asked_for(browser, app, drawings):
    first = sheet(browser, None, "pdf")
    path = first.request.path
    app.get(path, headers={"If-None-Match": first.headers["ETag"]}, status=304)
    app.test_client().head(path)
    assert drawings == ["pdf"]


def test_a_sheet_is_laid_out_once_for_all_pages(browser, office, monkeypatch):
    case, found = submit(office), []

    def noted(sop, **more):
        found.append(more)
        return long_drawing(sop, **more)

    monkeypatch.setattr(drawing, "long_drawing", noted)
    monkeypatch.setattr(drawing, "_PAGES", Kept(32))
    for _time in range(2):
        browser.get(None, f"/sop/{SOP}")
        browser.get("produsen_data", f"/kasus/{case['number']}")
    assert [one["with_head"] for one in found] == [True, False]


@pytest.mark.parametrize("name", ["abc.pdf", f"{SOP}.pdf", "0" * 64 + ".svg", "0" * 64 + ".exe"])
def test_a_sheet_that_there_is_not_answers_404(browser, office, name):
    assert browser.get(None, f"/sop/lembar/{name}").status_code == 404


def test_the_words_of_a_file_do_no_harm_in_the_page(browser, office):
    evil = '</svg><script id="evil">1</script>'
    kept = bring(office, head(nama=evil), row(2, uraian=evil))
    body = browser.get(WHO, f"/sop/{SOP}/revisi/{kept['revision']}").body
    assert '<script id="evil">' not in body
    file = browser.get(WHO, f"/sop/lembar/{kept['sha256']}.svg")
    assert evil in "".join(ET.fromstring(file.data).itertext())


def test_the_page_of_a_case_shows_the_open_step(browser, office):
    case = submit(office)
    body = browser.get("produsen_data", f"/kasus/{case['number']}").body
    assert re.findall(r'data-step="(\d+)" data-state="(\w+)"', body) == [("1", "current")]


def test_the_page_of_a_case_shows_the_open_step_as_overdue_once_its_clock_is_over(
    browser, office, monkeypatch
):
    case = walk(office, submit(office), until=2)
    much_later = clock.now() + timedelta(days=60)
    monkeypatch.setattr(clock, "now", lambda: much_later)
    body = browser.get("verifikator", f"/kasus/{case['number']}").body
    assert ("2", "overdue") in re.findall(r'data-step="(\d+)" data-state="(\w+)"', body)


STEPS = [
    {"step": 1, "state": "done"},
    {"step": 2, "state": "open"},
    {"step": 3, "state": "done"},
    {"step": 4, "state": "todo"},
]


def test_what_lies_behind_an_open_step_is_to_be_done_again():
    assert position_of(STEPS, ()) == {1: At.VISITED, 2: At.CURRENT}


def test_an_open_step_that_is_late_is_overdue():
    assert position_of(STEPS, {2, 3}) == {1: At.VISITED, 2: At.OVERDUE}


def test_of_a_case_that_ended_every_step_that_was_walked_is_visited():
    ended = [{**one, "state": "todo" if one["step"] == 4 else "done"} for one in STEPS]
    assert position_of(ended, ()) == {1: At.VISITED, 2: At.VISITED, 3: At.VISITED}


def test_a_check_keeps_nothing(office):
    before = call("", "satudata_sop_list")
    call(office[WHO], "satudata_sop_check", text=written(NEW_REVISION))
    assert call("", "satudata_sop_list") == before


def test_a_check_tells_each_fault_with_its_line(office):
    found = call(office[WHO], "satudata_sop_check", text=written(row(3, pelaksana=["siapa_ini"])))
    assert "pelaksana-asing" in {one["code"] for one in found["faults"]}
    assert all(one["line"] > 1 and one["sentence"] for one in found["faults"])


def test_a_check_tells_what_differs_from_what_is_in_force(office):
    found = call(office[WHO], "satudata_sop_check", text=written(row(3, uraian="Lain (rekaan)")))
    told = [(one["name"], one["cell"], one["after"]) for one in found["differences"]]
    assert found["compared"]["in_force"] is True
    assert told == [("3. Verifikasi", "uraian", ["Lain (rekaan)"])]


def test_a_check_of_a_new_subject_has_nothing_to_set_it_against(office):
    found = call(office[WHO], "satudata_sop_check", text=written(head(subjek="baru-rekaan")))
    assert (found["compared"], found["differences"]) == (None, [])


def test_who_may_not_bring_a_file_may_not_have_one_checked(office):
    with pytest.raises(tk.NotAuthorized, match="not_sop_keeper"):
        call(office["pengelola_data"], "satudata_sop_check", text=written(NEW_REVISION))


def test_the_page_draws_a_file_before_it_is_kept(browser, office):
    before = call("", "satudata_sop_list")
    text = written(row(3, uraian="Lain (rekaan)"))
    answer = browser.post(WHO, "/sop/unggah", look="1", text=text)
    assert answer.status_code == 200
    assert "Lain (rekaan)" in answer.body.partition('class="sd-drawing"')[2].partition("</svg>")[0]
    assert call("", "satudata_sop_list") == before


def test_the_page_shows_the_faults_of_a_file_that_was_looked_at(browser, office):
    content = written(row(3, pelaksana=["siapa_ini"])).encode()
    file = FileStorage(io.BytesIO(content), "sop.yaml", "upload")
    answer = browser.post(WHO, "/sop/unggah", look="1", upload=file)
    assert answer.status_code == 422
    assert "pelaksana-asing" in answer.body
