"""A case as its events tell it: where each dataset stands, who brought what, what it is called.

The state is a projection (see `projection`). Times are UTC and arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from ckanext.satudata.sop.events import Event, VisitKey

__all__ = [
    "FIRST",
    "LATE",
    "CaseState",
    "Event",
    "Item",
    "Said",
    "Stop",
    "Visit",
    "VisitKey",
    "Why",
]

FIRST = 1
"""The party that a case starts with: the datasets that go on together."""

LATE = 0
"""The party of what came after the closing date; it walks alone and joins no list step."""


@dataclass(frozen=True)
class Item:
    """One entry of the daftar data: a dataset, or a request for one that does not exist yet.

    `organization` (id) is its producer, `release_date` its jadwal rilis (Perpres 39/2019 Ps 27).
    `product`: made in this case by the walidata. `waits_at`: the list step it waits for; 0 once
    it is through. `waits_together`: the actors who will end that step together, if any must.
    `delivered_at`: when its producer first delivered it. `contributors` are the user ids who
    brought or changed it.
    """

    id: str
    title: str = ""
    organization: str = ""
    release_date: str | None = None
    is_request: bool = False
    product: bool = False
    party: int = FIRST
    waits_at: int | None = None
    waits_together: tuple[str, ...] = ()
    delivered_at: datetime | None = None
    contributors: frozenset[str] = frozenset()

    @property
    def late(self) -> bool:
        return self.party == LATE


@dataclass(frozen=True)
class Said:
    """What one of those who end a visit together has said, for which of its actors.

    `items` and `rest` are what a return of single datasets meant; empty: it meant all.
    """

    actors: tuple[str, ...]
    outcome: str
    items: tuple[str, ...] = ()
    rest: str = ""

    def agrees(self, other: Said) -> bool:
        mine = (self.outcome, self.items, self.rest)
        return mine == (other.outcome, other.items, other.rest)


class Why(str, Enum):
    """Why a clock stood still; the value is stored.

    `paused`: an official said so, and gave a reason. `decided`: its act is taken and the portal
    does the rest. `elsewhere`: a party outside the office has the matter.
    """

    PAUSED = "paused"
    DECIDED = "decided"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Stop:
    """A stretch in which a visit stood still; `until` None: it still does.

    `by`: the user id of who stopped it, or the actor of the SOP that has it. `event`: the sequence
    of the event that says so.
    """

    since: datetime
    why: Why
    by: str
    event: int
    until: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """One stay at a step; nothing of it is wiped when the step is visited again.

    `items` are the datasets it is about. `together`: the actors who must all end it, with
    `confirmed` as user id -> what he said so far. `approval` is the named approval on record.
    `decided` is the body of the act whose work over the list is not done yet, `pending` the
    datasets it has still to do, `scheduled` when those of them that are approved will be shown.
    `touched` is the sequence of the last event that concerns it. `counted_on`: the day on paper,
    where the act was entered afterwards. `stops`: when it stood still.
    """

    key: VisitKey
    opened_at: datetime
    opened_by: int
    items: tuple[str, ...] = ()
    party: int = FIRST
    together: tuple[str, ...] = ()
    confirmed: Mapping[str, Said] = field(default_factory=dict)
    claimed_by: str | None = None
    approval: Mapping[str, Any] | None = None
    paused_since: datetime | None = None
    decided: Mapping[str, Any] | None = None
    pending: frozenset[str] = frozenset()
    scheduled: Mapping[str, datetime] = field(default_factory=dict)
    touched: int = 0
    closed_at: datetime | None = None
    closed_by: int | None = None
    outcome: str | None = None
    counted_on: date | None = None
    stops: tuple[Stop, ...] = ()

    def stopped(self, why: Why, event: Event, **changed: Any) -> Visit:
        """The visit as it stands still from an event on, with what else changes."""
        stop = Stop(event.at, why, event.actor, event.sequence)
        return replace(self, stops=(*self.stops, stop), **changed)

    def resumed(self, why: Why, at: datetime, **changed: Any) -> Visit:
        """The visit as it goes on, where it stood still for this reason."""
        stops = tuple(
            replace(one, until=at) if one.until is None and one.why is why else one
            for one in self.stops
        )
        return replace(self, stops=stops, **changed)

    @property
    def is_open(self) -> bool:
        return self.closed_by is None

    @property
    def is_list(self) -> bool:
        return self.key.item is None


@dataclass(frozen=True)
class CaseState:
    """Where a case stands after its last event.

    `entries` are its datasets by id, in the order they came, without those that were dropped.
    `statuses` are their validation status with its date. `list_makers` (user ids) made up the
    list. `bound` are the steps whose `sambungan` leads into another SOP of the office.
    `closes_on`: the closing date of the list, `closes_at` its
    last moment. `answers` says by id which dataset took the place of a request. `version` is
    the sequence of the last event, `changed` that of the last one that moved something.
    """

    sop: str
    entries: Mapping[str, Item] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    statuses: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    list_makers: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    bound: frozenset[int] = frozenset()
    closes_at: datetime | None = None
    closes_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    cancelled: bool = False
    version: int = 0
    changed: int = 0

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(self.entries)

    @property
    def open_visits(self) -> tuple[Visit, ...]:
        return tuple(visit for visit in self.visits if visit.is_open)

    @property
    def is_closed(self) -> bool:
        return not self.open_visits

    def party_of(self, visit: Visit) -> int:
        """The party a visit belongs to; a dataset takes its own visit along when it changes it."""
        entry = self.entries.get(visit.key.item) if visit.key.item else None
        return entry.party if entry else visit.party

    def brought_by(self, visit: Visit) -> frozenset[str]:
        """Who brought, changed or listed what is judged at a visit."""
        people = [self.entries[item].contributors for item in visit.items if item in self.entries]
        makers = self.list_makers if visit.is_list else frozenset()
        return frozenset().union(makers, *people)

    def next_visit(self, item: str | None, step: int, beside: Iterable[VisitKey] = ()) -> VisitKey:
        """The key of the next visit of `step`, those `beside` it in the same act counted too."""
        keys = [*(visit.key for visit in self.visits), *beside]
        earlier = [key for key in keys if (key.item, key.step) == (item, step)]
        return VisitKey(item, step, len(earlier) + 1)
