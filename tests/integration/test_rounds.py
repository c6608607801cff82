"""What an office does again and again is opened by itself, once for each period."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.duties import table
from ckanext.satudata.logic.rounds import opening
from ckanext.satudata.model import adoptions, records
from ckanext.satudata.model.notices import NoticeRow
from ckanext.satudata.model.rounds import RoundRow
from tests.integration.office import SOP, Office, call, submit, walk
from tests.integration.updating import utc

pytestmark = pytest.mark.usefixtures("with_plugins")

MONDAY = date(2027, 6, 7)
"""No holiday lies in this week or the next."""

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
NOTE = "Cadangan diperiksa, lihat buku harian (rekaan)."


class Rounds:
    """An office on a clock that a test sets."""

    def __init__(self, office: Office, patch: pytest.MonkeyPatch) -> None:
        self.office, self.patch = office, patch

    def at(self, day: date, hour: int = 10) -> None:
        moment = utc(day, hour)
        self.patch.setattr(clock, "now", lambda: moment)

    def look(self, day: date, hour: int = 10) -> None:
        self.at(day, hour)
        list(opening.all_due())
        model.Session.rollback()

    def rows(self, step: int) -> list[RoundRow]:
        query = sa.select(RoundRow).where(RoundRow.step == step).order_by(RoundRow.first_on)
        model.Session.rollback()
        return list(model.Session.scalars(query))

    def told(self, person: str) -> list[str]:
        mine = NoticeRow.recipient == self.office.people[person]["id"]
        rounds = NoticeRow.kind.in_(("round_opened", "round_missed"))
        query = sa.select(NoticeRow.kind).where(mine, rounds).order_by(NoticeRow.at, NoticeRow.id)
        model.Session.rollback()
        return list(model.Session.scalars(query))

    def listed(self, person: str, state: str = "open") -> list[dict[str, Any]]:
        return call(self.office[person], "satudata_round_list", state=state)["results"]

    def daily(self, person: str = "admin_sistem") -> dict[str, Any]:
        return next(one for one in self.listed(person) if one["rows"] == [6, 7])

    def confirm(self, person: str, note: str = NOTE) -> dict[str, Any]:
        id_ = self.daily("sysadmin")["id"]
        return call(self.office[person], "satudata_round_confirm", id=id_, note=note)


@pytest.fixture
def rounds(office: Office, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    found = Rounds(office, monkeypatch)
    found.look(MONDAY)
    return found


def events() -> list[tuple[str, Any]]:
    kept = [one for one in records.records_of(PORTAL) if one.kind.startswith("round_")]
    return [(one.kind, one.body["period"]) for one in kept]


def test_the_portal_does_it_by_itself():
    duty = next(one for one in table.DUTIES if one.name == "rounds")
    assert (duty.run, duty.every) == (opening.all_due, timedelta(minutes=30))


def test_each_row_that_recurs_has_a_round_of_its_period(rounds: Rounds):
    assert [(one["name"], one["period"]) for one in rounds.listed("pimpinan_walidata")] == [
        ("Simpan, Cadangkan", MONDAY.isoformat()),
        ("Evaluasi", "2027-06"),
    ]
    assert events() == [("round_opened", MONDAY.isoformat()), ("round_opened", "2027-06")]


def test_however_often_one_looks_there_is_one_a_period(rounds: Rounds):
    for hour in (10, 12, 23):
        rounds.look(MONDAY, hour)

    assert [len(rounds.rows(step)) for step in (6, 9)] == [1, 1]


def test_two_dispatchers_at_once_open_one(rounds: Rounds):
    rounds.at(MONDAY + DAY)
    start, many = Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            list(opening.all_due())
        finally:
            model.Session.remove()

    for _ in range(2):
        many.append(Thread(target=run))
        many[-1].start()
    for one in many:
        one.join()

    assert [one.ended for one in rounds.rows(6)] == ["missed", None]
    assert [kind for kind, _period in events()].count("round_missed") == 1


def test_the_next_day_has_the_next_round_and_what_nobody_confirmed_was_missed(rounds: Rounds):
    rounds.look(MONDAY + DAY)

    assert [(one.period, one.ended) for one in rounds.rows(6)] == [
        (MONDAY.isoformat(), "missed"),
        ((MONDAY + DAY).isoformat(), None),
    ]
    assert len(rounds.rows(9)) == 1


def test_on_a_day_off_there_is_none_and_the_last_one_stays_open(rounds: Rounds):
    rounds.look(MONDAY + 4 * DAY)
    rounds.look(MONDAY + 5 * DAY)

    assert [one.ended for one in rounds.rows(6)] == ["missed", None]


def test_after_three_months_without_a_machine_one_is_opened_that_says_how_many_were_not(
    rounds: Rounds,
):
    rounds.look(date(2027, 9, 6))
    monthly = rounds.rows(9)

    assert [(one.period, one.ended, one.skipped) for one in monthly] == [
        ("2027-06", "missed", 0),
        ("2027-09", None, 2),
    ]
    daily = rounds.rows(6)
    assert len(daily) == 2
    assert daily[1].skipped > 50


def test_who_does_it_is_told_in_office_hours(rounds: Rounds):
    rounds.look(MONDAY + DAY, hour=5)
    before = rounds.told("admin_sistem")
    rounds.look(MONDAY + DAY, hour=9)

    assert (before, rounds.told("admin_sistem")) == (["round_opened"], ["round_opened"] * 2)
    assert rounds.told("verifikator") == []


def test_who_steers_the_sop_is_told_of_what_was_missed(rounds: Rounds):
    rounds.look(MONDAY + DAY)

    assert rounds.told("pengelola_data") == ["round_missed"]


def test_its_holder_confirms_it_and_the_record_says_that_a_person_did(rounds: Rounds):
    walk(rounds.office, submit(rounds.office), until=6)
    told = rounds.daily()
    answer = rounds.confirm("admin_sistem")
    (event,) = [one for one in records.records_of(PORTAL) if one.kind == "round_confirmed"]

    assert (told["may_confirm"], told["waiting"]) == (True, 1)
    assert (answer["state"], answer["note"]) == ("confirmed", NOTE)
    assert event.actor == rounds.office.people["admin_sistem"]["id"]
    assert (event.body["by_person"], event.body["waiting"]) == (True, 1)


def test_what_was_confirmed_is_not_missed(rounds: Rounds):
    rounds.confirm("admin_sistem")
    rounds.look(MONDAY + DAY)

    assert [one.ended for one in rounds.rows(6)] == ["confirmed", None]
    (one,) = rounds.listed("verifikator", "ended")
    person = rounds.office.people["admin_sistem"]
    assert (one["state"], one["ended_by"]) == ("confirmed", person["display_name"])


def test_it_is_confirmed_once(rounds: Rounds):
    id_ = rounds.daily()["id"]
    rounds.confirm("admin_sistem")
    with pytest.raises(tk.ValidationError) as refused:
        call(rounds.office["admin_sistem"], "satudata_round_confirm", id=id_, note=NOTE)

    assert refused.value.error_dict["code"] == ["round_over"]


@pytest.mark.parametrize("person", ["verifikator", "pimpinan_walidata", "sysadmin"])
def test_nobody_else_confirms_it(rounds: Rounds, person: str):
    with pytest.raises(tk.NotAuthorized):
        rounds.confirm(person)


def test_a_note_of_blanks_is_none(rounds: Rounds):
    with pytest.raises(tk.ValidationError):
        rounds.confirm("admin_sistem", "  ")


def test_another_agency_reads_nothing_of_it(rounds: Rounds):
    assert rounds.listed("outsider") == []


def test_it_is_overdue_after_the_last_office_hour_of_its_period(rounds: Rounds):
    found = []
    for hour in (15, 17):
        rounds.at(MONDAY, hour)
        found.append(rounds.daily()["state"])

    assert found == ["open", "overdue"]


def test_a_sop_that_is_in_force_no_more_leaves_no_round_open(rounds: Rounds):
    adoption = adoptions.of_office(SOP, rounds.office.walidata["id"])
    assert adoption is not None
    adoptions.end(adoption, "", datetime(2027, 6, 7))  # noqa: DTZ001 - UTC, as the database has it
    model.Session.commit()
    rounds.look(MONDAY + DAY)

    assert [one.ended for one in (*rounds.rows(6), *rounds.rows(9))] == ["missed", "missed"]


def test_steps_of_cases_that_recur_say_that_a_person_confirmed_them(office: Office):
    case = walk(office, submit(office), until=10)
    ended = {
        one["body"]["step"]: one["body"].get("by_person", False)
        for one in case["events"]
        if one["kind"] == "step_ended"
    }

    assert [step for step, by_person in ended.items() if by_person] == [6, 7, 9]
