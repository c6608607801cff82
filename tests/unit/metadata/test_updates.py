"""When the next data are due, and how that stands: a function of the release and of the day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ckanext.satudata.metadata.updates import (
    LONGEST_LEAD,
    NEVER,
    Basis,
    Promise,
    Standing,
    next_update,
    standing_on,
)

SCHEMA = Path(__file__).parents[3] / "schemas" / "dataset.yaml"
FIELDS = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))["dataset_fields"]
FREQUENCIES = [
    choice["value"]
    for field in FIELDS
    if field["field_name"] == "update_frequency"
    for choice in field["choices"]
]
TIMELESS = {*NEVER, "lebih-dari-setahun", ""}
RELEASED = date(2026, 1, 31)
DUE = date(2026, 3, 31)


def due_after(released_on: date, frequency: str = "", schedule: str = "") -> date | None:
    found = next_update(released_on, Promise(frequency, schedule))
    return found.day if found else None


@pytest.mark.parametrize(
    ("frequency", "day"),
    [
        ("harian", date(2026, 2, 1)),
        ("mingguan", date(2026, 2, 7)),
        ("bulanan", date(2026, 2, 28)),
        ("triwulanan", date(2026, 4, 30)),
        ("empat-bulanan", date(2026, 5, 31)),
        ("semesteran", date(2026, 7, 31)),
        ("tahunan", date(2027, 1, 31)),
        ("lebih-dari-setahun", None),
        ("sekali", None),
        ("sewaktu-waktu", None),
        ("", None),
        ("tiap-purnama", None),
    ],
)
def test_a_frequency_counts_from_the_day_of_the_release(frequency, day):
    assert due_after(RELEASED, frequency) == day


def test_every_frequency_of_the_form_is_known():
    timed = {one for one in FREQUENCIES if due_after(RELEASED, one)}
    assert set(FREQUENCIES) - timed == TIMELESS - {""}


def test_a_leap_day_is_followed_by_the_28th():
    assert due_after(date(2028, 2, 29), "tahunan") == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("schedule", "day"),
    [
        ("2026-03", DUE),
        ("2026-03-10", date(2026, 3, 10)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-S2", date(2026, 12, 31)),
        ("2027", date(2027, 12, 31)),
    ],
)
def test_a_schedule_that_is_still_to_come_counts_before_the_frequency(schedule, day):
    found = next_update(RELEASED, Promise("bulanan", schedule))
    assert found is not None
    assert (found.day, found.basis) == (day, Basis.SCHEDULE)


@pytest.mark.parametrize("schedule", ["2026-01-31", "2026-01-30", "2026-01", "2026", "2025-12"])
def test_a_schedule_into_which_the_release_falls_or_after_it_is_kept(schedule):
    found = next_update(RELEASED, Promise("bulanan", schedule))
    assert found is not None
    assert (found.day, found.basis) == (date(2026, 2, 28), Basis.FREQUENCY)


def test_a_release_before_its_time_keeps_the_schedule_that_the_one_before_named():
    early = date(2026, 3, 20)
    promise = Promise("bulanan", "2026-03-31")
    found = next_update(early, promise, before=Promise("bulanan", "2026-03-31"))
    assert found is not None
    assert (found.day, found.basis) == (date(2026, 4, 20), Basis.FREQUENCY)
    other = next_update(early, promise, before=Promise("bulanan", "2026-02-28"))
    assert other is not None
    assert other.day == date(2026, 3, 31)


def test_two_releases_without_a_schedule_do_not_name_the_same_one():
    assert next_update(RELEASED, Promise("", ""), before=Promise("", "")) is None


def test_a_schedule_alone_is_enough():
    assert due_after(RELEASED, "", "2026-03") == DUE
    assert due_after(RELEASED, "lebih-dari-setahun", "2026-03") == DUE


@pytest.mark.parametrize("frequency", sorted(NEVER))
def test_what_comes_once_or_when_needed_is_never_due_whatever_the_schedule_says(frequency):
    assert next_update(RELEASED, Promise(frequency, "2026-03")) is None


@pytest.mark.parametrize("schedule", ["segera", "2026-13", "0000", "2026-02-30"])
def test_a_schedule_that_is_none_is_as_if_it_were_not_there(schedule):
    assert due_after(RELEASED, "bulanan", schedule) == date(2026, 2, 28)
    assert due_after(RELEASED, "", schedule) is None


@pytest.mark.parametrize(
    ("frequency", "lead"),
    [
        ("harian", 0),
        ("mingguan", 2),
        ("bulanan", 7),
        ("triwulanan", 14),
        ("empat-bulanan", 14),
        ("semesteran", LONGEST_LEAD),
        ("tahunan", LONGEST_LEAD),
        ("lebih-dari-setahun", LONGEST_LEAD),
        ("", LONGEST_LEAD),
    ],
)
def test_data_are_asked_for_so_long_before_they_are_due(frequency, lead):
    found = next_update(RELEASED, Promise(frequency, "2026-03"))
    assert found is not None
    assert found.day - found.near == timedelta(days=lead)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (DUE - timedelta(days=400), Standing.CURRENT),
        (DUE - timedelta(days=1), Standing.CURRENT),
        (DUE, Standing.CURRENT),
        (DUE + timedelta(days=1), Standing.OVERDUE),
        (DUE + timedelta(days=400), Standing.OVERDUE),
    ],
)
def test_it_is_overdue_from_the_day_after_the_due_day_on(today, standing):
    assert standing_on(DUE, today) is standing


def test_what_is_never_due_has_no_standing():
    assert standing_on(None, DUE) is None


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(9999, 2, 28), date(1, 1, 1)])
def test_the_ends_of_the_calendar_break_nothing(day):
    for frequency in FREQUENCIES:
        found = next_update(day, Promise(frequency))
        assert found is None or found.day > day


@given(
    st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    st.sampled_from([*FREQUENCIES, ""]),
    st.sampled_from(["", "2026-03", "2050", "2050-S1", "2050-Q3", "2050-02-28"]),
    st.sampled_from(["", "2026-03", "2050"]),
)
def test_what_is_due_lies_after_its_release_and_is_asked_for_before(day, frequency, own, before):
    found = next_update(day, Promise(frequency, own), Promise(frequency, before))
    assert found is None or (found.day > day and found.near <= found.day)
