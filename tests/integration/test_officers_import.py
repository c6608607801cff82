"""A workbook brings officers and who holds what: shown first, done once, all or nothing."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.officers import importing as officer_import
from ckanext.satudata.model import assignments
from tests.integration.hostile import refusal
from tests.integration.office import SOP, Office, call
from tests.unit.officers.books import HEADINGS, book

ACTION = "satudata_officers_import"
RANI = ("rani-rekaan", "Rani Rekaan", "rani@contoh.example", "dinas-contoh", "editor")
AGENCY = ("dinas-baru", "Dinas Baru (rekaan)", "produsen")


def sent(content: bytes, name: str = "petugas.xlsx") -> FileStorage:
    return FileStorage(io.BytesIO(content), name, "upload")


def post(**cells: Any) -> list[Any]:
    """A row of the sheet Penugasan, by heading."""
    known = {"Pengguna": "rani-rekaan", "SOP": SOP, "Pelaksana": "verifikator", **cells}
    return [known.get(heading) for heading in HEADINGS["Penugasan"]]


WHOLE = book(Instansi=[AGENCY], Petugas=[RANI], Penugasan=[post(Instansi="dinas-baru")])


def shown(office: Office, content: bytes, by: str = "pimpinan_walidata", **more: Any) -> Any:
    return call(office[by], ACTION, upload=sent(content), **more)


def applied(office: Office, content: bytes, by: str = "pimpinan_walidata", **more: Any) -> Any:
    return call(office[by], ACTION, upload=sent(content), dry_run=False, **more)


def states(answer: dict[str, Any]) -> list[str]:
    return [one["state"] for one in answer["rows"]]


def faults(answer: dict[str, Any]) -> list[tuple[str, str]]:
    found = [*answer["faults"], *(fault for row in answer["rows"] for fault in row["faults"])]
    return [(one["cell"], one["code"]) for one in found]


def held_by(name: str, office: Office) -> set[str]:
    return set(people.person_for(model.User.get(name), SOP, office.agency["id"]).actors)


# Looking first


def test_what_is_new_is_shown_row_by_row(office):
    answer = shown(office, WHOLE)

    assert [(one["sheet"], one["row"], one["state"]) for one in answer["rows"]] == [
        ("Instansi", 2, "new"),
        ("Petugas", 2, "new"),
        ("Penugasan", 2, "new"),
    ]


def test_showing_changes_nothing(office):
    shown(office, WHOLE)

    assert (model.Group.get("dinas-baru"), model.User.get("rani-rekaan")) == (None, None)


def test_a_row_says_before_and_after(office):
    content = book(Instansi=[("dinas-contoh", "Dinas Contoh Baru")])

    assert shown(office, content)["rows"][0]["changes"] == [
        {
            "column": "Judul",
            "is_day": False,
            "before": office.agency["title"],
            "after": "Dinas Contoh Baru",
        }
    ]


def test_what_the_portal_has_already_is_the_same(office):
    content = book(
        Instansi=[("dinas-contoh", office.agency["title"])],
        Petugas=[(office["verifikator"],)],
        Penugasan=[post(Pengguna=office["verifikator"])],
    )

    assert states(shown(office, content)) == ["same"] * 3


@pytest.mark.parametrize(
    "cells",
    [
        {"SOP": "Manajemen Data"},
        {"SOP": "MANAJEMEN-DATA", "Pelaksana": "VERIFIKATOR"},
        {"Pelaksana": "Verifikator"},
    ],
)
def test_sops_and_actors_are_known_by_what_people_call_them(office, cells):
    from ckanext.satudata.logic.sop import sops

    named = {"SOP": sops.loaded_sop(SOP).sop.sop.nama} if cells.get("SOP") else {}
    content = book(Penugasan=[post(Pengguna=office["verifikator"], **{**cells, **named})])

    assert states(shown(office, content)) == ["same"]


def test_an_agency_is_known_by_its_title_too(office):
    content = book(Petugas=[RANI[:3] + (office.agency["title"].upper(),)])

    assert states(shown(office, content)) == ["new"]


# Faults


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"Petugas": [("rani", "R", "rani@contoh.example", "dinas-hilang")]},
         ("Petugas!D2", "organization_unknown")),
        ({"Petugas": [("rani", "R", None)]}, ("Petugas!C2", "import_email_needed")),
        ({"Petugas": [("search", "R", "r@contoh.example")]}, ("Petugas!A2", "name_form")),
        ({"Petugas": [("rani", "R", "r@contoh.example", None, "admin")]},
         ("Petugas!E2", "import_capacity_alone")),
        ({"Instansi": [("dinas-contoh", "D", "pembina")]}, ("Instansi!C2", "import_role_differs")),
        ({"Instansi": [("new", "D")]}, ("Instansi!A2", "name_form")),
        ({"Penugasan": [post(Pengguna="entah")]}, ("Penugasan!A2", "user_unknown")),
        ({"Penugasan": [post(Pengguna="{verifikator}", SOP="x")]}, ("Penugasan!B2", "sop_unknown")),
        ({"Penugasan": [post(Pengguna="{verifikator}", Pelaksana="raja")]},
         ("Penugasan!C2", "actor_unknown")),
        ({"Penugasan": [post(Pengguna="{outsider}", Mulai="2026-02-01", Sampai="2026-01-01")]},
         ("Penugasan!F2", "date_order")),
        ({"Penugasan": [post(Pengguna="{outsider}", **{"Nomor surat": "7"})]},
         ("Penugasan!H2", "decree_incomplete")),
        ({"Penugasan": [post(Pengguna="{outsider}", **{"Berkas surat": "sk.pdf"})]},
         ("Penugasan!I2", "import_letter_unknown")),
        ({"Penugasan": [post(Pengguna="{outsider}", **{"Plt/Plh": "plh"})]},
         ("Penugasan!K2", "acting_without_whom")),
        ({"Penugasan": [post(Pengguna="{outsider}", **{"Plt/Plh": "plh", "Untuk": "{validator}"})]},
         ("Penugasan!K2", "acting_for_nobody")),
        ({"Penugasan": [post(Pengguna="{outsider}", SOP="*", Pelaksana="pimpinan_walidata")]},
         ("Penugasan!C2", "not_assigner")),
        ({"Penugasan": [post(Pengguna="{outsider}"), post(Pengguna="{outsider}")]},
         ("Penugasan!A3", "row_twice")),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_cell(office, sheets, place):
    names = {actor: person["name"] for actor, person in office.people.items()}
    filled = {
        name: [
            [one.format(**names) if isinstance(one, str) else one for one in row] for row in rows
        ]
        for name, rows in sheets.items()
    }

    assert faults(shown(office, book(**filled))) == [place]


def test_a_fault_is_told_in_a_sentence_with_its_code(office):
    answer = shown(office, book(Petugas=[("rani", "R", "bukan surel")]))

    assert answer["rows"][0]["faults"][0]["sentence"].endswith("[email_form]")


def test_a_letter_that_the_sop_asks_for_is_missed_at_its_cell(office, monkeypatch):
    from ckanext.satudata.logic.officers import assigning

    known = assigning.actor_of(SOP, "verifikator").model_copy(update={"surat_tugas": True})
    monkeypatch.setattr(assigning, "actor_of", lambda _sop, _actor: known)
    content = book(Penugasan=[post(Pengguna=office["outsider"])])

    assert faults(shown(office, content)) == [("Penugasan!G2", "decree_missing")]


def test_with_one_faulty_row_nothing_is_done(office):
    content = book(Instansi=[AGENCY], Petugas=[("rani", "R", None)])
    refused = refusal(office["pimpinan_walidata"], ACTION, upload=sent(content), dry_run=False)

    assert ("import_faulty" in refused, model.Group.get("dinas-baru")) == (True, None)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nama;judul\n", WHOLE[:-30]])
def test_what_is_no_workbook_is_told_and_never_breaks(office, content):
    assert faults(shown(office, content)) == [("", "workbook_broken")]


@pytest.mark.parametrize("upload", [None, "teks", 7, {"a": 1}])
def test_no_workbook_at_all_is_asked_for(office, upload):
    assert "attachment_missing" in refusal(office["pimpinan_walidata"], ACTION, upload=upload)


@pytest.mark.parametrize(
    "values",
    [
        {"letters": {"a": 1}},
        {"letters": [1, 2]},
        {"letters": "a\0b"},
        {"letters": ["entah"]},
        {"invite": "merpati"},
        {"dry_run": "mungkin"},
        {"plan": ["x"], "dry_run": False},
        {"plan": "x\0", "dry_run": False},
        {"plan": "bukan rencana", "dry_run": False},
    ],
)
def test_input_of_any_shape_is_refused_and_never_breaks(office, values):
    assert refusal(office["pimpinan_walidata"], ACTION, upload=sent(WHOLE), **values)


# Doing it


def test_all_three_sheets_are_brought_in(office):
    applied(office, WHOLE)

    agency, user = model.Group.get("dinas-baru"), model.User.get("rani-rekaan")
    row = assignments.assignments_of(user.id, clock.today())[0]
    assert (agency.title, user.fullname, row.actor, row.organization_id) == (
        "Dinas Baru (rekaan)", "Rani Rekaan", "verifikator", agency.id,
    )  # fmt: skip


def test_it_is_one_commit(office):
    import sqlalchemy as sa

    commits: list[int] = []
    engine = model.meta.engine

    def count(_connection: Any) -> None:
        commits.append(1)

    sa.event.listen(engine, "commit", count)
    try:
        applied(office, WHOLE)
    finally:
        sa.event.remove(engine, "commit", count)

    assert len(commits) == 1


def test_an_agency_has_the_role_that_was_said(office):
    applied(office, book(Instansi=[("bps-rekaan", "BPS (rekaan)", "pembina")]))

    assert model.Group.get("bps-rekaan").extras["satu_data_role"] == "pembina"


def test_who_brings_an_agency_in_is_not_its_administrator(office):
    applied(office, WHOLE)

    members = call(office["sysadmin"], "member_list", id="dinas-baru", object_type="user")
    assert members == []


def test_a_person_gets_his_place_in_the_agency(office):
    applied(office, WHOLE)

    members = call(office["sysadmin"], "member_list", id="dinas-contoh", object_type="user")
    assert model.User.get("rani-rekaan").id in {one[0] for one in members}


def test_a_new_account_logs_in_with_the_password_of_its_slip(office):
    slip = applied(office, WHOLE)["accounts"][0]

    assert model.User.get("rani-rekaan").validate_password(slip["password"])


def test_a_first_password_can_be_read_from_paper_and_is_not_guessed():
    made = {officer_import.first_password() for _ in range(50)}

    assert len(made) == 50
    assert all(re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}", one) for one in made)


def test_first_passwords_are_told_once(office):
    applied(office, WHOLE)

    again = applied(office, WHOLE)
    assert (again["again"], again["accounts"]) == (True, [])


def test_the_same_workbook_twice_does_nothing_the_second_time(office):
    applied(office, WHOLE)

    assert states(shown(office, WHOLE)) == ["same"] * 3


def test_a_new_administrator_of_the_portal_is_not_made(office):
    applied(office, WHOLE)

    assert model.User.get("rani-rekaan").sysadmin is False


def test_an_assignment_with_another_last_day_takes_the_place_of_the_old_one(office):
    applied(office, WHOLE)
    last = clock.today() + timedelta(days=30)
    content = book(Penugasan=[post(Instansi="dinas-baru", Sampai=last)])
    answer = applied(office, content)

    user = model.User.get("rani-rekaan")
    held = assignments.assignments_of(user.id, clock.today())
    assert (states(answer), [one.valid_until for one in held]) == (["changed"], [last])


def test_a_letter_is_found_by_its_file_name(office):
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\nx"), "SK-7.pdf", "upload")
    kept = call(office["pimpinan_walidata"], "satudata_attachment_create", upload=upload)
    cells = {"Nomor surat": "7", "Tanggal surat": "2026-01-02", "Berkas surat": "sk-7.PDF"}
    content = book(Penugasan=[post(Pengguna=office["outsider"], **cells)])
    applied(office, content, letters=[kept["id"]])

    row = assignments.assignments_of(model.User.get(office["outsider"]).id, clock.today())[0]
    assert (row.decree_number, row.decree_date, row.decree_attachment) == (
        "7", date(2026, 1, 2), kept["id"],
    )  # fmt: skip


def test_a_plh_and_the_one_he_stands_in_for_come_in_together(office):
    joko = ("joko-rekaan", "Joko Rekaan", "joko@contoh.example")
    cells = {"Pengguna": "joko-rekaan", "Plt/Plh": "Plh.", "Untuk": "rani-rekaan"}
    applied(office, book(Petugas=[RANI, joko], Penugasan=[post(), post(**cells)]))

    assert held_by("joko-rekaan", office) == {"verifikator"}


def test_the_head_of_the_walidata_comes_in_by_the_administrator(office):
    content = book(Penugasan=[post(Pengguna=office["outsider"], SOP="*",
                                   Pelaksana="pimpinan_walidata")])  # fmt: skip
    applied(office, content, by="sysadmin")

    user = model.User.get(office["outsider"])
    assert assignments.holds_office_wide(user.id, "pimpinan_walidata", clock.today())


# What changed meanwhile


def test_what_was_seen_is_what_is_done(office):
    plan = shown(office, WHOLE)["plan"]

    assert applied(office, WHOLE, plan=plan)["again"] is False


@pytest.mark.parametrize("meanwhile", ["account", "title", "assignment"])
def test_when_the_portal_changed_meanwhile_nothing_is_done(office, meanwhile):
    content = book(
        Instansi=[("dinas-contoh", "Dinas Baru")],
        Petugas=[RANI],
        Penugasan=[post(), post(Pengguna=office["outsider"])],
    )
    plan = shown(office, content)["plan"]
    if meanwhile == "account":
        factories.User(name="rani-rekaan", email=RANI[2], fullname=RANI[1])
    elif meanwhile == "title":
        call(office["sysadmin"], "organization_patch", id="dinas-contoh", title="Dinas Lain")
    else:
        values = {"user": office["outsider"], "sop": SOP, "actor": "verifikator"}
        call(office["sysadmin"], "satudata_assignment_create", **values)
    values = {"upload": sent(content), "dry_run": False, "plan": plan}

    assert "import_changed" in refusal(office["pimpinan_walidata"], ACTION, **values)
    assert model.Group.get("dinas-contoh").title != "Dinas Baru"


def test_another_workbook_is_not_what_was_seen(office):
    plan = shown(office, WHOLE)["plan"]
    other = book(Instansi=[("dinas-lain", "Dinas lain lagi")])
    values = {"upload": sent(other), "dry_run": False, "plan": plan}

    assert "import_changed" in refusal(office["pimpinan_walidata"], ACTION, **values)


# Who may, and what he may not


@pytest.mark.parametrize("by", ["verifikator", "produsen_data", "outsider", "pimpinan_tim_data"])
def test_others_bring_nothing_in(office, by):
    assert "not_head" in refusal(office[by], ACTION, upload=sent(WHOLE))


def test_somebody_without_an_account_brings_nothing_in(office):
    assert refusal("", ACTION, upload=sent(WHOLE))


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("{name}", "Nama Lain"), "Petugas!B2"),
        (("{name}", None, "milik-saya@contoh.example"), "Petugas!C2"),
    ],
)
def test_the_head_of_the_walidata_cannot_take_an_account_over(office, row, cell):
    filled = [one.format(name=office["sysadmin"]) if one else one for one in row]

    assert faults(shown(office, book(Petugas=[filled]))) == [(cell, "import_account_other")]


def test_the_administrator_corrects_a_name(office):
    applied(office, book(Petugas=[(office["verifikator"], "Nama Betul")]), by="sysadmin")

    assert model.User.get(office["verifikator"]).fullname == "Nama Betul"


def test_an_address_of_somebody_else_is_not_taken(office):
    taken = model.User.get(office["verifikator"]).email.upper()

    assert faults(shown(office, book(Petugas=[("rani-rekaan", "R", taken)]))) == [
        ("Petugas!C2", "import_email_taken")
    ]


def test_an_underscore_in_an_address_is_no_pattern(office):
    factories.User(email="aXb@contoh.example")

    assert states(shown(office, book(Petugas=[("rani", "R", "a_b@contoh.example")]))) == ["new"]


def test_a_deleted_account_is_not_brought_back(office):
    call(office["sysadmin"], "user_delete", id=office["outsider"])
    content = book(Petugas=[(office["outsider"], "X", "x@contoh.example")])

    assert faults(shown(office, content)) == [("Petugas!A2", "import_account_deleted")]


def test_the_name_of_a_deleted_agency_is_not_taken(office):
    call(office["sysadmin"], "organization_delete", id="dinas-lain-contoh")
    content = book(Instansi=[("dinas-lain-contoh", "Dinas")])

    assert faults(shown(office, content)) == [("Instansi!A2", "import_name_taken")]


# Invitations


MAIL = {"smtp.server": "mail.contoh.example", "smtp.mail_from": "portal@contoh.example"}


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> list[str]:
    """A portal that can send mail, and whom it wrote to."""
    for key, value in MAIL.items():
        monkeypatch.setitem(ckan_config, key, value)
    reached: list[str] = []
    monkeypatch.setattr(mailer, "mail_user", lambda user, *_text: reached.append(user.name))
    return reached


def test_without_a_mail_server_nobody_is_invited(office):
    values = {"upload": sent(WHOLE), "dry_run": False, "invite": "mail"}

    assert "import_no_mail" in refusal(office["pimpinan_walidata"], ACTION, **values)


def test_an_invited_person_gets_a_mail_and_no_slip(office, mail, test_request_context):
    with test_request_context():
        answer = applied(office, WHOLE, invite="mail")

    assert (mail, answer["invited"], answer["accounts"]) == (["rani-rekaan"], ["rani-rekaan"], [])


def test_an_invited_person_logs_in_only_after_choosing_a_password(
    office, mail, test_request_context
):
    with test_request_context():
        applied(office, WHOLE, invite="mail")

    assert model.User.get("rani-rekaan").state == model.State.PENDING


def test_who_cannot_be_reached_gets_a_slip_instead(office, mail, monkeypatch, test_request_context):
    def unreachable(*_mail: Any) -> None:
        raise mailer.MailerException("no route")

    monkeypatch.setattr(mailer, "mail_user", unreachable)
    with test_request_context():
        answer = applied(office, WHOLE, invite="mail")

    user = model.User.get("rani-rekaan")
    assert user.validate_password(answer["accounts"][0]["password"])
    assert (user.state, answer["invited"]) == (model.State.ACTIVE, [])


def test_more_invitations_than_a_browser_waits_for_are_refused(office, mail, monkeypatch):
    monkeypatch.setattr(officer_import, "MAX_INVITATIONS", 0)
    values = {"upload": sent(WHOLE), "dry_run": False, "invite": "mail"}

    assert "import_many_mails" in refusal(office["pimpinan_walidata"], ACTION, **values)


def test_the_api_takes_a_workbook_as_it_takes_files(app, office):
    answer = app.test_client().post(
        f"/api/3/action/{ACTION}",
        data={"upload": (io.BytesIO(WHOLE), "petugas.xlsx"), "dry_run": "true"},
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert (answer.status_code, answer.json["result"]["counts"]["new"]) == (200, 3)


def test_a_refusal_of_the_api_names_its_code(app, office):
    answer = app.test_client().post(
        f"/api/3/action/{ACTION}",
        data={"upload": (io.BytesIO(WHOLE), "p.xlsx"), "dry_run": "false", "plan": "lain"},
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert (answer.status_code, answer.json["error"]["code"]) == (409, ["import_changed"])


def test_nothing_of_it_is_an_action_that_a_link_could_call(app, office):
    answer = app.test_client().get(
        f"/api/3/action/{ACTION}",
        headers={"Authorization": office.people["pimpinan_walidata"]["token"]},
    )

    assert answer.status_code in (400, 405, 409)
    assert tk.get_action(ACTION).__dict__.get("side_effect_free") is not True
