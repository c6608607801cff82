"""A list act that approves or publishes: decided at once, done dataset by dataset, ended last."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Paper, may_write
from ckanext.satudata.sop.decide import work_done
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, entry, on, to, whole, writes

BOTH = ("setujui", "terbitkan")


@pytest.fixture
def case(case_of: Callable) -> Any:
    """A list of a, b, c at a step that approves and publishes by one of its ways."""
    return case_of(
        whole(
            keputusan=(on("terbit", 2, *BOTH), on("simpan", 3), on("khusus", 3, "setujui")),
            kembali=(to("ulang", 1),),
            empat_mata=True,
            penulis=(writes("admin_data", "daftar"),),
        ),
        each(),
        whole(),
        items="abc",
    )


@pytest.fixture
def decided(case: Any) -> Any:
    case.act(1, "terbit", item=None)
    return case


def test_the_act_is_a_decision_that_is_not_carried_out_yet(case: Any) -> None:
    assert case.act(1, "terbit", item=None).kind is Kind.STEP_DECIDED


def test_the_decision_says_what_is_to_be_done_to_which_dataset(case: Any) -> None:
    body = case.act(1, "terbit", item=None).body
    assert body["doing"] == {item: list(BOTH) for item in "abc"}


def test_a_way_without_work_ends_the_step_at_once(case: Any) -> None:
    assert case.act(1, "simpan", item=None).kind is Kind.STEP_ENDED


def test_the_step_of_one_dataset_ends_at_once(case_of: Callable) -> None:
    case = case_of(each(efek=BOTH, empat_mata=True), items="a")
    assert case.act(1, "selesai", item="a").kind is Kind.STEP_ENDED


def test_what_another_effect_does_to_a_list_needs_no_work(case_of: Callable) -> None:
    case = case_of(whole(efek=("arsipkan",)))
    assert case.act(1, "selesai", item=None).kind is Kind.STEP_ENDED


def test_an_empty_list_has_no_work(case_of: Callable) -> None:
    case = case_of(whole(efek=BOTH, empat_mata=True), items="")
    assert case.act(1, "selesai", item=None).kind is Kind.STEP_ENDED


def test_after_the_decision_the_step_is_still_open(decided: Any) -> None:
    assert decided.standing == [(None, 1)]


def test_a_dataset_that_is_done_is_not_pending(decided: Any) -> None:
    decided.work(1, only="b")
    assert decided.open(1).pending == {"a", "c"}


def test_the_step_does_not_end_before_all_are_done(decided: Any, refused: Callable) -> None:
    decided.work(1, only="ab")
    assert refused(work_done, decided.sop, decided.state, decided.open(1)).code == "work_going_on"


def test_a_visit_without_a_decision_has_no_work_to_end(case: Any, refused: Callable) -> None:
    assert refused(work_done, case.sop, case.state, case.open(1)).code == "work_going_on"


def test_when_all_are_done_the_step_ends(decided: Any) -> None:
    decided.work(1)
    assert decided.standing == [("a", 2), ("b", 2), ("c", 2)]


def test_the_event_that_ends_it_tells_the_decision(decided: Any) -> None:
    decided.work(1)
    body = decided.events[-1].body
    assert (body["act"], body["outcome"], body["reason"]) == ("choose", "terbit", "alasan")


def test_work_of_a_paper_decision_counts_by_the_day_of_the_paper(case: Any) -> None:
    paper = Paper(case.now.date(), "Sri", "berkas")
    case.act(1, "terbit", item=None, actors=(STEERS,), paper=paper)
    case.work(1)
    assert case.state.visits[0].counted_on == paper.on


# What is asked at a decided visit, and by whom.
FORBIDDEN = [
    ({"outcome": "terbit"}, ("admin_data",)),
    ({"outcome": "ulang"}, ("admin_data",)),
    ({"act": Act.CLAIM}, ("admin_data",)),
    ({"act": Act.ADD, "entry": entry("d")}, ("admin_data",)),
    ({"act": Act.PAUSE}, (STEERS,)),
    ({"act": Act.CANCEL}, (STEERS,)),
    ({"act": Act.ASSIGN, "to": "budi"}, (STEERS,)),
    ({"act": Act.SET_CLOSING}, (STEERS,)),
]


@pytest.mark.parametrize(("asked", "actors"), FORBIDDEN, ids=[str(a) for a, _ in FORBIDDEN])
def test_while_work_goes_on_nothing_else_is_decided(
    decided: Any, refused: Callable, asked: dict[str, Any], actors: tuple[str, ...]
) -> None:
    assert refused(decided.act, 1, item=None, actors=actors, **asked).code == "work_going_on"


def test_while_work_goes_on_a_comment_is_taken(decided: Any) -> None:
    assert decided.steer(1, Act.COMMENT, item=None, text="tunggu").kind is Kind.COMMENTED


def test_while_work_goes_on_nobody_writes(decided: Any) -> None:
    everybody = frozenset(decided.sop.pelaksana)
    assert may_write(decided.sop, decided.state, everybody, "a") is None


def test_a_dataset_whose_work_does_not_come_to_an_end_is_dropped(decided: Any) -> None:
    decided.work(1, only="ab")
    decided.steer(1, Act.DROP, item=None, items=("c",))
    assert decided.open(1).pending == frozenset()


def test_after_a_drop_the_step_ends_for_the_others(decided: Any) -> None:
    decided.work(1, only="ab")
    decided.steer(1, Act.DROP, item=None, items=("c",))
    decided.work(1)
    assert decided.standing == [("a", 2), ("b", 2)]


def test_a_decision_about_datasets_that_were_all_dropped_ends_with_them(decided: Any) -> None:
    decided.steer(1, Act.DROP, item=None, items=("a", "b", "c"))
    assert decided.state.is_closed


def test_a_party_that_was_dropped_does_not_hold_the_other(case: Any) -> None:
    case.act(1, "ulang", item=None, items=("a",), rest="terbit")
    case.work(1)
    case.act(1, "terbit", item=None)
    case.steer(1, Act.DROP, item=None, items=("a",))
    assert case.standing == [("b", 2), ("c", 2)]


@pytest.fixture
def split(case: Any) -> Any:
    """a goes back to its list step, b and c are approved and published."""
    case.act(1, "ulang", item=None, items=("a",), rest="terbit")
    return case


def test_the_work_of_a_split_is_about_those_who_go_on(split: Any) -> None:
    assert split.open(1).pending == {"b", "c"}


def test_after_the_work_of_a_split_each_goes_its_way(split: Any) -> None:
    split.work(1)
    assert split.standing == [("b", 2), ("c", 2), (None, 1)]


def test_after_the_work_of_a_split_the_return_is_still_of_its_datasets(split: Any) -> None:
    split.work(1)
    assert split.open(1).items == ("a",)


def test_those_who_returned_may_be_dropped_while_the_others_are_worked_on(split: Any) -> None:
    split.steer(1, Act.DROP, item=None, items=("a",))
    split.work(1)
    assert split.standing == [("b", 2), ("c", 2)]


def test_those_who_went_on_may_be_dropped_before_they_are_done(split: Any) -> None:
    split.steer(1, Act.DROP, item=None, items=("b", "c"))
    split.work(1)
    assert [(v.key.step, v.key.number, v.items) for v in split.state.open_visits] == [
        (1, 2, ("a",))
    ]


def test_a_place_that_was_noted_for_a_dropped_dataset_is_forgotten(case_of: Callable) -> None:
    ways = {"keputusan": (on("terbit", 2, *BOTH),), "kembali": (to("ulang", 1),)}
    case = case_of(whole(**ways, empat_mata=True), whole(efek=("setujui",), empat_mata=True))
    case.act(1, "terbit", item=None)
    case.work(1)
    case.act(2, "selesai", item=None)
    assert case.open(2).decided["then"]["waits"] == {"a": 0, "b": 0}
    case.work(2, only="a")
    case.steer(2, Act.DROP, item=None, items=("b",))
    case.work(2)
    assert case.events[-1].body["waits"] == {"a": 0}


def test_two_decisions_of_two_parties_are_worked_on_side_by_side(case: Any) -> None:
    case.act(1, "ulang", item=None, items=("a",), rest="khusus")
    case.work(1)
    case.act(1, "terbit", item=None)
    case.act(3, "selesai", item=None)
    case.work(1)
    assert case.standing == [("a", 2)]


def test_a_decision_survives_json(decided: Any) -> None:
    body = decided.events[-1].body
    assert json.loads(json.dumps(body)) == body


def test_a_cancel_does_not_cut_off_the_work_of_another_party(case: Any, refused: Callable) -> None:
    case.act(1, "ulang", item=None, items=("a",), rest="simpan")
    case.act(1, "terbit", item=None)
    assert refused(case.steer, 3, Act.CANCEL, item=None).code == "work_going_on"


def test_those_who_returned_to_their_producers_may_be_dropped_meanwhile(case_of: Callable) -> None:
    ways = {"keputusan": (on("terbit", 3, *BOTH),), "kembali": (to("produsen", 1),)}
    case = case_of(each(), whole(**ways, empat_mata=True), each())
    for item in "ab":
        case.act(1, "selesai", item=item)
    case.act(2, "produsen", item=None, items=("a",), rest="terbit")
    case.steer(2, Act.DROP, item=None, items=("a",))
    case.work(2)
    assert case.standing == [("b", 3)]
