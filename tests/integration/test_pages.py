"""The pages as a browser without JavaScript meets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic.datasets.preview import table
from ckanext.satudata.views.answers import faults_of
from tests.integration.office import (
    CSV,
    Office,
    act,
    call,
    dataset_values,
    resource_values,
    submit,
    upload,
    walk,
)

pytestmark = pytest.mark.usefixtures("with_plugins")

REASON = "Kolom jumlah tidak sama dengan lampiran (rekaan)."
RETURN = {
    "outcome": "tidak_sesuai",
    "reason": REASON,
    "point_about": ["column", "field:unit"],
    "point_where": ["jumlah", ""],
    "point_note": ["Titik ribuan", "Bukan orang"],
}


class Browser:
    """Opens pages and sends forms as one person, and follows no redirect."""

    def __init__(self, app: CKANTestApp, office: Office) -> None:
        self.app, self.office = app, office

    def get(self, actor: str | None, path: str) -> Any:
        return self._open(actor, path, method="GET")

    def post(self, actor: str | None, path: str, **form: Any) -> Any:
        return self._open(actor, path, method="POST", data=form)

    def _open(self, actor: str | None, path: str, **more: Any) -> Any:
        headers = {"Authorization": self.office.people[actor]["token"]} if actor else {}
        client = self.app.test_client()
        return client.open(path, headers=headers, follow_redirects=False, **more)


@pytest.fixture
def browser(app: CKANTestApp, office: Office) -> Browser:
    return Browser(app, office)


def step_form(case: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The hidden fields of the act form, and what a person fills in."""
    visit = case["open_visits"][0]
    hidden = {"version": case["version"], "visit": visit["number"], "item": visit["item"]}
    return {**hidden, "outcome": visit["moves"][0]["outcome"], **more}


def main_part(answer: Any) -> str:
    """What a page says, without its frame, which repeats the address that was asked for."""
    return answer.body.partition("<main")[2].partition("</main>")[0]


def path_of(case: dict[str, Any], step: int) -> str:
    return f"/kasus/{case['number']}/langkah/{step}"


def shown(office: Office, case: dict[str, Any]) -> dict[str, Any]:
    return call(office["admin_data"], "satudata_case_show", id=case["id"])


def test_a_step_is_ended_by_one_form_and_answers_with_its_receipt(browser, office):
    case = submit(office)
    answer = browser.post("admin_data", path_of(case, 1), **step_form(case))
    assert answer.status_code == 303
    assert answer.location.endswith(f"/kasus/{case['number']}/tanda-terima/2")
    assert shown(office, case)["open_visits"][0]["step"] == 2


def test_the_same_form_sent_twice_counts_once_and_gets_the_same_receipt(browser, office):
    case = submit(office)
    form = step_form(case)
    first = browser.post("admin_data", path_of(case, 1), **form)
    again = browser.post("admin_data", path_of(case, 1), **form)
    assert again.status_code == 303
    assert again.location == first.location + "?lagi=1"
    assert shown(office, case)["version"] == case["version"] + 1


def test_who_comes_second_gets_409_and_finds_his_words(browser, office):
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "sesuai")
    answer = browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    assert answer.status_code == 409
    assert REASON in answer.body
    assert shown(office, case)["open_visits"][0]["step"] == 4


def test_a_return_without_a_reason_keeps_the_points_and_does_not_act(browser, office):
    case = walk(office, submit(office), until=3)
    form = step_form(case, **{**RETURN, "reason": ""})
    answer = browser.post("verifikator", path_of(case, 3), **form)
    assert answer.status_code == 422
    assert 'href="#field-reason"' in answer.body
    assert "Titik ribuan" in answer.body
    assert shown(office, case)["version"] == case["version"]


def test_a_point_says_what_it_is_about(browser, office):
    case = walk(office, submit(office), until=3)
    form = step_form(case, **{**RETURN, "point_about": ["column", ""]})
    answer = browser.post("verifikator", path_of(case, 3), **form)
    assert answer.status_code == 422
    assert 'href="#field-point_about-2"' in answer.body


def test_one_more_point_is_a_form_again_and_no_act(browser, office):
    case = walk(office, submit(office), until=3)
    form = step_form(case, **RETURN, point_add="1")
    answer = browser.post("verifikator", path_of(case, 3), **form)
    assert answer.status_code == 200
    assert answer.body.count('name="point_about"') == 3
    assert shown(office, case)["version"] == case["version"]


