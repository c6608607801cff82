"""The pages about officers as a browser without JavaScript meets them."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments
from tests.integration.office import SOP, Office, call
from tests.integration.officers_book import RANI, WHOLE, post
from tests.integration.test_pages import Browser, main_part
from tests.unit.officers.books import book, raw_book

POST = f"{SOP}:validator"
HEAD = "pimpinan_walidata"


@pytest.fixture
def browser(app: Any, office: Office) -> Browser:
    return Browser(app, office)


def rows(answer: Any) -> int:
    return main_part(answer).count('<tr class="sd-task">')


def held(office: Office, actor: str) -> set[str]:
    user = model.User.get(office[actor])
    return {one.actor for one in assignments.assignments_of(user.id, clock.today())}


def only(office: Office, actor: str) -> str:
    return call(office["sysadmin"], "satudata_assignment_list", user=office[actor])[0]["id"]


# The list


@pytest.mark.parametrize("by", ["sysadmin", HEAD])
def test_the_list_says_who_holds_what(browser, office, by):
    answer = browser.get(by, "/petugas")

    assert (answer.status_code, rows(answer)) == (200, 9)


@pytest.mark.parametrize(
    ("asked", "count"),
    [("orang={verifikator}", 1), ("sop=entah", 0), ("instansi={agency}", 9), ("orang=entah", 0),
     ("instansi=entah", 0), ("keadaan=semua&halaman=2", 0), ("halaman=-1", 9), ("keadaan=x", 9),
     ("halaman=99999999999999999999", 0)],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(browser, office, asked, count):
    names = {"verifikator": office["verifikator"], "agency": office.agency["id"]}
    answer = browser.get("sysadmin", "/petugas?" + asked.format(**names))

    assert (answer.status_code, rows(answer)) == (200, count)


@pytest.mark.parametrize("path", ["/petugas", "/petugas/tetapkan", "/petugas/serah-terima"])
def test_who_assigns_nothing_gets_the_answer_of_a_wrong_address(browser, office, path):
    assert browser.get("verifikator", path).status_code == 404


@pytest.mark.parametrize("path", ["/petugas", "/petugas/impor", "/petugas/impor/templat"])
def test_somebody_without_a_login_is_asked_for_one(browser, path):
    assert "/user/login" in browser.get(None, path).location


def test_the_administrator_of_an_agency_sees_his_agency_only(browser, office):
    answer = browser.get("outsider", "/petugas")

    assert (rows(answer), "petugas/impor" in main_part(answer)) == (0, False)


def test_who_acts_for_another_is_shown_as_such(browser, office):
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator", "acting": "plt"}
    call(office["sysadmin"], "satudata_assignment_create", **values)

    assert "Plt. Validator" in main_part(browser.get("sysadmin", "/petugas"))


# Assigning


def test_somebody_is_assigned_by_one_form(browser, office):
    form = {"user": office["verifikator"], "post": POST}
    answer = browser.post(HEAD, "/petugas/tetapkan", **form)

    assert (answer.status_code, held(office, "verifikator")) == (303, {"verifikator", "validator"})


def test_a_letter_comes_with_the_form(browser, office):
    form = {
        "user": office["verifikator"],
        "post": POST,
        "decree_number": "7",
        "decree_date": "2026-01-02",
        "upload": (io.BytesIO(b"%PDF-1.7\nx"), "sk.pdf"),
    }
    browser.post(HEAD, "/petugas/tetapkan", **form)
    found = call(office["sysadmin"], "satudata_assignment_list", user=office["verifikator"])

    shown = call(
        office["sysadmin"], "satudata_attachment_show", id=found[0]["decree"]["attachment"]
    )
    assert shown["name"] == "sk.pdf"


def test_a_faulty_form_keeps_what_was_typed_and_the_letter(browser, office):
    upload = (io.BytesIO(b"%PDF-1.7\nx"), "sk.pdf")
    form = {"user": "entah-siapa", "post": POST, "decree_number": "800/1", "upload": upload}
    answer = browser.post(HEAD, "/petugas/tetapkan", **form)
    page = main_part(answer)

    told = (answer.status_code, 'href="#field-user"' in page, "800/1" in page, "sk.pdf" in page)
    assert told == (422, True, True, True)


def test_the_kept_letter_goes_along_the_second_time(browser, office):
    upload = (io.BytesIO(b"%PDF-1.7\nx"), "sk.pdf")
    first = browser.post(HEAD, "/petugas/tetapkan", user="entah", post=POST, upload=upload)
    kept = re.search(r'name="decree_attachment" value="([^"]+)"', main_part(first))[1]
    form = {"user": office["verifikator"], "post": POST, "decree_attachment": kept}
    browser.post(HEAD, "/petugas/tetapkan", **form)

    found = call(office["sysadmin"], "satudata_assignment_list", user=office["verifikator"])
    assert kept in {one["decree"]["attachment"] for one in found}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"post": ""}, "post"),
        ({"post": "entah:validator"}, "post"),
        ({"post": ":::"}, "post"),
        ({"organization": "entah"}, "organization"),
        ({"valid_from": "31/12/2026"}, "valid_from"),
        ({"valid_from": "2026-02-31"}, "valid_from"),
        ({"valid_until": "2026-01-01"}, "valid_until"),
        ({"acting": "plh"}, "for_user"),
        ({"upload": (io.BytesIO(b"MZ"), "sk.exe")}, "upload"),
        ({"upload": (io.BytesIO(b"MZ"), "sk.pdf")}, "upload"),
        ({"decree_attachment": "entah"}, "upload"),
    ],
)
def test_a_fault_is_linked_to_its_field(browser, office, change, field):
    form = {"user": office["verifikator"], "post": POST, **change}
    answer = browser.post(HEAD, "/petugas/tetapkan", **form)

    page = main_part(answer)
    told = (f'href="#field-{field}"' in page, f'id="field-{field}"' in page)
    assert (answer.status_code, *told) == (422, True, True)


def test_what_is_not_his_to_assign_is_refused_in_a_page(browser, office):
    agency = office.other_agency["id"]
    form = {"user": office["outsider"], "post": POST, "organization": agency}

    assert browser.post("outsider", "/petugas/tetapkan", **form).status_code == 403


def test_the_administrator_of_an_agency_is_offered_its_produsen_only(browser, office):
    page = main_part(browser.get("outsider", "/petugas/tetapkan"))

    assert re.findall(r'value="(manajemen-data:\w+)"', page) == ["manajemen-data:produsen_data"]


def test_text_from_outside_stands_in_a_page_as_text(browser, office):
    evil = '"><script>alert(1)</script>'
    page = main_part(browser.post(HEAD, "/petugas/tetapkan", user=evil, post=evil))

    assert "<script>" not in page


# Standing in, handing over, ending


def test_somebody_stands_in_by_one_form(browser, office):
    form = {"user": office["verifikator"], "for_user": office["validator"], "acting": "plh"}
    browser.post(HEAD, "/petugas/menggantikan", **form)

    assert held(office, "verifikator") == {"verifikator", "validator"}


def test_officers_change_by_one_form(browser, office):
    form = {"user": office["verifikator"], "to": office["validator"]}
    browser.post(HEAD, "/petugas/serah-terima", **form)

    assert held(office, "validator") == {"verifikator", "validator"}


def test_the_end_is_asked_for_once_more(browser, office):
    answer = browser.get(HEAD, f"/petugas/{only(office, 'verifikator')}/akhiri")

    assert (answer.status_code, held(office, "verifikator")) == (200, {"verifikator"})


def test_an_assignment_is_ended_by_one_form(browser, office):
    browser.post(HEAD, f"/petugas/{only(office, 'verifikator')}/akhiri")

    assert held(office, "verifikator") == set()


@pytest.mark.parametrize("day", ["kemarin", "2026-01-01"])
def test_a_day_that_cannot_be_is_told_at_its_field(browser, office, day):
    answer = browser.post(HEAD, f"/petugas/{only(office, 'verifikator')}/akhiri", ended_on=day)

    assert (answer.status_code, 'href="#field-ended_on"' in answer.body) == (422, True)


def test_a_wrong_assignment_is_a_wrong_address(browser):
    assert browser.get(HEAD, "/petugas/entah/akhiri").status_code == 404


def test_the_end_of_what_is_not_his_is_a_wrong_address(browser, office):
    assert (
        browser.get("outsider", f"/petugas/{only(office, 'validator')}/akhiri").status_code == 404
    )


def test_a_form_sent_without_a_session_does_nothing_and_gives_the_words_back(browser, office):
    form = {"user": "rani-rekaan", "post": POST, "decree_number": "800/7", "officer_form": "1"}
    answer = browser.post(None, "/petugas/tetapkan", **form)

    assert (answer.status_code, "800/7" in answer.body) == (401, True)


# The import


def uploaded(browser: Browser, content: bytes, by: str = HEAD, **more: Any) -> Any:
    files = {"upload": (io.BytesIO(content), "petugas.xlsx"), **more}
    return browser.post(by, "/petugas/impor", invite="password", **files)


def confirmation(answer: Any) -> dict[str, Any]:
    """The hidden fields of the form that confirms."""
    form = main_part(answer).partition('id="apply-form"')[2].partition("</form>")[0]
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "_csrf_token"}


def test_the_template_is_a_workbook(browser):
    answer = browser.get(HEAD, "/petugas/impor/templat")

    assert (answer.status_code, answer.data[:2]) == (200, b"PK")


def test_the_template_lists_what_can_be_written(browser):
    import openpyxl

    answer = browser.get(HEAD, "/petugas/impor/templat")
    page = openpyxl.load_workbook(io.BytesIO(answer.data))["Daftar"]

    assert "verifikator" in {cell.value for cell in page["C"]}


def test_a_workbook_is_shown_before_anything_is_done(browser, office):
    answer = uploaded(browser, WHOLE)

    told = (answer.status_code, "Rani Rekaan" in main_part(answer), model.User.get(RANI[0]))
    assert told == (200, True, None)


def test_what_was_shown_is_brought_in_by_a_second_form(browser, office):
    answer = browser.post(HEAD, "/petugas/impor/terapkan", **confirmation(uploaded(browser, WHOLE)))

    assert (answer.status_code, model.User.get(RANI[0]).fullname) == (200, RANI[1])


def test_the_slip_has_name_and_first_password(browser, office):
    answer = browser.post(HEAD, "/petugas/impor/terapkan", **confirmation(uploaded(browser, WHOLE)))
    password = re.search(r"((?:[a-z0-9]{4}-){3}[a-z0-9]{4})", main_part(answer))[1]

    assert model.User.get(RANI[0]).validate_password(password)


def test_first_passwords_are_in_no_cache(browser):
    answer = browser.post(HEAD, "/petugas/impor/terapkan", **confirmation(uploaded(browser, WHOLE)))

    assert "no-store" in answer.headers["Cache-Control"]


def test_the_second_form_sent_twice_does_nothing_the_second_time(browser, office):
    form = confirmation(uploaded(browser, WHOLE))
    browser.post(HEAD, "/petugas/impor/terapkan", **form)
    again = browser.post(HEAD, "/petugas/impor/terapkan", **form)

    kept = 'href="#field-upload"' in main_part(again)
    assert (again.status_code, kept) == (409, True)


def test_when_the_portal_changed_meanwhile_it_is_shown_anew(browser, office):
    form = confirmation(uploaded(browser, book(Instansi=[("dinas-contoh", "Dinas Baru")])))
    call(office["sysadmin"], "organization_patch", id="dinas-contoh", title="Dinas Lain")
    answer = browser.post(HEAD, "/petugas/impor/terapkan", **form)

    told = (answer.status_code, "Dinas Lain" in main_part(answer), "import_changed" in answer.body)
    assert told == (409, True, True)


def test_what_is_shown_anew_can_be_confirmed(browser, office):
    form = confirmation(uploaded(browser, book(Instansi=[("dinas-contoh", "Dinas Baru")])))
    call(office["sysadmin"], "organization_patch", id="dinas-contoh", title="Dinas Lain")
    anew = browser.post(HEAD, "/petugas/impor/terapkan", **form)
    browser.post(HEAD, "/petugas/impor/terapkan", **confirmation(anew))

    assert model.Group.get("dinas-contoh").title == "Dinas Baru"


def test_the_workbook_of_somebody_else_is_not_applied(browser, office):
    form = confirmation(uploaded(browser, WHOLE))
    answer = browser.post("sysadmin", "/petugas/impor/terapkan", **form)

    assert (answer.status_code, model.User.get(RANI[0])) == (409, None)


def test_with_a_fault_there_is_nothing_to_confirm(browser):
    answer = uploaded(browser, book(Petugas=[("Rani R", "R", "x")]))
    page = main_part(answer)

    assert ("Petugas!A2" in page, "Petugas!C2" in page, "apply-form" in page) == (True, True, False)


def test_a_workbook_that_says_nothing_new_is_told_so(browser, office):
    content = book(Instansi=[("dinas-contoh", office.agency["title"])])

    assert 'id="plan-same"' in uploaded(browser, content).body


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"MZ", b"<html>", WHOLE[:2000]])
def test_a_broken_file_is_told_in_a_sentence(browser, content):
    answer = uploaded(browser, content)

    assert (answer.status_code, "workbook_broken" in answer.body) == (200, True)


def test_a_file_that_is_too_big_is_told_in_a_sentence(browser):
    assert "workbook_big" in uploaded(browser, b"PK" + b"\0" * 5_000_001).body


def test_no_file_is_told_at_its_field(browser):
    answer = browser.post(HEAD, "/petugas/impor", invite="password")

    assert (answer.status_code, 'href="#field-upload"' in answer.body) == (422, True)


def test_letters_come_along_with_the_workbook(browser, office):
    cells = {"Nomor surat": "7", "Tanggal surat": "2026-01-02", "Berkas surat": "sk.pdf"}
    content = book(Penugasan=[post(Pengguna=office["outsider"], **cells)])
    shown = uploaded(browser, content, letters=(io.BytesIO(b"%PDF-1.7\nx"), "SK.pdf"))
    browser.post(HEAD, "/petugas/impor/terapkan", **confirmation(shown))

    user = model.User.get(office["outsider"])
    assert assignments.assignments_of(user.id, clock.today())[0].decree_attachment


def test_a_letter_of_a_wrong_kind_is_told_at_its_field(browser):
    answer = uploaded(browser, WHOLE, letters=(io.BytesIO(b"MZ"), "sk.exe"))

    assert (answer.status_code, 'href="#field-letters"' in answer.body) == (422, True)


@pytest.mark.parametrize("path", ["/petugas/impor", "/petugas/impor/templat"])
def test_who_is_not_the_head_imports_nothing(browser, path):
    assert browser.get("outsider", path).status_code == 403


@pytest.mark.parametrize("path", ["/petugas/impor", "/petugas/impor/terapkan"])
def test_who_is_not_the_head_sends_nothing(browser, path):
    assert browser.post("verifikator", path, plan="x").status_code == 403


def test_an_address_that_changes_things_answers_no_link(browser):
    assert browser.get(HEAD, "/petugas/impor/terapkan").status_code in (404, 405)


def test_cells_of_a_workbook_stand_in_the_page_as_text(browser):
    evil = "<script>alert(1)</script>"
    content = raw_book({"Instansi": [["Nama", "Judul", evil], ["dinas-x", evil]]})

    assert evil not in uploaded(browser, content).body


def test_what_lies_in_the_future_is_shown_as_such(browser, office):
    day = (clock.today() + timedelta(days=9)).isoformat()
    form = {"user": office["outsider"], "post": POST, "valid_from": day}
    browser.post(HEAD, "/petugas/tetapkan", **form)

    asked = {"berlaku": 1, "sekarang": 0}
    found = {
        one: rows(browser.get(HEAD, f"/petugas?orang={office['outsider']}&keadaan={one}"))
        for one in asked
    }
    assert found == asked
