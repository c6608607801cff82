"""Working calendars, and what is due by them."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, organizations
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.calendars import changing, shown
from ckanext.satudata.logic.inbox import overdue
from ckanext.satudata.logic.inbox.conditions import Filters
from ckanext.satudata.logic.schema import calendar as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error


@tk.side_effect_free
def satudata_calendar_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The working calendar of an office for a year: national days, its own, Ramadan, hours.

    :param organization: id or name of the office; left out: what holds for all
    :param year: left out: this one
    :returns: {organization, year, zone, source, national, days, ramadan, hours, warnings};
        `warnings`: `joint_leave_unknown` (cuti bersama of the year is not decreed yet),
        `ramadan_unknown` (nobody entered it), `dates_estimated`
    """
    data = validated(context, data_dict, schema.calendar_show())
    tk.check_access("satudata_calendar_show", context, data)
    return shown.calendar_dict(_office(data), data.get("year") or clock.today().year)


def satudata_calendar_day_set(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say that a day is off, or is worked in spite of a holiday; open clocks are reckoned anew.

    :param organization: id or name of the office; left out: for all
    :param day: 2026-03-18
    :param off: false: it is a working day in spite of a holiday
    :param joint: it is cuti bersama
    :param name: what the day is called
    :param decree_number: number of the decree that says so
    :param decree_date: its day, YYYY-MM-DD
    :returns: {row, clocks, cases, record}: how many open clocks, of how many cases, are due at
        another time, and the number of the portal's record that says so
    """
    data = validated(context, data_dict, schema.day_set())
    tk.check_access("satudata_calendar_day_set", context, data)
    user = asker(context)
    how = {"off": data["off"], "joint": data["joint"]}
    with one_commit():
        office = _office_id(data)
        found = changing.set_day(user, office, data["day"], data["name"], _decree(data), **how)
        return _told(found)


def satudata_calendar_ramadan_set(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say from when to when Ramadan is, in which the office hours are shorter.

    :param organization: id or name of the office; left out: for all
    :param first_day: YYYY-MM-DD
    :param last_day: the last day of it
    :param decree_number: number of the decree or circular
    :param decree_date: its day, YYYY-MM-DD
    :returns: as `satudata_calendar_day_set`
    """
    data = validated(context, data_dict, schema.ramadan_set())
    tk.check_access("satudata_calendar_ramadan_set", context, data)
    user = asker(context)
    days = (data["first_day"], data["last_day"])
    with one_commit():
        return _told(changing.set_ramadan(user, _office_id(data), *days, _decree(data)))


def satudata_calendar_hours_set(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say from a day on when an office works.

    :param organization: id or name of the office; left out: for all
    :param since: the first day, YYYY-MM-DD
    :param days: 5 or 6: the hours of Perpres 21/2023 over so many days
    :param usual: the hours of seven days instead, Monday first: "07.30-12.00 13.00-16.00"; an
        empty text is a day off
    :param ramadan: the same in Ramadan
    :param decree_number: number of the decree
    :param decree_date: its day, YYYY-MM-DD
    :returns: as `satudata_calendar_day_set`
    """
    data = validated(context, data_dict, schema.hours_set())
    tk.check_access("satudata_calendar_hours_set", context, data)
    user = asker(context)
    with one_commit():
        own = (data.get("usual") or (), data.get("ramadan") or ())
        weeks = changing.weeks_of(data.get("days"), *own)
        return _told(
            changing.set_hours(user, _office_id(data), data["since"], weeks, _decree(data))
        )


def satudata_calendar_end(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a row of a calendar hold no longer; it is kept, and open clocks are reckoned anew.

    :param id: id of the row, as `satudata_calendar_show` gives it
    :param reason: why
    :returns: as `satudata_calendar_day_set`
    """
    data = validated(context, data_dict, schema.calendar_end())
    tk.check_access("satudata_calendar_end", context, data)
    user = asker(context)
    with one_commit():
        return _told(changing.end(user, data["id"], data["reason"]))


@tk.side_effect_free
def satudata_clock_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open visits by when they are due, of those that the caller may see.

    :param due: `overdue`, `near`, or `any` that has a time
    :param sop: subject of the SOP
    :param step: number of the step
    :param organization: id or name of an agency whose data it is about
    :param q: part of a title, or the number of a case
    :param order: `due` (longest over first) or `latest`
    :param limit: 0-100
    :param offset: how many to leave out
    :returns: {due, now, count, more, results}; `count` goes to 200, `more` says that there are
        more; the rows are those of `satudata_case_list`, each with its `clock`
    """
    data = validated(context, data_dict, schema.clock_list())
    tk.check_access("satudata_clock_list", context, data)
    wanted = Filters.of(data)
    return overdue.page(asker(context), data["limit"], data["offset"], wanted, data["order"])


def _office_id(data: dict[str, Any]) -> str | None:
    return organizations.id_of(data.get("organization"))


def _office(data: dict[str, Any]) -> str | None:
    try:
        return _office_id(data)
    except Refused as refused:
        raise as_ckan_error(refused) from refused


def _decree(data: dict[str, Any]) -> changing.Decree:
    return changing.Decree(data["decree_number"], data.get("decree_date"))


def _told(found: changing.Change) -> dict[str, Any]:
    row = changing.told(found.row)
    return {"row": row, "clocks": found.clocks, "cases": found.cases, "record": found.record}
