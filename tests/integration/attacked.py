"""An office that stands while many attacks are tried on it, and calls that it would allow.

Each attack runs inside a transaction that is never committed, so that the next one meets the same
office, and the database is made anew once for all of them.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.officers import lists as officer_lists
from ckanext.satudata.model.tables import DeliveryRow
from ckanext.satudata.officers.template import template
from tests.integration.list_office import (
    SOP,
    act,
    at_producers,
    at_step_4,
    bring,
    make_list_office,
    request_of,
    with_requests,
)
from tests.integration.office import Office, call, let_head_the_walidata, upload
from tests.integration.sheets import NEW_REVISION, written
from tests.integration.way_in import with_factor

PDF = b"%PDF-1.7\nSurat rekaan untuk pengujian.\n%%EOF\n"
DAY = "2026-12-01"
KAMUS = '{"fields": [{"name": "tahun", "type": "year", "title": "Tahun"}]}'

INVITATION = {"actor": "bps", "name": "BPS (rekaan)", "days": 3}

Values = dict[str, Any]


@dataclass(frozen=True)
class Attacked:
    """`calls`: per action of ours the person and the values of calls that are as they should be,
    nearly all of them allowed. `judged`: the address of a link that may be used."""

    office: Office
    calls: dict[str, list[tuple[str, Values]]]
    judged: str
    ids: dict[str, str]

    def token(self, person: str) -> str:
        return self.office.people[person]["token"]


_standing: dict[str, Attacked] = {}


def standing_office(name: str) -> Callable[[pytest.FixtureRequest, None], Attacked]:
    """A fixture: the same office for every attack of one file, which its `name` tells."""

    def attacked(request: pytest.FixtureRequest, with_plugins: None) -> Attacked:
        if name not in _standing:
            request.getfixturevalue("clean_db")
            request.getfixturevalue("clean_index")
            _standing[name] = make_attacked()
        return _standing[name]

    return attacked


def make_attacked() -> Attacked:
    """A list before its producers, another one before BPS with its link, and what belongs there."""
    office = make_list_office()
    office.people["sysadmin"] = factories.SysadminWithToken()
    office.people["head"] = factories.UserWithToken()
    let_head_the_walidata(office.people["head"]["id"])
    making, case = at_step_4(office), at_producers(office)
    judged = act(office, with_requests(office), "kasi", outcome="sesuai")
    link = _link(office, judged)
    ids = {
        "case": str(case["number"]),
        "request": request_of(case, office.agency["id"]),
        "dataset": bring(office)["id"],
        "attachment": _attached(office, case["id"]),
        "letter": _attached(office, None),
        "link": link["id"],
        "assignment": call(office["head"], "satudata_assignment_list", actor="staf")[0]["id"],
        "adoption": call(office["head"], "satudata_sop_list", subject=SOP)[0]["adoptions"][0]["id"],
    }
    ids["reset"] = _reset(office)
    package = model.Package.get(ids["dataset"])
    assert package is not None
    ids["resource"] = package.resources[0].id
    ids["delivery"] = _delivery(office, case["id"], ids["dataset"])
    calls = _calls(office, case, ids)
    acts = [*_acts(office, case, ids), *_acts_elsewhere(office, making, judged)]
    calls["satudata_case_act"] = acts
    mailed = {**INVITATION, "email": "bps@contoh.example"}
    calls["satudata_link_create"] = [
        ("kasi", {**_first_visit(judged), **one}) for one in (INVITATION, mailed)
    ]
    return Attacked(office, calls, link["url"], ids)


def _link(office: Office, case: Values) -> Values:
    return call(office["kasi"], "satudata_link_create", **_first_visit(case), **INVITATION)


def _first_visit(case: Values) -> Values:
    """Where the first open visit of a case is, as an act names it."""
    visit = case["open_visits"][0]
    values = {"id": str(case["number"]), "version": case["version"], "step": visit["step"]}
    return {**values, "visit": visit["number"], "dataset_id": visit["item"]}


def _attached(office: Office, case_id: str | None) -> str:
    person = "kasi" if case_id else "head"
    values: Values = {"case_id": case_id} if case_id else {}
    values["upload"] = upload(PDF, "surat.pdf")
    return call(office[person], "satudata_attachment_create", **values)["id"]


def _reset(office: Office) -> str:
    """A lost second factor whose reset the head has asked for."""
    for name in ("stranger", "kasi"):
        with_factor(office.people[name])
    values = {"account": office["stranger"], "reason": "Telepon hilang (rekaan)"}
    return call(office["head"], "satudata_factor_reset_ask", **values)["id"]


def _delivery(office: Office, case_id: str, dataset_id: str) -> str:
    """Data that another SOP handed over, as its worker would have written it."""
    row = DeliveryRow(
        dataset_id=dataset_id,
        organization_id=office.agency["id"],
        subject=SOP,
        step=8,
        from_case_id=case_id,
        approval={"name": "Kepala (rekaan)", "on": "2026-11-01", "content_sha256": "0" * 64},
        delivered_by="",
        delivered_at=clock.now(),
    )
    model.Session.add(row)
    model.Session.commit()
    return row.id


def _calls(office: Office, case: Values, ids: dict[str, str]) -> dict[str, list[Any]]:
    letter = {
        "decree_number": "1/SK (rekaan)",
        "decree_date": "2026-11-01",
        "decree_attachment": ids["letter"],
    }
    decree = {"decree_number": "1/SK (rekaan)", "decree_date": "2026-11-01"}
    agency, walidata = office.agency["name"], office.walidata["name"]
    place = {"id": ids["case"], "version": case["version"]}
    days = {"valid_from": DAY, "valid_until": DAY}
    person = {"user": office["stranger"], "for_user": office["kasi"], "acting": "plt"}
    period = {"from": "2026-01-01", "to": DAY}
    return {
        "satudata_activity_report": [("head", {"person": office["kasi"], **period})],
        "satudata_adoption_end": [("head", {"id": ids["adoption"]})],
        "satudata_assignment_create": [
            ("head", {"sop": SOP, "actor": "kasi", "organization": agency, **person, **days,
                      **letter})
        ],
        "satudata_assignment_end": [("head", {"id": ids["assignment"], "ended_on": DAY})],
        "satudata_assignment_hand_over": [
            ("head", {"user": office["kasi"], "to": office["staf"], "sop": SOP,
                      "valid_from": DAY, **letter}),
            ("head", {"user": office["produsen_data"], "to": office["staf"],
                      "organization": agency}),
        ],
        "satudata_assignment_list": [
            ("head", {"user": office["kasi"], "sop": SOP, "actor": "kasi", "organization": agency,
                      "state": "all", "limit": 3, "offset": 0})
        ],
        "satudata_assignment_show": [("head", {"id": ids["assignment"]})],
        "satudata_assignment_stand_in": [("head", {**person, **days, **letter})],
        "satudata_attachment_create": [
            ("kasi", {"case_id": ids["case"], "upload": PDF}), ("head", {"upload": PDF}),
        ],
        "satudata_attachment_show": [("kasi", {"id": ids["attachment"]})],
        "satudata_audit_export": [
            ("kasi", {"case": ids["case"], "format": "csv"}),
            ("head", {"format": "prov", **period}),
        ],
        "satudata_calendar_show": [("kasi", {"organization": walidata, "year": 2026})],
        "satudata_calendar_day_set": [
            ("head", {"organization": walidata, "day": DAY, "off": True, "joint": False,
                      "name": "Hari rekaan", **decree})
        ],
        "satudata_calendar_ramadan_set": [
            ("head", {"organization": walidata, "first_day": "2026-02-18",
                      "last_day": "2026-03-19", **decree})
        ],
        "satudata_calendar_hours_set": [
            ("head", {"organization": walidata, "since": "2026-01-01", "days": 6,
                      "usual": ["07.30-14.00"] * 6 + [""], "ramadan": ["08.00-13.00"] * 6 + [""],
                      **decree})
        ],
        "satudata_calendar_end": [("head", {"id": "x", "reason": "Rekaan"})],
        "satudata_clock_list": [
            ("kasi", {"due": "any", "sop": SOP, "step": 8, "organization": agency,
                      "q": "Jumlah", "order": "due", "limit": 5, "offset": 0})
        ],
        "satudata_case_list": [
            ("kasi", {"waiting_for": "any", "sop": SOP, "step": 8, "organization": agency,
                      "q": "Jumlah", "order": "oldest", "limit": 5, "offset": 0, "choices": True,
                      "due": "near"})
        ],
        "satudata_case_move": [("head", {**place, "sop": SOP, "reason": "Rekaan"})],
        "satudata_case_open": [
            ("kepala_dinas", {"sop": SOP, "organization": walidata, "datasets": []}),
            ("produsen_data", {"dataset_id": ids["dataset"], "sop": SOP}),
        ],
        "satudata_case_show": [("kasi", {"id": ids["case"]})],
        "satudata_case_work": [("kasi", {"id": ids["case"]})],
        "satudata_delivery_list": [("kasi", {})],
        "satudata_update_list": [
            ("kasi", {"state": "any", "organization": agency, "limit": 5, "offset": 0})
        ],
        "satudata_round_list": [("kasi", {"state": "open", "limit": 5, "offset": 0})],
        "satudata_round_confirm": [("kasi", {"id": "x", "note": "Rekaan"})],
        "satudata_notice_list": [
            ("kasi", {"unread": True, "kind": "task", "case": "1", "limit": 5, "offset": 0})
        ],
        "satudata_notice_read": [("kasi", {"ids": ["x"], "case": ids["case"]})],
        "satudata_notice_send_again": [("head", {"ids": ["x"]})],
        "satudata_notice_setting_list": [("kasi", {})],
        "satudata_notice_setting_set": [("kasi", {"kind": "task", "way": "digest"})],
        "satudata_notice_undeliverable_list": [("head", {"limit": 5, "offset": 0})],
        "satudata_delivery_place": [
            ("kasi", {"id": ids["delivery"], "case": ids["case"], "entry": ids["request"],
                      "version": case["version"]})
        ],
        "satudata_dictionary_forms": [("kasi", {"id": ids["dataset"]})],
        "satudata_dictionary_propose": [
            ("produsen_data", {"id": ids["resource"], "schema": KAMUS})
        ],
        "satudata_dictionary_save": [
            ("produsen_data", {"id": ids["resource"], "schema": KAMUS, "based_on": ""})
        ],
        "satudata_dictionary_show": [("kasi", {"id": ids["resource"], "version": 1})],
        "satudata_dictionary_take_over": [
            ("produsen_data", {"id": ids["resource"], "source": ids["resource"], "schema": KAMUS,
                               "keep": "true"})
        ],
        "satudata_dictionary_version_list": [("kasi", {"id": ids["resource"]})],
        "satudata_factor_reset_ask": [
            ("head", {"account": office["kasi"], "reason": "Telepon hilang (rekaan)"})
        ],
        "satudata_factor_reset_confirm": [("sysadmin", {"id": ids["reset"]})],
        "satudata_factor_reset_list": [("head", {})],
        "satudata_login_unlock": [("head", {"account": office["kasi"]})],
        "satudata_link_list": [("kasi", {"id": ids["case"]})],
        "satudata_link_withdraw": [("kasi", {"id": ids["link"]})],
        "satudata_officers_import": [
            ("head", {"upload": template(*officer_lists.template_lists()), "dry_run": "false",
                      "plan": "x", "letters": ids["letter"], "invite": "password"})
        ],
        "satudata_person_erase": [
            ("head", {"name": "Wulan (rekaan)", "reason": "Rekaan"}),
            ("sysadmin", {"user": "tidak-ada", "reason": "Rekaan"}),
        ],
        "satudata_personal_data_answer": [
            ("kasi", {"id": ids["dataset"], "content": "x", "findings": ["x"],
                      "verdict": "milik_kantor", "reason": "Rekaan"})
        ],
        "satudata_personal_data_show": [("kasi", {"id": ids["dataset"]})],
        "satudata_reader_add": [
            ("head", {"id": ids["dataset"], "kind": "person", "reader": office["staf"],
                      "reason": "Rekaan", "until": DAY})
        ],
        "satudata_reader_list": [("head", {"id": ids["dataset"]})],
        "satudata_reader_remove": [("head", {"id": "x"})],
        "satudata_register": [
            ("kasi", {"sop": SOP, "organization": agency, "state": "open", "limit": 5,
                      "offset": 0, **period})
        ],
        "satudata_release_correct": [
            ("head", {"id": ids["dataset"], "fields": {"notes": "Rekaan"}, "reason": "Rekaan",
                      "release": 1})
        ],
        "satudata_release_force": [
            ("sysadmin", {"id": ids["dataset"], "reason": "Bencana (rekaan)"})
        ],
        "satudata_release_move": [
            ("head", {"id": ids["dataset"], "publish_at": "2027-01-05T08:00", "reason": "Rekaan"})
        ],
        "satudata_release_call_off": [("head", {"id": ids["dataset"], "reason": "Rekaan"})],
        "satudata_embargo_set": [
            ("head", {"id": ids["dataset"], "not_before": "2027-01-05T08:00", "reason": "Rekaan"})
        ],
        "satudata_embargo_lift": [("head", {"id": ids["dataset"], "reason": "Rekaan"})],
        "satudata_release_differences": [("kasi", {"id": ids["dataset"], "from": 1, "to": 2})],
        "satudata_release_list": [("kasi", {"id": ids["dataset"]})],
        "satudata_release_show": [("kasi", {"id": ids["dataset"], "release": 1})],
        "satudata_row_differences": [
            ("kasi", {"id": ids["dataset"], "from": 1, "to": 2, "resource": ids["resource"],
                      "kind": "changed", "limit": 5, "offset": 0})
        ],
        "satudata_release_withdraw": [
            ("head", {"id": ids["dataset"], "reason": "Keliru (rekaan)",
                      "legal_basis": "Pasal rekaan", "replacement": ids["dataset"],
                      "release": 1})
        ],
        "satudata_working_copy_create": [
            ("produsen_data", {"id": ids["dataset"], "release": 1})
        ],
        "satudata_working_copy_drop": [
            ("produsen_data", {"id": ids["dataset"], "reason": "Keliru (rekaan)"})
        ],
        "satudata_request_fulfil": [
            ("produsen_data", {**place, "request": ids["request"], "dataset_id": ids["dataset"]})
        ],
        "satudata_route_list": [("kasi", {})],
        "satudata_route_set": [
            ("head", {"organization": agency, "kind": "prioritas", "subject": SOP})
        ],
        "satudata_sop_adopt": [
            ("head", {"sop": SOP, "organization": walidata, "serves": [agency], **letter}),
            ("head", {"sop": SOP, "organization": walidata, "serves": "all",
                      "bound": {"16": "pengelolaan-data-elektronik"}}),
        ],
        "satudata_sop_check": [
            ("head", {"text": written(NEW_REVISION)}), ("head", {"upload": b"sop: {}"}),
        ],
        "satudata_sop_list": [("kasi", {"subject": SOP})],
        "satudata_sop_show": [("kasi", {"id": SOP, "revision": 1})],
        "satudata_sop_upload": [
            ("head", {"text": written(NEW_REVISION)}), ("head", {"upload": b"sop: {}"}),
        ],
    }  # fmt: skip


def _acts(office: Office, case: Values, ids: dict[str, str]) -> list[tuple[str, Values]]:
    """Acts at the visit of the first agency."""
    at = {"id": ids["case"], "version": case["version"], "step": 8, "visit": 1}
    at["dataset_id"] = ids["request"]
    paper = {"on": "2026-11-01", "name": "Kepala (rekaan)", "evidence": ids["attachment"]}
    acts: list[tuple[str, Values]] = [
        ("kasi", {"act": "assign", "to": office["produsen_data"]}),
        ("kasi", {"act": "comment", "text": "Rekaan", "attachments": [ids["attachment"]]}),
        ("kasi", {"act": "drop", "datasets": [ids["request"]], "reason": "Rekaan"}),
        ("kasi", {"act": "set_closing", "closes_on": DAY}),
        ("produsen_data", {"outcome": "selesai", "publish_at": "2027-01-05T08:00"}),
        ("kasi", {"act": "approve", "paper": paper}),
        ("produsen_data", {"act": "claim", "idempotency_key": "satu"}),
    ]
    return [(who, {**at, **one}) for who, one in acts]


def _acts_elsewhere(office: Office, making: Values, judged: Values) -> list[tuple[str, Values]]:
    """An entry for a list that is being made up, and a return of one that is judged."""
    entry = {"title": "Data baru", "organization": office.agency["name"], "release_date": DAY}
    meant = [judged["datasets"][0]["id"]]
    points = [{"kind": "column", "where": "jumlah", "note": "Rekaan"}]
    back = {"outcome": "perlu_perbaikan", "reason": "Rekaan", "points": points}
    return [
        ("staf", {**_first_visit(making), "act": "add", "entry": entry}),
        ("bps", {**_first_visit(judged), **back, "datasets": meant, "rest": "wait"}),
    ]


def as_request(values: Values) -> Values:
    """The values as the test client sends them: as JSON, as a form where a file is among them."""
    files = {name: one for name, one in values.items() if isinstance(one, bytes)}
    if not files:
        return {"json": values}
    # A form has texts only, and no half characters.
    form: Values = {
        name: str(one).encode("utf-8", "replace").decode()
        for name, one in values.items()
        if name not in files
    }
    return {"data": form | {name: (io.BytesIO(one), "surat.pdf") for name, one in files.items()}}
