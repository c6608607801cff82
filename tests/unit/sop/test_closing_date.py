"""The closing date moves nothing by itself: what comes later is late, and someone goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Paper
from ckanext.satudata.sop.case import LATE
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, entry, on, to, whole, writes

NEXT = "validator"
ROWS = (
    whole(),
    each(),
    each(keputusan=(on("ya", 4),), kembali=(to("tidak", 2),)),
    whole(pelaksana=(NEXT,), kembali=(to("ulang", 2),), keputusan=(on("maju", 5),)),
    whole(),
)


@pytest.fixture
def case(case_of: Callable) -> Any:
    """The datasets a, b, c with their producers, until a day that is still to come."""
    case = case_of(*ROWS, items="abc")
    case.act(1, "selesai", item=None)
    until = case.now + timedelta(days=1)
    case.steer(2, Act.SET_CLOSING, item="a", until=until, closes_on=until.date())
    return case


@pytest.fixture
def deliver(case: Any) -> Callable[..., Any]:
    def delivered(item: str, days: int = 0, **asked: Any) -> Any:
        """Deliver a dataset so many days from now."""
        return case.act(2, "selesai", item=item, at=case.now + timedelta(days=days), **asked)

    return delivered


@pytest.fixture
def go_on(case: Any) -> Callable[..., Any]:
    def went(item: str, days: int = 2, **asked: Any) -> Any:
        at = case.now + timedelta(days=days)
        held = asked.pop("actors", (NEXT,))
        return case.act(2, item=item, actors=held, act=Act.GO_ON, at=at, **asked)

    return went


def late(case: Any) -> set[str]:
    return {item for item, entry in case.state.entries.items() if entry.party == LATE}


def test_a_closing_date_closes_and_opens_nothing(case: Any) -> None:
    assert case.standing == [("a", 2), ("b", 2), ("c", 2)]


def test_what_is_delivered_before_is_in_time(case: Any, deliver: Callable) -> None:
    deliver("a")
    assert late(case) == set()


def test_what_is_delivered_at_the_last_moment_is_in_time(case: Any) -> None:
    case.act(2, "selesai", item="a", at=case.state.closes_at)
    assert late(case) == set()


def test_what_is_delivered_after_it_is_late(case: Any, deliver: Callable) -> None:
    deliver("a", days=2)
    assert late(case) == {"a"}


def test_what_is_late_goes_on_all_the_same(case: Any, deliver: Callable) -> None:
    deliver("a", days=2)
    assert ("a", 3) in case.standing


def test_what_was_in_time_stays_so_when_it_returns_and_comes_later(
    case: Any, deliver: Callable
) -> None:
    deliver("a")
    case.act(3, "tidak", item="a")
    deliver("a", days=2)
    assert late(case) == set()


def test_what_was_delivered_on_paper_counts_by_the_day_of_the_paper(
    case: Any, deliver: Callable
) -> None:
    paper = Paper(case.state.closes_on, "Sri", "berkas")
    today = case.state.closes_on + timedelta(days=3)
    deliver("a", days=3, paper=paper, today=today)
    assert late(case) == set()


def test_a_paper_of_a_later_day_is_late(case: Any, deliver: Callable) -> None:
    paper = Paper(case.state.closes_on + timedelta(days=1), "Sri", "berkas")
    deliver("a", days=3, paper=paper, today=paper.on)
    assert late(case) == {"a"}


def test_without_a_closing_date_nothing_is_late(case: Any, deliver: Callable) -> None:
    case.steer(2, Act.SET_CLOSING, item="a")
    deliver("a", days=99)
    assert late(case) == set()


def test_the_list_does_not_wait_for_what_is_late(case: Any, deliver: Callable) -> None:
    for item in "ab":
        deliver(item)
        case.act(3, "ya", item=item)
    deliver("c", days=2)
    assert case.open(4).items == ("a", "b")


def test_what_is_late_joins_no_list_step(case: Any, deliver: Callable) -> None:
    for item in "ab":
        deliver(item)
        case.act(3, "ya", item=item)
    deliver("c", days=2)
    case.act(3, "ya", item="c")
    assert case.standing == [(None, 4)]


def test_what_is_late_ends_with_the_others(case: Any, deliver: Callable) -> None:
    for item in "ab":
        deliver(item)
        case.act(3, "ya", item=item)
    deliver("c", days=2)
    case.act(4, "maju", item=None)
    case.act(5, "selesai", item=None)
    assert case.state.is_closed


def test_going_on_leaves_behind_what_was_not_delivered(
    case: Any, deliver: Callable, go_on: Callable
) -> None:
    deliver("a")
    case.act(3, "ya", item="a")
    assert go_on("b").body["late"] == ["b", "c"]


def test_going_on_opens_the_list_step_for_what_waits_there(
    case: Any, deliver: Callable, go_on: Callable
) -> None:
    deliver("a")
    case.act(3, "ya", item="a")
    go_on("b")
    assert case.open(4).items == ("a",)


def test_going_on_waits_for_what_was_delivered_and_is_still_judged(
    case: Any, deliver: Callable, go_on: Callable
) -> None:
    deliver("a")
    go_on("b")
    assert case.standing == [("b", 2), ("c", 2), ("a", 3)]


def test_what_was_left_behind_is_still_taken(case: Any, deliver: Callable, go_on: Callable) -> None:
    deliver("a")
    go_on("b")
    deliver("b", days=3)
    assert ("b", 3) in case.standing


@pytest.mark.parametrize("days", [0, 1])
def test_nobody_goes_on_before_the_closing_date_is_past(
    case: Any, deliver: Callable, go_on: Callable, refused: Callable, days: int
) -> None:
    deliver("a")
    at = case.state.closes_at - timedelta(days=1 - days)
    refusal = refused(case.act, 2, item="b", actors=(NEXT,), act=Act.GO_ON, at=at)
    assert (refusal.code, refusal.facts["until"]) == ("not_closed_yet", case.state.closes_at)


def test_nobody_goes_on_without_a_closing_date(
    case: Any, deliver: Callable, go_on: Callable, refused: Callable
) -> None:
    case.steer(2, Act.SET_CLOSING, item="a")
    deliver("a")
    assert refused(go_on, "b").code == "not_closed_yet"


def test_nobody_goes_on_with_an_empty_list(go_on: Callable, refused: Callable) -> None:
    assert refused(go_on, "a").code == "nothing_delivered"


def test_nobody_goes_on_when_nothing_is_missing(
    case: Any, deliver: Callable, go_on: Callable, refused: Callable
) -> None:
    for item in "abc":
        deliver(item)
    case.act(3, "tidak", item="a")
    assert refused(go_on, "a").code == "nothing_missing"


@pytest.mark.parametrize("actor", ["admin_data", STEERS])
def test_only_the_actor_of_the_next_list_step_goes_on(
    deliver: Callable, go_on: Callable, refused: Callable, actor: str
) -> None:
    deliver("a")
    assert refused(go_on, "b", actors=(actor,)).code == "not_holder"


def test_at_a_list_step_there_is_nothing_to_go_on_without(
    case_of: Callable, refused: Callable
) -> None:
    case = case_of(*ROWS)
    refusal = refused(case.act, 1, item=None, actors=(NEXT,), act=Act.GO_ON)
    assert refusal.code == "act_unknown"


def test_a_product_of_the_walidata_is_never_missing(case_of: Callable, refused: Callable) -> None:
    maker = whole(
        pelaksana=(NEXT,),
        penulis=(writes("analis_data", "produk_baru"),),
        keputusan=(on("maju", 3),),
        kembali=(to("ulang", 1),),
    )
    case = case_of(each(), maker, whole(), items="a")
    case.act(1, "selesai", item="a")
    case.act(2, item=None, actors=("analis_data",), act=Act.ADD, entry=entry("hasil"))
    case.act(2, "ulang", item=None, items=("hasil",))
    until = case.now - timedelta(days=1)
    case.steer(1, Act.SET_CLOSING, item="hasil", until=until, closes_on=until.date())
    refusal = refused(case.act, 1, item="hasil", actors=(NEXT,), act=Act.GO_ON)
    assert refusal.code == "nothing_missing"


def test_when_what_is_missing_is_dropped_the_rest_goes_on(case: Any, deliver: Callable) -> None:
    for item in "ab":
        deliver(item)
        case.act(3, "ya", item=item)
    case.steer(2, Act.DROP, item="c")
    assert case.open(4).items == ("a", "b")


def test_a_case_of_nothing_but_late_datasets_ends(case: Any, deliver: Callable) -> None:
    for item in "abc":
        deliver(item, days=2)
    for item in "abc":
        if not case.state.is_closed:
            case.act(3, "ya", item=item)
    assert case.state.is_closed


def test_what_is_late_ends_when_all_the_others_were_dropped(case: Any, deliver: Callable) -> None:
    deliver("a", days=2)
    for item in "bc":
        case.steer(2, Act.DROP, item=item)
    assert case.state.is_closed
