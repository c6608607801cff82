"""When the next data of a released dataset are due, and how that stands on a day.

From the day of its release, its frekuensi pemutakhiran and its jadwal rilis; nothing of a case is
asked. Days are those of the office.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import Enum

from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.periods import Period, parse_period

_DAYS: Mapping[str, int] = {"harian": 1, "mingguan": 7}
_MONTHS: Mapping[str, int] = {
    "bulanan": 1,
    "triwulanan": 3,
    "empat-bulanan": 4,
    "semesteran": 6,
    "tahunan": 12,
}
NEVER = frozenset({"sekali", "sewaktu-waktu"})
"""Frequencies by which nothing is ever due, whatever the schedule says."""

_LEAD: Mapping[str, int] = {
    "harian": 0,
    "mingguan": 2,
    "bulanan": 7,
    "triwulanan": 14,
    "empat-bulanan": 14,
}
LONGEST_LEAD = 30
"""Days before the due day from which on data are asked for, of all other frequencies."""


class Basis(str, Enum):
    """Which field says when the next data are due; the value is the field's name."""

    SCHEDULE = "release_schedule"
    FREQUENCY = "update_frequency"


class Standing(str, Enum):
    """How a dataset stands on a day; the value is what the API says."""

    CURRENT = "mutakhir"
    OVERDUE = "belum_dimutakhirkan"


@dataclass(frozen=True)
class Promise:
    """What a release says of the next one: the values of its two fields, as they are stored."""

    frequency: str = ""
    schedule: str = ""


@dataclass(frozen=True)
class NextUpdate:
    """New data are due by the end of `day` and are asked for from `near` on."""

    day: date
    near: date
    basis: Basis


def next_update(
    released_on: date, promise: Promise, before: Promise | None = None
) -> NextUpdate | None:
    """When the data after a release are due; None where nothing is.

    A schedule that is still to come counts before the frequency. It is kept already where the
    release falls into it or after it, or where the release `before` named the same: then it was
    this one that was meant. A year, half-year, quarter or month is due at its end.
    """
    if promise.frequency in NEVER:
        return None
    schedule = _period(promise.schedule)
    meant = before is not None and schedule is not None and _period(before.schedule) == schedule
    if schedule is not None and not meant and released_on < schedule.first:
        day, basis = schedule.last, Basis.SCHEDULE
    else:
        found = _after(released_on, promise.frequency)
        if found is None:
            return None
        day, basis = found, Basis.FREQUENCY
    lead = _LEAD.get(promise.frequency, LONGEST_LEAD)
    return NextUpdate(day, day - timedelta(days=lead), basis)


def standing_on(due: date | None, today: date) -> Standing | None:
    """How data stand that are due on a day; None where nothing is ever due. The day itself is in
    time."""
    if due is None:
        return None
    return Standing.OVERDUE if today > due else Standing.CURRENT


def _after(day: date, frequency: str) -> date | None:
    """So long after a day; a month later ends where the month ends. None: no frequency says it,
    or no calendar has the day."""
    if frequency in _DAYS and day.year < MAXYEAR:
        return day + timedelta(days=_DAYS[frequency])
    months = _MONTHS.get(frequency)
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except BadValue:
        return None
