"""Clocks of cases: written with the act, told to the inbox, moved by the calendar."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from flask import render_template_string

from ckanext.satudata.audit.kinds import PORTAL
from ckanext.satudata.logic import clock, upkeep
from ckanext.satudata.logic.clocks.catching_up import catch_up
from ckanext.satudata.model import records
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import VisitRow
from tests.integration.office import Office, act, call, submit, walk

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

FRIDAY = datetime(2026, 3, 13, 3, 0)  # noqa: DTZ001 - ten o'clock in the office, in UTC
DUE = "2026-03-25T09:00:00"
SAID = {"decree_number": "SE 2/2026 (rekaan)"}
BACK = {"reason": "Angka belum cocok (rekaan).", "points": [{"kind": "all"}]}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the time of the portal."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(FRIDAY)
    return set_to


def clocks(case: dict[str, Any]) -> list[ClockRow]:
    query = sa.select(ClockRow).where(ClockRow.case_id == case["id"])
    query = query.order_by(ClockRow.opened_at, ClockRow.step)
    return list(model.Session.scalars(query.execution_options(populate_existing=True)))


def at_step_2(office: Office, name: str = "jumlah-penduduk") -> dict[str, Any]:
    return walk(office, submit(office, name), until=2)


def day(office: Office, number: str, **values: Any) -> dict[str, Any]:
    facts = {"name": "Hari rekaan", "decree_number": "1/2026 (rekaan)", "day": number}
    return call(office["pimpinan_walidata"], "satudata_calendar_day_set", **{**facts, **values})


def test_three_days_from_friday_13_march_are_due_after_lebaran(office, at):
    case = at_step_2(office)
    shown = next(one for one in case["clocks"] if one["step"] == 2)
    assert (shown["due_at"], shown["standing"], shown["reminds"]) == (DUE, "running", True)


def test_the_inbox_says_when_a_visit_is_due_and_how_it_stands(office, at):
    at_step_2(office)
    row = call(office["admin_data"], "satudata_case_list", waiting_for="unit")["results"][0]
    assert (row["clock"]["due_at"], row["clock"]["norm"]) == (DUE, "1–3 Hari")


@pytest.mark.parametrize(
    ("moment", "overdue", "near"),
    [("2026-03-24 03:00", 0, 0), ("2026-03-25 08:00", 0, 1), ("2026-03-25 09:01", 1, 0)],
)
def test_what_is_near_and_what_is_over_is_filtered(office, at, moment, overdue, near):
    at_step_2(office)
    at(datetime.fromisoformat(moment))
    person = office["admin_data"]
    found = [call(person, "satudata_clock_list", due=one)["count"] for one in ("overdue", "near")]
    inbox = [
        call(person, "satudata_case_list", waiting_for="unit", due=one)["count"]
        for one in ("overdue", "near")
    ]
    assert found == inbox == [overdue, near]


@pytest.fixture
def two(office: Office, at: Any) -> list[int]:
    """Numbers of two cases, the one that is due first being the older."""
    later = at_step_2(office, "kemudian")
    at(FRIDAY + timedelta(days=14))
    sooner = walk(office, submit(office, "satu-hari"), until=5)
    return [later["number"], sooner["number"]]


def numbers(office: Office, **asked: Any) -> list[int]:
    answer = call(office["pimpinan_walidata"], "satudata_clock_list", **asked)
    return [row["case"]["number"] for row in answer["results"]]


def test_what_is_due_first_comes_first(office, two):
    assert numbers(office, due="any") == two


def test_what_is_due_last_comes_first_where_it_is_asked_for(office, two, at):
    at(FRIDAY + timedelta(days=60))
    assert numbers(office, order="latest") == two[::-1]


def test_rows_3_and_4_run_on_one_clock_until_it_leaves_them(office, at):
    case = walk(office, submit(office), until=4)
    case = act(office, case, "validator", "tidak_valid", **BACK)
    pair = [one for one in clocks(case) if one.step == 3]
    assert [(one.number, one.at_step, one.closed_at) for one in pair] == [(1, 3, None)]
    case = act(office, case, "verifikator", "tidak_sesuai", **BACK)
    case = walk(office, case, until=4)
    pair = [one for one in clocks(case) if one.step == 3]
    assert [(one.number, one.at_step, one.closed_at is None) for one in pair] == [
        (1, 3, False),
        (3, 4, True),
    ]


PAUSED = "Menunggu surat (rekaan)."


def second(case: dict[str, Any]) -> dict[str, Any]:
    """The clock of step 2 as the case shows it."""
    return next(one for one in case["clocks"] if one["step"] == 2)


@pytest.fixture
def paused(office: Office, at: Any) -> dict[str, Any]:
    """A case whose step 2 was paused on Monday."""
    case = at_step_2(office)
    at(FRIDAY + timedelta(days=3))
    return act(office, case, "admin_data", "", act="pause", reason=PAUSED)


def test_a_pause_stops_the_clock(paused):
    assert (second(paused)["standing"], second(paused)["due_at"]) == ("stopped", None)


def test_a_stopped_clock_says_who_stopped_it_and_why(office, paused):
    person: Any = model.User.get(office["admin_data"])
    stopped = second(paused)["stopped"]
    assert (stopped["by"], stopped["reason"]) == (person.display_name, PAUSED)


def test_a_clock_that_goes_on_is_due_later_by_what_it_stood_still(office, paused, at):
    at(FRIDAY + timedelta(days=13))
    case = act(office, paused, "admin_data", "", act="resume")
    # Monday 16 to Wednesday 25 March stood still at their ends; Thursday, Friday, Monday count.
    assert (second(case)["standing"], second(case)["due_at"]) == ("running", "2026-03-30T09:00:00")


@pytest.fixture
def moved(office: Office, at: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A clock that a new day off moved by a day, and what setting that day answered."""
    case = at_step_2(office)
    told = day(office, "2026-03-25")
    return second(call(office["admin_data"], "satudata_case_show", id=case["id"])), told


