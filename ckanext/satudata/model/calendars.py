"""Working calendars of offices: the rows that they are made of, and the calendar that comes of it.

A row without an office is of the portal: it holds for every office that says nothing else of the
same day. Rows are ended, never changed or taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, new_id
from ckanext.satudata.sop.worktime import national
from ckanext.satudata.sop.worktime.calendar import Calendar, Correction, Working
from ckanext.satudata.sop.worktime.hours import DEFAULT, Regime, Week, spans
from ckanext.satudata.sop.worktime.national import source

KEPT_CALENDARS = 128
"""Of so many offices a process remembers the calendar, each some kilobytes."""


class _Kept(Base):
    """What every row of a calendar says of itself: whose it is, by what decree, until when."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    organization_id: Mapped[str | None] = mapped_column(sa.Text)
    decree_number: Mapped[str] = mapped_column(sa.Text)
    decree_date: Mapped[date | None] = mapped_column(sa.Date)
    made_by: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime)
    ended_by: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


class CorrectionRow(_Kept):
    """A day off beside those of the decree of the ministers (`off`), or a working day in spite of
    it. `joint`: the day off is cuti bersama."""

    __tablename__ = "satudata_holiday_correction"

    day: Mapped[date] = mapped_column(sa.Date)
    off: Mapped[bool] = mapped_column(sa.Boolean)
    joint: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    name: Mapped[str] = mapped_column(sa.Text)


class RamadanRow(_Kept):
    """The days of one Ramadan, both in it."""

    __tablename__ = "satudata_ramadan"

    first_day: Mapped[date] = mapped_column(sa.Date)
    last_day: Mapped[date] = mapped_column(sa.Date)


class HoursRow(_Kept):
    """The office hours of a week from a day on, Monday first, as `07.30-12.00 13.00-16.00`."""

    __tablename__ = "satudata_working_hours"

    since: Mapped[date] = mapped_column(sa.Date)
    usual: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    ramadan: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))


Row = TypeVar("Row", bound=_Kept)


def version() -> int:
    """The version of all calendars; nobody changes one until the caller's commit."""
    return model.Session.scalar(sa.select(sa.func.satudata_calendar_version())) or 0


def next_version() -> int:
    """A new version: from here on until the commit nobody reckons by a calendar."""
    return model.Session.scalar(sa.select(sa.func.satudata_calendar_next())) or 0


def fingerprint(number: int) -> str:
    """What a time was reckoned by: the version of the calendars, the source of national days."""
    return f"{number} {source()}"


def calendar_of(office: str, zone: str, number: int) -> Calendar:
    """The calendar of an office (id) by the clock of a zone; `number`: the version to be had."""
    return _calendar(office, zone, number)


@lru_cache(maxsize=KEPT_CALENDARS)
def _calendar(office: str, zone: str, _number: int) -> Calendar:
    corrections = (
        Correction(row.day, row.off, row.name, row.joint) for row in in_force(CorrectionRow, office)
    )
    return Calendar(
        Working(
            ZoneInfo(zone),
            tuple(regime(row) for row in in_force(HoursRow, office)) or (DEFAULT,),
            tuple(corrections),
            tuple((row.first_day, row.last_day) for row in in_force(RamadanRow, office)),
        )
    )


def regime(row: HoursRow) -> Regime:
    """The hours of a row as the room knows them."""
    return Regime(row.since, week(row.usual), week(row.ramadan))


def week(days: Iterable[str]) -> Week:
    """Seven days as they are written. Raises ValueError."""
    return Week(tuple(spans(one) for one in days))


_DAYS: dict[Any, Any] = {
    CorrectionRow: CorrectionRow.day,
    RamadanRow: RamadanRow.first_day,
    HoursRow: HoursRow.since,
}


def in_force(table: type[Row], office: str | None) -> Sequence[Row]:
    """The rows that hold for an office, by day: its own, and the portal's of other days. None: the
    portal's alone."""
    found: dict[date, Row] = {}
    for row in _not_ended(table, office):
        day = getattr(row, _DAYS[table].key)
        if day not in found or row.organization_id is not None:
            found[day] = row
    return [found[day] for day in sorted(found)]


def _not_ended(table: type[Row], office: str | None) -> Sequence[Row]:
    whose = table.organization_id.is_(None)
    if office is not None:
        whose = sa.or_(whose, table.organization_id == office)
    query = sa.select(table).where(table.ended_at.is_(None), whose).order_by(_DAYS[table])
    return model.Session.scalars(query.execution_options(populate_existing=True)).all()


def joint_leave_known(office: str | None, year: int) -> bool:
    """Whether the cuti bersama of a year is known: to the source of national days, or as a day that
    the office or the portal entered."""
    if national.knows_joint_leave(year):
        return True
    own = in_force(CorrectionRow, office)
    return any(one.off and one.joint and one.day.year == year for one in own)


def row_of(table: type[Row], office: str | None, day: date) -> Row | None:
    """The row of an office's own (or of the portal's own) about a day, not ended."""
    query = sa.select(table).where(
        table.ended_at.is_(None), _DAYS[table] == day, _is(table.organization_id, office)
    )
    return model.Session.scalar(query.execution_options(populate_existing=True))


def changes_of(user_id: str, since: datetime) -> int:
    """How often somebody set or ended a row since a moment."""
    found = 0
    for table in _DAYS:
        for who, at in ((table.made_by, table.made_at), (table.ended_by, table.ended_at)):
            query = sa.select(sa.func.count()).select_from(table)
            found += model.Session.scalar(query.where(who == user_id, at > since)) or 0
    return found


def _is(column: Any, value: str | None) -> sa.ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
