"""Who may bring officers in, and what not even he may."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.tests import factories

from tests.integration.hostile import refusal
from tests.integration.office import call
from tests.integration.officers_book import (
    ACTION,
    WHOLE,
    applied,
    faults,
    sent,
    shown,
    states,
)
from tests.unit.officers.books import book


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