def test_a_day_that_the_office_adds_moves_open_clocks(moved):
    assert moved[0]["due_at"] == "2026-03-26T09:00:00"


def test_a_moved_clock_says_from_when_and_by_which_record(moved):
    clock_told, told = moved
    assert (clock_told["moved"]["from"], clock_told["moved"]["record"]) == (DUE, told["record"])


def test_a_change_of_the_calendar_is_on_record_with_its_decree_and_what_it_moved(moved):
    event = records.records_of(PORTAL)[moved[1]["record"] - 1]
    body = event.body
    assert (event.kind, body["clocks"], body["row"]["decree_number"]) == (
        "calendar_changed",
        1,
        "1/2026 (rekaan)",
    )


def test_a_moved_clock_stands_on_the_row_of_its_visit(moved):
    due = model.Session.scalars(sa.select(VisitRow.due_at).where(VisitRow.closed_by.is_(None)))
    assert due.all() == [datetime.fromisoformat("2026-03-26T09:00:00")]


def test_a_closed_clock_stays_as_it_was_judged(office, at):
    case = at_step_2(office)
    at(FRIDAY + timedelta(days=13))
    walk(office, case, until=3)
    day(office, "2026-03-25")
    two = next(one for one in clocks(case) if one.step == 2)
    assert (two.due_at.isoformat(), two.late) == (DUE, True)
    two.due_at = FRIDAY
    with pytest.raises(sa.exc.SQLAlchemyError, match="stays as it was"):
        model.Session.flush()
    model.Session.rollback()


