"""Events that contradict each other are no history."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ckanext.satudata.errors import BrokenHistory
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.projection import project


@pytest.fixture
def events(sop_000: Sop, walk: Callable) -> list[Event]:
    case = walk(sop_000)
    case.act(1, "selesai")
    case.act(2, "selesai")
    return case.events


def test_no_events_are_no_case() -> None:
    with pytest.raises(BrokenHistory):
        project([])


def test_a_history_does_not_begin_in_the_middle(events: list[Event]) -> None:
    with pytest.raises(BrokenHistory, match="begins with step_ended 2"):
        project(events[1:])


def test_a_case_is_opened_once(events: list[Event]) -> None:
    with pytest.raises(BrokenHistory, match="after the opening"):
        project([events[0], replace(events[0], sequence=2)])


def test_a_missing_event_is_noticed(events: list[Event]) -> None:
    with pytest.raises(BrokenHistory, match="event 3 after 1"):
        project([events[0], events[2]])


def test_an_event_cannot_close_what_is_not_open(events: list[Event]) -> None:
    with pytest.raises(BrokenHistory, match="closes a visit that is not open"):
        project([*events[:2], replace(events[1], sequence=3)])


def test_an_event_cannot_open_a_visit_that_was_there_before(events: list[Event]) -> None:
    body: dict[str, Any] = dict(events[2].body, opens=[VisitKey("data", 1, 1).as_dict()])
    with pytest.raises(BrokenHistory, match="opens a visit that was there before"):
        project([*events[:2], replace(events[2], body=body)])


def test_bodies_survive_json(events: list[Event]) -> None:
    stored = [replace(event, body=json.loads(json.dumps(event.body))) for event in events]
    assert project(stored) == project(events)


def test_whoever_opened_the_case_is_a_contributor(events: list[Event]) -> None:
    assert project(events).entries["data"].contributors == {"opd"}


def test_ending_a_step_makes_nobody_a_contributor(events: list[Event]) -> None:
    assert [e.kind for e in events[1:]] == [Kind.STEP_ENDED] * 2
    before, after = project(events[:1]).entries["data"], project(events).entries["data"]
    assert after.contributors == before.contributors
