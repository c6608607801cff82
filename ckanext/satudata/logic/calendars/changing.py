"""What an office says of its working time, with the decree that says so. Nothing here commits.

Each change is an event of the portal, and reckons open clocks anew in the same commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ckan import model

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import calendars, reckoning, records
from ckanext.satudata.model.calendars import CorrectionRow, HoursRow, RamadanRow
from ckanext.satudata.sop.worktime.hours import (
    FIVE_DAYS,
    FIVE_DAYS_RAMADAN,
    HOUR,
    SIX_DAYS,
    SIX_DAYS_RAMADAN,
    Week,
    written,
)
from ckanext.satudata.sop.worktime.national import FIRST_YEAR, LAST_YEAR

TOLD_CASES = 50
"""So many cases a change names; it counts all of them."""

LEAST_WEEK = 10 * HOUR
"""Less than that is a slip of the pen."""

LONGEST_RAMADAN = 30

AN_HOUR, MOST_CHANGES = timedelta(hours=1), 30
"""So many changes within so long by the administrator of one office."""

WEEKS = {5: (FIVE_DAYS, FIVE_DAYS_RAMADAN), 6: (SIX_DAYS, SIX_DAYS_RAMADAN)}
"""Working days in a week -> the hours of Perpres 21/2023 over them, usual and in Ramadan."""

CalendarRow = CorrectionRow | RamadanRow | HoursRow


@dataclass(frozen=True)
class Decree:
    """What a change rests on: its number, and its day where it is known."""

    number: str
    on: date | None = None


@dataclass(frozen=True)
class Change:
    """A changed row, the record that says so, and what it did to open clocks."""

    row: CalendarRow
    record: int
    clocks: int
    cases: int


def may_change(user: model.User, office: str | None) -> bool:
    """Whether a person says when an office (None: every one) works: who heads the walidata, the
    administrator of the portal, and that of the office itself."""
    if _says_for_all(user):
        return True
    return office is not None and office_roles.is_administrator(user, office)


def _says_for_all(user: model.User) -> bool:
    return bool(user.sysadmin) or office_roles.is_head_of_walidata(user)


def set_day(
    user: model.User, office: str | None, day: date, name: str, decree: Decree, **how: bool
) -> Change:
    """A day off (`off`; `joint`: as cuti bersama), or a working day in spite of a holiday."""
    _check(user, office, day)
    row = CorrectionRow(day=day, name=name, off=how["off"], joint=how["off"] and how["joint"])
    return _put(user, office, row, decree)


def set_ramadan(
    user: model.User, office: str | None, first: date, last: date, decree: Decree
) -> Change:
    """The days of a Ramadan, both in it."""
    _check(user, office, first, last)
    if last < first:
        raise Refused("date_order", field="last_day")
    if (last - first).days >= LONGEST_RAMADAN:
        raise Refused("ramadan_too_long", field="last_day", days=LONGEST_RAMADAN)
    row = RamadanRow(first_day=first, last_day=last)
    return _put(user, office, row, decree)


def set_hours(
    user: model.User, office: str | None, since: date, weeks: tuple[Week, Week], decree: Decree
) -> Change:
    """The office hours from a day on: of the usual week, and of one in Ramadan."""
    _check(user, office, since)
    for field, week in zip(("usual", "ramadan"), weeks, strict=True):
        if week.minutes < LEAST_WEEK:
            raise Refused("hours_too_few", field=field, hours=LEAST_WEEK // HOUR)
    usual, ramadan = ([written(day) for day in week.days] for week in weeks)
    row = HoursRow(since=since, usual=usual, ramadan=ramadan)
    return _put(user, office, row, decree)


def weeks_of(days: int | None, usual: Sequence[str], ramadan: Sequence[str]) -> tuple[Week, Week]:
    """The weeks that a caller names: five or six days as the decree has them, or his own hours.

    Raises Refused `hours_invalid`.
    """
    usual_week, ramadan_week = WEEKS[days or 5]
    return _week("usual", usual, usual_week), _week("ramadan", ramadan, ramadan_week)


def _week(field: str, days: Sequence[str], otherwise: Week) -> Week:
    if not days:
        return otherwise
    try:
        return calendars.week(days)
    except ValueError as error:
        raise Refused("hours_invalid", field=field) from error


def end(user: model.User, row_id: str, reason: str) -> Change:
    """Let a row hold no longer; it is kept on record. Raises Refused `calendar_row_unknown`."""
    row = _in_force(row_id)
    _check(user, row.organization_id, _day(row))
    _check_pace(user)
    number = calendars.next_version()
    row = _in_force(row_id)
    _close(row, user)
    return _record(user, row, number, "ended", {"reason": reason})


def _in_force(row_id: str) -> CalendarRow:
    row = _find(row_id)
    if row is None or row.ended_at is not None:
        raise Refused("calendar_row_unknown", field="id")
    return row


def _find(row_id: str) -> CalendarRow | None:
    for table in (CorrectionRow, RamadanRow, HoursRow):
        row = model.Session.get(table, row_id, populate_existing=True)
        if row is not None:
            return row
    return None


def _check(user: model.User, office: str | None, *days: date) -> None:
    if not may_change(user, office):
        raise Refused("not_calendar_keeper")
    for day in days:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refused("calendar_day_far", first=FIRST_YEAR, last=LAST_YEAR)
    # Who answers for what is overdue must not be who says that it never was.
    if min(days) <= clock.day_of(clock.now()) and not _says_for_all(user):
        raise Refused("calendar_past")


def _put(user: model.User, office: str | None, row: CalendarRow, decree: Decree) -> Change:
    """Write a row in place of what the office said of the same day before.

    What is refused is refused before the calendars are held: meanwhile nobody acts anywhere.
    """
    row.organization_id, row.made_by, row.made_at = office, user.id, clock.now()
    row.decree_number, row.decree_date = decree.number, decree.on
    before = calendars.row_of(type(row), office, _day(row))
    if before is not None and _said(before) == _said(row):
        raise Refused("calendar_same")
    _check_pace(user)
    number = calendars.next_version()
    before = calendars.row_of(type(row), office, _day(row))
    if before is not None:
        _close(before, user)
    model.Session.add(row)
    model.Session.flush()
    return _record(user, row, number, "set", {})


def _said(row: CalendarRow) -> dict[str, Any]:
    """What a row says, whichever row it is."""
    return {**told(row), "id": None}


def _check_pace(user: model.User) -> None:
    """Each change makes everybody's acts wait for a moment, in all offices."""
    if _says_for_all(user):
        return
    if calendars.changes_of(user.id, clock.now() - AN_HOUR) >= MOST_CHANGES:
        raise Refused("calendar_pace", limit=MOST_CHANGES)