def test_what_a_return_asks_of_a_field_stands_at_that_field(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    name = case["datasets"][0]["name"]
    answer = browser.get("produsen_data", f"/dataset/{name}/metadata")
    after_point = answer.body.partition('id="point-unit"')[2]
    assert re.findall(r'name="(\w+)"', after_point)[0] == "unit"


def test_returned_data_is_the_first_thing_its_produsen_finds_in_the_inbox(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    answer = browser.get("produsen_data", "/kotak-masuk")
    assert REASON in answer.body


def test_somebody_who_does_not_hold_the_step_reads_who_does(browser, office):
    case = submit(office)
    answer = browser.get("produsen_data", path_of(case, 1))
    assert answer.status_code == 403
    assert "Admin Data" in answer.body


@pytest.mark.parametrize("path", ["/kasus/{number}", "/dataset/{name}", "/dataset/{name}/unggah"])
def test_an_outsider_gets_the_answer_of_a_wrong_address(browser, office, path):
    case = submit(office)
    right = path.format(number=case["number"], name=case["datasets"][0]["name"])
    wrong = path.format(number=case["number"] + 1, name="tidak-ada")
    answers = [browser.get("outsider", one) for one in (right, wrong)]
    assert [one.status_code for one in answers] == [404, 404]
    assert len({main_part(one) for one in answers}) == 1


@pytest.mark.parametrize("number", ["{number}", "4711"])
def test_who_is_not_logged_in_is_asked_to_for_any_number(browser, office, number):
    path = f"/kasus/{number.format(number=submit(office)['number'])}"
    answer = browser.get(None, path)
    assert answer.status_code == 302
    assert answer.location.endswith(f"/user/login?came_from={path}")


def test_a_form_without_a_session_does_not_act_and_gives_the_words_back(browser, office):
    case = walk(office, submit(office), until=3)
    answer = browser.post(None, path_of(case, 3), **step_form(case, **RETURN))
    assert answer.status_code == 401
    assert REASON in answer.body
    assert shown(office, case)["version"] == case["version"]


def test_a_wrong_word_does_not_cost_the_file(browser, office):
    case = submit(office)
    name = case["datasets"][0]["name"]
    resource = call(office["produsen_data"], "package_show", id=name)["resources"][0]
    path = f"/dataset/{name}/unggah?berkas={resource['id']}"
    wrong = browser.post(
        "produsen_data",
        path,
        upload=(upload(b"tahun,jumlah\n2024,1\n").stream, "baru.csv"),
        change_nature="koreksi_angka",
    )
    token = re.search(r'name="upload_held" value="([^"]+)"', wrong.body)
    assert wrong.status_code == 422
    assert token
    right = browser.post(
        "produsen_data",
        path,
        upload_held=token[1],
        change_nature="koreksi_angka",
        change_note="Angka 2024 (rekaan).",
    )
    assert right.status_code == 303
    after = call(office["produsen_data"], "package_show", id=name)["resources"][0]
    assert after["url"].endswith("/baru.csv")


@pytest.mark.ckan_config("ckan.max_resource_size", 1)
def test_a_file_that_is_too_big_is_refused_with_both_sizes(browser, office):
    name = submit(office)["datasets"][0]["name"]
    big = upload(b"a,b\n" * 600_000).stream
    answer = browser.post("produsen_data", f"/dataset/{name}/unggah", upload=(big, "besar.csv"))
    assert answer.status_code == 422
    assert 'href="#field-upload"' in answer.body
    assert "2,3 MB" in answer.body
    assert "1 MB" in answer.body


def test_a_kept_file_is_given_to_its_sender_only(browser, office):
    case = submit(office)
    name = case["datasets"][0]["name"]
    resource = call(office["produsen_data"], "package_show", id=name)["resources"][0]
    path = f"/dataset/{name}/unggah?berkas={resource['id']}"
    wrong = browser.post(
        "produsen_data",
        path,
        upload=(upload(CSV).stream, "baru.csv"),
        change_nature="koreksi_angka",
    )
    token = re.search(r'name="upload_held" value="([^"]+)"', wrong.body)
    assert token
    words = {"change_nature": "koreksi_angka", "change_note": "Rekaan."}
    answer = browser.post("admin_data", path, upload_held=token[1], **words)
    assert answer.status_code == 422


def test_a_new_dataset_and_its_file_open_a_case_without_javascript(browser, office):
    values = {"title": "Jumlah sekolah (rekaan)", "owner_org": office.agency["id"]}
    more = {"access_class": "terbuka", "license_id": "cc-by"}
    first = browser.post("produsen_data", "/unggah", **values, **more)
    assert first.status_code == 303
    path = "/" + first.location.split("/", 3)[3]
    second = browser.post("produsen_data", path, upload=(upload(CSV).stream, "sekolah.csv"))
    assert second.status_code == 303
    assert "/tanda-terima/1" in second.location
    stored = model.Package.get("jumlah-sekolah-rekaan")
    assert [one.name for one in stored.resources] == ["sekolah"]


def test_the_public_page_names_nobody_and_shows_no_case(browser, office):
    case = walk(office, submit(office), until=9)
    answer = browser.get(None, f"/dataset/{case['datasets'][0]['name']}")
    assert answer.status_code == 200
    assert 'id="case-strip"' not in answer.body
    names = [model.User.get(person["name"]).display_name for person in office.people.values()]
    assert not [name for name in names if name in answer.body]


def test_two_ticks_of_one_facet_find_what_has_either(browser, office):
    walk(office, submit(office, "satu", topic="kesehatan"), until=9)
    walk(office, submit(office, "dua", topic="pendidikan"), until=9)
    answer = browser.get(None, "/dataset/?topic=kesehatan&topic=pendidikan")
    assert answer.body.count('href="/dataset/satu"') == 1
    assert answer.body.count('href="/dataset/dua"') == 1


def test_a_preview_shows_ten_rows_and_knows_its_number_columns():
    lines = ["nama;jumlah", *(f"Kecamatan {number};1.{number:03}" for number in range(30))]
    found = table("\n".join(lines).encode(), whole=True)
    assert found
    assert found.columns == ["nama", "jumlah"]
    assert len(found.rows) == 10
    assert found.numbers == [False, True]


@pytest.mark.parametrize("head", [b"PK\x03\x04\xff\xfe", b"satu baris saja", b"a,b\n\x00,1\n"])
def test_what_is_no_plain_table_has_no_preview(head):
    assert table(head, whole=True) is None


def test_half_a_line_at_the_end_of_what_was_read_is_no_row():
    found = table(b"a,b\n1,2\n3,", whole=False)
    assert found
    assert found.rows == [["1", "2"]]


def counted_at(link: str, body: str) -> list[str]:
    """The number beside a link of the header, if it has one."""
    found = re.search(rf'id="{link}">(.*?)</a>', body, re.DOTALL)
    return re.findall(r'class="sd-count"[^>]*>(\d+)<', found[1] if found else "")


def test_the_header_counts_what_came_back_to_its_produsen(browser, office):
    case = walk(office, submit(office), until=3)
    before = browser.get("produsen_data", "/about").body
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    after = browser.get("produsen_data", "/about").body
    assert [counted_at("inbox-link", body) for body in (before, after)] == [[], ["1"]]


def test_what_a_colleague_may_not_write_is_no_repair_of_his(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    counts = call(office["validator"], "satudata_case_list", waiting_for="repair")["counts"]
    assert counts["repair"] == 0


def test_what_came_back_to_its_produsen_waits_for_him_and_not_for_others(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    answer = call(office["produsen_data"], "satudata_case_list", waiting_for="others")
    assert {name: one for name, one in answer["counts"].items() if one} == {"repair": 1}
    assert answer["results"] == []


def test_each_open_visit_of_the_inbox_is_counted_once(browser, office):
    case = walk(office, submit(office), until=3)
    browser.post("verifikator", path_of(case, 3), **step_form(case, **RETURN))
    assert call(office["produsen_data"], "satudata_case_list")["count"] == 1


def test_a_reason_that_is_too_long_comes_back_with_its_sentence_and_its_words(browser, office):
    case = walk(office, submit(office), until=3)
    long = "Terlalu panjang. " * 300
    form = step_form(case, **{**RETURN, "reason": long})
    answer = browser.post("verifikator", path_of(case, 3), **form)
    assert answer.status_code == 422
    assert "paling banyak 4.000" in answer.body
    assert long.strip() in answer.body


def test_a_fault_in_a_point_leads_to_that_point():
    error = tk.ValidationError({"points": [{}, {"note": ["Tulis ulang."]}]})
    assert faults_of(error, str) == [("field-point_about-2", "points", "Tulis ulang.")]


def test_a_point_about_nothing_known_leads_to_the_points(browser, office):
    case = walk(office, submit(office), until=3)
    form = step_form(case, **{**RETURN, "point_about": ["all", "warna"]})
    answer = browser.post("verifikator", path_of(case, 3), **form)
    assert answer.status_code == 422
    assert 'href="#field-points"' in answer.body
    assert 'id="field-points"' in answer.body


@pytest.mark.parametrize(("actor", "offered"), [("produsen_data", True), ("sysadmin", False)])
def test_handing_over_is_offered_to_those_whom_it_is_not_refused(browser, office, actor, offered):
    call(office["sysadmin"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "resource_create", **resource_values("jumlah-penduduk"))

    page = main_part(browser.get(actor, "/dataset/jumlah-penduduk"))
    assert ('id="case-open"' in page) is offered
