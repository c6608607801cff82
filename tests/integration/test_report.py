"""The register of cases and the activity report: what they say, to whom, and at what price."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.reports.activity import OWN_ACTS
from ckanext.satudata.logic.reports.words import KINDS
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.views import report
from tests.integration.office import (
    Office,
    act,
    call,
    dataset_values,
    resource_values,
    submit,
    walk,
)
from tests.integration.test_pages import Browser, main_part

pytestmark = pytest.mark.usefixtures("with_plugins")

TITLE = '=HYPERLINK("http://a.example";"Jumlah")'
POINTS = [{"kind": "all"}]


@pytest.fixture
def browser(app, office: Office) -> Browser:
    return Browser(app, office)


def register(office: Office, actor: str, **more: Any) -> list[int]:
    """Numbers of the cases in the register that a person gets."""
    answer = call(office[actor], "satudata_register", **more)
    assert answer["count"] == len(answer["results"])
    return [one["number"] for one in answer["results"]]


def days(around: int = 0) -> dict[str, str]:
    """A period of one day, today or so many days away."""
    day = (clock.today() + timedelta(days=around)).isoformat()
    return {"from": day, "to": day}


def activity(office: Office, actor: str, **more: Any) -> dict[str, Any]:
    return ask(office, actor, "satudata_activity_report", **{**days(), **more})


def ask(office: Office, actor: str, action: str, **values: Any) -> Any:
    """An action as the holder of an actor calls it, permission included."""
    context = {"user": office[actor], "ignore_auth": False}
    return helpers.call_action(action, context, **values)


def kinds(office: Office, actor: str, **more: Any) -> list[str]:
    return [one["kind"] for one in activity(office, actor, **more)["results"]]


def code(office: Office, actor: str, action: str, **values: Any) -> str:
    """The code of the refusal of an action; fails when it answers."""
    with pytest.raises((tk.NotAuthorized, tk.ValidationError)) as caught:
        ask(office, actor, action, **values)
    model.Session.rollback()
    return str(caught.value)


def statements(ask: Any) -> int:
    """How many statements `ask` sends to the database."""
    count = 0

    def seen(*_args: Any) -> None:
        nonlocal count
        count += 1

    sa.event.listen(model.meta.engine, "before_cursor_execute", seen)
    try:
        ask()
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", seen)
        model.Session.remove()
    return count


# The register


def test_the_register_says_where_each_case_stands(office):
    case = walk(office, submit(office), until=3)
    (row,) = call(office["admin_data"], "satudata_register")["results"]
    assert (row["number"], row["state"], row["sop"]["subject"]) == (
        case["number"],
        "open",
        "manajemen-data",
    )
    assert [(one["step"], one["holders"]) for one in row["stands"]] == [(3, ["Verifikator"])]
    assert [one["status"] for one in row["datasets"]] == ["diverifikasi"]


def test_only_who_may_see_a_case_finds_it_in_the_register(office):
    number = submit(office)["number"]
    shown = {who: register(office, who) for who in ("produsen_data", "verifikator", "sysadmin")}
    assert shown == dict.fromkeys(shown, [number])
    assert register(office, "outsider") == []


def test_of_another_office_s_list_only_the_own_part_is_shown(office):
    case = submit(office)
    other = office.other_agency["id"]
    model.Session.execute(sa.update(CaseRow).values(organization_id=office.walidata["id"]))
    _second_item(case["id"], other)
    (row,) = call(office["outsider"], "satudata_register")["results"]
    assert [one["organization"]["id"] for one in row["datasets"]] == [other]
    assert row["stands"] == []
    (row,) = call(office["verifikator"], "satudata_register")["results"]
    assert len(row["datasets"]) == 2


def test_an_agency_is_not_found_by_the_data_of_another_one(office):
    case = submit(office)
    model.Session.execute(sa.update(CaseRow).values(organization_id=office.walidata["id"]))
    _second_item(case["id"], office.other_agency["id"])
    assert register(office, "outsider", organization=office.agency["id"]) == []


def test_the_register_is_narrowed(office):
    first = walk(office, submit(office), until=10)["number"]
    second = submit(office, "data-kedua")["number"]
    narrowed = {
        "closed": register(office, "sysadmin", state="closed"),
        "open": register(office, "sysadmin", state="open"),
        "today": register(office, "sysadmin", **days()),
        "yesterday": register(office, "sysadmin", **days(-1)),
        "other SOP": register(office, "sysadmin", sop="pengelolaan-data"),
        "agency": register(office, "sysadmin", organization=office.agency["name"]),
        "other agency": register(office, "sysadmin", organization=office.other_agency["name"]),
    }
    assert narrowed == {
        "closed": [first],
        "open": [second],
        "today": [first, second],
        "yesterday": [],
        "other SOP": [],
        "agency": [first, second],
        "other agency": [],
    }


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"from": "kemarin"}, "date_invalid"),
        ({"from": "2026-02-01", "to": "2026-01-01"}, "date_order"),
        ({"organization": "tidak-ada"}, "organization_unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_code(office, wrong, refused):
    assert refused in code(office, "sysadmin", "satudata_register", **wrong)


def test_a_long_register_takes_no_more_statements_than_a_short_one(office):
    def asked() -> None:
        call(office["verifikator"], "satudata_register")

    submit(office)
    asked()
    few = statements(asked)
    for number in range(4):
        submit(office, f"data-{number}")
    assert statements(asked) == few


# The activity report


def test_everybody_reads_what_he_did_himself(office):
    case = walk(office, submit(office), until=3)
    act(office, case, "verifikator", "sesuai")
    assert kinds(office, "verifikator") == ["step_ended"]
    assert kinds(office, "produsen_data") == ["case_opened"]


@pytest.mark.parametrize("actor", ["produsen_data", "verifikator", "outsider"])
def test_others_are_not_read_by_everybody(office, actor):
    submit(office)
    for person in ("*", office["admin_data"], "tidak-ada"):
        refused = code(office, actor, "satudata_activity_report", **days(), person=person)
        assert "not_report_reader" in refused


@pytest.mark.parametrize("actor", ["pengelola_data", "pimpinan_walidata", "sysadmin"])
def test_who_steers_reads_what_others_did(office, actor):
    walk(office, submit(office), until=3)
    answer = activity(office, actor, person="*")
    people = {one["id"]: one["kinds"] for one in answer["people"]}
    assert people == {
        office.people["produsen_data"]["id"]: {"case_opened": 1},
        office.people["admin_data"]["id"]: {"step_ended": 2},
    }
    assert kinds(office, actor, person=office["admin_data"]) == ["step_ended"] * 2


def test_what_the_portal_did_for_somebody_is_no_act_of_his(office):
    walk(office, submit(office), until=9)
    assert kinds(office, "pengelola_data") == ["step_ended"]


def test_everything_that_somebody_does_has_its_word():
    assert {kind.value for kind in OWN_ACTS} == set(KINDS)


def test_a_day_is_a_day_at_the_office(office, freezer):
    freezer.move_to("2027-03-01T18:30:00")  # half past one of the next day in Jakarta
    submit(office)
    second = {"from": "2027-03-02", "to": "2027-03-02"}
    assert kinds(office, "produsen_data", **second) == ["case_opened"]
    assert kinds(office, "produsen_data", **{"from": "2027-03-01", "to": "2027-03-01"}) == []


def test_what_was_done_on_paper_counts_on_the_day_of_the_paper(office):
    case = submit(office)
    day = clock.today() - timedelta(days=9)
    _on_paper(case["id"], office.people["admin_data"]["id"], day)
    assert kinds(office, "admin_data") == []
    (row,) = activity(office, "admin_data", **days(-9))["results"]
    assert (row["counted_on"], row["on_paper"]) == (
        day.isoformat(),
        {"on": day.isoformat(), "name": "Rekaan"},
    )


def test_an_approval_on_paper_counts_on_its_day(office):
    case = submit(office)
    day = clock.today() - timedelta(days=9)
    approval = {"name": "Rekaan", "on": day.isoformat(), "evidence": "x", "actor": "a"}
    _event(case["id"], office.people["admin_data"]["id"], "approved", {"approval": approval})
    (row,) = activity(office, "admin_data", **days(-9))["results"]
    assert row["on_paper"]["name"] == "Rekaan"


def test_a_longer_report_takes_no_more_statements_than_a_short_one(office):
    def asked() -> None:
        activity(office, "pengelola_data", person="*")

    walk(office, submit(office), until=3)
    asked()
    few = statements(asked)
    for number in range(4):
        walk(office, submit(office, f"data-{number}"), until=3)
    assert statements(asked) == few


# Pages and workbooks


def test_the_register_prints_with_office_and_period(browser, office):
    submit(office)
    answer = browser.get("admin_data", "/register?dari=2026-01-01&sampai=2030-12-31")
    assert answer.status_code == 200
    assert "1 Januari 2026 sampai 31 Desember 2030" in main_part(answer)
    assert "Register kasus" in main_part(answer)


def test_the_activity_report_prints_what_was_done(browser, office):
    walk(office, submit(office), until=3)
    answer = browser.get("admin_data", "/laporan-kegiatan")
    assert "Menyelesaikan langkah" in main_part(answer)


class TestALongActivityReport:
    @pytest.fixture(autouse=True)
    def long(self, office, monkeypatch):
        monkeypatch.setattr(report, "PER_PAGE", 2)
        walk(office, submit(office), until=5)

    @staticmethod
    def rows(answer):
        table = main_part(answer).split('id="activity-rows"')[1]
        return table.split("</table>")[0].count("<tr>") - 1

    def test_is_read_page_by_page(self, browser):
        path = "/laporan-kegiatan?orang=*"
        first = browser.get("pimpinan_walidata", path)

        assert self.rows(first) == 2
        assert "halaman=2" in main_part(first)
        assert self.rows(browser.get("pimpinan_walidata", f"{path}&halaman=2")) == 2

    def test_is_printed_whole(self, browser):
        answer = browser.get("pimpinan_walidata", "/laporan-kegiatan?orang=*&cetak=1")

        assert self.rows(answer) > 4

    def test_the_printed_one_leads_back_to_the_pages(self, browser):
        page = main_part(browser.get("pimpinan_walidata", "/laporan-kegiatan?orang=*&cetak=1"))
        back = re.search(r'href="([^"]+)" id="activity-paged"', page)

        assert back is not None
        assert "cetak" not in back[1]

    def test_ends_with_its_last_page(self, browser):
        assert self.rows(browser.get("pimpinan_walidata", "/laporan-kegiatan?orang=*&halaman=99"))


def test_a_wrong_day_comes_back_with_its_form(browser, office):
    answer = browser.get("admin_data", "/register?dari=kemarin")
    assert answer.status_code == 422
    assert 'href="#field-from"' in answer.body


def test_the_report_of_others_is_refused_with_its_code(browser, office):
    answer = browser.get("produsen_data", "/laporan-kegiatan?orang=*")
    assert answer.status_code == 403
    assert "not_report_reader" in answer.body
    assert browser.get("produsen_data", "/laporan-kegiatan.xlsx?orang=*").status_code == 403


def test_a_stranger_is_asked_to_log_in(browser, office):
    asked = [
        browser.get(None, path) for path in ("/register", "/register.xlsx", "/laporan-kegiatan")
    ]
    assert [answer.status_code for answer in asked] == [302] * 3


def test_no_title_becomes_a_formula_in_the_register(browser, office):
    submit(office, title=TITLE)
    cells = _cells(browser.get("admin_data", "/register.xlsx"))
    assert TITLE in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_no_title_becomes_a_formula_in_the_activity_report(browser, office):
    walk(office, submit(office, title=TITLE), until=3)
    cells = _cells(browser.get("admin_data", "/laporan-kegiatan.xlsx"))
    assert TITLE in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def _cells(answer: Any) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return [cell for page in book for row in page for cell in row if cell.value is not None]


def _second_item(case_id: str, organization_id: str) -> None:
    """A dataset of another agency in the same case, as a list has them."""
    statement = (
        "INSERT INTO satudata_case_item (case_id, dataset_id, title, organization_id, is_request,"
        " product, party, position) VALUES (:case, 'lain', 'Lain', :agency, true, false, 1, 2)"
    )
    model.Session.execute(sa.text(statement), {"case": case_id, "agency": organization_id})
    model.Session.commit()


def _on_paper(case_id: str, actor: str, day: date) -> None:
    paper = {"on": day.isoformat(), "name": "Rekaan", "evidence": "x"}
    body = {"act": "finish", "step": 1, "item": None, "outcome": "selesai", "paper": paper}
    _event(case_id, actor, "step_ended", body)


def _event(case_id: str, actor: str, kind: str, body: dict[str, Any]) -> None:
    """An event as it is stored, without all that an act needs."""
    from ckanext.satudata.model.tables import EventRow

    model.Session.add(
        EventRow(
            stream=case_id,
            case_id=case_id,
            sequence=90,
            kind=kind,
            actor=actor,
            at=clock.now(),
            body=body,
            version=1,
            previous_hash="",
            hash="",
        )
    )
    model.Session.commit()


class TestWhatPassedByTheSop:
    """A forced publication and a withdrawal stand in the report of their month, with the reason."""

    REASON = "Bencana: data posko dibutuhkan malam ini (rekaan)."

    @pytest.fixture(autouse=True)
    def forced(self, office):
        call(office["sysadmin"], "package_create", **dataset_values(office))
        call(office["sysadmin"], "resource_create", **resource_values("jumlah-penduduk"))
        values = {"id": "jumlah-penduduk", "reason": self.REASON}
        call(office["sysadmin"], "satudata_release_force", **values)

    def told(self, office, actor="pimpinan_walidata", **more):
        found = activity(office, actor, **{"person": "*", **more})["exceptions"]
        return [(one["kind"], one["reason"], one["person"]["id"]) for one in found]

    def test_is_told_with_reason_and_who(self, office):
        who = office.people["sysadmin"]["id"]

        assert self.told(office) == [("release_forced", self.REASON, who)]

    def test_is_told_with_its_release_and_day(self, office):
        one = activity(office, "sysadmin", person="*")["exceptions"][0]

        assert (one["release"], one["on"]) == (1, clock.today().isoformat())

    @pytest.mark.parametrize("around", [-1, 1])
    def test_is_not_told_in_another_period(self, office, around):
        assert self.told(office, **days(around)) == []

    def test_is_told_of_a_withdrawal_too(self, office):
        values = {"id": "jumlah-penduduk", "reason": "Keliru (rekaan)."}
        call(office["pimpinan_walidata"], "satudata_release_withdraw", **values)

        kinds_told = [kind for kind, _reason, _who in self.told(office)]
        assert kinds_told == ["release_forced", "release_withdrawn"]

    def test_is_in_the_own_report_of_who_did_it(self, office):
        assert len(self.told(office, "sysadmin", person="")) == 1

    def test_is_not_in_the_own_report_of_others(self, office):
        assert self.told(office, "pimpinan_walidata", person="") == []

    def test_stands_on_the_page(self, browser):
        page = main_part(browser.get("pimpinan_walidata", "/laporan-kegiatan?orang=*"))

        assert self.REASON in page
        assert "Terbit khusus" in page

    def test_of_many_tells_the_first_of_an_agency_and_all_where_it_is_printed(
        self, browser, office, monkeypatch
    ):
        monkeypatch.setattr(report, "PER_AGENCY", 1)
        why = "Keliru (rekaan)."
        call(office["sysadmin"], "satudata_release_withdraw", id="jumlah-penduduk", reason=why)
        path = "/laporan-kegiatan?orang=*"

        assert why not in main_part(browser.get("pimpinan_walidata", path))
        assert why in main_part(browser.get("pimpinan_walidata", f"{path}&cetak=1"))

    def test_stands_in_the_workbook(self, browser):
        answer = browser.get("pimpinan_walidata", "/laporan-kegiatan.xlsx?orang=*")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[2]

        assert self.REASON in [cell for row in sheet.iter_rows(values_only=True) for cell in row]
