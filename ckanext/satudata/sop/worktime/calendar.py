"""The working calendar of an office: which minutes are working time.

What is asked often is added up once for each year, so that no question walks through minutes, and
only the longest ones through years.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from ckanext.satudata.sop.worktime import national
from ckanext.satudata.sop.worktime.hours import DEFAULT, Regime, Span
from ckanext.satudata.sop.worktime.national import Holiday

FARTHEST_YEARS = 60
"""What is not due within so many years is due never: an office that hardly works."""


@dataclass(frozen=True)
class Correction:
    """A day that an office has off beside the national ones (`off`), or works in spite of them.

    `joint`: the day off is cuti bersama, of a decree that the package does not know yet.
    """

    day: date
    off: bool
    name: str = ""
    joint: bool = False


@dataclass(frozen=True)
class Working:
    """What a calendar is made of. `ramadans`: first and last day, both in it.

    `regimes` hold each from its day on; before the first one the default holds.
    """

    zone: ZoneInfo
    regimes: tuple[Regime, ...] = (DEFAULT,)
    corrections: tuple[Correction, ...] = ()
    ramadans: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Year:
    """The working days of a year with their spans; `before[i]`: minutes worked before day i."""

    days: tuple[date, ...]
    spans: tuple[tuple[Span, ...], ...]
    before: tuple[int, ...]
    ends: tuple[datetime, ...]

    @property
    def minutes(self) -> int:
        return self.before[-1]


class Calendar:
    """When an office works. Local times are naive; Indonesia's zones know no summer time."""

    def __init__(
        self,
        made_of: Working,
        national_days: Callable[[int], Mapping[date, Holiday]] = national.of_year,
    ) -> None:
        self.made_of = made_of
        self.zone = made_of.zone
        self._national = national_days
        self._corrections = {one.day: one for one in made_of.corrections}
        self._regimes = {DEFAULT.since: DEFAULT} | {one.since: one for one in made_of.regimes}
        self._since = sorted(self._regimes)
        self._years: dict[int, Year] = {}

    def local(self, at: datetime) -> datetime:
        """A time in UTC without zone, on the office's clock."""
        there = at.replace(tzinfo=timezone.utc).astimezone(self.zone)
        return there.replace(tzinfo=None)

    def utc(self, at: datetime) -> datetime:
        """A time on the office's clock, in UTC without zone."""
        return at.replace(tzinfo=self.zone).astimezone(timezone.utc).replace(tzinfo=None)

    def off(self, day: date) -> str | None:
        """Why a day that could be worked is not: the name of its holiday; None for all others."""
        correction = self._corrections.get(day)
        if correction is not None:
            return (correction.name or "-") if correction.off else None
        holiday = self._national(day.year).get(day)
        return holiday.name if holiday else None

    def spans(self, day: date) -> tuple[Span, ...]:
        """The office hours of a day in minutes of the day, breaks left out; () on a day off."""
        if self.off(day) is not None:
            return ()
        regime = self._regimes[self._since[bisect_right(self._since, day) - 1]]
        fasting = any(first <= day <= last for first, last in self.made_of.ramadans)
        return (regime.ramadan if fasting else regime.usual).days[day.weekday()]

    def year(self, number: int) -> Year:
        """The working days of a year, added up."""
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._added_up(number)
        return found

    def _added_up(self, number: int) -> Year:
        days, spans, before, ends = [], [], [0], []
        day = date(number, 1, 1)
        while day.year == number:
            today = self.spans(day)
            if today:
                days.append(day)
                spans.append(today)
                before.append(before[-1] + sum(end - start for start, end in today))
                ends.append(at_minute(day, today[-1][1]))
            if day == date.max:
                break
            day += timedelta(days=1)
        return Year(tuple(days), tuple(spans), tuple(before), tuple(ends))

    def minutes_until(self, at: datetime) -> int:
        """Whole minutes worked in the year of a local time until then."""
        year = self.year(at.year)
        place = bisect_left(year.days, at.date())
        found = year.before[place]
        if place < len(year.days) and year.days[place] == at.date():
            now = at.hour * 60 + at.minute
            found += sum(max(0, min(end, now) - start) for start, end in year.spans[place])
        return found

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Whole minutes worked from one local time to a later one."""
        if end <= start:
            return 0
        passed = sum(self.year(number).minutes for number in range(start.year, end.year))
        return passed + self.minutes_until(end) - self.minutes_until(start)

    def after_minutes(self, start: datetime, minutes: int) -> datetime | None:
        """The first local time by which so many minutes (at least one) were worked since `start`,
        a full minute. None when that is too far away."""
        wanted = self.minutes_until(start) + minutes
        for number in range(start.year, min(start.year + FARTHEST_YEARS, date.max.year)):
            year = self.year(number)
            if wanted <= year.minutes:
                place = bisect_left(year.before, wanted) - 1
                left = wanted - year.before[place]
                return at_minute(year.days[place], _nth_minute(year.spans[place], left))
            wanted -= year.minutes
        return None

    def end_after(self, start: datetime, count: int) -> datetime | None:
        """The `count`th end of office hours at or after a local time."""
        wanted = self.ends_until(start) + count
        for number in range(start.year, min(start.year + FARTHEST_YEARS, date.max.year)):
            year = self.year(number)
            if wanted <= len(year.ends):
                return year.ends[wanted - 1]
            wanted -= len(year.ends)
        return None

    def ends_until(self, at: datetime) -> int:
        """How many working days of the year of a local time have ended before it."""
        return bisect_left(self.year(at.year).ends, at)

    def ends_between(self, start: datetime, end: datetime) -> int:
        """How many working days end from one local time (in it) to a later one (not in it)."""
        if end <= start:
            return 0
        passed = sum(len(self.year(number).ends) for number in range(start.year, end.year))
        return passed + self.ends_until(end) - self.ends_until(start)

    def last_of(self, first: date, last: date) -> datetime | None:
        """The end of office hours on the last working day from `first` to `last`."""
        day = last
        while day >= first:
            spans = self.spans(day)
            if spans:
                return at_minute(day, spans[-1][1])
            day -= timedelta(days=1)
        return None


def at_minute(day: date, minute: int) -> datetime:
    """A minute of a local day; 1440 is the midnight that ends it."""
    return datetime.combine(day, time.min) + timedelta(minutes=minute)


def _nth_minute(spans: tuple[Span, ...], count: int) -> int:
    """The minute of the day at which `count` minutes of the spans are over."""
    for start, end in spans:
        if count <= end - start:
            return start + count
        count -= end - start
    raise ValueError("more minutes than the day has")
