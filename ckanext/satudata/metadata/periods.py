"""Periods as statistics name them: year, half-year, quarter, month, day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ckanext.satudata.metadata.faults import BadValue, shown

FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(-(?:Q(?P<quarter>[1-4])|S(?P<half>[12])|(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?))?"
)


@dataclass(frozen=True)
class Period:
    """A named span of whole days, both ends included; `text` is the stored form."""

    text: str
    first: date
    last: date


def parse_period(value: str) -> Period:
    """Read `2025`, `2025-S1`, `2025-Q1`, `2025-03` or `2025-03-31`; BadValue when it is none."""
    text = value.strip().upper()
    match = FORM.fullmatch(text)
    if match is None:
        raise BadValue("period_format", value=shown(value))
    try:
        first, last = _span(match)
    except ValueError:
        raise BadValue("period_calendar", value=shown(value)) from None
    return Period(text, first, last)


def _span(match: re.Match[str]) -> tuple[date, date]:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return _months(year, int(match["month"]), 1)
    if match["quarter"]:
        return _months(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return _months(year, 6 * int(match["half"]) - 5, 6)
    return _months(year, 1, 12)


def _months(year: int, start: int, count: int) -> tuple[date, date]:
    first = date(year, start, 1)
    end = start + count - 1
    return first, date(year, end, monthrange(year, end)[1])
