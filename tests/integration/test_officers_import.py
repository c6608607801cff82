"""A workbook of officers is brought in as it was shown."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.officers import importing as officer_import
from ckanext.satudata.model import assignments
from tests.integration.hostile import refusal
from tests.integration.office import SOP, call
from tests.integration.officers_book import (
    ACTION,
    RANI,
    WHOLE,
    applied,
    held_by,
    post,
    sent,
    shown,
    states,
)
from tests.unit.officers.books import book

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
