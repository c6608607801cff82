"""The clocks of a case: which there are, what each runs over, when they stand still and end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ckanext.satudata.sop.acts import Paper
from ckanext.satudata.sop.case import Why
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from ckanext.satudata.sop.worktime.calendar import Calendar, Working
from ckanext.satudata.sop.worktime.clocks import Clock, Counts, clocks_of, reckon
from ckanext.satudata.sop.worktime.standing import Standing, Times, standing_of
from tests.unit.sop.small import each, whole
from tests.unit.sop.standing import bring_to

CALENDAR = Calendar(Working(ZoneInfo("Asia/Jakarta")))
NOW = datetime(2026, 1, 6, 3, 0)  # noqa: DTZ001 - the rooms hold UTC without a zone
HOUR = timedelta(hours=1)


def lasting(text: str, most: int, unit: str, together: tuple[int, ...] = ()) -> dict[str, Any]:
    """The quality norm of a row with this time."""
    time = {"teks": text, "minimum": most, "maksimum": most, "satuan": unit, "bersama": together}
    return {"mutu_baku": {"kelengkapan": None, "waktu": time, "output": None}}


def visits_of(case: Any) -> list[Clock]:
    return [one for one in clocks_of(case.sop, case.state) if one.counts is Counts.VISIT]


def total_of(case: Any) -> Clock:
    return clocks_of(case.sop, case.state)[0]


@pytest.fixture
def pair(walk: Any, sop_000: Any) -> Any:
    """A case of 000 whose rows 3 and 4 have one time; at row 4."""
    return bring_to(walk(sop_000), 4)


def names(clocks: list[Clock]) -> list[tuple[int, int, bool]]:
    return [(one.key.step, one.at.step, one.closed_at is None) for one in clocks]


def test_one_time_over_two_rows_is_one_clock(pair: Any) -> None:
    assert names(visits_of(pair)) == [(1, 1, False), (2, 2, False), (3, 4, True)]


def test_a_return_within_the_pair_keeps_its_clock(pair: Any) -> None:
    before = visits_of(pair)[-1]
    pair.act(4, "tidak_valid")
    after = visits_of(pair)[-1]
    assert (after.key, after.opened_at) == (before.key, before.opened_at)
    assert names(visits_of(pair))[-1] == (3, 3, True)


def test_coming_back_from_outside_the_pair_starts_a_new_clock(pair: Any) -> None:
    pair.act(4, "tidak_valid")
    pair.act(3, "tidak_sesuai")
    pair.act(2, "selesai")
    assert names(visits_of(pair))[-3:] == [(3, 3, False), (2, 2, False), (3, 3, True)]


def test_a_clock_of_another_dataset_is_not_gone_on_with(case_of: Callable) -> None:
    rows = [each(**lasting("1 hari", 1, "hari", (2,))), each(**lasting("1 hari", 1, "hari", (1,)))]
    case = case_of(*rows)
    case.act(1, "selesai", item="a")
    found = {(one.key.item, one.at.step) for one in visits_of(case)}
    assert found == {("a", 2), ("b", 1)}


def test_a_pause_stands_in_the_clock_with_who_and_which_event(walk: Any, sop_000: Any) -> None:
    case = bring_to(walk(sop_000), 2)
    since = case.now
    case.act(2, act=Act.PAUSE, person="pejabat")
    stop = visits_of(case)[-1].standing
    assert stop is not None
    assert (stop.since, stop.by, stop.why) == (since, "pejabat", Why.PAUSED)
    assert stop.event == case.state.version
    until = case.now
    case.act(2, act=Act.RESUME)
    clock = visits_of(case)[-1]
    assert clock.standing is None
    assert [(one.since, one.until) for one in clock.stops] == [(since, until)]


def test_the_total_stands_still_while_nothing_of_it_runs(case_of: Callable) -> None:
    case = case_of(each(), each())
    first = case.now
    case.act(1, act=Act.PAUSE, item="a")
    assert total_of(case).standing is None
    since = case.now
    case.act(1, act=Act.PAUSE, item="b")
    stop = total_of(case).standing
    assert stop is not None
    assert (stop.since, stop.since > first) == (since, True)


def test_what_an_outside_party_has_never_runs(case_of: Callable) -> None:
    case = case_of(whole(), whole(pelaksana=("bps",)), whole())
    case.act(1, "selesai", item=None)
    since = case.state.open_visits[0].opened_at
    for clock in (visits_of(case)[-1], total_of(case)):
        stop = clock.standing
        assert stop is not None
        assert (stop.since, stop.by, stop.why) == (since, "bps", Why.ELSEWHERE)


def test_the_total_goes_on_when_an_outside_party_is_through(case_of: Callable) -> None:
    case = case_of(whole(), whole(pelaksana=("bps",)), whole())
    case.act(1, "selesai", item=None)
    since = case.state.open_visits[0].opened_at
    until = case.now
    case.act(2, "selesai", item=None)
    total = total_of(case)
    assert total.standing is None
    assert [(one.since, one.until) for one in total.stops] == [(since, until)]


def test_the_producer_has_a_clock_of_its_own_and_stops_the_total(case_of: Callable) -> None:
    case = case_of(each(pelaksana=("produsen_data",), **lasting("2 hari", 2, "hari")), items="a")
    assert visits_of(case)[0].standing is None
    stop = total_of(case).standing
    assert stop is not None
    assert stop.by == "produsen_data"


def test_what_waits_for_its_minute_stands_still(walk: Any, sop_000: Any) -> None:
    case = bring_to(walk(sop_000), 8)
    case.act(8, "selesai", publish_at=case.now + HOUR * 24)
    stop = visits_of(case)[-1].standing
    assert stop is not None
    assert stop.why is Why.DECIDED


def test_a_closed_clock_says_whether_it_was_late_and_what_it_took(walk: Any, small: Any) -> None:
    sop = small(each(**lasting("1 jam", 1, "jam")), each())
    case = walk(sop)
    # Opened at eight; each event comes an hour after the last.
    case.act(1, "selesai")
    clock = visits_of(case)[0]
    found = reckon(clock, CALENDAR)
    assert (found.late, found.minutes) == (True, 120)


def test_what_was_done_on_paper_is_late_by_its_day(walk: Any, small: Any) -> None:
    sop = small(each(**lasting("1 jam", 1, "jam")), each())
    late = {}
    for day in (date(2026, 1, 5), date(2026, 1, 6)):
        case = walk(sop)
        paper = Paper(day, "Pejabat (rekaan)", "berkas")
        case.act(1, "selesai", paper=paper, today=date(2026, 1, 9))
        late[day.day] = reckon(visits_of(case)[0], CALENDAR).late
    assert late == {5: False, 6: True}


def test_effort_is_never_late_and_reminds_nobody(walk: Any, small: Any) -> None:
    case = walk(small(each(**lasting("10 menit", 10, "menit")), each()))
    assert not visits_of(case)[0].reminds
    case.act(1, "selesai")
    assert reckon(visits_of(case)[0], CALENDAR).late is None


def test_what_recurs_reminds_nobody_once_the_data_is_public(walk: Any, small: Any) -> None:
    case = walk(small(each(), each(**lasting("1 bulanan", 1, "bulanan"))))
    case.act(1, "selesai")
    assert visits_of(case)[-1].reminds
    case.record(Kind.RELEASE_SHOWN, "portal", {"item": "data"})
    assert (visits_of(case)[-1].published, visits_of(case)[-1].reminds) == (True, False)


def test_a_cancelled_case_ends_all_its_clocks(walk: Any, sop_000: Any) -> None:
    case = bring_to(walk(sop_000), 2)
    case.act(2, act=Act.PAUSE)
    case.steer(2, Act.CANCEL)
    assert all(one.closed_at and one.standing is None for one in clocks_of(sop_000, case.state))


def test_a_request_that_is_answered_keeps_its_clock(case_of: Callable) -> None:
    case = case_of(each(), each())
    body = {"item": "a", "dataset": "a-jadi", "visit": case.visit(1, "a").as_dict()}
    case.record(Kind.REQUEST_FULFILLED, "opd", body)
    assert {one.key.item for one in visits_of(case)} == {"a-jadi", "b"}


TIMES = Times(NOW, due_at=NOW + HOUR, near_at=NOW, reminds=True)


@pytest.mark.parametrize(
    ("changes", "now", "standing"),
    [
        ({}, NOW - HOUR, Standing.RUNNING),
        ({}, NOW, Standing.NEAR),
        ({}, NOW + HOUR, Standing.NEAR),
        ({}, NOW + HOUR + timedelta(seconds=1), Standing.OVERDUE),
        ({"stopped_at": NOW, "due_at": None}, NOW, Standing.STOPPED),
        ({"stopped_at": NOW}, NOW + 2 * HOUR, Standing.OVERDUE),
        ({"reminds": False, "effort": True}, NOW + 2 * HOUR, Standing.EFFORT),
        ({"reminds": False, "published": True}, NOW + 2 * HOUR, Standing.PUBLISHED),
        ({"due_at": None}, NOW, Standing.NO_TIME),
        ({"closed_at": NOW, "late": True}, NOW, Standing.LATE),
        ({"closed_at": NOW, "late": False}, NOW, Standing.IN_TIME),
        ({"closed_at": NOW}, NOW, Standing.CLOSED),
    ],
)
def test_how_a_clock_stands(changes: dict[str, Any], now: datetime, standing: Standing) -> None:
    values = {**TIMES.__dict__, **changes}
    assert standing_of(Times(**values), now) is standing
