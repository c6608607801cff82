"""What recurs has a round for each period in which the office works."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ckanext.satudata.sop.worktime.calendar import Calendar, Working
from ckanext.satudata.sop.worktime.norms import Unit
from ckanext.satudata.sop.worktime.rounds import Recurring, between, recurring, round_of

CALENDAR = Calendar(Working(ZoneInfo("Asia/Jakarta")))
THURSDAY = date(2026, 3, 12)
LEBARAN = date(2026, 3, 20)


def test_of_sop_000_storing_with_backup_recurs_daily_and_the_evaluation_monthly(sop_000):
    assert recurring(sop_000) == (
        Recurring((6, 7), Unit.HARIAN, ("admin_sistem",)),
        Recurring((9,), Unit.BULANAN, ("pimpinan_tim_data",)),
    )


@pytest.mark.parametrize(
    ("unit", "period", "first", "last", "due"),
    [
        (Unit.HARIAN, "2026-03-12", THURSDAY, THURSDAY, "2026-03-12 09:00"),
        (Unit.BULANAN, "2026-03", date(2026, 3, 1), date(2026, 3, 31), "2026-03-31 09:00"),
        (Unit.TRIWULAN, "2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2026-03-31 09:00"),
    ],
)
def test_a_round_is_due_at_the_end_of_the_last_working_day(unit, period, first, last, due):
    found = round_of(unit, THURSDAY, CALENDAR)
    assert found is not None
    assert (found.period, found.first, found.last) == (period, first, last)
    assert found.due_at == datetime.fromisoformat(due)


def test_every_day_of_a_quarter_has_the_round_of_that_quarter():
    day, found = date(2026, 1, 1), set()
    while day.year == 2026:
        one = round_of(Unit.TRIWULAN, day, CALENDAR)
        assert one is not None
        assert one.first <= day <= one.last
        found.add(one.period)
        day += timedelta(days=1)
    assert sorted(found) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


@pytest.mark.parametrize("day", [LEBARAN, date(2026, 3, 14)])
def test_what_is_done_daily_is_not_done_where_nobody_works(day):
    assert round_of(Unit.HARIAN, day, CALENDAR) is None


def test_what_is_done_monthly_has_its_round_on_a_holiday_too():
    found = round_of(Unit.BULANAN, LEBARAN, CALENDAR)
    assert found is not None
    assert found.period == "2026-03"


@pytest.mark.parametrize(
    ("unit", "before", "now", "count"),
    [
        (Unit.HARIAN, THURSDAY, THURSDAY, 0),
        (Unit.HARIAN, THURSDAY, date(2026, 3, 13), 0),
        # A weekend, Nyepi and Lebaran lie between; 16 and 17 March are working days.
        (Unit.HARIAN, date(2026, 3, 13), date(2026, 3, 25), 2),
        (Unit.BULANAN, date(2026, 1, 31), date(2026, 2, 1), 0),
        (Unit.BULANAN, date(2026, 1, 31), date(2026, 5, 1), 3),
        (Unit.BULANAN, date(2025, 12, 5), date(2026, 2, 28), 1),
        (Unit.TRIWULAN, date(2025, 12, 5), date(2026, 7, 1), 2),
    ],
)
def test_what_was_missed_in_between_is_counted(unit, before, now, count):
    assert between(unit, before, now, CALENDAR) == count
