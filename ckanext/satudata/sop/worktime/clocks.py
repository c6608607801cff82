"""The clocks of a case: one for each visit, or over the rows that have one time together, and one
for the case in total, which is a clock of its own and not their sum.

A projection of what the case went through. When each is due is reckoned with a calendar (`reckon`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from ckanext.satudata.sop.case import CaseState, Stop, Visit, Why
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.worktime.calendar import Calendar
from ckanext.satudata.sop.worktime.due import Due, due
from ckanext.satudata.sop.worktime.norms import Norm, norm_at, norm_of, rows_of

WHOLE = VisitKey(None, 0, 1)
"""Names the clock of the case in total."""


class Counts(str, Enum):
    """What a clock counts; the value is stored."""

    VISIT = "visit"
    CASE = "case"


@dataclass(frozen=True)
class Clock:
    """One clock. `key` is the visit that started it, `at` the one that it is at; `rows` are those
    that it runs over.

    `published`: what it is about is public, and a time that recurs makes it late no more.
    """

    counts: Counts
    key: VisitKey
    at: VisitKey
    rows: tuple[int, ...]
    norm: Norm
    opened_at: datetime
    stops: tuple[Stop, ...] = ()
    closed_at: datetime | None = None
    counted_on: date | None = None
    published: bool = False

    @property
    def standing(self) -> Stop | None:
        """The stop that lasts, where it stands still now."""
        if self.closed_at is not None:
            return None
        return next((one for one in self.stops if one.until is None), None)

    @property
    def reminds(self) -> bool:
        """Whether somebody is to be told that it is near or over."""
        quiet = self.published or self.norm.is_effort
        return self.norm.has_due and not quiet and self.closed_at is None


@dataclass(frozen=True)
class Reckoned:
    """What a calendar says of a clock: when it is due; once it is closed, whether it was late and
    how many minutes of working time it ran. None where there is no such thing."""

    due: Due | None
    late: bool | None = None
    minutes: int | None = None


def clocks_of(sop: Sop, state: CaseState) -> tuple[Clock, ...]:
    """The clocks of a case, in the order in which they started; the total comes first.

    A visit of a row that this revision of the sheet no longer has is over: its clock stays as it
    was judged by the one before.
    """
    chains: list[list[Visit]] = []
    left: dict[tuple[str | None, int | None], list[Visit]] = {}
    for visit in (one for one in state.visits if _has_row(sop, one)):
        chain = left.get((visit.key.item, visit.opened_by))
        if chain is None or not _goes_on(sop, chain[-1], visit):
            chain = []
            chains.append(chain)
        chain.append(visit)
        left[visit.key.item, visit.closed_by] = chain
    return (_total(sop, state), *(_clock(sop, state, chain) for chain in chains))


def _has_row(sop: Sop, visit: Visit) -> bool:
    return visit.key.step <= len(sop.langkah)


def _holders(sop: Sop, visit: Visit) -> Sequence[str]:
    """Who has a visit; nobody has one of a row that this revision does not have."""
    row = sop.step(visit.key.step).pelaksana if _has_row(sop, visit) else ()
    return visit.together or tuple(row)


def _goes_on(sop: Sop, last: Visit, visit: Visit) -> bool:
    """Whether a visit goes on with the time of the one that the same event ended: both are of the
    rows that have one time together. Who comes from outside these rows starts anew."""
    rows = rows_of(sop.step(visit.key.step))
    return len(rows) > 1 and last.key.step in rows


def _clock(sop: Sop, state: CaseState, chain: list[Visit]) -> Clock:
    first, last = chain[0], chain[-1]
    norm = norm_at(sop, first.key.step)
    shown = bool(last.items) and state.shown.issuperset(last.items)
    return Clock(
        counts=Counts.VISIT,
        key=first.key,
        at=last.key,
        rows=rows_of(sop.step(first.key.step)),
        norm=norm,
        opened_at=first.opened_at,
        stops=tuple(stop for visit in chain for stop in _stops(sop, visit)),
        closed_at=last.closed_at,
        counted_on=last.counted_on,
        published=shown and norm.is_recurring,
    )


def _stops(sop: Sop, visit: Visit) -> Iterator[Stop]:
    """When a visit stood still; one that a party outside the office has never runs."""
    holders = _holders(sop, visit)
    if holders and all(sop.pelaksana[one].pihak_luar for one in holders):
        yield Stop(visit.opened_at, Why.ELSEWHERE, holders[0], visit.opened_by, visit.closed_at)
        return
    for stop in visit.stops:
        yield replace(stop, until=stop.until or visit.closed_at)


def _total(sop: Sop, state: CaseState) -> Clock:
    """It runs while some visit runs that the office itself has."""
    first, last = state.visits[0], max(state.visits, key=lambda one: one.closed_by or 0)
    closed_at = last.closed_at if state.is_closed else None
    return Clock(
        counts=Counts.CASE,
        key=WHOLE,
        at=WHOLE,
        rows=(),
        norm=norm_of(sop.sop.waktu_total),
        opened_at=first.opened_at,
        stops=tuple(_gaps(sop, state, closed_at)),
        closed_at=closed_at,
        counted_on=last.counted_on if state.is_closed else None,
        published=bool(state.entries) and state.shown.issuperset(state.entries),
    )


@dataclass(order=True)
class _Stretch:
    """Part of a visit, from when to when (`_NEVER`: it lasts); `stop`: it stood still."""

    start: datetime
    end: datetime
    stop: Stop | None = field(compare=False, default=None)


_NEVER = datetime.max  # noqa: DTZ901 - UTC without zone, as all here


def _gaps(sop: Sop, state: CaseState, closed_at: datetime | None) -> Iterator[Stop]:
    """The stretches in which nothing ran, each with the stop that began it."""
    parts = [part for visit in state.visits for part in _stretches(sop, visit)]
    until = state.visits[0].opened_at
    for run in sorted(part for part in parts if part.stop is None):
        if run.start > until:
            yield from _gap(parts, until, run.start)
        until = max(until, run.end)
    if until < (closed_at or _NEVER):
        yield from _gap(parts, until, closed_at)


def _gap(parts: Iterable[_Stretch], since: datetime, until: datetime | None) -> Iterator[Stop]:
    begun = [one.stop for one in parts if one.stop and one.start <= since < one.end]
    if begun:
        yield replace(max(begun, key=lambda one: one.since), since=since, until=until)


def _stretches(sop: Sop, visit: Visit) -> Iterator[_Stretch]:
    end = visit.closed_at or _NEVER
    other = _other_party(sop, visit)
    if other is not None:
        stop = Stop(visit.opened_at, Why.ELSEWHERE, other, visit.opened_by)
        yield _Stretch(visit.opened_at, end, stop)
        return
    start = visit.opened_at
    for stop in sorted(_stops(sop, visit), key=lambda one: one.since):
        if stop.since > start:
            yield _Stretch(start, stop.since)
        yield _Stretch(stop.since, stop.until or end, stop)
        start = max(start, stop.until or end)
    if start < end:
        yield _Stretch(start, end)


def _other_party(sop: Sop, visit: Visit) -> str | None:
    """The actor who has a visit, if no actor of the SOP's own office has it.

    The office is the walidata where the sheet has one, else the producer.
    """
    inside = {one.peran for one in sop.pelaksana.values() if not one.pihak_luar}
    office = "walidata" if "walidata" in inside else "produsen"
    holders = _holders(sop, visit)
    ours = (sop.pelaksana[one] for one in holders)
    if any(one.peran == office and not one.pihak_luar for one in ours):
        return None
    return holders[0] if holders else None


def reckon(clock: Clock, calendar: Calendar) -> Reckoned:
    """What a calendar says of a clock."""
    stood = [(one.since, one.until) for one in clock.stops]
    found = due(clock.norm, clock.opened_at, calendar, stood)
    if clock.closed_at is None:
        return Reckoned(found)
    return Reckoned(found, _late(clock, calendar, found), _minutes(clock, calendar))


def _late(clock: Clock, calendar: Calendar, found: Due | None) -> bool | None:
    """Whether it was ended after it was due; what was done on paper counts on its day."""
    if found is None or clock.norm.is_effort or clock.published or clock.closed_at is None:
        return None
    if clock.counted_on is not None:
        return clock.counted_on > calendar.local(found.at).date()
    return clock.closed_at > found.at


def _minutes(clock: Clock, calendar: Calendar) -> int:
    """Minutes of working time that it ran."""
    end = clock.closed_at or clock.opened_at
    start, ran = clock.opened_at, 0
    for stop in sorted(clock.stops, key=lambda one: one.since):
        ran += _worked(calendar, start, min(stop.since, end))
        start = max(start, stop.until or end)
    return ran + _worked(calendar, start, end)


def _worked(calendar: Calendar, start: datetime, end: datetime) -> int:
    return calendar.minutes_between(calendar.local(start), calendar.local(end))
