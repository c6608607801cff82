"""Each kind of event and the state after it; events that contradict the state are no history."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from ckanext.satudata.errors import BrokenHistory
from ckanext.satudata.sop.case import CaseState, Said, Visit
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.projection import apply, project
from tests.unit.sop.small import each, whole

KEY = VisitKey("a", 1, 1)
AT = {"visit": KEY.as_dict()}
UNTIL = datetime(2026, 2, 1, 16, 59)  # noqa: DTZ001 - the rooms hold UTC without a zone
ENTRY = {
    "id": "c", "title": "C", "organization": "dinkes", "release_date": None,
    "request": False, "product": False, "contributors": [],
}  # fmt: skip


@pytest.fixture
def case(case_of: Callable) -> Any:
    return case_of(each(status="dikumpulkan"), each(), whole())


def visit_of(state: CaseState) -> Visit:
    return next(visit for visit in state.visits if visit.key.item == "a")


def told(case: Any, kind: Kind, **body: Any) -> CaseState:
    case.record(kind, "budi", body)
    return case.state


# Each kind: the body of an event, what is read of the state after it, and what that is.
TELLS: dict[Kind, tuple[dict[str, Any], Callable[[CaseState], Any], Any]] = {
    Kind.CONTENT_CHANGED: (
        {"item": "a"}, lambda s: s.entries["a"].contributors, {"opd", "budi"}
    ),
    Kind.STEP_ENDED: (
        {"closes": [KEY.as_dict()], "outcome": "selesai"},
        lambda s: (visit_of(s).closed_by, visit_of(s).outcome), (2, "selesai"),
    ),
    Kind.STEP_CONFIRMED: (
        {**AT, "actors": ["x"], "outcome": "ya", "items": [], "rest": ""},
        lambda s: visit_of(s).confirmed, {"budi": Said(("x",), "ya")},
    ),
    Kind.STEP_DECIDED: ({**AT, "work": ["a"]}, lambda s: visit_of(s).pending, {"a"}),
    Kind.ITEM_WORKED: ({**AT, "item": "a"}, lambda s: visit_of(s).touched, 2),
    Kind.RELEASE_MADE: ({"item": "a"}, lambda s: s.released, {"a"}),
    Kind.RELEASE_SHOWN: ({"item": "a"}, lambda s: s.shown, {"a"}),
    Kind.RELEASE_SCHEDULED: (
        {**AT, "item": "a", "at": UNTIL.isoformat()},
        lambda s: visit_of(s).scheduled, {"a": UNTIL},
    ),
    Kind.RELEASE_MOVED: (
        {**AT, "item": "a", "at": UNTIL.isoformat()},
        lambda s: visit_of(s).scheduled, {"a": UNTIL},
    ),
    Kind.RELEASE_CALLED_OFF: (
        {**AT, "items": ["a"], "unapproved": ["a"], "statuses": {"a": "diolah"}},
        lambda s: s.statuses["a"][0], "diolah",
    ),
    Kind.RELEASE_HELD: ({"item": "a", "code": "x"}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.COPY_REBASED: ({"item": "a"}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.CLAIMED: (AT, lambda s: visit_of(s).claimed_by, "budi"),
    Kind.ASSIGNED: ({**AT, "to": "citra"}, lambda s: visit_of(s).claimed_by, "citra"),
    Kind.HANDED_BACK: (AT, lambda s: (visit_of(s).claimed_by, visit_of(s).touched), (None, 2)),
    Kind.APPROVED: ({**AT, "approval": {"name": "Sri"}}, lambda s: visit_of(s).approval["name"],
        "Sri"),
    Kind.PAUSED: (AT, lambda s: visit_of(s).paused_since is not None, True),
    Kind.RESUMED: (AT, lambda s: (visit_of(s).paused_since, visit_of(s).touched), (None, 2)),
    Kind.COMMENTED: ({**AT, "text": "halo"}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.ITEM_ADDED: ({**AT, "entry": ENTRY}, lambda s: s.entries["c"].organization, "dinkes"),
    Kind.ITEM_DROPPED: ({"items": ["b"]}, lambda s: list(s.entries), ["a"]),
    Kind.REQUEST_FULFILLED: (
        {"item": "a", "dataset": "z"}, lambda s: [v.key.item for v in s.visits], ["z", "b"]
    ),
    Kind.CLOSING_SET: (
        {"until": UNTIL.isoformat(), "on": "2026-02-01"},
        lambda s: (s.closes_at, s.closes_on), (UNTIL, date(2026, 2, 1)),
    ),
    Kind.WENT_ON: ({"parties": {"b": 0}}, lambda s: s.entries["b"].late, True),
    Kind.HANDED_OVER: ({}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.LINK_MADE: ({}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.LINK_OPENED: ({}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.LINK_DOWNLOADED: ({}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.LINK_WITHDRAWN: ({}, lambda s: (s.version, s.changed), (2, 1)),
    Kind.REVISION_CHANGED: (
        {"sop": "f" * 64, "bound": [2]}, lambda s: (s.sop, s.bound), ("f" * 64, {2})
    ),
    Kind.CASE_CANCELLED: ({}, lambda s: s.cancelled, True),
}  # fmt: skip


def test_every_kind_but_the_opening_is_told_here() -> None:
    assert set(TELLS) == set(Kind) - {Kind.CASE_OPENED}


@pytest.mark.parametrize("kind", TELLS)
def test_the_state_after_an_event_is_what_it_tells(case: Any, kind: Kind) -> None:
    body, read, expected = TELLS[kind]
    assert read(told(case, kind, **body)) == expected


@pytest.mark.parametrize("kind", TELLS)
def test_an_event_survives_json(case: Any, kind: Kind) -> None:
    told(case, kind, **TELLS[kind][0])
    stored = [replace(event, body=json.loads(json.dumps(event.body))) for event in case.events]
    assert project(stored) == case.state


@pytest.mark.parametrize("kind", TELLS)
def test_an_event_with_a_gap_before_it_is_none(case: Any, kind: Kind) -> None:
    with pytest.raises(BrokenHistory, match="event 9 after 1"):
        apply(case.state, Event(9, kind, "budi", case.now, TELLS[kind][0]))


AT_A_VISIT = [kind for kind, (body, _, _) in TELLS.items() if "visit" in body] + [Kind.ITEM_ADDED]


@pytest.mark.parametrize("kind", [kind for kind in AT_A_VISIT if kind is not Kind.COMMENTED])
def test_an_event_at_a_visit_that_is_not_open_is_none(case: Any, kind: Kind) -> None:
    elsewhere = {"visit": VisitKey("a", 2, 1).as_dict()}
    with pytest.raises(BrokenHistory, match="about a visit that is not open"):
        told(case, kind, **{**TELLS[kind][0], **elsewhere})


# Events that tell of a dataset which is not there, or is there already.
UNKNOWN = [
    (Kind.CONTENT_CHANGED, {"item": "x"}),
    (Kind.WENT_ON, {"parties": {"x": 0}}),
    (Kind.STEP_ENDED, {"waits": {"x": 3}}),
    (Kind.STEP_ENDED, {"delivered": ["x"]}),
    (Kind.REQUEST_FULFILLED, {"item": "x", "dataset": "z"}),
    (Kind.REQUEST_FULFILLED, {"item": "a", "dataset": "b"}),
    (Kind.ITEM_ADDED, {**AT, "entry": {**ENTRY, "id": "b"}}),
]


@pytest.mark.parametrize(("kind", "body"), UNKNOWN)
def test_an_event_about_what_is_not_so_is_none(case: Any, kind: Kind, body: dict[str, Any]) -> None:
    with pytest.raises(BrokenHistory):
        told(case, kind, **body)


def test_a_dataset_that_waits_waits_until_its_step_opens(case: Any) -> None:
    told(case, Kind.STEP_ENDED, closes=[KEY.as_dict()], waits={"a": 3}, together={"a": ["x", "y"]})
    entry = case.state.entries["a"]
    assert (entry.waits_at, entry.waits_together) == (3, ("x", "y"))


def test_a_dataset_that_is_at_its_step_again_does_not_wait(case: Any) -> None:
    told(case, Kind.STEP_ENDED, closes=[KEY.as_dict()], waits={"a": 3}, together={"a": ["x"]})
    opening = {**VisitKey(None, 3, 1).as_dict(), "items": ["a"], "party": 1}
    told(case, Kind.STEP_ENDED, opens=[opening])
    entry = case.state.entries["a"]
    assert (entry.waits_at, entry.waits_together) == (None, ())


def test_when_a_dataset_was_delivered_is_when_the_event_was(case: Any) -> None:
    at = case.now
    told(case, Kind.STEP_ENDED, delivered=["a"])
    assert case.state.entries["a"].delivered_at == at


def test_a_closing_date_may_be_taken_back(case: Any) -> None:
    told(case, Kind.CLOSING_SET, until=UNTIL.isoformat(), on="2026-02-01")
    told(case, Kind.CLOSING_SET, until=None, on=None)
    assert (case.state.closes_at, case.state.closes_on) == (None, None)


def test_a_status_is_dated_by_its_event(case: Any) -> None:
    at = case.now
    told(case, Kind.STEP_ENDED, statuses={"a": "terbit"})
    assert case.state.statuses["a"] == ("terbit", at)


def test_a_revision_keeps_what_is_bound_unless_it_says_more(case_of: Callable) -> None:
    case = case_of(each(), bound=(1,))
    assert told(case, Kind.REVISION_CHANGED, sop="f" * 64).bound == {1}


def test_who_opened_a_case_over_a_list_made_the_list(case_of: Callable) -> None:
    assert case_of(whole(), opener="opd").state.list_makers == {"opd"}


def test_who_opened_an_empty_list_made_nothing_yet(case_of: Callable) -> None:
    assert case_of(whole(), opener="opd", items="").state.list_makers == frozenset()


def test_a_content_change_does_not_rewrite_a_visit_that_has_ended(case: Any) -> None:
    told(case, Kind.APPROVED, **AT, approval={"name": "Sri"})
    told(case, Kind.STEP_ENDED, closes=[KEY.as_dict()])
    told(case, Kind.CONTENT_CHANGED, item="a")
    assert visit_of(case.state).approval == {"name": "Sri"}
