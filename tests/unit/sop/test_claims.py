"""Who takes a visit on, or is given it, ends it; the others leave it to him until it is back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, on, to


@pytest.fixture
def case(case_of: Callable) -> Any:
    ways = {"keputusan": (on("ya", 2),), "kembali": (to("tidak", 1),)}
    return case_of(each(**ways, berulang=True), each(), items="a")


@pytest.fixture
def do(case: Any) -> Callable[..., Any]:
    """An act or an outcome at step 1, by a holder of its actor."""

    def done(asked: Act | str, who: str = "budi", **more: Any) -> Any:
        act, outcome = (asked, "") if isinstance(asked, Act) else (None, asked)
        return case.act(1, outcome, item="a", act=act, person=who, **more)

    return done


def test_a_visit_is_claimed_by_whoever_takes_it(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    assert case.open(1, "a").claimed_by == "budi"


@pytest.mark.parametrize("outcome", ["ya", "tidak", "ulangi"])
def test_what_another_took_is_not_ended(do: Callable, refused: Callable, outcome: str) -> None:
    do(Act.CLAIM)
    assert refused(do, outcome, "citra").code == "claimed_by_other"


def test_what_another_took_is_not_taken_again(do: Callable, refused: Callable) -> None:
    do(Act.CLAIM)
    assert refused(do, Act.CLAIM, "citra").code == "claimed_by_other"


def test_the_refusal_says_who_has_it(do: Callable, refused: Callable) -> None:
    do(Act.CLAIM)
    assert refused(do, "ya", "citra").facts["holder"] == "budi"


def test_who_took_a_visit_ends_it(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    do("ya")
    assert case.standing == [("a", 2)]


def test_a_claim_does_not_outlast_its_visit(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    do("tidak")
    assert case.open(1, "a").claimed_by is None


def test_a_visit_is_given_to_somebody(case: Any, do: Callable) -> None:
    do(Act.ASSIGN, to="citra")
    assert case.open(1, "a").claimed_by == "citra"


def test_a_visit_is_given_to_somebody_by_whoever_steers(case: Any) -> None:
    case.steer(1, Act.ASSIGN, item="a", to="citra")
    assert case.open(1, "a").claimed_by == "citra"


def test_to_give_a_visit_to_nobody_is_refused_at_the_name(do: Callable, refused: Callable) -> None:
    refusal = refused(do, Act.ASSIGN)
    assert (refusal.code, refusal.field) == ("assignee_missing", "to")


def test_a_visit_may_be_given_away_although_somebody_took_it(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    do(Act.ASSIGN, "citra", to="dewi")
    assert case.open(1, "a").claimed_by == "dewi"


def test_a_visit_handed_back_is_anybodys(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    do(Act.HAND_BACK)
    do("ya", "citra")
    assert case.standing == [("a", 2)]


def test_what_nobody_took_is_not_handed_back(do: Callable, refused: Callable) -> None:
    assert refused(do, Act.HAND_BACK).code == "not_claimed"


def test_whoever_steers_hands_back_what_an_absent_person_took(case: Any, do: Callable) -> None:
    do(Act.CLAIM)
    case.steer(1, Act.HAND_BACK, item="a")
    assert case.open(1, "a").claimed_by is None


def test_who_steers_but_does_not_hold_the_step_takes_no_visit(case: Any, refused: Callable) -> None:
    assert refused(case.steer, 1, Act.CLAIM, item="a").code == "not_holder"


def test_a_claim_keeps_nobody_from_a_comment(do: Callable) -> None:
    do(Act.CLAIM)
    assert do(Act.COMMENT, "citra", text="bagus").body["text"] == "bagus"


def test_who_saw_a_visit_before_it_was_taken_gets_a_conflict(
    case: Any, do: Callable, refused: Callable
) -> None:
    seen = case.state.version
    do(Act.CLAIM)
    assert refused(do, "ya", "citra", seen=seen).code == "version_conflict"


def test_an_empty_comment_is_refused_at_its_text(do: Callable, refused: Callable) -> None:
    refusal = refused(do, Act.COMMENT, text=" \n")
    assert (refusal.code, refusal.field) == ("comment_empty", "text")


def test_a_file_alone_is_a_comment(do: Callable) -> None:
    assert do(Act.COMMENT, attachments=("berkas",)).body["attachments"] == ["berkas"]


def test_a_comment_makes_nobodys_view_old(case: Any, do: Callable) -> None:
    seen = case.state.version
    do(Act.COMMENT, "citra", text="bagus")
    do("ya", seen=seen)
    assert case.standing == [("a", 2)]


def test_a_comment_is_taken_from_an_old_view(case: Any, do: Callable) -> None:
    seen = case.state.version
    do(Act.CLAIM)
    assert do(Act.COMMENT, "citra", text="bagus", seen=seen).body["text"] == "bagus"


@pytest.mark.parametrize("actor", ["bps", "verifikator", STEERS])
def test_whoever_holds_an_actor_of_the_sop_may_comment(do: Callable, actor: str) -> None:
    assert do(Act.COMMENT, "citra", actors=(actor,), text="bagus").body["text"] == "bagus"


def test_whoever_holds_nothing_of_the_sop_may_not_comment(do: Callable, refused: Callable) -> None:
    assert refused(do, Act.COMMENT, "citra", actors=(), text="bagus").code == "not_holder"


def test_an_act_that_the_step_has_not_is_refused_by_name(do: Callable, refused: Callable) -> None:
    refusal = refused(do, Act.APPROVE)
    assert (refusal.code, refusal.facts["act"]) == ("act_unknown", "approve")
