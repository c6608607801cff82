"""Who says when an office works, about which days, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.calendars import changing
from ckanext.satudata.model import calendars
from tests.integration.office import Office, call

pytestmark = pytest.mark.usefixtures("with_plugins")

KEEPER = "outsider"
"""The administrator of the other agency, who holds nothing of ours."""


def some_day(days: int) -> str:
    """A day so many days from today at the office."""
    return (clock.day_of(clock.now()) + timedelta(days=days)).isoformat()


def set_day(office: Office, person: str, day: str, **more: Any) -> dict[str, Any]:
    agency = office.other_agency["name"]
    values = {"organization": agency, "name": "Hari rekaan", "decree_number": "1 (rekaan)"}
    return call(office[person], "satudata_calendar_day_set", day=day, **{**values, **more})


def test_the_administrator_of_an_office_says_when_it_will_work(office: Office) -> None:
    assert set_day(office, KEEPER, some_day(1))["row"]["day"] == some_day(1)


@pytest.mark.parametrize("days", [0, -30])
def test_he_does_not_say_when_it_worked(office: Office, days: int) -> None:
    with pytest.raises(tk.ValidationError, match="calendar_past"):
        set_day(office, KEEPER, some_day(days))


def test_he_changes_no_hours_that_were_worked(office: Office) -> None:
    agency = office.other_agency["name"]
    with pytest.raises(tk.ValidationError, match="calendar_past"):
        call(office[KEEPER], "satudata_calendar_hours_set", organization=agency, days=6,
             since=some_day(-30), decree_number="1 (rekaan)")  # fmt: skip


def test_he_moves_no_ramadan_that_has_begun(office: Office) -> None:
    agency = office.other_agency["name"]
    days = {"first_day": some_day(0), "last_day": some_day(20)}
    with pytest.raises(tk.ValidationError, match="calendar_past"):
        call(office[KEEPER], "satudata_calendar_ramadan_set", organization=agency, **days,
             decree_number="1 (rekaan)")  # fmt: skip


def test_he_ends_no_entry_about_a_day_that_is_over(office: Office) -> None:
    row = set_day(office, "pimpinan_walidata", some_day(-1))["row"]
    with pytest.raises(tk.ValidationError, match="calendar_past"):
        call(office[KEEPER], "satudata_calendar_end", id=row["id"], reason="Dicabut (rekaan).")


@pytest.mark.parametrize("person", ["pimpinan_walidata", "sysadmin"])
def test_who_speaks_for_all_says_when_it_worked(office: Office, person: str) -> None:
    assert set_day(office, person, some_day(-30))["row"]["day"] == some_day(-30)


@pytest.mark.parametrize("person", [KEEPER, "pimpinan_walidata"])
def test_what_the_calendar_says_already_is_not_said_again(office: Office, person: str) -> None:
    set_day(office, person, some_day(3))
    with pytest.raises(tk.ValidationError, match="calendar_same"):
        set_day(office, person, some_day(3))


def test_the_same_day_by_another_decree_is_another_entry(office: Office) -> None:
    set_day(office, KEEPER, some_day(3))
    told = set_day(office, KEEPER, some_day(3), decree_number="2 (rekaan)")

    assert told["row"]["decree_number"] == "2 (rekaan)"


@pytest.fixture
def hasty(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Its keeper has changed the calendar as often as is taken within an hour."""
    monkeypatch.setattr(changing, "MOST_CHANGES", 2)
    for days in (3, 4):
        set_day(office, KEEPER, some_day(days))
    return office


def test_who_changes_it_again_and_again_has_to_wait(hasty: Office) -> None:
    with pytest.raises(tk.ValidationError, match="calendar_pace"):
        set_day(hasty, KEEPER, some_day(5))


def test_who_speaks_for_all_enters_a_whole_year_at_once(hasty: Office) -> None:
    for days in range(10, 13):
        set_day(hasty, "pimpinan_walidata", some_day(days))

    assert set_day(hasty, "pimpinan_walidata", some_day(13))["row"]["day"] == some_day(13)


def test_what_is_refused_makes_nobody_wait(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def held() -> int:
        raise AssertionError("the calendars were held")

    row = set_day(office, KEEPER, some_day(3))["row"]
    monkeypatch.setattr(calendars, "next_version", held)
    with pytest.raises(tk.NotAuthorized):
        call(office["verifikator"], "satudata_calendar_end", id=row["id"], reason="Rekaan")
