"""Reminders before, at and after the due time: to the holders, then to the superiors."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.sop.reminders import REMINDERS, Clock, Stage, due, next_moment


class Plain:
    """Monday to Friday, 01:00 to 09:00 UTC (08.00 to 16.00 WIB), without 2026-01-15."""

    HOLIDAY = datetime(2026, 1, 15).date()  # noqa: DTZ001

    def is_open(self, at: datetime) -> bool:
        return self._works(at) and 1 <= at.hour < 9

    def shifted(self, at: datetime, days: int) -> datetime:
        step = timedelta(days=1 if days > 0 else -1)
        for _day in range(abs(days)):
            at += step
            while not self._works(at):
                at += step
        return at

    def _works(self, at: datetime) -> bool:
        return at.weekday() < 5 and at.date() != self.HOLIDAY


OFFICE = Plain()
OPENED = datetime(2026, 1, 5, 2)  # noqa: DTZ001 - a Monday; the rooms hold UTC without a zone
DUE = datetime(2026, 1, 9, 9)  # noqa: DTZ001 - Friday, the end of office hours
NEAR = datetime(2026, 1, 8, 9)  # noqa: DTZ001 - a working day before
CLOCK = Clock(OPENED, DUE, NEAR)


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 1, day, hour)  # noqa: DTZ001


def stages(now: datetime, *sent: Stage, clock: Clock = CLOCK) -> list[str]:
    return [one.stage.value for one in due(clock, OFFICE, sent, now)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(8, 3), []),
        (at(9, 1), ["before"]),
        (at(12, 1), ["at"]),
        (at(13, 1), ["after"]),
        (at(14, 1), ["after", "superior"]),
        (at(22, 1), ["after", "superior_again"]),
    ],
)
def test_what_is_due_when_nothing_was_sent(now: datetime, expected: list[str]) -> None:
    assert stages(now) == expected


def test_what_was_sent_is_not_sent_again() -> None:
    assert stages(at(9, 1), Stage.BEFORE) == []


@pytest.mark.parametrize("hour", [0, 9, 15, 23])
def test_nobody_is_reminded_at_night(hour: int) -> None:
    assert stages(at(12, hour)) == []


@pytest.mark.parametrize("day", [10, 11, 15])
def test_nobody_is_reminded_at_the_weekend_or_on_a_holiday(day: int) -> None:
    assert stages(at(day)) == []


def test_a_holiday_is_no_day_after_the_due_time() -> None:
    thursday = replace(CLOCK, due_at=at(14, 8))

    assert stages(at(16, 3), clock=thursday) == ["at"]


def test_what_was_due_in_the_night_is_sent_when_the_office_opens() -> None:
    assert stages(at(12, 1), Stage.BEFORE) == ["at"]


def test_after_a_machine_that_stood_nobody_gets_what_was_overtaken() -> None:
    assert stages(at(13, 1)) == ["after"]


def test_a_clock_that_stands_still_reminds_nobody() -> None:
    assert stages(at(13, 1), clock=replace(CLOCK, runs=False)) == []


def test_a_norm_of_effort_reminds_nobody() -> None:
    assert stages(at(13, 1), clock=replace(CLOCK, effort=True)) == []


def test_a_clock_without_a_due_time_reminds_nobody() -> None:
    assert stages(at(13, 1), clock=replace(CLOCK, due_at=None)) == []


def test_a_short_clock_has_no_reminder_before_its_work_began() -> None:
    short = Clock(at(8, 2), at(8, 4), at(8, 2))

    assert stages(at(8, 3), clock=short) == []


def test_the_next_moment_is_that_of_the_next_row() -> None:
    assert next_moment(CLOCK, OFFICE, at(8, 3)) == at(8, 9)


def test_after_the_last_row_there_is_no_next_moment() -> None:
    assert next_moment(CLOCK, OFFICE, at(28, 3)) is None


hours = st.integers(min_value=0, max_value=40 * 24)


@given(st.lists(hours, min_size=1, max_size=60), st.integers(min_value=0, max_value=10))
def test_however_often_one_looks_each_row_is_sent_once(looks: list[int], days: int) -> None:
    clock = Clock(OPENED, OFFICE.shifted(OPENED, days + 1), OFFICE.shifted(OPENED, days))
    sent: list[Stage] = []
    for hour in sorted(looks):
        sent += [one.stage for one in due(clock, OFFICE, sent, OPENED + timedelta(hours=hour))]

    assert len(sent) == len(set(sent))


@given(st.integers(min_value=0, max_value=10))
def test_who_looks_every_hour_misses_no_row(days: int) -> None:
    clock = Clock(OPENED, OFFICE.shifted(OPENED, days + 2), OFFICE.shifted(OPENED, days + 1))
    sent: list[Stage] = []
    for hour in range(40 * 24):
        sent += [one.stage for one in due(clock, OFFICE, sent, OPENED + timedelta(hours=hour))]

    assert sent == [one.stage for one in REMINDERS]
