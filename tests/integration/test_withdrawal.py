"""What is public is taken back by those who show it, and forced past the SOP by nobody unseen."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.model import records
from tests.integration.office import call, dataset_values, resource_values, submit, walk

NAME = "jumlah-penduduk"
WHY = "Angka tahun 2025 salah hitung."


@pytest.fixture
def published(office):
    """A dataset that its case has published."""
    return walk(office, submit(office), until=10)


@pytest.fixture
def prepared(office):
    """A dataset with a file and no case: its agency's administrator made it."""
    made = call(office["sysadmin"], "package_create", **dataset_values(office))
    call(office["sysadmin"], "resource_create", **resource_values(made["id"]))
    return made


def public_names():
    context = {"user": "", "ignore_auth": False}
    found = helpers.call_action("package_search", context)["results"]
    return [one["name"] for one in found]


def withdraw(office, person="pengelola_data", **values):
    return call(office[person], "satudata_release_withdraw", id=NAME, reason=WHY, **values)


def force(office, person="sysadmin", **values):
    values = {"id": NAME, "reason": "Bencana: data posko dibutuhkan malam ini.", **values}
    return call(office[person], "satudata_release_force", **values)


def events(name=NAME):
    stream = dataset_stream(model.Package.get(name).id)
    return [(one.kind, one.body) for one in records.records_of(stream)]


@pytest.mark.parametrize("person", ["pengelola_data", "pimpinan_walidata", "sysadmin"])
def test_withdrawn_data_is_private_again(office, published, person):
    withdraw(office, person)

    assert model.Package.get(NAME).private
    assert NAME not in public_names()


def test_withdrawn_data_answers_nothing_to_the_public(office, published):
    withdraw(office)

    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("package_show", {"user": "", "ignore_auth": False}, id=NAME)


@pytest.mark.parametrize("person", ["produsen_data", "verifikator", "outsider"])
def test_data_is_not_withdrawn_by_those_who_do_not_publish_it(office, published, person):
    with pytest.raises((tk.NotAuthorized, tk.ValidationError), match="not_withdrawer"):
        withdraw(office, person)


def test_a_withdrawal_without_a_reason_is_refused(office, published):
    with pytest.raises(tk.ValidationError, match="reason"):
        call(office["pengelola_data"], "satudata_release_withdraw", id=NAME, reason=" ")


def test_a_withdrawal_is_an_event_with_its_reason(office, published):
    withdraw(office)

    assert [(kind, body["reason"]) for kind, body in events()] == [("release_withdrawn", WHY)]


def test_withdrawn_data_is_called_so(office, published):
    withdraw(office)

    told = call(office["verifikator"], "package_show", id=NAME)
    assert told["validation_status"] == "ditarik"


def test_a_sysadmin_forces_a_publication(office, prepared):
    force(office)

    assert NAME in public_names()
    told = helpers.call_action("package_show", {"user": "", "ignore_auth": False}, id=NAME)
    assert told["validation_status"] == "terbit_khusus"


def test_a_forced_publication_is_an_event_with_its_reason(office, prepared):
    force(office)

    assert [kind for kind, _ in events()] == ["release_forced"]


@pytest.mark.parametrize("person", ["pimpinan_walidata", "pengelola_data", "produsen_data"])
def test_nobody_but_a_sysadmin_forces(office, prepared, person):
    with pytest.raises(tk.NotAuthorized):
        force(office, person)


def test_nobody_forces_without_a_user(office, prepared):
    with pytest.raises(tk.NotAuthorized):
        helpers.call_action("satudata_release_force", {"ignore_auth": True}, id=NAME, reason=WHY)


def test_forcing_demands_a_reason(office, prepared):
    with pytest.raises(tk.ValidationError, match="reason"):
        force(office, reason="")


def test_data_that_a_case_has_is_not_forced(office):
    submit(office)

    with pytest.raises(tk.ValidationError, match="forced_in_case"):
        force(office)


def test_withdrawn_data_keeps_its_address(office, prepared):
    force(office)
    withdraw(office, "sysadmin")

    with pytest.raises(tk.ValidationError, match="name_frozen"):
        call(office["sysadmin"], "package_patch", id=NAME, name="alamat-lain")
    model.Session.rollback()
