"""The working calendar of an office for a year, as plain values, with what is not known yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckanext.satudata import config
from ckanext.satudata.logic.calendars.changing import told
from ckanext.satudata.model import calendars
from ckanext.satudata.model.calendars import CorrectionRow, HoursRow, RamadanRow
from ckanext.satudata.sop.worktime import national
from ckanext.satudata.sop.worktime.hours import DEFAULT, Week, written

JOINT_LEAVE_UNKNOWN = "joint_leave_unknown"
RAMADAN_UNKNOWN = "ramadan_unknown"
DATES_ESTIMATED = "dates_estimated"
"""Warnings: the decree on cuti bersama of the year is not known; nobody entered its Ramadan; the
day of a holiday is reckoned and not decreed."""


def calendar_dict(office: str | None, year: int) -> dict[str, Any]:
    """What holds for an office (id; None: for the portal) in a year."""
    rows = calendars.in_force(CorrectionRow, office)
    ramadans = calendars.in_force(RamadanRow, office)
    corrected = {row.day: row for row in rows}
    days = [
        {"day": one.day.isoformat(), "name": one.name, "joint": one.joint}
        | {"estimated": one.estimated, "worked": _worked(corrected, one.day)}
        for one in national.of_year(year).values()
    ]
    return {
        "organization": office,
        "year": year,
        "zone": config.display_zone().key,
        "source": national.source(),
        "national": days,
        "days": [told(row) for row in rows if row.day.year == year],
        "ramadan": [
            told(row) for row in ramadans if year in (row.first_day.year, row.last_day.year)
        ],
        "hours": [_default(), *(told(row) for row in calendars.in_force(HoursRow, office))],
        "warnings": warnings(office, year),
    }


def warnings(office: str | None, year: int) -> list[str]:
    """What is not known of a year that a time in it may turn on."""
    fasts = calendars.in_force(RamadanRow, office)
    found = []
    if not calendars.joint_leave_known(office, year):
        found.append(JOINT_LEAVE_UNKNOWN)
    if not any(year in (row.first_day.year, row.last_day.year) for row in fasts):
        found.append(RAMADAN_UNKNOWN)
    if any(one.estimated for one in national.of_year(year).values()):
        found.append(DATES_ESTIMATED)
    return found


def _worked(corrected: dict[date, CorrectionRow], day: date) -> bool:
    """Whether the office works on a national holiday in spite of it."""
    return day in corrected and not corrected[day].off


def _default() -> dict[str, Any]:
    """The hours before any that are entered."""
    return {
        "id": None,
        "organization": None,
        "kind": "hours",
        "since": None,
        "usual": _texts(DEFAULT.usual),
        "ramadan": _texts(DEFAULT.ramadan),
        "decree_number": "Perpres 21/2023",
        "decree_date": None,
    }


def _texts(week: Week) -> list[str]:
    return [written(day) for day in week.days]
