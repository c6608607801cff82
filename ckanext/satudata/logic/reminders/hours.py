"""The working calendar of an office, as reminders ask it."""

from __future__ import annotations

from datetime import datetime, timedelta

from ckanext.satudata.sop.worktime.calendar import Calendar

FARTHEST_DAYS = 400
"""An office that does not work for so long reminds nobody."""


class Hours:
    """When an office works, in UTC without a zone."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at that moment; its breaks are office hours for a letter."""
        there = self._calendar.local(at)
        spans = self._calendar.spans(there.date())
        minute = there.hour * 60 + there.minute
        return bool(spans) and spans[0][0] <= minute < spans[-1][1]

    def shifted(self, at: datetime, days: int) -> datetime:
        """The same time of day so many working days later."""
        there, left = self._calendar.local(at), days
        for _day in range(FARTHEST_DAYS):
            if left <= 0:
                break
            there += timedelta(days=1)
            left -= bool(self._calendar.spans(there.date()))
        return self._calendar.utc(there)
