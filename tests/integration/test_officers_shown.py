"""What a workbook of officers would change is shown first, with its faults."""

from __future__ import annotations

import pytest
from ckan import model

from tests.integration.hostile import refusal
from tests.integration.office import SOP
from tests.integration.officers_book import (
    ACTION,
    AGENCY,
    RANI,
    WHOLE,
    faults,
    post,
    sent,
    shown,
    states,
)
from tests.unit.officers.books import book

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
