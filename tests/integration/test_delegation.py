"""Plt. and Plh.: holding in somebody's place."""

from __future__ import annotations

import pytest

from tests.integration.assigned import (
    assign,
    held,
    only,
    refused,
)
from tests.integration.hostile import refusal
from tests.integration.office import call


def test_a_plh_holds_what_the_other_holds(office):
    assign(office, acting="plh", for_user=office["validator"])

    assert held(office, "verifikator") == {"verifikator", "validator"}


def test_a_plh_holds_it_only_as_long_as_the_other_does(office):
    assign(office, acting="plh", for_user=office["validator"])
    call(office["sysadmin"], "satudata_assignment_end", id=only(office, "validator")["id"])

    assert held(office, "verifikator") == {"verifikator"}


def test_a_plt_goes_on_when_the_post_is_vacant(office):
    assign(office, acting="plt", for_user=office["validator"])
    call(office["sysadmin"], "satudata_assignment_end", id=only(office, "validator")["id"])

    assert held(office, "verifikator") == {"verifikator", "validator"}


def test_a_plt_needs_nobody_who_was_there_before(office):
    assert assign(office, acting="plt")["title"] == "Plt. Validator"


def test_who_acts_is_shown_as_such_and_for_whom(office):
    shown = assign(office, acting="plh", for_user=office["validator"])

    assert (shown["title"], shown["for_user"]["name"]) == ("Plh. Validator", office["validator"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"acting": "plh", "for_user": "{verifikator}"}, "acting_for_self"),
        ({"acting": "plh", "for_user": "{analis_data}"}, "acting_for_nobody"),
        ({"acting": "plt", "for_user": "{analis_data}"}, "acting_for_nobody"),
        ({"acting": "plh", "for_user": "entah"}, "user_unknown"),
        ({"for_user": "{validator}"}, "acting_without_acting"),
    ],
)
def test_a_delegation_that_cannot_be_is_refused(office, change, code):
    names = {actor: person["name"] for actor, person in office.people.items()}

    assert code in refused(office, **{key: one.format(**names) for key, one in change.items()})


def test_nobody_stands_in_for_one_who_stands_in_himself(office):
    assign(office, acting="plh", for_user=office["validator"])

    assert "acting_for_nobody" in refused(
        office, user=office["analis_data"], acting="plh", for_user=office["verifikator"]
    )


def test_one_act_lets_somebody_stand_in_for_all_that_another_holds(office):
    assign(office, user=office["validator"], actor="analis_data")
    call(
        office["sysadmin"],
        "satudata_assignment_stand_in",
        user=office["verifikator"],
        for_user=office["validator"],
        acting="plh",
    )

    assert held(office, "verifikator") == {"verifikator", "validator", "analis_data"}


def test_nobody_stands_in_for_one_who_holds_nothing(office):
    values = {"user": office["verifikator"], "for_user": office["outsider"], "acting": "plh"}

    assert "nothing_to_hand_over" in refusal(
        office["sysadmin"], "satudata_assignment_stand_in", **values
    )
