"""Steps that end later or by several: work left over, and visits that are ended together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import work
from ckanext.satudata.model.tables import AssignmentRow, WorkRow
from tests.integration import list_office
from tests.integration.list_office import REQUESTS, request_of, with_requests
from tests.integration.office import (
    Office,
    call,
    dataset_values,
    make_organization,
    put_in_force,
)
from tests.integration.test_list_pages import hidden_of, step_path
from tests.integration.test_page_words import text_of
from tests.integration.test_pages import Browser

pytestmark = pytest.mark.usefixtures("with_plugins")

SOP = "pengelolaan-data-elektronik"
ACTORS = ("pejabat_administrator", "pejabat_pengawas", "pengelola_ti", "administrator_server")

RETURN = {"reason": "Periksa bersama (rekaan).", "points": [{"kind": "all", "note": "Rekaan"}]}


def left_over(desk: Office) -> dict[str, Any]:
    """A case whose worker was refused one dataset, as its page shows it."""
    case = with_requests(desk)
    row = WorkRow(
        case_id=case["id"],
        sequence=case["version"],
        item=request_of(case, desk.agency["id"]),
        effects=["setujui"],
        actor=desk.people["kasi"]["id"],
        attempts=1,
        refused="file_missing",
        facts={"name": "berkas.csv"},
    )
    model.Session.add(row)
    model.Session.commit()
    return case


def test_the_page_says_which_data_is_not_through_and_why(app: CKANTestApp, desk):
    case = left_over(desk)
    body = Browser(app, desk).get("kasi", f"/kasus/{case['number']}").body
    part = body.partition('id="work"')[2].partition("</section>")[0]
    assert REQUESTS[0] in part
    assert "berkas.csv" in part


def test_the_office_lets_the_worker_try_again(app: CKANTestApp, desk, monkeypatch):
    case, started = left_over(desk), []
    monkeypatch.setattr(work, "start", started.append)
    answer = Browser(app, desk).post("kasi", f"/kasus/{case['number']}/kerja")
    assert answer.status_code == 303
    assert started == [case["id"]]


def test_a_producer_does_not_start_the_worker(app: CKANTestApp, desk, monkeypatch):
    case, started = left_over(desk), []
    monkeypatch.setattr(work, "start", started.append)
    answer = Browser(app, desk).post("outsider", f"/kasus/{case['number']}/kerja")
    assert answer.status_code == 403
    assert started == []


@pytest.fixture
def joint(with_plugins, clean_db, clean_index) -> tuple[Office, dict[str, Any]]:
    """SOP 003 at the visit that two people end together."""
    people: dict[str, dict[str, Any]] = {name: factories.UserWithToken() for name in ACTORS}
    staff = [{"name": one["name"], "capacity": "editor"} for one in people.values()]
    walidata = make_organization("kominfo-contoh", "walidata", *staff)
    for name, person in people.items():
        _let_hold(person["id"], name)
    put_in_force(SOP, walidata["id"])
    office = Office(walidata, walidata, people, walidata)
    head = office["pejabat_administrator"]
    data = call(head, "package_create", **dataset_values(office))
    case = call(head, "satudata_case_open", sop=SOP, datasets=[data["id"]])
    for actor, outcome in (
        ("pejabat_administrator", "selesai"),
        ("pejabat_pengawas", "selesai"),
        ("pengelola_ti", "selesai"),
        ("administrator_server", "disimpan"),
        ("pengelola_ti", "selesai"),
        ("pejabat_pengawas", "belum_selesai"),
    ):
        why = RETURN if outcome == "belum_selesai" else {}
        case = list_office.act(office, case, actor, outcome=outcome, **why)
    return office, case


def _let_hold(user_id: str, actor: str) -> None:
    """An assignment whose letter does not matter here."""
    values = {"user_id": user_id, "sop": SOP, "actor": actor, "created_by": ""}
    row = AssignmentRow(**values, valid_from=date(2026, 1, 1), created_at=clock.now())
    model.Session.add(row)
    model.Session.commit()


def test_the_first_of_two_reads_that_the_other_still_has_to_confirm(app: CKANTestApp, joint):
    office, case = joint
    browser, path = Browser(app, office), step_path(case, 6)
    form = hidden_of(browser.get("pejabat_pengawas", path).body, "act-form")
    answer = browser.post("pejabat_pengawas", path, **form, outcome="selesai")
    assert answer.status_code == 303
    receipt = browser.get("pejabat_pengawas", "/" + answer.location.split("/", 3)[3])
    assert "Pernyataan Anda tersimpan" in text_of(receipt)
    page = text_of(browser.get("administrator_server", f"/kasus/{case['number']}"))
    assert "Sudah menyatakan" in page


def test_the_second_of_two_ends_the_step(app: CKANTestApp, joint):
    office, case = joint
    browser, path = Browser(app, office), step_path(case, 6)
    for actor in ("pejabat_pengawas", "administrator_server"):
        form = hidden_of(browser.get(actor, path).body, "act-form")
        answer = browser.post(actor, path, **form, outcome="selesai")
        assert answer.status_code == 303
    now = call(office["pengelola_ti"], "satudata_case_show", id=case["id"])
    assert now["open_visits"][0]["step"] == 7


def test_one_of_two_who_says_it_twice_is_counted_once(app: CKANTestApp, joint):
    office, case = joint
    browser, path = Browser(app, office), step_path(case, 6)
    body = browser.get("pejabat_pengawas", path).body
    first = hidden_of(body, "act-form")
    browser.post("pejabat_pengawas", path, **first, outcome="selesai")
    again = browser.post("pejabat_pengawas", path, **{**first, "key": ""}, outcome="selesai")
    assert again.location.endswith("?lagi=1")
