"""Published data whose next data come near, on a clock that a test sets."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.tests import helpers

from ckanext.satudata import config
from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.logic.updates import asking
from ckanext.satudata.model import calendars, records, updates
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.updates import UpdateRow
from tests.integration.office import Office, call

NAME = "jumlah-penduduk"
MONTHLY = {"update_frequency": "bulanan", "release_schedule": "2020-01"}
"""Due a month after its release: its schedule is over."""

TOLD = ("update_asked", "update_overdue")


def utc(day: date, hour: int = 10) -> datetime:
    """An hour of a day at the office, in UTC."""
    there = datetime.combine(day, time(hour), config.display_zone())
    return there.astimezone(timezone.utc).replace(tzinfo=None)


class Updating:
    """One published dataset, given by its name."""

    def __init__(self, office: Office, patch: pytest.MonkeyPatch, name: str = NAME) -> None:
        self.office, self.patch, self.name = office, patch, name
        package = model.Package.get(name)
        assert package is not None
        self.id, self.agency = package.id, package.owner_org or ""
        list(asking.all_due())
        model.Session.rollback()

    @property
    def row(self) -> UpdateRow:
        found = self.planned()
        assert found is not None
        return found

    def planned(self) -> UpdateRow | None:
        """What is known of its next data; None once nothing of it is shown."""
        model.Session.rollback()
        return updates.of_dataset(self.id)

    @property
    def due(self) -> date:
        day = self.row.due_on
        assert day is not None
        return day

    @property
    def near(self) -> date:
        day = self.row.near_on
        assert day is not None
        return day

    def at(self, day: date, hour: int = 10) -> None:
        """The clock of the portal shows this hour of that day."""
        moment = utc(day, hour)
        self.patch.setattr(clock, "now", lambda: moment)

    def look(self, day: date, hour: int = 10) -> None:
        """The duty is done at that hour."""
        self.at(day, hour)
        list(asking.all_due())
        model.Session.rollback()

    def working(self, day: date) -> date:
        """The first day from this one on on which the office works."""
        office = self.office.walidata["id"]
        zone = config.display_zone().key
        hours = Hours(calendars.calendar_of(office, zone, calendars.version()))
        model.Session.rollback()
        while not hours.is_open(utc(day)):
            day += timedelta(days=1)
        return day

    def events(self) -> list[str]:
        """What the record of the dataset tells of its updates."""
        model.Session.rollback()
        kinds = [one.kind for one in records.records_of(dataset_stream(self.id))]
        return [one for one in kinds if one.startswith("update_")]

    def last_event(self) -> dict[str, Any]:
        found = [
            one.body
            for one in records.records_of(dataset_stream(self.id))
            if one.kind.startswith("update_")
        ]
        return found[-1]

    def told(self, person: str) -> list[str]:
        """What a person was told of updates, in order."""
        model.Session.rollback()
        mine = NoticeRow.recipient == self.office.people[person]["id"]
        query = sa.select(NoticeRow.kind).where(mine, NoticeRow.kind.in_(TOLD))
        return list(model.Session.scalars(query.order_by(NoticeRow.at)))

    def listed(self, person: str, **narrowed: Any) -> list[dict[str, Any]]:
        return call(self.office[person], "satudata_update_list", **narrowed)["results"]

    def public(self) -> dict[str, Any]:
        """What everybody reads of it."""
        return helpers.call_action("package_show", {"user": "", "ignore_auth": False}, id=self.name)
