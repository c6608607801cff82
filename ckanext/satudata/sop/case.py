"""A case as its events tell it: where it stands, who brought what, what the data is called.

The state is a projection. Events say explicitly which visit they close and which they open, so a
projection needs no SOP file and cannot change when one is edited. Times are UTC and arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Any

from ckanext.satudata.errors import BrokenHistory


class Kind(str, Enum):
    """What happened; the value is stored and never reused for something else."""

    CASE_OPENED = "case_opened"
    CONTENT_CHANGED = "content_changed"
    STEP_ENDED = "step_ended"
    RELEASE_MADE = "release_made"
    RELEASE_SHOWN = "release_shown"


@dataclass(frozen=True)
class Event:
    """One thing that happened. `sequence` counts from 1 in its case; `actor` is a user id."""

    sequence: int
    kind: Kind
    actor: str
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class VisitKey:
    """Names a visit: which dataset (None: the whole list), which step, and the how-manieth time."""

    item: str | None
    step: int
    number: int

    def as_dict(self) -> dict[str, Any]:
        return {"item": self.item, "step": self.step, "number": self.number}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> VisitKey:
        return cls(values["item"], values["step"], values["number"])


@dataclass(frozen=True)
class Visit:
    """One stay at a step; nothing of it is wiped when the step is visited again."""

    key: VisitKey
    opened_at: datetime
    opened_by: int
    closed_at: datetime | None = None
    closed_by: int | None = None
    outcome: str | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_by is None


@dataclass(frozen=True)
class CaseState:
    """Where a case stands after its last event.

    `items` are dataset ids, `statuses` their validation status with its date, `contributors` the
    user ids who brought or changed what is judged, `version` the sequence of the last event.
    """

    sop: str
    items: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    statuses: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    contributors: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    version: int = 0

    @property
    def open_visits(self) -> tuple[Visit, ...]:
        return tuple(visit for visit in self.visits if visit.is_open)

    @property
    def is_closed(self) -> bool:
        return not self.open_visits

    def next_visit(self, item: str | None, step: int) -> VisitKey:
        """The key that the next visit of `step` will have."""
        earlier = [v for v in self.visits if (v.key.item, v.key.step) == (item, step)]
        return VisitKey(item, step, len(earlier) + 1)


def project(events: Iterable[Event]) -> CaseState:
    """The state after `events`, which start with the opening of the case.

    Raises BrokenHistory when they are not the history of one case.
    """
    state: CaseState | None = None
    for event in events:
        state = opened(event) if state is None else apply(state, event)
    if state is None:
        raise BrokenHistory("a case without events")
    return state


def opened(event: Event) -> CaseState:
    """The state after the first event."""
    if event.kind is not Kind.CASE_OPENED or event.sequence != 1:
        raise BrokenHistory(f"a case begins with {event.kind.value} {event.sequence}")
    body = event.body
    state = CaseState(sop=body["sop"], items=tuple(body["items"]), version=1)
    state = replace(state, contributors=_brought_by(event))
    return _moved(state, event)


def _brought_by(opening: Event) -> frozenset[str]:
    """Who opened the case, and who had a hand in the data before."""
    return frozenset({opening.actor, *opening.body.get("contributors", ())})


def apply(state: CaseState, event: Event) -> CaseState:
    """The state after one more event."""
    if event.sequence != state.version + 1:
        raise BrokenHistory(f"event {event.sequence} after {state.version}")
    change = {
        Kind.CONTENT_CHANGED: _content_changed,
        Kind.STEP_ENDED: _moved,
        Kind.RELEASE_MADE: _release_made,
        Kind.RELEASE_SHOWN: _release_shown,
    }.get(event.kind)
    if change is None:
        raise BrokenHistory(f"{event.kind.value} after the opening")
    return replace(change(state, event), version=event.sequence)


def _moved(state: CaseState, event: Event) -> CaseState:
    closes = {VisitKey.from_dict(key) for key in event.body.get("closes", ())}
    visits = [_closed(visit, event) if visit.key in closes else visit for visit in state.visits]
    missing = closes - {visit.key for visit in state.visits if visit.is_open}
    if missing:
        raise BrokenHistory(f"event {event.sequence} closes a visit that is not open")
    for key in map(VisitKey.from_dict, event.body.get("opens", ())):
        if key in {visit.key for visit in visits}:
            raise BrokenHistory(f"event {event.sequence} opens a visit that was there before")
        visits.append(Visit(key, event.at, event.sequence))
    statuses = dict(state.statuses)
    for item, status in event.body.get("statuses", {}).items():
        statuses[item] = (status, event.at)
    return replace(state, visits=tuple(visits), statuses=statuses)


def _closed(visit: Visit, event: Event) -> Visit:
    outcome = event.body["outcome"]
    return replace(visit, closed_at=event.at, closed_by=event.sequence, outcome=outcome)


def _content_changed(state: CaseState, event: Event) -> CaseState:
    return replace(state, contributors=state.contributors | {event.actor})


def _release_made(state: CaseState, event: Event) -> CaseState:
    return replace(state, released=state.released | {event.body["item"]})


def _release_shown(state: CaseState, event: Event) -> CaseState:
    return replace(state, shown=state.shown | {event.body["item"]})