@pytest.fixture
def worded(with_request_context: Any) -> Any:
    """A clock as a page tells it, without marks."""
    source = "{% import 'satudata/clock/parts.html' as clocks with context %}{{ clocks.told(one) }}"

    def words(**clock: Any) -> str:
        one = {"zone": "Asia/Jakarta", "due_at": DUE, "stopped": None, **clock}
        text = re.sub(r"<[^>]+>", "", render_template_string(source, one=one))
        return " ".join(text.split())

    return words


def test_a_clock_that_ended_in_time_says_so(worded):
    assert worded(standing="in_time")


def test_a_clock_that_ended_late_says_when_it_was_due(worded):
    assert tk.h.satudata_datetime(DUE, "Asia/Jakarta") in worded(standing="late")


def test_where_somebody_stopped_it_who_and_why_are_set_off(worded):
    stop = {"why": "paused", "by": "Budi", "reason": "menunggu surat"}
    before, _colon, after = worded(standing="stopped", stopped=stop).partition(": ")

    assert ("Budi" in before, after.endswith("Budi: menunggu surat")) == (False, True)


def test_where_nobody_is_named_there_is_no_lonely_colon(worded):
    stop = {"why": "paused", "by": "", "reason": ""}

    assert not worded(standing="stopped", stopped=stop).endswith(":")


def test_a_day_of_one_office_is_none_of_anothers(office, at):
    case = at_step_2(office)
    told = day(office, "2026-03-25", organization=office.other_agency["name"])
    assert (told["clocks"], clocks(case)[-1].due_at.isoformat()) == (0, DUE)


def test_an_entry_that_is_ended_counts_no_longer(office, at):
    case = at_step_2(office)
    told = day(office, "2026-03-25")
    person = office["pimpinan_walidata"]
    told = call(person, "satudata_calendar_end", id=told["row"]["id"], reason="Dicabut (rekaan).")
    assert (told["clocks"], clocks(case)[-1].due_at.isoformat()) == (1, DUE)


def test_what_a_day_is_said_to_be_last_holds(office, at):
    case = at_step_2(office)
    day(office, "2026-03-18")
    day(office, "2026-03-18", off=False)
    assert clocks(case)[-1].due_at.isoformat() == "2026-03-18T09:00:00"


@pytest.fixture
def fasting(office: Office, at: Any) -> dict[str, Any]:
    """A case that is open when the office says when Ramadan is."""
    case = at_step_2(office)
    days = {"first_day": "2026-02-25", "last_day": "2026-03-26", **SAID}
    call(office["pimpinan_walidata"], "satudata_calendar_ramadan_set", **days)
    return case


def test_ramadan_moves_what_is_open(fasting):
    assert clocks(fasting)[-1].due_at.isoformat() == "2026-03-25T08:00:00"


def test_six_days_move_what_is_open(office, fasting):
    person = office["pimpinan_walidata"]
    call(person, "satudata_calendar_hours_set", since="2026-01-01", days=6, **SAID)
    # Saturday 14, Monday 16, Tuesday 17 March, to 13.55 in Ramadan.
    assert clocks(fasting)[-1].due_at.isoformat() == "2026-03-17T06:55:00"


def test_a_time_that_may_turn_on_an_unknown_decree_says_so(office, at):
    at(datetime.fromisoformat("2028-03-01T03:00:00"))
    case = at_step_2(office)
    assert next(one for one in case["clocks"] if one["step"] == 2)["joint_leave_unknown"] == 2028
    day(office, "2028-04-13", joint=True)
    case = call(office["admin_data"], "satudata_case_show", id=case["id"])
    assert next(one for one in case["clocks"] if one["step"] == 2)["joint_leave_unknown"] is None


def test_a_year_without_a_decree_on_cuti_bersama_is_told(office, at):
    warned = [
        call(office["admin_data"], "satudata_calendar_show", year=year)["warnings"]
        for year in (2026, 2028)
    ]
    assert ["joint_leave_unknown" in one for one in warned] == [False, True]
    day(office, "2028-02-29", joint=True)
    now = call(office["admin_data"], "satudata_calendar_show", year=2028)["warnings"]
    assert "joint_leave_unknown" not in now


