"""Cases over a list as a browser without JavaScript meets them: form, page, refusal."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp

from tests.integration import list_office
from tests.integration.list_office import (
    REQUESTS,
    at_producers,
    at_step_4,
    bring,
    open_list,
    request_of,
    with_data,
    with_requests,
)
from tests.integration.office import Office, call
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

REASON = "Judul belum sama dengan daftar (rekaan)."
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def browser(app: CKANTestApp, desk: Office) -> Browser:
    return Browser(app, desk)


def shown(office: Office, case: dict[str, Any], actor: str = "kasi") -> dict[str, Any]:
    return call(office[actor], "satudata_case_show", id=case["id"])


def hidden_of(body: str, form: str) -> dict[str, str]:
    """The hidden fields of a form on a page, as a browser would send them."""
    part = body.partition(f'id="{form}"')[2].partition("</form>")[0]
    assert part, f"there is no form {form}"
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part))


def step_path(case: dict[str, Any], step: int) -> str:
    return f"/kasus/{case['number']}/langkah/{step}"


def acts_path(case: dict[str, Any], step: int) -> str:
    return f"{step_path(case, step)}/tindakan"


def returning(meant: list[str], **more: Any) -> dict[str, Any]:
    values = {"outcome": "tidak_sesuai", "reason": REASON, "meant": meant}
    point = {"point_about": "all", "point_where": "", "point_note": "Periksa judulnya"}
    return {**values, **point, **more}


def test_the_page_of_a_list_shows_its_data_with_producer_release_and_place(browser, desk):
    case = with_requests(desk)
    answer = browser.get("kasi", f"/kasus/{case['number']}")
    assert answer.status_code == 200
    said = text_of(answer)
    for title in REQUESTS:
        assert title in said
    assert "Dinas Contoh" in said
    assert "Desember 2026" in said
    assert "5 Koreksi daftar" in said


def test_a_case_over_a_list_is_opened_by_form(browser, desk):
    body = browser.get("kepala_dinas", "/kasus/baru").body
    value = re.search(r'name="sop" value="([^"]+)"', body)
    assert value
    answer = browser.post("kepala_dinas", "/kasus/baru", sop=value[1])
    assert answer.status_code == 303
    assert answer.location.endswith("/tanda-terima/1")


def test_who_holds_no_first_step_is_offered_no_procedure(browser, desk):
    answer = browser.get("staf", "/kasus/baru")
    assert answer.status_code == 200
    assert 'id="case-form"' not in answer.body


def test_opening_without_a_procedure_says_so_and_keeps_what_was_typed(browser, desk):
    answer = browser.post("kepala_dinas", "/kasus/baru", datasets="data-lama")
    assert answer.status_code == 422
    assert 'href="#field-sop"' in answer.body
    assert "data-lama" in answer.body


def test_a_return_may_name_one_of_the_data_and_let_the_rest_wait(browser, desk):
    case = with_requests(desk)
    first = case["datasets"][0]["id"]
    form = hidden_of(browser.get("kasi", step_path(case, 5)).body, "act-form")
    answer = browser.post("kasi", step_path(case, 5), **form, **returning([first], rest="wait"))
    assert answer.status_code == 303
    after = shown(desk, case)
    assert after["open_visits"][0]["items"] == [first]
    assert after["open_visits"][0]["step"] == 4


def test_a_return_of_some_asks_what_becomes_of_the_rest_and_keeps_the_ticks(browser, desk):
    case = with_requests(desk)
    first = case["datasets"][0]["id"]
    form = hidden_of(browser.get("kasi", step_path(case, 5)).body, "act-form")
    answer = browser.post("kasi", step_path(case, 5), **form, **returning([first]))
    assert answer.status_code == 422
    assert 'href="#field-rest"' in answer.body
    assert f'id="meant-{first}" name="meant" value="{first}" checked' in answer.body
    assert REASON in answer.body
    assert shown(desk, case)["version"] == case["version"]


def test_the_same_list_form_twice_is_one_act_and_says_so(browser, desk):
    case = with_requests(desk)
    form = hidden_of(browser.get("kasi", step_path(case, 5)).body, "act-form")
    first = browser.post("kasi", step_path(case, 5), **form, outcome="sesuai")
    again = browser.post("kasi", step_path(case, 5), **form, outcome="sesuai")
    assert again.location == first.location + "?lagi=1"
    assert shown(desk, case)["version"] == case["version"] + 1


def test_what_a_party_decided_on_paper_is_entered_with_day_name_and_scan(browser, desk):
    case = list_office.act(desk, with_requests(desk), "kasi", outcome="sesuai")
    form = hidden_of(browser.get("kasi", step_path(case, 6)).body, "act-form")
    answer = browser.post(
        "kasi",
        step_path(case, 6),
        **form,
        outcome="sesuai",
        paper_on="2026-01-05",
        paper_name="Kepala BPS (rekaan)",
        paper_file=(io.BytesIO(PDF), "lembar.pdf"),
    )
    assert answer.status_code == 303
    event = shown(desk, case)["events"][-1]
    assert event["body"]["paper"]["on"] == "2026-01-05"
    page = browser.get("kasi", f"/kasus/{case['number']}")
    assert "Kepala BPS (rekaan), 5 Januari 2026" in text_of(page)
    assert "lembar.pdf" in page.body


def test_a_paper_without_a_name_keeps_its_scan_and_its_day(browser, desk):
    case = list_office.act(desk, with_requests(desk), "kasi", outcome="sesuai")
    form = hidden_of(browser.get("kasi", step_path(case, 6)).body, "act-form")
    paper = {"paper_on": "2026-01-05", "paper_file": (io.BytesIO(PDF), "lembar.pdf")}
    answer = browser.post("kasi", step_path(case, 6), **form, outcome="sesuai", **paper)
    assert answer.status_code == 422
    assert 'href="#field-paper_name"' in answer.body
    assert 'value="2026-01-05"' in answer.body
    assert 'name="paper_file_name" value="lembar.pdf"' in answer.body


def test_an_entry_is_put_on_the_list_by_form(browser, desk):
    case = at_step_4(desk)
    form = hidden_of(browser.get("staf", f"/kasus/{case['number']}").body, "form-add-4")
    answer = browser.post(
        "staf",
        acts_path(case, 4),
        **form,
        entry_title=REQUESTS[0],
        entry_organization=desk.agency["id"],
        entry_release="2026-12",
    )
    assert answer.status_code == 303
    assert [one["title"] for one in shown(desk, case)["datasets"]] == [REQUESTS[0]]


def test_an_entry_without_an_agency_comes_back_with_its_title(browser, desk):
    case = at_step_4(desk)
    form = hidden_of(browser.get("staf", f"/kasus/{case['number']}").body, "form-add-4")
    answer = browser.post("staf", acts_path(case, 4), **form, entry_title=REQUESTS[0])
    assert answer.status_code == 422
    assert 'href="#field-add-entry_' in answer.body
    assert f'value="{REQUESTS[0]}"' in answer.body


def test_a_comment_carries_a_file_and_stands_in_the_history(browser, desk):
    case = open_list(desk)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-comment-1")
    file = (io.BytesIO(PDF), "catatan.pdf")
    answer = browser.post("kasi", acts_path(case, 1), **form, text="Mohon dicek.", file=file)
    assert answer.status_code == 303
    page = browser.get("kasi", f"/kasus/{case['number']}")
    assert "Mohon dicek." in page.body
    assert "catatan.pdf" in page.body


def test_a_comment_sent_twice_stands_there_once(browser, desk):
    case = open_list(desk)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-comment-1")
    for _twice in range(2):
        answer = browser.post("kasi", acts_path(case, 1), **form, text="Mohon dicek.")
        assert answer.status_code == 303
    assert shown(desk, case)["version"] == case["version"] + 1


def test_a_file_of_another_kind_does_not_cost_the_comment(browser, desk):
    case = open_list(desk)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-comment-1")
    file = (io.BytesIO(b"MZ"), "program.exe")
    answer = browser.post("kasi", acts_path(case, 1), **form, text="Mohon dicek.", file=file)
    assert answer.status_code == 422
    assert 'href="#field-comment-file"' in answer.body
    assert "Mohon dicek." in answer.body


def test_a_pause_needs_a_reason_and_keeps_the_step(browser, desk):
    case = open_list(desk)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-pause-1")
    answer = browser.post("kasi", acts_path(case, 1), **form)
    assert answer.status_code == 422
    assert 'href="#field-pause-reason"' in answer.body
    assert shown(desk, case)["open_visits"][0]["paused_since"] is None


def test_a_paused_step_is_resumed_by_one_button(browser, desk):
    case = list_office.act(desk, open_list(desk), "kasi", act="pause", reason=REASON)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-resume-1")
    assert browser.post("kasi", acts_path(case, 1), **form).status_code == 303
    assert shown(desk, case)["open_visits"][0]["paused_since"] is None


def test_a_step_is_given_to_one_of_its_holders(browser, desk):
    case = open_list(desk)
    body = browser.get("kasi", f"/kasus/{case['number']}").body
    form = hidden_of(body, "form-assign-1")
    assert f'value="{desk["kepala_dinas"]}"' in body
    answer = browser.post("kasi", acts_path(case, 1), **form, to=desk["kepala_dinas"])
    assert answer.status_code == 303
    claimed = shown(desk, case)["open_visits"][0]["claimed_by"]
    assert claimed["id"] == desk.people["kepala_dinas"]["id"]


def test_data_is_dropped_with_a_reason_and_its_title_stays_in_the_history(browser, desk):
    case = with_requests(desk)
    form = hidden_of(browser.get("kasi", f"/kasus/{case['number']}").body, "form-drop-5")
    dropped = case["datasets"][1]["id"]
    values = {"datasets": dropped, "reason": REASON}
    assert browser.post("kasi", acts_path(case, 5), **form, **values).status_code == 303
    said = text_of(browser.get("kasi", f"/kasus/{case['number']}"))
    assert f"Dikeluarkan: {REQUESTS[1]}" in said


def test_a_case_is_cancelled_on_a_page_of_its_own(browser, desk):
    case = open_list(desk)
    page = browser.get("kasi", f"{acts_path(case, 1)}?tindakan=cancel")
    form = hidden_of(page.body, "form-cancel-1")
    assert browser.post("kasi", acts_path(case, 1), **form, reason=REASON).status_code == 303
    assert shown(desk, case)["state"] == "cancelled"


def test_who_does_not_steer_is_refused_the_cancellation(browser, desk):
    case = open_list(desk)
    visit = case["open_visits"][0]
    values = {"act": "cancel", "version": case["version"], "visit": visit["number"]}
    answer = browser.post("staf", acts_path(case, 1), **values, reason=REASON)
    assert answer.status_code == 403
    assert shown(desk, case)["state"] == "open"


def test_the_closing_date_is_set_by_form(browser, desk):
    case = open_list(desk)
    body = browser.get("kasi", f"/kasus/{case['number']}").body
    form = hidden_of(body, "form-set_closing-1")
    answer = browser.post("kasi", acts_path(case, 1), **form, closes_on="2027-03-31")
    assert answer.status_code == 303
    said = text_of(browser.get("kasi", f"/kasus/{case['number']}"))
    assert "Ditutup 31 Maret 2027" in said


def test_who_goes_on_reads_beforehand_who_is_left_behind(browser, desk):
    case = at_producers(desk)
    list_office.act(desk, case, "kasi", act="set_closing", closes_on="2026-01-31")
    item = request_of(case, desk.agency["id"])
    page = browser.get("staf", f"{acts_path(case, 8)}?tindakan=go_on&data={item}")
    assert page.status_code == 200
    for title in REQUESTS:
        assert title in text_of(page).partition("Tidak diikutkan")[2]


def test_a_producer_on_a_list_sees_his_part_alone(browser, desk):
    case = at_producers(desk)
    answer = browser.get("produsen_data", f"/kasus/{case['number']}")
    assert answer.status_code == 200
    assert REQUESTS[0] in answer.body
    assert REQUESTS[1] not in answer.body


def test_the_api_tells_a_producer_of_his_part_alone(desk):
    case = at_producers(desk)
    told = json.dumps(shown(desk, case, "produsen_data"))
    assert REQUESTS[0] in told
    assert REQUESTS[1] not in told
    assert request_of(case, desk.other_agency["id"]) not in told


def test_somebody_of_no_agency_on_the_list_gets_the_answer_of_a_wrong_number(browser, desk):
    case = at_producers(desk)
    assert browser.get("stranger", f"/kasus/{case['number']}").status_code == 404
    assert browser.get("stranger", acts_path(case, 8)).status_code == 404


def test_a_producer_answers_a_request_with_data_of_his_own(browser, desk):
    case, dataset = at_producers(desk), bring(desk)
    item = request_of(case, desk.agency["id"])
    body = browser.get("produsen_data", f"{step_path(case, 8)}?data={item}").body
    form = hidden_of(body, "answer-form")
    path = f"/kasus/{case['number']}/permintaan/{item}"
    answer = browser.post("produsen_data", path, **form, dataset_id=dataset["id"])
    assert answer.status_code == 303
    entry = next(one for one in shown(desk, case)["datasets"] if one["id"] == dataset["id"])
    assert entry["request"] is False


def test_a_request_answered_twice_is_answered_once(browser, desk):
    case, dataset = at_producers(desk), bring(desk)
    item = request_of(case, desk.agency["id"])
    path = f"/kasus/{case['number']}/permintaan/{item}"
    values = {"version": case["version"], "dataset_id": dataset["id"]}
    answers = [browser.post("produsen_data", path, **values) for _twice in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert shown(desk, case)["version"] == case["version"] + 1


def test_new_data_for_a_request_begins_with_what_the_request_says(browser, desk):
    case = at_producers(desk)
    item = request_of(case, desk.agency["id"])
    path = f"/unggah?kasus={case['number']}&permintaan={item}"
    body = browser.get("produsen_data", path).body
    assert f'value="{REQUESTS[0]}"' in body
    form = hidden_of(body, "dataset-form")
    values = {"title": REQUESTS[0], "owner_org": desk.agency["id"], "access_class": "terbuka"}
    answer = browser.post("produsen_data", "/unggah", **form, **values, license_id="cc-by")
    assert answer.status_code == 303
    entry = next(one for one in shown(desk, case)["datasets"] if one["title"] == REQUESTS[0])
    assert entry["request"] is False


def test_data_joins_no_list_at_a_step_that_makes_no_products(browser, desk):
    case = at_producers(desk)
    path = f"/unggah?kasus={case['number']}&langkah=8"
    assert browser.get("produsen_data", path).status_code == 404


def _answered(desk: Office) -> tuple[dict[str, Any], str]:
    """At step 8 with data in the place of the request, and the id of that data."""
    case = with_data(desk)
    return case, request_of(case, desk.agency["id"])


def test_the_step_of_a_producer_says_whose_approval_is_missing(browser, desk):
    case, item = _answered(desk)
    answer = browser.get("produsen_data", f"{step_path(case, 8)}?data={item}")
    assert answer.status_code == 200
    assert "Persetujuan Pimpinan sumber data" in text_of(answer)


def test_a_head_approves_by_his_account_with_one_button(browser, desk):
    case, item = _answered(desk)
    page = browser.get("pimpinan_sumber_data", f"{step_path(case, 8)}?data={item}")
    form = hidden_of(page.body, f"form-approve-8-{item}")
    assert 'id="act-form"' not in page.body
    assert browser.post("pimpinan_sumber_data", acts_path(case, 8), **form).status_code == 303
    visit = next(one for one in shown(desk, case)["open_visits"] if one["item"] == item)
    assert visit["approval"]["name"]


def test_an_approval_on_paper_is_entered_with_its_scan(browser, desk):
    case, item = _answered(desk)
    page = browser.get("produsen_data", f"{step_path(case, 8)}?data={item}")
    form = hidden_of(page.body, f"form-approve-8-{item}")
    paper = {
        "paper_on": "2026-01-05",
        "paper_name": "Kepala Dinas (rekaan)",
        "paper_file": (io.BytesIO(PDF), "pengesahan.pdf"),
    }
    answer = browser.post("produsen_data", acts_path(case, 8), **form, **paper)
    assert answer.status_code == 303
    visit = next(one for one in shown(desk, case)["open_visits"] if one["item"] == item)
    assert (visit["approval"]["name"], visit["approval"]["on"]) == (
        "Kepala Dinas (rekaan)",
        "2026-01-05",
    )


def test_ending_without_the_approval_comes_back_with_what_is_missing(browser, desk):
    case, item = _answered(desk)
    form = hidden_of(
        browser.get("produsen_data", f"{step_path(case, 8)}?data={item}").body, "act-form"
    )
    answer = browser.post("produsen_data", step_path(case, 8), **form)
    assert answer.status_code == 409
    assert "Pimpinan sumber data" in text_of(answer)


@pytest.mark.parametrize("actor", ["kasi", "staf", "produsen_data"])
def test_each_form_that_is_sent_carries_the_token_against_forgery(browser, desk, actor):
    case = at_producers(desk)
    body = browser.get(actor, f"/kasus/{case['number']}").body
    forms = re.findall(r'<form[^>]*method="post".*?</form>', body, re.S)
    assert forms
    assert all('name="_csrf_token"' in form for form in forms)
