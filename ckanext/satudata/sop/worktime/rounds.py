"""What a sheet asks for again and again (harian, bulanan, triwulan), as rounds of an office: one
for each period, due at the end of its last working day.

A round is the office's own calendar of such rows; the clocks of its cases are another matter.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.worktime.calendar import Calendar
from ckanext.satudata.sop.worktime.norms import Unit, norm_at, rows_of

_MONTHS = {Unit.BULANAN: 1, Unit.TRIWULAN: 3}


@dataclass(frozen=True)
class Recurring:
    """Rows of a sheet that recur and have one time together, and who ends them."""

    rows: tuple[int, ...]
    unit: Unit
    actors: tuple[str, ...]

    @property
    def step(self) -> int:
        """The row by which they are known."""
        return self.rows[0]


@dataclass(frozen=True)
class Round:
    """One round: `period` names it (`2026-03-12`, `2026-03`, `2026-Q1`), both days are in it.
    `due_at`: in UTC without zone."""

    period: str
    first: date
    last: date
    due_at: datetime


def recurring(sop: Sop) -> tuple[Recurring, ...]:
    """What recurs of a sheet, in its order."""
    found = []
    for step in sop.langkah:
        rows, norm = rows_of(step), norm_at(sop, step.langkah)
        if norm.is_recurring and rows[0] == step.langkah:
            actors = dict.fromkeys(one for row in rows for one in sop.step(row).pelaksana)
            found.append(Recurring(rows, norm.unit, tuple(actors)))
    return tuple(found)


def round_of(unit: Unit, day: date, calendar: Calendar) -> Round | None:
    """The round in whose period a day lies; None where the office does not work in it: what is
    done daily is not done on a holiday."""
    period, first, last = _period(unit, day)
    due = calendar.last_of(first, last)
    return Round(period, first, last, calendar.utc(due)) if due is not None else None


def between(unit: Unit, before: date, now: date, calendar: Calendar) -> int:
    """How many rounds lie between two, each given by a day of it: nobody was there to open them,
    as while the machine stood still."""
    _name, _first, last = _period(unit, before)
    _name, until, _last = _period(unit, now)
    count = 0
    while (day := last + timedelta(days=1)) < until:
        _name, first, last = _period(unit, day)
        count += calendar.last_of(first, last) is not None
    return count


def _period(unit: Unit, day: date) -> tuple[str, date, date]:
    months = _MONTHS.get(unit)
    if months is None:
        return day.isoformat(), day, day
    start = (day.month - 1) // months * months + 1
    end = start + months - 1
    first = date(day.year, start, 1)
    last = date(day.year, end, monthrange(day.year, end)[1])
    quarter = f"{day.year}-Q{(start + 2) // 3}"
    return (f"{first:%Y-%m}" if months == 1 else quarter), first, last
