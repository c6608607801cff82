"""When something is due: its norm, when it was opened, when it stood still, and the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ckanext.satudata.sop.worktime.calendar import Calendar, at_minute
from ckanext.satudata.sop.worktime.hours import WORKING_DAY
from ckanext.satudata.sop.worktime.norms import Norm, Unit

LEAD_MINUTES = WORKING_DAY
"""It is near when a quarter of its working time is left, but at most one day of 7.5 hours."""

_MONTHS = {Unit.BULANAN: 1, Unit.TRIWULAN: 3}

Stood = tuple[datetime, datetime | None]
"""From when to when a clock stood still, in UTC; None: it still does."""


@dataclass(frozen=True)
class Due:
    """When it is due and from when it is near, in UTC without zone, full minutes."""

    at: datetime
    near: datetime


def due(
    norm: Norm, opened_at: datetime, calendar: Calendar, stood: Sequence[Stood] = ()
) -> Due | None:
    """When what was opened at `opened_at` (UTC) is due; None where the norm names no time, or the
    clock stands still before it came.

    *N hari*: the end of office hours on the Nth working day after the day of opening; a day at
    whose end the clock stood still is not counted. *Menit* and *jam* are counted in office hours
    from the next full minute on, while the clock runs. What recurs is due at the end of the period
    after the one in which it was opened. A range is due at its end.
    """
    if not norm.has_due:
        return None
    still = [(calendar.local(a), calendar.local(b) if b else None) for a, b in sorted(stood)]
    start = calendar.local(opened_at)
    runs = list(_runs(_full_minute(start), [(_floor(a), b and _full_minute(b)) for a, b in still]))
    at = _due_at(norm, start, calendar, runs, still)
    if at is None:
        return None
    near = _near(calendar, runs, at)
    return Due(calendar.utc(at), calendar.utc(near))


_Run = tuple[datetime, datetime | None]


def _floor(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _full_minute(at: datetime) -> datetime:
    """The full minute at or after a time: nobody loses the seconds before."""
    return _floor(at) if _floor(at) == at else _floor(at) + timedelta(minutes=1)


def _runs(start: datetime, still: Iterable[_Run]) -> Iterator[_Run]:
    """The stretches in which the clock runs from `start` on; the last one has no end, unless the
    clock stands still now."""
    for since, until in still:
        if since > start:
            yield start, since
        if until is None:
            return
        start = max(start, until)
    yield start, None


def _due_at(
    norm: Norm, opened: datetime, calendar: Calendar, runs: list[_Run], still: list[_Run]
) -> datetime | None:
    if norm.minutes is not None:
        return _after(calendar, runs, max(norm.minutes, 1))
    if norm.unit in _MONTHS:
        return _period(calendar, opened.date(), _MONTHS[norm.unit], still)
    days = norm.days or 1
    return _days(calendar, list(_runs(at_minute(opened.date(), 24 * 60), still)), days)


def _after(calendar: Calendar, runs: list[_Run], minutes: int) -> datetime | None:
    for start, end in runs:
        here = calendar.minutes_between(start, end) if end else None
        if here is None or minutes <= here:
            return calendar.after_minutes(start, minutes)
        minutes -= here
    return None


def _days(calendar: Calendar, runs: list[_Run], days: int) -> datetime | None:
    for start, end in runs:
        here = calendar.ends_between(start, end) if end else None
        if here is None or days <= here:
            return calendar.end_after(start, days)
        days -= here
    return None


def _period(calendar: Calendar, opened_on: date, months: int, still: list[_Run]) -> datetime | None:
    """The end of the last working day of the period (of `months`) after the one of `opened_on`;
    where the clock stood still then, of the one after it went on."""
    for since, until in [*still, (datetime.max, None)]:  # noqa: DTZ901 - local, as all here
        begun = opened_on.year * 12 + (opened_on.month - 1) // months * months
        last = _month(begun + 2 * months) - timedelta(days=1)
        at = calendar.last_of(_month(begun + months), last)
        if at is None or at < since:
            return at
        if until is None:
            return None
        if at < until:
            opened_on = until.date()
    return None


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _near(calendar: Calendar, runs: list[_Run], at: datetime) -> datetime:
    """From when it is near: before that, all but the lead of the time that there was is over."""
    until = [(a, min(b, at) if b else at) for a, b in runs if a < at]
    whole = sum(calendar.minutes_between(a, b) for a, b in until)
    before = whole - min(LEAD_MINUTES, whole // 4)
    return (_after(calendar, runs, before) if before > 0 else None) or runs[0][0]
