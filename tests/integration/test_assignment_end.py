"""The end of an assignment, and officers who change."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.assigned import (
    assign,
    by_letter_only,
    day,
    end,
    held,
    only,
)
from tests.integration.hostile import refusal
from tests.integration.office import Office, call, submit

# The end of an assignment


def test_what_was_ended_today_is_not_held_any_more(office):
    end(office, "verifikator")

    assert held(office, "verifikator") == set()


def test_what_ends_later_is_held_until_then(office):
    end(office, "verifikator", ended_on=day(3))

    assert held(office, "verifikator") == {"verifikator"}


def test_an_ended_assignment_stays_as_a_record(office):
    end(office, "verifikator")

    assert only(office, "verifikator")["state"] == "ended"


def test_an_assignment_is_not_ended_on_a_day_that_is_over(office):
    values = {"id": only(office, "verifikator")["id"], "ended_on": day(-1)}

    assert "day_past" in refusal(office["sysadmin"], "satudata_assignment_end", **values)


def test_an_end_said_twice_is_one(office):
    first = end(office, "verifikator")

    assert end(office, "verifikator", ended_on=day(5))["ended_on"] == first["ended_on"]


def test_who_ends_it_reads_whether_anybody_is_left(office):
    assert end(office, "verifikator")["vacant"] is True


def test_somebody_else_who_holds_it_is_seen(office):
    assign(office, user=office["validator"], actor="verifikator")

    assert end(office, "verifikator")["vacant"] is False


def test_what_was_ended_can_be_assigned_again(office):
    ended = end(office, "verifikator")

    again = assign(office, actor="verifikator")
    assert (again["id"] != ended["id"], held(office, "verifikator")) == (True, {"verifikator"})


def test_a_wrong_id_is_not_there(office):
    with pytest.raises(tk.ObjectNotFound, match="assignment_unknown"):
        call(office["sysadmin"], "satudata_assignment_end", id="entah")
    model.Session.rollback()


def test_a_case_goes_on_with_whoever_holds_the_step_now(office):
    case = submit(office)
    hand_over(office, "admin_data", "verifikator")

    shown = call(office["verifikator"], "satudata_case_show", id=case["id"])
    assert any(move["refused"] is None for move in shown["open_visits"][0]["moves"])


# Change of officers


def hand_over(office: Office, leaves: str, comes: str, **more: Any) -> dict[str, Any]:
    values = {"user": office[leaves], "to": office[comes], **more}
    return call(office["sysadmin"], "satudata_assignment_hand_over", **values)


def test_a_change_of_officers_is_one_act(office):
    hand_over(office, "verifikator", "validator")

    both = (held(office, "verifikator"), held(office, "validator"))
    assert both == (set(), {"verifikator", "validator"})


def test_who_comes_on_monday_holds_nothing_before(office):
    hand_over(office, "verifikator", "validator", valid_from=day(2))

    both = (held(office, "verifikator"), held(office, "validator"))
    assert both == ({"verifikator"}, {"validator"})


def test_the_agency_and_the_last_day_go_over_too(office):
    assign(office, user=office["outsider"], actor="analis_data", valid_until=day(30),
           organization=office.agency["id"])  # fmt: skip
    created = hand_over(office, "outsider", "validator")["created"][0]

    assert (created["organization_id"], created["valid_until"]) == (office.agency["id"], day(30))


def test_only_one_agency_can_change_hands(office):
    for agency in (office.agency, office.other_agency):
        assign(office, user=office["outsider"], organization=agency["id"])
    answer = hand_over(office, "outsider", "analis_data", organization=office.agency["id"])

    assert [one["organization_id"] for one in answer["created"]] == [office.agency["id"]]


def test_what_somebody_holds_in_anothers_place_does_not_go_over(office):
    assign(office, acting="plh", for_user=office["validator"])
    answer = hand_over(office, "verifikator", "analis_data")

    assert [one["actor"] for one in answer["created"]] == ["verifikator"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": "{verifikator}"}, "same_person"),
        ({"user": "{outsider}"}, "nothing_to_hand_over"),
        ({"sop": "entah"}, "nothing_to_hand_over"),
        ({"valid_from": "2026-01-01"}, "day_past"),
        ({"to": "entah"}, "user_unknown"),
    ],
)
def test_a_change_of_officers_that_cannot_be_is_refused(office, change, code):
    names = {actor: person["name"] for actor, person in office.people.items()}
    said = {key: one.format(**names) for key, one in change.items()}
    values = {"user": office["verifikator"], "to": office["validator"], **said}

    assert code in refusal(office["sysadmin"], "satudata_assignment_hand_over", **values)


def test_a_change_of_officers_that_is_refused_changes_nothing(office, monkeypatch):
    by_letter_only(monkeypatch, "verifikator")
    values = {"user": office["verifikator"], "to": office["validator"]}
    refusal(office["sysadmin"], "satudata_assignment_hand_over", **values)

    both = (held(office, "verifikator"), held(office, "validator"))
    assert both == ({"verifikator"}, {"validator"})