def _close(row: CalendarRow, user: model.User) -> None:
    row.ended_by, row.ended_at = user.id, clock.now()
    model.Session.flush()


def _record(
    user: model.User, row: CalendarRow, number: int, act: str, more: dict[str, Any]
) -> Change:
    found = reckoning.touched_by(row.organization_id, _day(row), number)
    moved = [one for one in found if one.moved]
    cases = sorted({one.case_id for one in moved})
    now = clock.now()
    body = {
        "act": act,
        "office": row.organization_id,
        "row": told(row),
        "clocks": len(moved),
        "cases": len(cases),
        "first_cases": cases[:TOLD_CASES],
        **more,
    }
    event = records.record(PORTAL, RecordKind.CALENDAR_CHANGED, user.id, now, body)
    reckoning.write(found, number, now, event.sequence)
    return Change(row, event.sequence, len(moved), len(cases))


def _day(row: CalendarRow) -> date:
    if isinstance(row, CorrectionRow):
        return row.day
    return row.first_day if isinstance(row, RamadanRow) else row.since


def told(row: CalendarRow) -> dict[str, Any]:
    """A row as plain values."""
    decree_date = row.decree_date.isoformat() if row.decree_date else None
    head = {
        "id": row.id,
        "organization": row.organization_id,
        "decree_number": row.decree_number,
        "decree_date": decree_date,
    }
    if isinstance(row, CorrectionRow):
        own: dict[str, Any] = {"kind": "day", "day": row.day.isoformat(), "off": row.off}
        return {**head, **own, "joint": row.joint, "name": row.name}
    if isinstance(row, RamadanRow):
        first, last = row.first_day.isoformat(), row.last_day.isoformat()
        return {**head, "kind": "ramadan", "first_day": first, "last_day": last}
    hours = {"usual": list(row.usual), "ramadan": list(row.ramadan)}
    return {**head, "kind": "hours", "since": row.since.isoformat(), **hours}
