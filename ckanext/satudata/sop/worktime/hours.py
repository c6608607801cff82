"""The office hours of a week, by day, with the breaks left out.

The default is Perpres 21/2023: 37.5 hours in five days, from 07.30, with a break of an hour and on
Fridays of an hour and a half; in Ramadan 32.5 hours, from 08.00, with shorter breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]
"""From a minute of the day to another one, the second not in it."""

DAY = 24 * 60
DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Names of the days, Monday first as in `date.weekday`."""

HOUR = 60
HOURS_PER_DAY = 7.5
WORKING_DAY = round(HOURS_PER_DAY * HOUR)
"""Minutes of a working day on average: 37.5 hours in five days."""


@dataclass(frozen=True)
class Week:
    """The spans of each day, Monday first; a day without any is no working day."""

    days: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        if len(self.days) != len(DAYS):
            raise ValueError(f"a week of {len(self.days)} days")
        for spans in self.days:
            edges = [edge for span in spans for edge in span]
            if edges != sorted(set(edges)) or any(not 0 <= edge <= DAY for edge in edges):
                raise ValueError(f"spans that are no hours of a day: {spans}")

    @property
    def minutes(self) -> int:
        return sum(end - start for spans in self.days for start, end in spans)


def spans(text: str) -> tuple[Span, ...]:
    """`07.30-12.00 13.00-16.00` as spans; an empty text is a day off. Raises ValueError."""
    found = []
    for part in text.replace(",", " ").split():
        start, _, end = part.replace("–", "-").partition("-")
        found.append((_minute(start), _minute(end)))
    return tuple(found)


def written(day: tuple[Span, ...]) -> str:
    """Spans as people write them, with a dot between hours and minutes."""
    clock = [tuple(f"{edge // 60:02}.{edge % 60:02}" for edge in span) for span in day]
    return " ".join("-".join(span) for span in clock)


def _minute(text: str) -> int:
    hours, _, minutes = text.replace(":", ".").partition(".")
    if not (hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(f"no time of day: {text}")
    return int(hours) * 60 + int(minutes)


def _week(usual: str, friday: str, saturday: str = "") -> Week:
    common, end = spans(usual), spans(saturday)
    return Week((common, common, common, common, spans(friday), end, ()))


FIVE_DAYS = _week("07.30-12.00 13.00-16.00", "07.30-11.30 13.00-16.30")
FIVE_DAYS_RAMADAN = _week("08.00-12.00 12.30-15.00", "08.00-11.30 12.30-15.30")
SIX_DAYS = _week("07.30-12.00 12.30-14.15", "07.30-11.30 12.30-14.45", "07.30-12.00 12.30-14.15")
SIX_DAYS_RAMADAN = _week(
    "08.00-12.00 12.30-13.55", "08.00-11.30 12.30-14.25", "08.00-12.00 12.30-13.55"
)
"""Perpres 21/2023 leaves six days to the regions: the same hours of a week, over six days."""


@dataclass(frozen=True)
class Regime:
    """The hours that hold from a day on: the usual week, and that of Ramadan."""

    since: date
    usual: Week = FIVE_DAYS
    ramadan: Week = FIVE_DAYS_RAMADAN


ALWAYS = date.min
DEFAULT = Regime(ALWAYS)