@pytest.mark.parametrize("actor", ["admin_data", "produsen_data", "outsider"])
def test_who_does_not_speak_for_the_office_changes_no_calendar(office, actor):
    with pytest.raises(tk.NotAuthorized):
        call(office[actor], "satudata_calendar_day_set", day="2026-03-25", name="x",
             decree_number="1")  # fmt: skip


@pytest.mark.parametrize(
    ("action", "values", "field"),
    [
        ("hours_set", {"since": "2026-01-01", "usual": ["07.30-16.00"]}, "usual"),
        ("hours_set", {"since": "2026-01-01", "usual": ["07.30-08.00"] + [""] * 6}, "usual"),
        ("ramadan_set", {"first_day": "2026-02-18", "last_day": "2026-02-17"}, "last_day"),
        ("ramadan_set", {"first_day": "2026-02-18", "last_day": "2026-03-20"}, "last_day"),
        ("day_set", {"day": "31-12-2026", "name": "x"}, "day"),
        ("day_set", {"day": "0001-01-01", "name": "x"}, "message"),
        ("end", {"id": "x", "reason": "x"}, "id"),
    ],
)
def test_what_is_no_calendar_is_refused_at_its_field(office, action, values, field):
    decree = {} if action == "end" else {"decree_number": "1"}
    with pytest.raises(tk.ValidationError) as caught:
        call(office["pimpinan_walidata"], f"satudata_calendar_{action}", **values, **decree)
    assert field in caught.value.error_dict


def test_a_case_without_clocks_gets_them_and_no_others(office, at):
    case = at_step_2(office)
    before = [(one.step, one.due_at) for one in clocks(case)]
    model.Session.execute(sa.delete(ClockRow).where(ClockRow.closed_at.is_(None)))
    model.Session.execute(sa.text("ALTER TABLE satudata_clock DISABLE TRIGGER USER"))
    model.Session.execute(sa.delete(ClockRow))
    model.Session.execute(sa.text("ALTER TABLE satudata_clock ENABLE TRIGGER USER"))
    model.Session.commit()
    assert len(list(catch_up())) == 1
    assert [(one.step, one.due_at) for one in clocks(case)] == before
    assert list(catch_up()) == []


def test_clocks_reckoned_by_other_national_days_are_reckoned_anew(office, at):
    case = at_step_2(office)
    old = {"due_at": FRIDAY, "calendar": "0 holidays 0.1"}
    model.Session.execute(sa.update(ClockRow).where(ClockRow.step == 2).values(old))
    model.Session.commit()
    assert list(catch_up()) == [1]
    assert clocks(case)[-1].due_at.isoformat() == DUE


def test_rows_made_anew_from_events_say_the_same(office, at):
    case = at_step_2(office)
    act(office, case, "admin_data", "", act="pause", reason="Surat (rekaan).")
    found = list(upkeep.rebuild(upkeep.case_ids(None), keep=False))
    assert [one.differences for one in found] == [()]


def test_what_is_published_is_not_overdue(office, at):
    case = walk(office, submit(office), until=9)
    at(FRIDAY + timedelta(days=400))
    shown = call(office["pimpinan_tim_data"], "satudata_case_show", id=case["id"])
    nine = next(one for one in shown["clocks"] if one["step"] == 9)
    assert (nine["unit"], nine["standing"], nine["reminds"]) == ("bulanan", "published", False)


@pytest.mark.parametrize(
    ("sop", "total"),
    [
        ("manajemen-data", None),
        (
            "pengelolaan-data-elektronik",
            {"stated": 1350, "least": 1290, "most": 1350, "fits": True},
        ),
    ],
)
def test_a_sop_says_whether_its_rows_fit_its_total(office, sop, total):
    assert call(office["admin_data"], "satudata_sop_show", id=sop)["total_time"] == total
