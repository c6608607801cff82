"""Working time reckoned a second time: minute by minute, by wall clock, with nothing added up.

It shares no code with the program but the values that it is asked with. Slow and plain on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import holidays

MINUTE = timedelta(minutes=1)
OFFSETS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}

FIVE = {
    "usual": {"mon-thu": ["07:30-12:00", "13:00-16:00"], "fri": ["07:30-11:30", "13:00-16:30"]},
    "ramadan": {"mon-thu": ["08:00-12:00", "12:30-15:00"], "fri": ["08:00-11:30", "12:30-15:30"]},
}
SIX = {
    "usual": {
        "mon-thu": ["07:30-12:00", "12:30-14:15"],
        "fri": ["07:30-11:30", "12:30-14:45"],
        "sat": ["07:30-12:00", "12:30-14:15"],
    },
    "ramadan": {
        "mon-thu": ["08:00-12:00", "12:30-13:55"],
        "fri": ["08:00-11:30", "12:30-14:25"],
        "sat": ["08:00-12:00", "12:30-13:55"],
    },
}
NAMES = ("mon-thu",) * 4 + ("fri", "sat", "sun")


@dataclass
class Office:
    """What an office says of its time: six days or five, fasting from-to, days added and taken."""

    zone: str = "Asia/Jakarta"
    six: bool = False
    ramadan: tuple[date, date] | None = None
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()
    _days: dict[date, list[bool]] = field(default_factory=dict)
    _national: dict[int, set[date]] = field(default_factory=dict)

    def works(self, day: date) -> list[bool]:
        """For each minute of a day whether the office works."""
        if day not in self._days:
            self._days[day] = self._reckoned(day)
        return self._days[day]

    def _reckoned(self, day: date) -> list[bool]:
        nobody = [False] * 1440
        if day in self.added or (day in self._off(day.year) and day not in self.removed):
            return nobody
        fasting = self.ramadan is not None and self.ramadan[0] <= day <= self.ramadan[1]
        table = (SIX if self.six else FIVE)["ramadan" if fasting else "usual"]
        for text in table.get(NAMES[day.weekday()], []):
            start, end = (int(one[:2]) * 60 + int(one[3:]) for one in text.split("-"))
            for minute in range(start, end):
                nobody[minute] = True
        return nobody

    def _off(self, year: int) -> set[date]:
        if year not in self._national:
            both = holidays.country_holidays("ID", years=year, categories=("public", "government"))
            self._national[year] = set(both)
        return self._national[year]

    def here(self, at: datetime) -> datetime:
        return at + timedelta(hours=OFFSETS[self.zone])

    def back(self, at: datetime) -> datetime:
        zone = ZoneInfo(self.zone)
        return at.replace(tzinfo=zone).astimezone(timezone.utc).replace(tzinfo=None)


Still = Sequence[tuple[datetime, datetime]]


def due_by_minute(
    office: Office, unit: str, count: int, opened_at: datetime, stood: Still = ()
) -> datetime:
    """When `count` menit, jam or hari that were opened at `opened_at` are due, all in UTC."""
    still = [(office.here(a), office.here(b)) for a, b in stood]
    if unit == "hari":
        return office.back(_days(office, count, office.here(opened_at), still))
    minutes = count * 60 if unit == "jam" else count
    return office.back(_minutes(office, minutes, office.here(opened_at), still))


def _minutes(office: Office, count: int, opened: datetime, still: Still) -> datetime:
    minute = opened.replace(second=0, microsecond=0)
    if minute < opened:
        minute += MINUTE
    while True:
        day = office.works(minute.date())
        for place in range(minute.hour * 60 + minute.minute, 1440):
            if day[place] and _runs_throughout(minute, still):
                count -= 1
                if count == 0:
                    return minute + MINUTE
            minute += MINUTE


def _runs_throughout(minute: datetime, still: Still) -> bool:
    return not any(a < minute + MINUTE and minute < b for a, b in still)


def _days(office: Office, count: int, opened: datetime, still: Still) -> datetime:
    day = opened.date()
    while True:
        day += timedelta(days=1)
        end = None
        for place, working in enumerate(office.works(day)):
            if working:
                end = datetime.combine(day, datetime.min.time()) + (place + 1) * MINUTE
        if end is not None and not any(a <= end < b for a, b in still):
            count -= 1
            if count == 0:
                return end
