"""When a release may be shown: a minute to come on the agency's clock, not before an embargo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.acts import may_write
from ckanext.satudata.sop.case import Visit
from ckanext.satudata.sop.decide import work_done
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.timing import minute_of
from tests.unit.sop.small import each, on, to, whole, writes

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 30, 23, 30)  # noqa: DTZ001 - the rooms hold UTC without a zone


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 1), ("Asia/Makassar", 0), ("Asia/Jayapura", 23)]
)
def test_a_time_is_read_on_the_clock_of_the_agency(zone: str, hour: int) -> None:
    at = minute_of("2026-12-02T08:00", ZoneInfo(zone), NOW, "publish_at")
    assert (at.hour, at.tzinfo) == (hour, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("besok", "time_invalid"),
        ("2026-12-02", "time_invalid"),
        ("2026-12-02T08:00Z", "time_invalid"),
        ("2026-12-02T08:00+07:00", "time_invalid"),
        ("2026-12-02T08:00:30", "time_not_to_the_minute"),
        ("2026-12-01T06:30", "time_past"),
        ("0001-01-01T00:00", "time_past"),
        ("2027-12-02T06:31", "time_too_far"),
        ("9999-12-31T23:59", "time_too_far"),
    ],
)
def test_what_is_no_minute_to_come_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        minute_of(text, WIB, NOW, "publish_at")
    assert (refused.value.code, refused.value.field) == (code, "publish_at")


def test_the_very_next_minute_is_taken() -> None:
    assert minute_of("2026-12-01T06:31", WIB, NOW, "publish_at") == NOW + timedelta(minutes=1)


@pytest.fixture
def case(case_of: Callable) -> Any:
    """A dataset at a step that approves and publishes, or keeps, or returns."""
    rows = (
        each(
            keputusan=(on("terbit", 2, "setujui", "terbitkan"), on("simpan", 2)),
            kembali=(to("ulang", 1),),
            empat_mata=True,
            penulis=(writes("admin_data"),),
        ),
        each(),
    )
    return case_of(*rows, items="a")


def later(case: Any, **delta: int) -> datetime:
    return case.now + timedelta(**(delta or {"days": 1}))


def schedule(case: Any) -> Visit:
    """The visit, after an act that publishes tomorrow and the approval that it does at once."""
    at = later(case)
    case.act(1, "terbit", item="a", publish_at=at)
    key = {"item": "a", "step": 1, "number": 1}
    facts = {"item": "a", "visit": key, "release": 1, "at": at.isoformat()}
    case.record(Kind.RELEASE_MADE, "portal", {"item": "a"})
    case.record(Kind.RELEASE_SCHEDULED, "portal", {**facts, "statuses": {"a": "siap_terbit"}})
    return case.state.open_visits[0]


def test_an_act_with_a_time_is_decided_and_ends_nothing(case: Any) -> None:
    at = later(case)
    decision = case.act(1, "terbit", item="a", publish_at=at)
    assert decision.kind is Kind.STEP_DECIDED
    assert decision.body["times"] == {"a": at.isoformat()}


def test_an_act_without_a_time_ends_its_step(case: Any) -> None:
    assert case.act(1, "terbit", item="a").kind is Kind.STEP_ENDED


def test_a_time_at_an_act_that_publishes_nothing_is_refused(case: Any) -> None:
    with pytest.raises(Refused, match="nothing_to_time"):
        case.act(1, "simpan", item="a", publish_at=later(case))


def test_an_embargo_sets_the_time_of_an_act_that_names_none(case: Any) -> None:
    until = later(case)
    decision = case.act(1, "terbit", item="a", embargoes={"a": until})
    assert decision.body["times"] == {"a": until.isoformat()}


def test_an_embargo_that_has_ended_holds_nothing(case: Any) -> None:
    past = case.now - timedelta(minutes=1)
    assert case.act(1, "terbit", item="a", embargoes={"a": past}).kind is Kind.STEP_ENDED


def test_a_time_before_the_end_of_an_embargo_is_refused(case: Any) -> None:
    times = {"publish_at": later(case, days=1), "embargoes": {"a": later(case, days=2)}}
    with pytest.raises(Refused, match="under_embargo"):
        case.act(1, "terbit", item="a", **times)


def test_a_time_after_an_embargo_counts(case: Any) -> None:
    at = later(case, days=2)
    times = {"publish_at": at, "embargoes": {"a": later(case, days=1)}}
    assert case.act(1, "terbit", item="a", **times).body["times"] == {"a": at.isoformat()}


def test_of_a_list_only_what_is_held_back_waits(case_of: Callable) -> None:
    rows = (whole(keputusan=(on("terbit", 2, "terbitkan"),), empat_mata=True), whole())
    case = case_of(*rows, items="ab")
    until = later(case)
    decision = case.act(1, "terbit", item=None, embargoes={"b": until})
    assert decision.body["times"] == {"b": until.isoformat()}


def test_of_those_who_end_a_step_together_nobody_sets_a_time(case_of: Callable) -> None:
    both = ("admin_data", "verifikator")
    first = whole(keputusan=(on("lanjut", 2, together=both),))
    case = case_of(first, whole(keputusan=(on("terbit", 3, "terbitkan"),)), whole(), items="ab")
    case.act(1, "lanjut", item=None)
    with pytest.raises(Refused, match="time_not_together"):
        case.act(2, "terbit", item=None, actors=["admin_data"], publish_at=later(case))


def test_nobody_writes_what_waits(case: Any) -> None:
    schedule(case)
    assert may_write(case.sop, case.state, frozenset({"admin_data"}), "a") is None


def test_what_waits_is_called_ready(case: Any) -> None:
    schedule(case)
    assert case.state.statuses["a"][0] == "siap_terbit"


def test_the_step_ends_once_it_is_shown(case: Any) -> None:
    visit = schedule(case)
    case.record(Kind.RELEASE_SHOWN, "portal", {"item": "a"})
    case.record(Kind.ITEM_WORKED, "portal", {"item": "a", "visit": visit.key.as_dict()})
    body = work_done(case.sop, case.state, case.state.open_visits[0])
    case.record(Kind.STEP_ENDED, "portal", body)
    assert [one.key.step for one in case.state.open_visits] == [2]


def test_what_is_called_off_waits_for_a_decision_again(case: Any) -> None:
    visit = schedule(case)
    body = {"visit": visit.key.as_dict(), "items": ["a"], "unapproved": ["a"]}
    case.record(Kind.RELEASE_CALLED_OFF, "portal", body)
    assert (case.state.open_visits[0].decided, case.state.released) == (None, frozenset())
    assert case.act(1, "terbit", item="a").kind is Kind.STEP_ENDED
