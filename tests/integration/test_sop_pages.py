"""The pages about SOPs, as somebody without JavaScript reads and fills them."""

from __future__ import annotations

import html
import re

import pytest
from ckan.tests import helpers

from ckanext.satudata.model import adoptions
from tests.integration.office import SOP, adopt, call, submit, upload
from tests.integration.sheets import NEW_REVISION, bring, head, hold_all, row, silent, written
from tests.integration.test_adoption import EFFECTS, JOINT, KEEPING, SENDER, TAKER
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def browser(app, office):
    return Browser(app, office)


def part(answer, name):
    """The words of the element with this id."""
    found = re.search(rf'<(\w+)[^>]* id="{name}".*?</\1>', answer.body, re.DOTALL)
    assert found, f"no {name} on the page"
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))


def form(office, **more):
    return {"organization": office.walidata["id"], "whom": "all", **more}


def test_everybody_reads_which_sop_is_in_force_for_whom_and_by_which_office(browser, office):
    answer = browser.get(None, "/sop")
    assert answer.status_code == 200
    said = part(answer, "in-force")
    assert "SOP Manajemen Data" in said
    assert office.walidata["title"] in said


def test_a_sop_that_nobody_adopted_stands_among_the_drafts(browser, office):
    bring(office, head(subjek=KEEPING, nama="Simpan Data (rekaan)"), silent)
    answer = browser.get("outsider", "/sop")
    assert "Simpan Data (rekaan)" in part(answer, "drafts")
    assert "Simpan Data (rekaan)" not in part(answer, "in-force")


def test_a_portal_without_a_sop_in_force_says_what_follows(browser, office):
    adoption = adoptions.of_office(SOP, office.walidata["id"])
    call(office["pimpinan_walidata"], "satudata_adoption_end", id=adoption.id)
    assert "Belum ada SOP yang berlaku" in text_of(browser.get(None, "/sop"))


def test_the_public_reads_no_officer(browser, office):
    adopt(office, SOP, serves=[office.agency["id"]])
    name = helpers.call_action("user_show", id=office["pimpinan_walidata"])["display_name"]
    assert name not in browser.get(None, f"/sop/{SOP}").body
    assert name in browser.get("verifikator", f"/sop/{SOP}").body


def test_the_sheet_shows_each_row_with_its_actor_and_where_its_outcomes_lead(browser, office):
    sheet = part(browser.get(None, f"/sop/{SOP}"), "sheet")
    assert "3. Verifikasi Data" in sheet
    assert "Verifikator" in sheet
    assert re.search(r"Sesuai : lanjut ke langkah 4, Validasi|Sesuai: lanjut ke langkah 4", sheet)
    assert "kembali ke langkah 2, Himpun" in sheet
    assert "1–2 Hari (bersama langkah 4)" in sheet


def test_what_is_inferred_is_marked_in_its_cell_with_the_reason_in_its_row(browser, office):
    body = browser.get(None, f"/sop/{SOP}").body
    found = re.search(r'<tr id="langkah-3">.*?</tr>', body, re.DOTALL)
    assert found
    said = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", found[0]).split()))
    assert "lanjut ke langkah 4, Validasi (disimpulkan)" in said
    assert "Sesuai (disimpulkan, cukup yakin): Lembar hanya menggambar jalan maju" in said


def test_what_the_head_lacks_is_said(browser, office):
    assert "Dasar hukum" in part(browser.get(None, f"/sop/{SOP}"), "missing")


def test_every_reason_of_the_file_stands_on_the_page(browser, office):
    body = " ".join(html.unescape(browser.get(None, f"/sop/{SOP}").body).split())
    marks = call("", "satudata_sop_show", id=SOP)["inferred"]
    assert [one["reason"] for one in marks if one["reason"] not in body] == []
    assert marks


def test_the_revision_in_force_is_shown_and_not_the_newest_draft(browser, office):
    bring(office, NEW_REVISION)
    answer = browser.get("outsider", f"/sop/{SOP}")
    assert "Kata penutup lain (rekaan)." not in answer.body
    other = browser.get("outsider", f"/sop/{SOP}/revisi/2")
    assert "Kata penutup lain (rekaan)." in other.body
    assert f'href="/sop/{SOP}/revisi/1"' in other.body


@pytest.mark.parametrize(
    "path", ["/sop/entah", f"/sop/{SOP}/revisi/9", "/sop/entah/revisi/1", f"/sop/{SOP}/draf"]
)
def test_a_sop_that_is_not_there_is_not_found(browser, office, path):
    assert browser.get(None, path).status_code == 404


