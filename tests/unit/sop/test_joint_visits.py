"""A visit that two actors end together: two people, who say the same about the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ckanext.satudata.sop.acts import Paper
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act
from tests.unit.sop.small import STEERS, each, on, to, whole

BOTH = ("verifikator", "validator")
ROWS = (
    whole(pelaksana=("verifikator",)),
    whole(
        pelaksana=("verifikator",),
        berulang=True,
        keputusan=(on("selesai", 3),),
        kembali=(to("belum", 2, together=BOTH), to("ulang", 1)),
    ),
    each(),
)


@pytest.fixture
def joint(case_of: Callable) -> Any:
    """At step 2, after it was not done at its first visit, which one of the two ended alone."""
    case = case_of(*ROWS)
    case.act(1, "selesai", item=None)
    case.act(2, "belum", item=None)
    return case


@pytest.fixture
def say(joint: Any) -> Callable[..., Any]:
    """One person with one actor (or several) says an outcome of step 2."""

    def said(who: str, actors: Any, outcome: str = "selesai", **asked: Any) -> Any:
        held = (actors,) if isinstance(actors, str) else actors
        return joint.act(2, outcome, item=None, actors=held, person=who, **asked)

    return said


def test_the_first_visit_is_ended_by_the_actor_of_the_step_alone(case_of: Callable) -> None:
    case = case_of(*ROWS)
    case.act(1, "selesai", item=None)
    assert case.open(2).together == ()


def test_the_outcome_opens_a_visit_that_both_must_end(joint: Any) -> None:
    assert joint.open(2).together == BOTH


def test_what_the_first_of_two_says_is_recorded(say: Callable) -> None:
    assert say("budi", "validator").kind is Kind.STEP_CONFIRMED


def test_what_the_first_of_two_says_ends_nothing(joint: Any, say: Callable) -> None:
    say("budi", "validator")
    assert joint.standing == [(None, 2)]


@pytest.mark.parametrize("order", [BOTH, BOTH[::-1]])
def test_the_second_who_says_the_same_ends_it(joint: Any, say: Callable, order: tuple) -> None:
    say("budi", order[0])
    say("citra", order[1])
    assert joint.standing == [("a", 3), ("b", 3)]


def test_two_who_say_different_things_end_nothing(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "selesai")
    say("citra", "validator", "belum")
    assert joint.standing == [(None, 2)]


def test_one_who_changes_his_mind_to_what_the_other_said_ends_it(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "selesai")
    say("citra", "validator", "belum")
    say("budi", "verifikator", "belum")
    assert joint.open(2).key.number == 3


def test_one_who_holds_both_actors_ends_nothing_alone(
    joint: Any, say: Callable, refused: Callable
) -> None:
    say("budi", BOTH)
    assert refused(say, "budi", BOTH).code == "confirmed_already"


@pytest.mark.parametrize("other", BOTH)
def test_one_who_holds_both_leaves_either_actor_to_the_other(
    joint: Any, say: Callable, other: str
) -> None:
    say("budi", BOTH)
    say("citra", other)
    assert joint.state.open_visits[0].key.step == 3


@pytest.mark.parametrize("other", BOTH)
def test_one_who_holds_both_takes_whatever_the_other_left(
    joint: Any, say: Callable, other: str
) -> None:
    say("citra", other)
    say("budi", BOTH)
    assert joint.state.open_visits[0].key.step == 3


def test_two_who_hold_the_same_actor_are_not_both(say: Callable, refused: Callable) -> None:
    say("budi", "validator")
    assert refused(say, "citra", "validator").code == "confirmed_already"


def test_to_say_the_same_twice_is_refused(say: Callable, refused: Callable) -> None:
    say("budi", "validator")
    assert refused(say, "budi", "validator").code == "confirmed_already"


def test_two_who_mean_different_datasets_end_nothing(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "ulang", items=("a",))
    say("citra", "validator", "ulang", items=("b",))
    assert joint.standing == [(None, 2)]


def test_two_who_send_the_rest_different_ways_end_nothing(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "ulang", items=("a",))
    say("citra", "validator", "ulang", items=("a",), rest="selesai")
    assert joint.standing == [(None, 2)]


def test_to_name_every_dataset_is_to_mean_the_list(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "ulang", items=("b", "a"))
    say("citra", "validator", "ulang")
    assert joint.standing == [(None, 1)]


def test_somebody_with_neither_actor_is_told_who_holds_the_visit(
    say: Callable, refused: Callable
) -> None:
    assert refused(say, "dewi", "admin_data").facts["holders"] == BOTH


def test_the_actor_of_the_row_alone_is_not_enough_where_another_must_join(
    case_of: Callable, refused: Callable
) -> None:
    others = ("validator", "analis_data")
    case = case_of(each(keputusan=(on("maju", 2, together=others),)), each(), items="a")
    case.act(1, "maju", item="a")
    assert refused(case.act, 2, "selesai", item="a").code == "not_holder"


def test_a_paper_that_both_signed_counts_for_both(joint: Any) -> None:
    paper = Paper(joint.now.date(), "Budi dan Citra", "berkas")
    joint.act(2, "selesai", item=None, actors=(STEERS,), paper=paper)
    assert joint.standing == [("a", 3), ("b", 3)]


def test_a_change_of_the_content_takes_back_what_was_said(joint: Any, say: Callable) -> None:
    say("budi", "verifikator")
    joint.changed("opd", "a")
    assert joint.open(2).confirmed == {}


@pytest.mark.parametrize("act", [Act.CLAIM, Act.ASSIGN])
def test_a_visit_of_two_is_not_one_persons(joint: Any, refused: Callable, act: Act) -> None:
    refusal = refused(joint.act, 2, item=None, act=act, to="budi")
    assert refusal.code == "ended_together"


def test_a_step_repeated_by_two_is_again_theirs(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "ulangi")
    say("citra", "validator", "ulangi")
    assert (joint.open(2).key.number, joint.open(2).together) == (3, BOTH)


def test_the_rest_of_a_return_by_two_is_again_theirs(joint: Any, say: Callable) -> None:
    say("budi", "verifikator", "ulang", items=("a",))
    say("citra", "validator", "ulang", items=("a",))
    joint.act(1, "selesai", item=None)
    assert (joint.open(2).items, joint.open(2).together) == (("a", "b"), BOTH)


def test_a_list_step_that_a_dataset_waits_for_is_still_ended_by_two(case_of: Callable) -> None:
    ways = (on("bersama", 2, together=BOTH), on("biasa", 2))
    case = case_of(each(keputusan=ways), whole())
    case.act(1, "bersama", item="a")
    case.act(1, "biasa", item="b")
    assert case.open(2).together == BOTH


def test_a_step_of_one_dataset_may_be_ended_by_two(case_of: Callable) -> None:
    case = case_of(each(keputusan=(on("maju", 2, together=BOTH),)), each(), items="a")
    case.act(1, "maju", item="a")
    case.act(2, "selesai", item="a", actors=BOTH[:1], person="budi")
    case.act(2, "selesai", item="a", actors=BOTH[1:], person="citra")
    assert case.state.is_closed


def test_four_eyes_hold_for_each_of_the_two(case_of: Callable, refused: Callable) -> None:
    ways = (on("maju", 2, together=BOTH),)
    case = case_of(each(keputusan=ways), each(empat_mata=True), items="a", opener="opd")
    case.act(1, "maju", item="a")
    refusal = refused(case.act, 2, "selesai", item="a", actors=BOTH[:1], person="opd")
    assert refusal.code == "four_eyes"


def test_the_second_acts_on_what_the_first_has_said(
    joint: Any, say: Callable, refused: Callable
) -> None:
    seen = joint.state.version
    say("budi", "verifikator", "belum")
    assert refused(say, "citra", "validator", "belum", seen=seen).code == "version_conflict"
