"""The rule table: every step, outcome and actor asked, and what a person wrote down beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.acts import Attempt, Person, Point, PointKind, allowed
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Efek, Sop
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.moves import Act, moves, moves_at

ACTORS = [
    "produsen_data", "admin_data", "verifikator", "validator",
    "analis_data", "admin_sistem", "pengelola_data", "pimpinan_tim_data",
]  # fmt: skip
STEPS = range(1, 10)
OUTCOMES = ["selesai", "sesuai", "tidak_sesuai", "valid", "tidak_valid"]
# How a case comes to stand at each step.
WAYS_ON = {3: "sesuai", 4: "valid"}
POINT = Point(PointKind.COLUMN, "jumlah", "satuan tidak sama")


@pytest.fixture(scope="module")
def standing_at(sop_000: Sop, walk: Callable) -> Callable[[int], CaseState]:
    """The state of a case that has come to a step without a return."""

    def state(step: int) -> CaseState:
        case = walk(sop_000, opener="opd")
        for earlier in range(1, step):
            case.act(earlier, WAYS_ON.get(earlier, "selesai"))
        return case.state

    return state


def answer(
    sop: Sop, state: CaseState, person: Person, step: int, outcome: str, act: Act | None = None
) -> str:
    """What `decide` says: the target of the move, or the code of the refusal."""
    key = VisitKey("data", step, 1)
    attempt = Attempt(
        key, state.version, outcome, "alasan", (POINT,), act=act, to="dia", text="catatan"
    )
    try:
        decision = decide(sop, state, person, attempt, {})
    except Refused as refused:
        return refused.code
    return f"to {decision.move.target}"


# Ten acts that must be allowed: who stands at which step and takes which outcome to which target.
ALLOWED_BY_HAND = [
    ("admin_data", 1, "selesai", 2),
    ("admin_data", 2, "selesai", 3),
    ("verifikator", 3, "sesuai", 4),
    ("verifikator", 3, "tidak_sesuai", 2),
    ("validator", 4, "valid", 5),
    ("validator", 4, "tidak_valid", 3),
    ("analis_data", 5, "selesai", 6),
    ("admin_sistem", 7, "selesai", 8),
    ("pengelola_data", 8, "selesai", 9),
    ("pimpinan_tim_data", 9, "selesai", 0),
]
# Ten acts that must be refused: actor, person, step where the case stands, step asked, outcome.
REFUSED_BY_HAND = [
    ("produsen_data", "opd", 1, 1, "selesai", "not_holder"),
    ("produsen_data", "opd", 2, 2, "selesai", "not_holder"),
    ("admin_data", "a", 3, 3, "sesuai", "not_holder"),
    ("verifikator", "opd", 3, 3, "sesuai", "four_eyes"),
    ("verifikator", "opd", 3, 3, "tidak_sesuai", "four_eyes"),
    ("verifikator", "v", 3, 3, "valid", "outcome_unknown"),
    ("validator", "v", 3, 4, "valid", "step_not_open"),
    ("pengelola_data", "p", 2, 8, "selesai", "step_not_open"),
    ("pengelola_data", "opd", 8, 8, "selesai", "four_eyes"),
    ("pimpinan_tim_data", "k", 8, 8, "selesai", "not_holder"),
]


@pytest.mark.parametrize(("actor", "step", "outcome", "target"), ALLOWED_BY_HAND)
def test_an_act_written_by_hand_is_allowed(
    sop_000: Sop, standing_at: Callable, actor: str, step: int, outcome: str, target: int
) -> None:
    person = Person("seseorang", frozenset({actor}))
    assert answer(sop_000, standing_at(step), person, step, outcome) == f"to {target}"


@pytest.mark.parametrize(("actor", "who", "stands", "asked", "outcome", "code"), REFUSED_BY_HAND)
def test_an_act_written_by_hand_is_refused(
    sop_000: Sop,
    standing_at: Callable,
    actor: str,
    who: str,
    stands: int,
    asked: int,
    outcome: str,
    code: str,
) -> None:
    person = Person(who, frozenset({actor}))
    assert answer(sop_000, standing_at(stands), person, asked, outcome) == code


def test_the_lists_of_this_test_are_those_of_the_sheet(sop_000: Sop) -> None:
    rows = moves(sop_000)
    assert list(sop_000.pelaksana) == ACTORS
    assert {row.outcome for row in rows} == set(OUTCOMES)
    assert {row.step for row in rows} == set(STEPS)


@pytest.mark.parametrize("stands", STEPS)
def test_every_actor_step_and_outcome_is_answered_as_the_table_says(
    sop_000: Sop, standing_at: Callable, stands: int
) -> None:
    state = standing_at(stands)
    wrong = []
    for actor, who, asked, outcome in product(ACTORS, ("opd", "lain"), STEPS, OUTCOMES):
        rows = [row for row in moves_at(sop_000, asked) if actor in row.actors]
        row = next((row for row in rows if row.outcome == outcome), None)
        if asked != stands:
            expected = "step_not_open"
        elif not rows:
            expected = "not_holder"
        elif row is None:
            expected = "outcome_unknown"
        elif row.four_eyes and who == "opd":
            expected = "four_eyes"
        else:
            expected = f"to {row.target}"
        found = answer(sop_000, state, Person(who, frozenset({actor})), asked, outcome)
        if found != expected:
            wrong.append((actor, who, asked, outcome, found, expected))
    assert wrong == []


@pytest.mark.parametrize("stands", STEPS)
def test_what_the_form_offers_is_what_an_act_comes_to(
    sop_000: Sop, standing_at: Callable, stands: int
) -> None:
    state = standing_at(stands)
    for actor, who in product(ACTORS, ("opd", "lain")):
        person = Person(who, frozenset({actor}))
        for visit, row, refused in allowed(sop_000, state, person):
            found = answer(sop_000, state, person, visit.key.step, row.outcome, row.act)
            assert found == (refused or f"to {row.target}")


def test_only_the_eighth_step_approves_and_publishes(sop_000: Sop) -> None:
    effects = {(row.step, effect) for row in moves(sop_000) for effect in row.effects}
    assert effects == {
        (1, Efek.TERIMA),
        (3, Efek.KUNCI),
        (6, Efek.ARSIPKAN),
        (7, Efek.CADANGKAN),
        (8, Efek.SETUJUI),
        (8, Efek.TERBITKAN),
    }


def test_a_return_has_no_effect_on_the_catalogue(sop_000: Sop) -> None:
    assert [row.effects for row in moves(sop_000) if row.is_return] == [(), ()]


def test_the_steps_that_judge_need_four_eyes(sop_000: Sop) -> None:
    assert {row.step for row in moves(sop_000) if row.four_eyes} == {3, 4, 8}