def test_who_may_adopt_nothing_sees_no_form(browser, office):
    assert 'id="adopt-link"' not in browser.get("verifikator", f"/sop/{SOP}").body
    assert browser.get("verifikator", f"/sop/{SOP}/berlakukan").status_code == 403
    assert browser.get(None, f"/sop/{SOP}/berlakukan").status_code == 302


def test_the_administrator_of_the_portal_sees_no_form_for_what_publishes(browser, office):
    assert 'id="adopt-link"' not in browser.get("sysadmin", f"/sop/{SOP}").body


def test_a_sop_is_put_in_force_by_one_form(browser, office):
    new = bring(office, NEW_REVISION)
    assert 'id="adopt-link"' in browser.get("pimpinan_walidata", f"/sop/{SOP}/revisi/2").body
    values = form(office, sop=new["sha256"])
    answer = browser.post("pimpinan_walidata", f"/sop/{SOP}/berlakukan", **values)
    assert answer.status_code == 303
    assert adoptions.of_office(SOP, office.walidata["id"]).sop_id == new["id"]


def test_the_decree_is_kept_with_the_adoption(browser, office):
    values = form(
        office,
        decree_number="188/SK/2026 (rekaan)",
        decree_date="2026-02-01",
        decree_file=(upload(PDF).stream, "sk.pdf"),
    )
    answer = browser.post("pimpinan_walidata", f"/sop/{SOP}/berlakukan", **values)
    assert answer.status_code == 303
    page = browser.get("pimpinan_walidata", f"/sop/{SOP}")
    assert "188/SK/2026 (rekaan), 1 Februari 2026" in part(page, "in-force")
    assert "/lampiran/" in page.body
    assert "/lampiran/" not in browser.get(None, f"/sop/{SOP}").body


def test_a_fault_keeps_what_was_typed_and_the_sheet_that_was_sent(browser, office):
    values = form(
        office,
        whom="some",
        serves=[office.agency["id"]],
        decree_number="188/SK/2026 (rekaan)",
        decree_date="kemarin",
        decree_file=(upload(PDF).stream, "sk.pdf"),
    )
    answer = browser.post("pimpinan_walidata", f"/sop/{SOP}/berlakukan", **values)
    assert answer.status_code == 422
    assert 'href="#field-decree_date"' in answer.body
    assert 'value="188/SK/2026 (rekaan)"' in answer.body
    assert re.search(rf'value="{office.agency["id"]}" checked', answer.body)
    assert re.search(r'name="decree_attachment" value="[\w-]{36}"', answer.body)
    assert 'id="decree-held"' in answer.body


def test_for_whom_it_is_must_be_said(browser, office):
    values = form(office, whom="")
    answer = browser.post("pimpinan_walidata", f"/sop/{SOP}/berlakukan", **values)
    assert answer.status_code == 422
    assert 'href="#field-serves"' in answer.body


def test_who_may_not_adopt_for_others_reads_why_and_keeps_his_form(browser, office):
    """The outsider administers the other agency."""
    bring(office, head(subjek=KEEPING), silent)
    hold_all(office, KEEPING)
    values = {"organization": office.other_agency["id"], "whom": "all", "decree_number": "7"}
    path = f"/sop/{KEEPING}/berlakukan"
    answer = browser.post("outsider", path, **values, decree_date="2026-02-01")
    assert answer.status_code == 403
    assert "serves_others" in answer.body
    assert 'value="7"' in answer.body
    assert browser.post("outsider", path, **{**values, "whom": "own"}).status_code == 422
    again = {**values, "whom": "own", "decree_date": "2026-02-01"}
    assert browser.post("outsider", path, **again).status_code == 303


def test_a_step_that_leads_into_another_sop_is_bound_by_a_tick(browser, office):
    bring(office, head(subjek=TAKER), row(2, persetujuan="produsen_data"))
    bring(office, head(subjek=SENDER), row(8, efek=EFFECTS, sambungan=JOINT))
    hold_all(office, TAKER)
    hold_all(office, SENDER)
    adopt(office, TAKER)
    values = form(office, bound_8=TAKER)
    answer = browser.post("pimpinan_walidata", f"/sop/{SENDER}/berlakukan", **values)
    assert answer.status_code == 303
    assert adoptions.of_office(SENDER, office.walidata["id"]).bound == {"8": TAKER}


