"""Reminders of clocks: to the holders, then to the superiors; none at night, each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.reminders import reminding
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.model import calendars
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.sop.moves import Act
from tests.integration.delivered import delivery
from tests.integration.mail_scene import Letters, deliver, free_port, mail_at, serving, text_of
from tests.integration.office import Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins")

REMINDERS = ("due_soon", "due", "overdue", "escalated")
SUPERIORS = ("pengelola_data", "pimpinan_tim_data")


class Running:
    """A case at the verifikator's, and a clock that is set from outside."""

    def __init__(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.patch = office, monkeypatch
        self.case = walk(office, submit(office), 3)
        query = sa.select(ClockRow).where(ClockRow.at_step == 3, ClockRow.closed_at.is_(None))
        row = model.Session.scalars(query).one()
        assert row.due_at
        assert row.near_at
        self.due, self.near = row.due_at, row.near_at
        self.hours = Hours(calendars.calendar_of(row.office_id, row.zone, calendars.version()))
        model.Session.rollback()

    def look(self, now: datetime) -> None:
        """One pass of the scheduler at that time (UTC)."""
        self.patch.setattr(clock, "now", lambda: now)
        list(reminding.all_due())

    def working(self, days: int) -> datetime:
        """A minute before the end of office hours, so many working days after the due time."""
        return self.hours.shifted(self.due, days) - timedelta(minutes=1)

    def told(self, person: str) -> list[str]:
        """The reminders that a person got, in the order in which he got them."""
        model.Session.rollback()
        mine = NoticeRow.recipient == self.office.people[person]["id"]
        query = sa.select(NoticeRow.kind).where(mine, NoticeRow.kind.in_(REMINDERS))
        return list(model.Session.scalars(query.order_by(NoticeRow.at)))


@pytest.fixture
def running(office: Office, monkeypatch: pytest.MonkeyPatch) -> Running:
    return Running(office, monkeypatch)


def test_before_it_is_near_nobody_is_reminded(running: Running) -> None:
    running.look(running.near - timedelta(minutes=2))

    assert running.told("verifikator") == []


def test_who_holds_the_step_is_reminded_before_at_and_after_the_due_time(running: Running) -> None:
    for moment in (running.near, running.working(1), running.working(2)):
        running.look(moment)

    assert running.told("verifikator") == ["due_soon", "due", "overdue"]


def test_however_often_one_looks_each_is_told_once(running: Running) -> None:
    for _look in range(3):
        running.look(running.working(1))

    assert running.told("verifikator") == ["due"]


def test_the_superiors_of_the_sheet_are_told_after_the_holder(running: Running) -> None:
    running.look(running.working(2))
    before = [running.told(one) for one in SUPERIORS]
    running.look(running.working(3))

    assert (before, [running.told(one) for one in SUPERIORS]) == ([[], []], [["escalated"]] * 2)


def test_nobody_is_reminded_at_night(running: Running) -> None:
    running.look(running.working(1) + timedelta(hours=8))

    assert running.told("verifikator") == []


def test_what_came_up_in_the_night_is_told_when_the_office_opens(running: Running) -> None:
    running.look(running.working(1) + timedelta(hours=8))
    running.look(running.working(2) - timedelta(hours=2))

    assert running.told("verifikator") == ["overdue"]


def test_what_was_done_meanwhile_is_not_reminded_of(running: Running) -> None:
    act(running.office, running.case, "verifikator", "sesuai")
    running.look(running.working(1))

    assert running.told("verifikator") == []


def test_a_clock_that_stands_still_reminds_nobody(running: Running) -> None:
    values = {"act": Act.PAUSE.value, "reason": "Menunggu data (rekaan)"}
    act(running.office, running.case, "verifikator", "", **values)
    running.look(running.working(1))

    assert running.told("verifikator") == []


def test_the_plh_is_reminded_while_he_stands_in(running: Running) -> None:
    moment = running.working(1)
    day = moment.date().isoformat()
    values = {"sop": "manajemen-data", "actor": "verifikator", "organization": "", "acting": "plh"}
    people = {"user": running.office["outsider"], "for_user": running.office["verifikator"]}
    dates = {"valid_from": day, "valid_until": day}
    person = running.office["sysadmin"]
    call(person, "satudata_assignment_create", **values, **people, **dates)
    running.look(moment)

    assert running.told("outsider") == ["due"]


def test_a_letter_names_when_it_is_due(running: Running) -> None:
    letters, port = Letters(), free_port()
    with mail_at(port), delivery.on_hold():
        running.look(running.working(1))
        with serving(letters, port):
            deliver()
    (letter,) = letters.to(running.office.people["verifikator"]["email"])

    local = running.due + timedelta(hours=7)
    assert local.strftime("pukul %H.%M WIB") in text_of(letter)


def test_the_notice_of_a_task_says_until_when(running: Running) -> None:
    (task,) = call(running.office["verifikator"], "satudata_notice_list")["results"]

    assert task["deadline"] == running.due.isoformat()


def rows_told() -> list[tuple[Any, ...]]:
    model.Session.rollback()
    return list(model.Session.execute(sa.select(NoticeRow.key).where(NoticeRow.kind == "due")))


def test_a_pass_that_was_cut_off_before_its_record_tells_nobody_twice(running: Running) -> None:
    running.look(running.working(1))
    model.Session.execute(sa.text("DELETE FROM satudata_reminder"))
    model.Session.commit()
    running.look(running.working(1))

    assert len(rows_told()) == len(set(rows_told())) == 1
