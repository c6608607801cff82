"""What the register of cases and the activity report share: periods, and whose part is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

import sqlalchemy as sa
from ckan import model

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.inbox.conditions import Reader
from ckanext.satudata.logic.inbox.heads import heads, newest, sheet
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import CaseItemRow, CaseRow

MAX_ROWS = 5000
"""Rows of one report; whoever has more takes a shorter period."""

YEARS = range(1900, 3000)
"""Years that a report may be asked for; at the ends of the calendar a time zone leads beyond it."""


@dataclass(frozen=True)
class Period:
    """Days at the office, both included; None: no bound."""

    first: date | None
    last: date | None

    @classmethod
    def of(cls, first: str | None, last: str | None) -> Period:
        """From `YYYY-MM-DD`. Raises Refused `date_invalid` or `date_order`."""
        period = cls(_day(first, "from"), _day(last, "to"))
        if period.first and period.last and period.last < period.first:
            raise Refused("date_order", field="to")
        return period

    @property
    def begin(self) -> datetime | None:
        """Its first moment in UTC, without zone."""
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The first moment after it in UTC, without zone."""
        return _midnight(self.last + timedelta(days=1)) if self.last else None

    def as_dict(self) -> dict[str, str | None]:
        return {"from": _iso(self.first), "to": _iso(self.last)}


def local(moment: datetime) -> datetime:
    """A UTC time as the clock of the office shows it, without zone."""
    zone = config.display_zone()
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)


def seen_cases(reader: Reader) -> sa.ColumnElement[bool]:
    """Cases that a reader may see: of his agencies, or over data of theirs."""
    if reader.agencies is None:
        return sa.true()
    agencies = sorted(reader.agencies)
    item = sa.select(sa.literal(1)).where(
        CaseItemRow.case_id == CaseRow.id, CaseItemRow.organization_id.in_(agencies)
    )
    return sa.or_(CaseRow.organization_id.in_(agencies), item.exists())


def seen_items(reader: Reader) -> sa.ColumnElement[bool]:
    """Datasets of cases that a reader may see: all where the case is his office's, else his own."""
    if reader.agencies is None:
        return sa.true()
    agencies = sorted(reader.agencies)
    return sa.or_(CaseRow.organization_id.in_(agencies), CaseItemRow.organization_id.in_(agencies))


def reads_all(user: model.User) -> bool:
    """Whether a person may read what others did: administrator, head of the walidata, or one who
    steers the cases of a SOP; he reads of it what he may see of the cases."""
    if user.sysadmin or office_roles.is_head_of_walidata(user):
        return True
    steering = {
        (head.subject, actor)
        for head in newest(heads().values())
        for actor in sheet(head.id).sop.pengendali
    }
    held = assignments.assignments_of(user.id, clock.today())
    return any((row.sop, row.actor) in steering for row in held)


def agency_titles(ids: Iterable[str]) -> dict[str, str]:
    """Titles of agencies by id."""
    group = model.Group
    query = sa.select(group.id, group.name, group.title).where(group.id.in_(set(ids)))
    return {id_: title or name for id_, name, title in model.Session.execute(query)}


def _day(text: str | None, field: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("date_invalid", field=field) from error
    if day.year not in YEARS:
        raise Refused("date_invalid", field=field)
    return day


def _midnight(day: date) -> datetime:
    there = datetime.combine(day, time.min, tzinfo=config.display_zone())
    return there.astimezone(timezone.utc).replace(tzinfo=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