def test_an_adoption_is_ended_from_the_page_of_its_sop(browser, office):
    adoption = adoptions.of_office(SOP, office.walidata["id"]).id
    path = f"/sop/{SOP}/akhiri"
    assert f'value="{adoption}"' in browser.get("pimpinan_walidata", f"/sop/{SOP}").body
    assert browser.post("verifikator", path, adoption=adoption).status_code == 403
    assert browser.post("pimpinan_walidata", path, adoption=adoption).status_code == 303
    assert browser.post("pimpinan_walidata", path, adoption=adoption).status_code == 409
    assert adoptions.of_office(SOP, office.walidata["id"]) is None


def test_a_sop_file_is_brought_by_one_form(browser, office):
    file = (upload(written(NEW_REVISION).encode()).stream, "sop.yaml")
    answer = browser.post("pimpinan_walidata", "/sop/unggah", upload=file)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/sop/{SOP}/revisi/2")


def test_a_faulty_file_comes_back_as_text_with_each_fault_by_its_line(browser, office):
    text = written(row(3, pelaksana=["siapa_ini"]))
    file = (upload(text.encode()).stream, "sop.yaml")
    answer = browser.post("pimpinan_walidata", "/sop/unggah", upload=file)
    assert answer.status_code == 422
    assert "pelaksana-asing" in part(answer, "faults")
    assert "siapa_ini" in html.unescape(answer.body.partition("<textarea")[2])


def test_who_brings_no_sop_files_sees_no_form(browser, office):
    assert browser.get("verifikator", "/sop/unggah").status_code == 403
    assert 'id="sop-bring"' not in browser.get("verifikator", "/sop").body
    assert 'id="sop-bring"' in browser.get("sysadmin", "/sop").body


def test_a_route_is_read_on_the_page_of_the_sops(browser, office):
    values = {"organization": office.agency["id"], "kind": "prioritas", "subject": SOP}
    call(office["pimpinan_walidata"], "satudata_route_set", **values)
    said = part(browser.get(None, "/sop"), "routes")
    assert office.agency["title"] in said
    assert "SOP Manajemen Data" in said


def test_a_route_is_set_by_one_form(browser, office):
    assert 'id="route-link"' in browser.get("pimpinan_walidata", "/sop").body
    values = {"organization": office.agency["id"], "kind": "prioritas", "subject": SOP}
    assert browser.post("pimpinan_walidata", "/sop/jalur", **values).status_code == 303
    assert [one["kind"] for one in call("", "satudata_route_list")] == ["prioritas"]
    assert browser.get("verifikator", "/sop/jalur").status_code == 403


def test_a_route_that_cannot_be_keeps_what_was_chosen(browser, office):
    values = {"organization": office.agency["id"], "kind": "prioritas", "subject": "entah"}
    answer = browser.post("pimpinan_walidata", "/sop/jalur", **values)
    assert answer.status_code == 422
    assert 'href="#field-subject"' in answer.body
    assert '<option value="prioritas" selected>' in answer.body


def test_a_running_case_is_moved_by_one_form_and_answers_with_its_receipt(browser, office):
    case = submit(office)
    path = f"/kasus/{case['number']}/revisi"
    assert browser.get("pengelola_data", path).status_code == 404
    new = bring(office, NEW_REVISION)
    adopt(office, SOP)
    assert browser.get("pengelola_data", path).status_code == 200
    values = {"version": case["version"], "sop": new["sha256"]}
    empty = browser.post("pengelola_data", path, **values)
    assert empty.status_code == 409
    assert 'href="#field-reason"' in empty.body
    answer = browser.post("pengelola_data", path, **values, reason="Aturan baru (rekaan).")
    assert answer.status_code == 303
    assert answer.location.endswith(f"/kasus/{case['number']}/tanda-terima/{case['version'] + 1}")


def test_the_case_leads_to_its_sheet_and_who_steers_it_to_the_move(browser, office):
    case = submit(office)
    path = f"/kasus/{case['number']}"
    assert f'href="/sop/{SOP}/revisi/1"' in browser.get("pengelola_data", path).body
    assert 'id="move-link"' not in browser.get("pengelola_data", path).body
    bring(office, NEW_REVISION)
    adopt(office, SOP)
    assert 'id="move-link"' in browser.get("pengelola_data", path).body
    assert 'id="move-link"' not in browser.get("verifikator", path).body


def test_who_does_not_steer_a_case_reads_who_does(browser, office):
    case = submit(office)
    bring(office, NEW_REVISION)
    adopt(office, SOP)
    values = {"version": case["version"], "reason": "x"}
    answer = browser.post("verifikator", f"/kasus/{case['number']}/revisi", **values)
    assert answer.status_code == 403
    assert "Pengelola Data" in answer.body
