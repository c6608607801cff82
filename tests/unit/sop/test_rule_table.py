"""The rule table of every SOP in the tree: each step, act, outcome and actor is asked.

What is expected is read from the rows, so that no sheet and no act can be forgotten; beside it
stands what people wrote down by hand (`by_hand.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.acts import Attempt, Person, Point, PointKind, allowed
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Efek, Lingkup, Sop
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.moves import WAYS, Act, Move, moves, rules_at
from tests.unit.sop.by_hand import ALLOWED, REFUSED, Asked
from tests.unit.sop.small import entry
from tests.unit.sop.standing import bring_to

FILES = sorted((Path(__file__).parents[3] / "schemas/sop").glob("*.yaml"))
POINT = Point(PointKind.COLUMN, "jumlah", "satuan tidak sama")
PEOPLE = ("opd", "lain")
BESIDE = [act for act in Act if act not in WAYS]


@lru_cache
def sop_in(path: Path) -> Sop:
    return load(path.read_bytes(), path.name).sop


def readings(sop: Sop) -> list[frozenset[int]]:
    """Nothing bound; and, where a row goes on into another SOP, all of it."""
    joints = frozenset(step.langkah for step in sop.langkah if step.sambungan)
    return [frozenset(), joints] if joints else [frozenset()]


def places() -> list[Any]:
    """Every step of every file, in both readings."""
    return [
        pytest.param(path, bound, step, id=f"{path.stem[:3]}-{'bound-' * bool(bound)}{step}")
        for path in FILES
        for bound in readings(sop_in(path))
        for step in range(1, len(sop_in(path).langkah) + 1)
    ]


@pytest.fixture(scope="module")
def standing_at(walk: Callable) -> Callable[[Sop, frozenset[int], int], CaseState]:
    """The state of a case over the datasets a and b that has come to a step."""
    return lambda sop, bound, step: bring_to(walk(sop, "ab", "opd", bound), step).state


def answer(sop: Sop, state: CaseState, person: Person, step: int, what: Act | str) -> int | str:
    """What `decide` says: the target of the row, or the code of the refusal."""
    act = what if isinstance(what, Act) else None
    attempt = Attempt(
        key_at(sop, state, step),
        state.version,
        "" if act else str(what),
        "alasan",
        (POINT,),
        act=act,
        items=("a",) if act is Act.DROP else (),
        to="dia",
        text="catatan",
        entry=entry("baru"),
    )
    try:
        return decide(sop, state, person, attempt, {}).move.target
    except Refused as refused:
        return refused.code


def key_at(sop: Sop, state: CaseState, step: int) -> VisitKey:
    """The open visit at a step, else the first there would be."""
    open_there = [v.key for v in state.open_visits if v.key.step == step]
    item = None if sop.step(step).lingkup is Lingkup.DAFTAR else "a"
    return open_there[0] if open_there else VisitKey(item, step, 1)


def expected(sop: Sop, state: CaseState, person: Person, step: int, what: Act | str) -> int | str:
    """What the rows say of a visit that nobody has touched."""
    visit = next((v for v in state.open_visits if v.key.step == step), None)
    if visit is None:
        return "step_not_open"
    rows = rules_at(sop, step, state.bound)
    if isinstance(what, Act):
        return _beside(visit, [row for row in rows if row.act is what], person)
    ways = [row for row in rows if row.act in WAYS]
    if not any(person.actors & set(visit.together or row.actors) for row in ways):
        return "not_holder"
    row = next((row for row in ways if row.outcome == what), None)
    return "outcome_unknown" if row is None else _of_row(visit, row, person)


UNTOUCHED = {
    Act.HAND_BACK: "not_claimed",
    Act.RESUME: "not_paused",
    Act.GO_ON: "not_closed_yet",
}
"""The acts that undo something, refused where nothing has been done."""


def _beside(visit: Visit, rows: list[Move], person: Person) -> int | str:
    if not rows:
        return "act_unknown"
    said = _of_row(visit, rows[0], person)
    return UNTOUCHED.get(rows[0].act, said) if isinstance(said, int) else said


def _of_row(visit: Visit, row: Move, person: Person) -> int | str:
    way = row.act in WAYS
    if not person.actors & set((way and visit.together) or row.actors):
        return "not_holder"
    if row.four_eyes and person.id == "opd":
        return "four_eyes"
    if visit.together and row.act in (Act.CLAIM, Act.ASSIGN):
        return "ended_together"
    return "approval_missing" if row.approval else row.target


@pytest.mark.parametrize(("path", "bound", "stands"), places())
def test_every_step_act_and_actor_is_answered_as_the_table_says(
    path: Path, bound: frozenset[int], stands: int, standing_at: Callable
) -> None:
    sop = sop_in(path)
    state = standing_at(sop, bound, stands)
    asked: list[Act | str] = [*BESIDE, *sorted({row.outcome for row in moves(sop)} | {"entah"})]
    people = [Person(who, frozenset({actor})) for actor in sop.pelaksana for who in PEOPLE]
    wrong = [
        (person, step, what, found)
        for person in people
        for step in range(1, len(sop.langkah) + 1)
        for what in asked
        if (found := answer(sop, state, person, step, what))
        != expected(sop, state, person, step, what)
    ]
    assert wrong == []


@pytest.mark.parametrize(("path", "bound", "stands"), places())
def test_what_the_form_offers_is_what_an_act_comes_to(
    path: Path, bound: frozenset[int], stands: int, standing_at: Callable
) -> None:
    sop = sop_in(path)
    state = standing_at(sop, bound, stands)
    # These ask for something besides: a closing date that is past.
    for person in (Person(who, frozenset({actor})) for actor in sop.pelaksana for who in PEOPLE):
        for visit, row, refused in allowed(sop, state, person):
            if row.act is Act.GO_ON and refused is None:
                continue
            what = row.outcome or row.act
            found = answer(sop, state, person, visit.key.step, what)
            assert found == (refused or row.target), (person, what)


@pytest.mark.parametrize(("path", "bound", "stands"), places())
def test_a_case_stands_where_it_was_brought(
    path: Path, bound: frozenset[int], stands: int, standing_at: Callable
) -> None:
    state = standing_at(sop_in(path), bound, stands)
    assert {visit.key.step for visit in state.open_visits} == {stands}


def by_hand(table: dict[str, list[Asked]]) -> list[Any]:
    return [pytest.param(number, one, id=f"{number}-{one}") for number in table
            for one in table[number]]  # fmt: skip


def hand_answer(number: str, asked: Asked, standing_at: Callable) -> int | str:
    sop = sop_in(next(path for path in FILES if path.name.startswith(number)))
    state = standing_at(sop, frozenset(), asked.stands)
    person = Person(asked.who, frozenset({asked.actor}))
    return answer(sop, state, person, asked.asked_at, asked.what)


@pytest.mark.parametrize(("number", "asked"), by_hand(ALLOWED))
def test_an_act_written_by_hand_is_allowed(
    number: str, asked: Asked, standing_at: Callable
) -> None:
    assert hand_answer(number, asked, standing_at) == asked.answer


@pytest.mark.parametrize(("number", "asked"), by_hand(REFUSED))
def test_an_act_written_by_hand_is_refused(
    number: str, asked: Asked, standing_at: Callable
) -> None:
    assert hand_answer(number, asked, standing_at) == asked.answer


@pytest.mark.parametrize("number", [path.name[:3] for path in FILES])
def test_ten_acts_of_a_sop_are_written_by_hand_of_either_kind(number: str) -> None:
    assert min(len(ALLOWED[number]), len(REFUSED[number])) >= 10


STEERING = {"pengelola_data", "pimpinan_tim_data"}
EVERYBODY = {
    "produsen_data", "admin_data", "verifikator", "validator",
    "analis_data", "admin_sistem", "pengelola_data", "pimpinan_tim_data",
}  # fmt: skip
HOLDS = {
    1: "admin_data", 2: "admin_data", 3: "verifikator", 4: "validator", 5: "analis_data",
    6: "admin_sistem", 7: "admin_sistem", 8: "pengelola_data", 9: "pimpinan_tim_data",
}  # fmt: skip


@pytest.mark.parametrize("step", HOLDS)
def test_who_may_do_what_besides_ending_a_step_of_000(sop_000: Sop, step: int) -> None:
    holder = {HOLDS[step]}
    rows = [row for row in rules_at(sop_000, step) if row.act not in WAYS]
    assert {row.act: set(row.actors) for row in rows} == {
        Act.CLAIM: holder,
        Act.ASSIGN: holder | STEERING,
        Act.HAND_BACK: holder | STEERING,
        Act.PAUSE: holder | STEERING,
        Act.RESUME: holder | STEERING,
        Act.COMMENT: EVERYBODY,
        Act.CANCEL: STEERING,
    }


def test_only_the_eighth_step_of_000_approves_and_publishes(sop_000: Sop) -> None:
    effects = {(row.step, effect) for row in moves(sop_000) for effect in row.effects}
    assert effects == {
        (1, Efek.TERIMA),
        (3, Efek.KUNCI),
        (6, Efek.ARSIPKAN),
        (7, Efek.CADANGKAN),
        (8, Efek.SETUJUI),
        (8, Efek.TERBITKAN),
    }


def test_a_return_of_000_has_no_effect_on_the_catalogue(sop_000: Sop) -> None:
    assert [row.effects for row in moves(sop_000) if row.is_return] == [(), ()]


def test_the_steps_of_000_that_judge_need_four_eyes(sop_000: Sop) -> None:
    assert {row.step for row in moves(sop_000) if row.four_eyes} == {3, 4, 8}
