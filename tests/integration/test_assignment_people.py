"""Who may assign, and who reads what is assigned."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from tests.integration.assigned import (
    PIMPINAN,
    assign,
    day,
    end,
    held,
    only,
    refused,
)
from tests.integration.hostile import refusal
from tests.integration.office import SOP, Office, call

# Who may


def test_the_head_of_the_walidata_assigns(office):
    assert assign(office, by="pimpinan_walidata")["actor"] == "validator"


def test_the_head_of_the_walidata_ends_what_he_may_assign(office):
    assert end(office, "verifikator", by="pimpinan_walidata")["state"] == "ended"


@pytest.mark.parametrize("by", ["verifikator", "produsen_data", "outsider", "pimpinan_tim_data"])
def test_others_assign_nothing(office, by):
    assert "not_assigner" in refused(office, by=by)


@pytest.mark.parametrize("by", ["verifikator", "produsen_data", "outsider", "pimpinan_tim_data"])
def test_others_end_nothing(office, by):
    values = {"id": only(office, "validator")["id"]}

    assert "not_assigner" in refusal(office[by], "satudata_assignment_end", **values)


def test_others_hand_nothing_over(office):
    values = {"user": office["verifikator"], "to": office["outsider"]}

    assert "not_assigner" in refusal(
        office["verifikator"], "satudata_assignment_hand_over", **values
    )


def test_only_the_administrator_says_who_heads_the_walidata(office):
    assert "not_assigner" in refused(office, by="pimpinan_walidata", **PIMPINAN)


def test_the_head_of_the_walidata_is_held_for_no_single_agency(office):
    assert "office_wide_no_agency" in refused(office, organization=office.agency["id"], **PIMPINAN)


def test_who_heads_the_walidata_holds_no_step_by_that(office):
    assign(office, user=office["outsider"], **PIMPINAN)

    assert held(office, "outsider") == set()


def agency_admin(office: Office, **changes: Any) -> dict[str, Any]:
    """What the administrator of the other agency says about his own produsen."""
    agency = office.other_agency["id"]
    return {"user": office["outsider"], "actor": "produsen_data", "organization": agency, **changes}


def test_the_administrator_of_an_agency_assigns_its_produsen(office):
    assert assign(office, by="outsider", **agency_admin(office))["actor"] == "produsen_data"


@pytest.mark.parametrize(
    "change",
    [
        {"organization": "{agency}"},
        {"organization": ""},
        {"actor": "verifikator"},
        {"actor": "pengelola_data"},
        {"actor": "pimpinan_walidata", "sop": "*", "organization": ""},
        {"sop": "entah"},
    ],
)
def test_the_administrator_of_an_agency_assigns_nothing_else(office, change):
    said = {key: one.format(agency=office.agency["id"]) for key, one in change.items()}

    assert "not_assigner" in refused(office, by="outsider", **agency_admin(office, **said))


def test_a_produsen_who_publishes_is_not_the_agencys_to_assign(office, monkeypatch):
    from ckanext.satudata.logic.officers import assigning

    monkeypatch.setattr(assigning, "_decides", lambda _step, actor: actor == "produsen_data")

    assert "not_assigner" in refused(office, by="outsider", **agency_admin(office))


# Reading


def test_somebody_who_assigns_nothing_reads_his_own_only(office):
    found = call(office["verifikator"], "satudata_assignment_list")

    assert {one["user"]["name"] for one in found} == {office["verifikator"]}


def test_the_administrator_of_an_agency_reads_its_assignments(office):
    assign(office, user=office["validator"], organization=office.other_agency["id"])
    found = call(office["outsider"], "satudata_assignment_list")

    assert [one["user"]["name"] for one in found] == [office["validator"]]


def test_the_head_of_the_walidata_reads_all(office):
    found = call(office["pimpinan_walidata"], "satudata_assignment_list")

    assert {office["verifikator"], office["validator"]} < {one["user"]["name"] for one in found}


def test_somebody_without_an_account_reads_nothing(office):
    with pytest.raises(tk.NotAuthorized):
        call("", "satudata_assignment_list")


@pytest.mark.parametrize(
    ("asked", "states"),
    [("held", ["held"]), ("open", ["future", "held"]), ("all", ["ended", "future", "held"])],
)
def test_a_list_is_asked_for_by_how_things_stand(office, asked, states):
    user = office["outsider"]
    call(office["sysadmin"], "satudata_assignment_end", id=assign(office, user=user)["id"])
    assign(office, user=user, actor="analis_data", valid_from=day(1))
    assign(office, user=user, actor="verifikator")
    found = call(office["sysadmin"], "satudata_assignment_list", user=user, state=asked)

    assert sorted(one["state"] for one in found) == states


def test_a_list_is_asked_for_by_agency_with_what_holds_for_all(office):
    values = {"organization": office.other_agency["name"], "sop": SOP}
    found = call(office["sysadmin"], "satudata_assignment_list", **values)

    assert {one["organization_id"] for one in found} == {None}
