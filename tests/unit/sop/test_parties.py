"""A list splits where some return and the rest goes on, and each dataset stays in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import each, entry, on, to, whole, writes

ROWS = (
    whole(),
    each(),
    whole(
        keputusan=(on("lanjut", 4), on("lompat", 5)),
        kembali=(to("daftar", 1), to("produsen", 2)),
        periksa=("daftar_lengkap",),
        berulang=True,
    ),
    each(),
    whole(),
)


@pytest.fixture
def case(case_of: Callable) -> Any:
    """The list a, b, c at its third step, where datasets may be told apart."""
    case = case_of(*ROWS, items="abc")
    case.act(1, "selesai", item=None)
    for item in "abc":
        case.act(2, "selesai", item=item)
    return case


@pytest.fixture
def back(case: Any) -> Callable[..., Any]:
    """Return some datasets of the list to their producers."""
    return lambda items, **asked: case.act(3, "produsen", item=None, items=items, **asked)


def stands(case: Any) -> list[tuple[int, tuple[str, ...]]]:
    return [(visit.key.step, visit.items) for visit in case.state.open_visits]


def test_a_return_of_single_datasets_takes_those_back(case: Any, back: Callable) -> None:
    back(("a", "b"))
    assert stands(case) == [(2, ("a",)), (2, ("b",))]


@pytest.mark.parametrize("rest", ["", "wait"])
def test_the_others_wait_where_they_are(case: Any, back: Callable, rest: str) -> None:
    back(("a",), rest=rest)
    assert {i: e.waits_at for i, e in case.state.entries.items()} == {"a": None, "b": 3, "c": 3}


def test_the_list_step_opens_again_for_all_once_the_last_is_back(case: Any, back: Callable) -> None:
    back(("a", "b"))
    case.act(2, "selesai", item="a")
    case.act(2, "selesai", item="b")
    assert stands(case) == [(3, ("a", "b", "c"))]


def test_a_return_to_an_earlier_list_step_opens_that_for_those_alone(case: Any) -> None:
    case.act(3, "daftar", item=None, items=("b",))
    assert stands(case) == [(1, ("b",))]


def test_the_rest_may_go_on_at_once(case: Any, back: Callable) -> None:
    back(("a",), rest="lanjut")
    assert stands(case) == [(2, ("a",)), (4, ("b",)), (4, ("c",))]


def test_who_goes_on_is_another_party_from_then_on(case: Any, back: Callable) -> None:
    back(("a",), rest="lanjut")
    assert {i: e.party for i, e in case.state.entries.items()} == {"a": 1, "b": 2, "c": 2}


def test_a_party_that_went_on_waits_for_none_of_the_other(case: Any, back: Callable) -> None:
    back(("a",), rest="lanjut")
    for item in "bc":
        case.act(4, "selesai", item=item)
    assert stands(case) == [(2, ("a",)), (5, ("b", "c"))]


def test_a_party_that_stayed_behind_goes_on_by_itself(case: Any, back: Callable) -> None:
    back(("a",), rest="lompat")
    case.act(2, "selesai", item="a")
    assert stands(case) == [(5, ("b", "c")), (3, ("a",))]


def test_a_case_closes_when_its_last_party_is_through(case: Any, back: Callable) -> None:
    back(("a",), rest="lompat")
    case.act(5, "selesai", item=None)
    assert not case.state.is_closed
    case.act(2, "selesai", item="a")
    case.act(3, "lompat", item=None)
    case.act(5, "selesai", item=None)
    assert case.state.is_closed


def test_two_parties_at_one_step_have_visits_of_their_own(case: Any, back: Callable) -> None:
    back(("a",), rest="lompat")
    case.act(2, "selesai", item="a")
    case.act(3, "lompat", item=None)
    assert [(v.key.number, v.items) for v in case.state.open_visits] == [
        (1, ("b", "c")),
        (2, ("a",)),
    ]


def test_a_second_split_makes_a_third_party(case: Any, back: Callable) -> None:
    back(("a", "b"), rest="lompat")
    case.act(2, "selesai", item="a")
    case.act(2, "selesai", item="b")
    back(("b",), rest="lompat")
    assert {i: e.party for i, e in case.state.entries.items()} == {"a": 3, "b": 1, "c": 2}


def test_to_name_every_dataset_is_to_return_the_list(case: Any, back: Callable) -> None:
    back(("a", "b", "c"), rest="lanjut")
    assert {entry.party for entry in case.state.entries.values()} == {1}


def test_the_event_says_who_was_meant_and_what_became_of_the_rest(back: Callable) -> None:
    body = back(("a",), rest="lanjut").body
    assert (body["items"], body["rest"]) == (["a"], "lanjut")


def test_both_rows_are_told_with_their_datasets(back: Callable) -> None:
    effects = back(("a",), rest="lanjut").effects
    assert [(move.outcome, items) for move, items in effects] == [
        ("produsen", ("a",)),
        ("lanjut", ("b", "c")),
    ]


def test_only_a_return_names_single_datasets(case: Any, refused: Callable) -> None:
    refusal = refused(case.act, 3, "lanjut", item=None, items=("a",))
    assert (refusal.code, refusal.field) == ("only_returns_name_datasets", "items")


def test_a_dataset_of_another_list_is_refused(back: Callable, refused: Callable) -> None:
    refusal = refused(back, ("a", "x"))
    assert (refusal.code, refusal.field) == ("dataset_not_here", "items")


def test_the_step_of_one_dataset_names_none(case_of: Callable, refused: Callable) -> None:
    case = case_of(each(keputusan=(on("ya", 2),), kembali=(to("tidak", 1),)), each())
    assert refused(case.act, 1, "tidak", item="a", items=("a",)).code == "dataset_not_here"


@pytest.mark.parametrize("rest", ["daftar", "ulangi", "entah"])
def test_the_rest_goes_on_by_a_way_that_goes_on(
    back: Callable, refused: Callable, rest: str
) -> None:
    refusal = refused(back, ("a",), rest=rest)
    assert (refusal.code, refusal.field) == ("outcome_unknown", "rest")


def test_the_rest_goes_on_only_when_its_checks_pass(back: Callable, refused: Callable) -> None:
    failed = {"daftar_lengkap": {"dataset": "b"}}
    assert refused(back, ("a",), rest="lanjut", failed_checks=failed).code == "daftar_lengkap"


def test_the_rest_that_waits_needs_no_checks(case: Any, back: Callable) -> None:
    back(("a",), failed_checks={"daftar_lengkap": {}})
    assert stands(case) == [(2, ("a",))]


def test_what_is_added_to_the_list_of_a_party_goes_with_it(case_of: Callable) -> None:
    lists = whole(penulis=(writes("admin_data", "daftar"),))
    ways = {"keputusan": (on("lanjut", 2),), "kembali": (to("ulang", 1),)}
    case = case_of(whole(**ways), lists, whole())
    case.act(1, "ulang", item=None, items=("a",), rest="lanjut")
    case.act(2, item=None, act=Act.ADD, entry=entry("c"))
    assert case.state.entries["c"].party == 2


def test_a_repeated_list_step_opens_for_the_same_list(case: Any) -> None:
    case.act(3, "ulangi", item=None)
    assert [(v.key.step, v.key.number, v.items) for v in case.state.open_visits] == [
        (3, 2, ("a", "b", "c"))
    ]


def test_a_repeated_step_has_a_visit_for_each_time(case_of: Callable) -> None:
    case = case_of(each(berulang=True), items="a")
    for _ in range(3):
        case.act(1, "ulangi", item="a")
    assert [visit.key.number for visit in case.state.visits] == [1, 2, 3, 4]


def test_a_repeat_needs_neither_reason_nor_points(case_of: Callable) -> None:
    case = case_of(each(berulang=True), items="a")
    case.act(1, "ulangi", item="a", reason="", points=())
    assert case.open(1, "a").key.number == 2


def test_a_repeat_does_none_of_the_effects_of_its_step(case_of: Callable) -> None:
    case = case_of(each(berulang=True, efek=("cadangkan",)), items="a")
    assert case.act(1, "ulangi", item="a").move.effects == ()


def test_a_step_that_is_not_repeated_is_not_repeated(case_of: Callable, refused: Callable) -> None:
    case = case_of(each(), items="a")
    assert refused(case.act, 1, "ulangi", item="a").code == "outcome_unknown"
