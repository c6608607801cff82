"""A visit rests while an outside party has the matter; nothing is decided until it is resumed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Paper
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, on, to, whole, writes


@pytest.fixture
def case(case_of: Callable) -> Any:
    """A list at a step of BPS, which the office pauses while BPS has it."""
    return case_of(
        whole(
            pelaksana=("bps",),
            keputusan=(on("layak", 2),),
            kembali=(to("tidak", 1),),
            persetujuan="pimpinan_tim_data",
            penulis=(writes(STEERS, "daftar"),),
        ),
        each(),
    )


@pytest.fixture
def paused(case: Any) -> Any:
    case.steer(1, Act.PAUSE, item=None)
    return case


def test_a_pause_says_since_when(case: Any) -> None:
    at = case.now
    case.steer(1, Act.PAUSE, item=None)
    assert case.open(1).paused_since == at


def test_a_pause_without_a_reason_is_refused_at_the_reason(case: Any, refused: Callable) -> None:
    refusal = refused(case.steer, 1, Act.PAUSE, item=None, reason=" ")
    assert (refusal.code, refusal.field) == ("reason_missing", "reason")


@pytest.mark.parametrize("outcome", ["layak", "tidak"])
def test_nothing_is_decided_at_a_paused_visit(paused: Any, refused: Callable, outcome: str) -> None:
    assert refused(paused.act, 1, outcome, item=None).code == "visit_paused"


def test_nothing_is_decided_from_paper_at_a_paused_visit(paused: Any, refused: Callable) -> None:
    paper = Paper(paused.now.date(), "BPS", "berkas")
    refusal = refused(paused.act, 1, "layak", item=None, actors=(STEERS,), paper=paper)
    assert refusal.code == "visit_paused"


@pytest.mark.parametrize("act", [Act.PAUSE, Act.ASSIGN, Act.HAND_BACK, Act.INVITE])
def test_a_paused_visit_is_left_alone_by_whoever_steers(
    paused: Any, refused: Callable, act: Act
) -> None:
    assert refused(paused.steer, 1, act, item=None, to="budi").code == "visit_paused"


def test_a_paused_visit_is_not_taken(paused: Any, refused: Callable) -> None:
    assert refused(paused.act, 1, item=None, act=Act.CLAIM).code == "visit_paused"


def test_a_paused_visit_is_not_approved(paused: Any, refused: Callable) -> None:
    held = ("pimpinan_tim_data",)
    refusal = refused(paused.act, 1, item=None, actors=held, act=Act.APPROVE)
    assert refusal.code == "visit_paused"


def test_what_is_not_paused_is_not_resumed(case: Any, refused: Callable) -> None:
    assert refused(case.steer, 1, Act.RESUME, item=None).code == "not_paused"


def test_a_resumed_visit_is_decided_again(paused: Any) -> None:
    paused.steer(1, Act.RESUME, item=None)
    paused.act(1, "tidak", item=None)
    assert paused.open(1).key.number == 2


def test_a_dataset_is_dropped_while_its_visit_rests(paused: Any) -> None:
    paused.steer(1, Act.DROP, item=None, items=("a",))
    assert paused.open(1).items == ("b",)


def test_the_closing_date_is_set_while_a_visit_rests(paused: Any) -> None:
    paused.steer(1, Act.SET_CLOSING, item=None, until=paused.now, closes_on=paused.now.date())
    assert paused.state.closes_on == paused.state.closes_at.date()


def test_a_case_is_cancelled_while_a_visit_rests(paused: Any) -> None:
    paused.steer(1, Act.CANCEL, item=None)
    assert paused.state.cancelled


def test_a_comment_is_taken_while_a_visit_rests(paused: Any) -> None:
    assert paused.steer(1, Act.COMMENT, item=None, text="tunggu").body["text"] == "tunggu"


def test_the_visit_of_one_dataset_rests_alone(case_of: Callable) -> None:
    case = case_of(each(), each())
    case.act(1, item="a", act=Act.PAUSE)
    case.act(1, "selesai", item="b")
    assert case.standing == [("a", 1), ("b", 2)]
