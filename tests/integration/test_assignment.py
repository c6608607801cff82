"""Who holds what is said by the administrator, and said once."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.office import SOP, call


def assign(office, **changes):
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator"}
    return call(office["sysadmin"], "satudata_assignment_create", **{**values, **changes})


def test_the_same_assignment_twice_is_one(office):
    first = assign(office, valid_from="2026-01-01")

    assert assign(office, valid_from="2026-01-01")["id"] == first["id"]


def test_another_period_is_another_assignment(office):
    first = assign(office, valid_from="2026-01-01", valid_until="2026-01-31")

    assert assign(office, valid_from="2026-03-01")["id"] != first["id"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"actor": "raja"}, "actor_unknown"),
        ({"sop": "entah"}, "sop_unknown"),
        ({"user": "entah"}, "user_unknown"),
        ({"organization": "entah"}, "organization_unknown"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "date_order"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_with_its_code(office, change, code):
    with pytest.raises(tk.ValidationError, match=code):
        assign(office, **change)
    model.Session.rollback()


def test_only_the_administrator_assigns(office):
    with pytest.raises(tk.NotAuthorized, match="not_sysadmin"):
        call(office["verifikator"], "satudata_assignment_list")


def test_an_assignment_that_has_ended_gives_nothing(office):
    from ckanext.satudata.logic import people

    assign(office, valid_from="2026-01-01", valid_until="2026-01-31")

    user = model.User.get(office["verifikator"])
    assert people.person_for(user, SOP, office.agency["id"]).actors == {"verifikator"}
