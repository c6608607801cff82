"""When something is due: each rule with an example that can be checked on a wall calendar.

March 2026: Nyepi Thursday 19, Idul Fitri Saturday 21 and Sunday 22; cuti bersama on Wednesday 18,
Friday 20, Monday 23 and Tuesday 24 (SKB 3 Menteri).
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ckanext.satudata.sop.worktime.calendar import Calendar, Correction, Working
from ckanext.satudata.sop.worktime.due import due
from ckanext.satudata.sop.worktime.hours import (
    DEFAULT,
    FIVE_DAYS,
    FIVE_DAYS_RAMADAN,
    SIX_DAYS,
    SIX_DAYS_RAMADAN,
    Regime,
    Week,
    spans,
    written,
)
from ckanext.satudata.sop.worktime.national import knows_joint_leave
from tests.unit.sop.worktime.printed import SIX, read

WIB = "Asia/Jakarta"


def at(text: str) -> datetime:
    """A time as people write it, without a zone."""
    return datetime.fromisoformat(text)


def office(*corrections: Correction, zone: str = WIB, regimes=(DEFAULT,), ramadans=()) -> Calendar:
    return Calendar(Working(ZoneInfo(zone), regimes, corrections, ramadans))


def local(
    norm: str, opened: str, calendar: Calendar | None = None, stood: tuple = ()
) -> datetime | None:
    """When a norm is due that was opened at a local time, on the same clock."""
    calendar = calendar or office()
    still = [tuple(one and calendar.utc(at(one)) for one in pair) for pair in stood]
    words = read(norm)
    assert words is not None
    found = due(words, calendar.utc(at(opened)), calendar, still)
    return calendar.local(found.at) if found else None


def test_three_working_days_from_friday_13_march_2026_end_on_wednesday_25_march():
    assert local("3 hari kerja", "2026-03-13 10:00") == at("2026-03-25 16:00")


@pytest.mark.parametrize("opened", ["2026-03-13 05:00", "2026-03-13 23:59", "2026-03-15 12:00"])
def test_days_are_counted_after_the_day_of_opening_whatever_its_hour(opened: str):
    assert local("3 hari kerja", opened) == at("2026-03-25 16:00")


@pytest.mark.parametrize(
    ("zone", "utc"),
    [(WIB, "2026-03-25 09:00"), ("Asia/Makassar", "2026-03-25 08:00"),
     ("Asia/Jayapura", "2026-03-25 07:00")],
)  # fmt: skip
def test_it_is_due_by_the_clock_of_the_office(zone: str, utc: str):
    calendar = office(zone=zone)
    words = read("3 hari")
    assert words is not None
    found = due(words, calendar.utc(at("2026-03-13 10:00")), calendar)
    assert found is not None
    assert found.at == at(utc)


def test_the_day_of_opening_is_that_of_the_office():
    # 16:30 UTC on a Thursday is Friday half past one in Papua.
    words = read("1 hari")
    assert words is not None
    papua = due(words, at("2026-01-08 16:30"), office(zone="Asia/Jayapura"))
    java = due(words, at("2026-01-08 16:30"), office())
    assert papua is not None
    assert java is not None
    assert (papua.at, java.at) == (at("2026-01-12 07:00"), at("2026-01-09 09:30"))


def test_a_range_is_due_at_its_end():
    assert local("1–3 Hari", "2026-03-13 10:00") == local("3 hari", "2026-03-13 10:00")


@pytest.mark.parametrize(
    ("norm", "opened", "due_at"),
    [
        ("30 menit", "2026-01-05 09:00", "2026-01-05 09:30"),
        ("1 jam", "2026-01-05 11:30", "2026-01-05 13:30"),
        ("1 jam", "2026-01-09 11:00", "2026-01-09 13:30"),
        ("1 jam", "2026-01-05 15:00", "2026-01-05 16:00"),
        ("1 jam", "2026-01-05 15:30", "2026-01-06 08:00"),
        ("1-2 Jam", "2026-01-09 15:30", "2026-01-12 08:30"),
        ("1 jam", "2026-01-10 12:00", "2026-01-12 08:30"),
        ("1 jam", "2026-01-05 12:15", "2026-01-05 14:00"),
    ],
    ids=["in hours", "over the break", "over Friday's break", "to the end of the day",
         "over the night", "over the weekend", "opened on a Saturday", "opened in the break"],
)  # fmt: skip
def test_minutes_and_hours_run_in_office_hours(norm: str, opened: str, due_at: str):
    assert local(norm, opened) == at(due_at)


def test_seconds_before_the_first_full_minute_are_given():
    assert local("30 menit", "2026-01-05 09:00:01") == at("2026-01-05 09:31")


def test_a_day_is_not_so_many_hours():
    assert local("1 hari", "2026-01-05 07:30") == at("2026-01-06 16:00")


@pytest.mark.parametrize(
    ("norm", "due_at"),
    [
        ("Harian", "2026-03-16 16:00"),
        ("Bulanan/Triwulan", "2026-04-30 16:00"),
        ("Triwulan", "2026-06-30 16:00"),
    ],
)
def test_what_recurs_is_due_at_the_end_of_the_period_after_its_opening(norm: str, due_at: str):
    assert local(norm, "2026-03-13 10:00") == at(due_at)


def test_the_last_working_day_of_a_period_ends_it():
    # 31 May 2026 is a Sunday (and Waisak), 28 May cuti bersama: Friday the 29th.
    assert local("Bulanan", "2026-04-10 10:00") == at("2026-05-29 16:30")


def test_what_is_done_when_needed_is_never_due():
    assert local("Sesuai kebutuhan", "2026-03-13 10:00") is None


FASTING = (date(2026, 2, 18), date(2026, 3, 17))


@pytest.mark.parametrize(
    ("opened", "due_at"),
    [("2026-03-16 08:00", "2026-03-17 15:00"), ("2026-03-17 08:00", "2026-03-25 16:00"),
     ("2026-02-16 08:00", "2026-02-18 15:00"), ("2026-02-13 08:00", "2026-02-18 15:00")],
)  # fmt: skip
def test_ramadan_shortens_the_day_from_its_first_to_its_last(opened: str, due_at: str):
    assert local("1 hari", opened, office(ramadans=(FASTING,))) == at(due_at)


def test_an_hour_in_ramadan_runs_in_the_hours_of_ramadan():
    calendar = office(ramadans=(FASTING,))
    assert local("1 jam", "2026-03-16 14:30", calendar) == at("2026-03-17 08:30")


def test_six_days_a_week_count_saturdays():
    six = office(regimes=(SIX,))
    assert local("2 hari", "2026-01-09 10:00") == at("2026-01-13 16:00")
    assert local("2 hari", "2026-01-09 10:00", six) == at("2026-01-12 14:15")


def test_an_office_has_days_of_its_own():
    own = Correction(date(2026, 1, 6), off=True, name="Hari jadi")
    assert local("1 hari", "2026-01-05 10:00", office(own)) == at("2026-01-07 16:00")


def test_an_office_works_where_its_table_takes_a_holiday_away():
    taken = Correction(date(2026, 3, 18), off=False)
    assert local("3 hari", "2026-03-13 10:00", office(taken)) == at("2026-03-18 16:00")


def test_taking_a_holiday_away_makes_no_sunday_a_working_day():
    taken = Correction(date(2026, 3, 22), off=False)
    assert local("3 hari", "2026-03-13 10:00", office(taken)) == at("2026-03-25 16:00")


def test_hours_hold_from_their_day_on():
    six = Regime(date(2026, 1, 12), SIX.usual, SIX.ramadan)
    calendar = office(regimes=(DEFAULT, six))
    assert local("1 hari", "2026-01-08 10:00", calendar) == at("2026-01-09 16:30")
    assert local("6 hari", "2026-01-09 10:00", calendar) == at("2026-01-19 14:15")


def test_a_day_at_whose_end_the_clock_stood_still_is_not_counted():
    stood = (("2026-01-06 10:00", "2026-01-08 09:00"),)
    assert local("2 hari", "2026-01-05 10:00", stood=stood) == at("2026-01-09 16:30")


def test_a_pause_within_a_day_costs_no_day():
    stood = (("2026-01-06 10:00", "2026-01-06 14:00"),)
    assert local("2 hari", "2026-01-05 10:00", stood=stood) == at("2026-01-07 16:00")


def test_hours_go_on_where_they_stopped():
    stood = (("2026-01-05 10:15", "2026-01-07 09:00"),)
    assert local("1 jam", "2026-01-05 10:00", stood=stood) == at("2026-01-07 09:45")


def test_nothing_is_due_while_the_clock_stands_still():
    assert local("3 hari", "2026-01-05 10:00", stood=(("2026-01-06 10:00", None),)) is None


def test_what_was_due_before_the_clock_stopped_stays_overdue():
    stood = (("2026-01-08 10:00", None),)
    assert local("1 hari", "2026-01-05 10:00", stood=stood) == at("2026-01-06 16:00")


def test_a_month_whose_end_passed_while_the_clock_stood_still_is_followed_by_the_next():
    stood = (("2026-02-10 10:00", "2026-03-05 10:00"),)
    assert local("Bulanan", "2026-01-05 10:00", stood=stood) == at("2026-04-30 16:00")


def test_the_weeks_of_perpres_21_2023_have_their_hours():
    weeks = (FIVE_DAYS, SIX_DAYS, FIVE_DAYS_RAMADAN, SIX_DAYS_RAMADAN)
    assert [one.minutes / 60 for one in weeks] == [37.5, 37.5, 32.5, 32.5]


def test_cuti_bersama_of_2026_and_2027_is_known_and_that_of_2028_is_not():
    known = [knows_joint_leave(year) for year in (2026, 2027, 2028)]
    assert known == [True, True, False]


@pytest.mark.parametrize("text", ["07.30-12.00 13.00-16.00", "", "00.00-24.00"])
def test_hours_are_written_as_they_are_read(text: str):
    assert written(spans(text)) == text


@pytest.mark.parametrize("text", ["7-8", "07.30", "07.30-07.60", "a.00-b.00", "07.30-12.000"])
def test_what_is_no_time_of_day_is_refused(text: str):
    with pytest.raises(ValueError, match="time of day"):
        spans(text)


@pytest.mark.parametrize("text", ["16.00-12.00", "08.00-12.00 11.00-13.00", "20.00-24.01"])
def test_hours_that_are_no_hours_of_a_day_are_refused(text: str):
    with pytest.raises(ValueError, match="hours of a day"):
        Week((spans(text), (), (), (), (), (), ()))


def test_an_office_that_never_works_owes_nothing():
    never = Regime(DEFAULT.since, Week(((),) * 7), Week(((),) * 7))
    calendar = office(regimes=(never,))
    norms = ("1 jam", "1 hari", "Bulanan")
    assert [local(norm, "2026-01-05 10:00", calendar) for norm in norms] == [None] * 3
