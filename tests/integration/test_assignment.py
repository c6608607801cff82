"""Who holds what, by which letter, in whose place; and who may say so."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import clock, people
from tests.integration.hostile import refusal
from tests.integration.office import SOP, Office, call, submit

CREATE = "satudata_assignment_create"
PIMPINAN = {"sop": "*", "actor": "pimpinan_walidata"}


def assign(office: Office, by: str = "sysadmin", **changes: Any) -> dict[str, Any]:
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator"}
    return call(office[by], CREATE, **{**values, **changes})


def refused(office: Office, by: str = "sysadmin", **changes: Any) -> str:
    values = {"user": office["verifikator"], "sop": SOP, "actor": "validator"}
    return refusal(office[by], CREATE, **{**values, **changes})


def held(office: Office, actor: str) -> set[str]:
    """What the person who was made to hold `actor` holds for the agency today."""
    user = model.User.get(office[actor])
    return set(people.person_for(user, SOP, office.agency["id"]).actors)


def day(offset: int = 0) -> str:
    return (clock.today() + timedelta(days=offset)).isoformat()


def letter(office: Office) -> dict[str, Any]:
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\nSurat tugas (rekaan)"), "surat.pdf", "upload")
    kept = call(office["sysadmin"], "satudata_attachment_create", upload=upload)
    return {
        "decree_number": "800/1/2026",
        "decree_date": "2026-01-02",
        "decree_attachment": kept["id"],
    }


def by_letter_only(monkeypatch: pytest.MonkeyPatch, actor: str) -> None:
    """Let the SOP ask for a letter of assignment, as the sheets of lists do."""
    from ckanext.satudata.logic.officers import assigning

    known = assigning.actor_of(SOP, actor)
    changed = known.model_copy(update={"surat_tugas": True})
    monkeypatch.setattr(assigning, "actor_of", lambda _sop, _actor: changed)


# One assignment


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
        ({"decree_number": "800/1"}, "decree_incomplete"),
        ({"decree_date": "2026-01-01"}, "decree_incomplete"),
        ({"decree_attachment": "entah"}, "decree_unknown"),
        ({"acting": "wakil"}, "acting_unknown"),
        ({"acting": "plh"}, "acting_without_whom"),
        ({"sop": "*", "actor": "raja"}, "actor_unknown"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused_with_its_code(office, change, code):
    assert code in refused(office, **change)


@pytest.mark.parametrize(
    "change",
    [
        {"user": ["a"]},
        {"user": {"a": 1}},
        {"sop": "a\0b"},
        {"actor": "x" * 100_000},
        {"valid_from": "99999-01-01"},
        {"valid_from": "besok"},
        {"decree_attachment": "a\0b"},
        {"acting": ["plt"]},
        {"organization": "' OR 1=1 --"},
    ],
)
def test_input_of_any_shape_is_refused_and_never_breaks(office, change):
    assert refused(office, **change)


def test_a_deleted_account_is_assigned_nothing(office):
    call(office["sysadmin"], "user_delete", id=office["outsider"])

    assert "user_unknown" in refused(office, user=office["outsider"])


def test_an_assignment_that_is_over_gives_nothing(office):
    assign(office, valid_from="2026-01-01", valid_until="2026-01-31")

    assert held(office, "verifikator") == {"verifikator"}


# Letters


def test_where_the_sop_asks_for_a_letter_nobody_is_assigned_without(office, monkeypatch):
    by_letter_only(monkeypatch, "validator")

    assert "decree_missing" in refused(office)


@pytest.mark.parametrize("left_out", ["decree_number", "decree_date", "decree_attachment"])
def test_a_letter_has_number_date_and_file(office, monkeypatch, left_out):
    by_letter_only(monkeypatch, "validator")
    values = {**letter(office), left_out: ""}

    assert "decree_missing" in refused(office, **values)


def test_a_whole_letter_is_kept_with_the_assignment(office, monkeypatch):
    by_letter_only(monkeypatch, "validator")
    values = letter(office)

    assert assign(office, **values)["decree"] == {
        "number": values["decree_number"],
        "date": values["decree_date"],
        "attachment": values["decree_attachment"],
    }


def test_the_evidence_of_a_case_is_no_letter(office):
    case = submit(office)
    upload = FileStorage(io.BytesIO(b"%PDF-1.7\nx"), "a.pdf", "upload")
    values = {"upload": upload, "case_id": case["id"]}
    kept = call(office["admin_data"], "satudata_attachment_create", **values)

    assert "decree_unknown" in refused(office, decree_attachment=kept["id"])


# In somebody's place


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


# The end of an assignment


def only(office: Office, actor: str) -> dict[str, Any]:
    """The one assignment of the person who was made to hold `actor`."""
    found = call(office["sysadmin"], "satudata_assignment_list", user=office[actor], state="all")
    assert len(found) == 1
    return found[0]


def end(office: Office, actor: str, by: str = "sysadmin", **more: Any) -> dict[str, Any]:
    return call(office[by], "satudata_assignment_end", id=only(office, actor)["id"], **more)


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
