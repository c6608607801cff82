"""Every question that the rule table of a SOP answers: a step, an act, and who asks for it.

Generated from the same table that runs (`sop.moves.rules_at`), at real cases that real people
brought to the step.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.tests import factories, helpers

from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, work
from ckanext.satudata.model import cases
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Lingkup, Sop
from ckanext.satudata.sop.moves import WAYS, Act, Move, moves_at, rules_at
from tests.integration.five_sops.datasets import bring
from tests.integration.five_sops.world import Cast, World
from tests.integration.office import call

POINTS = [{"kind": "all", "where": "", "note": "Satuan tidak ditulis (rekaan)."}]
REASONED = (Act.DROP, Act.PAUSE, Act.CANCEL)
LATER_ELSEWHERE = frozenset({Act.INVITE})
"""Acts that have an action of their own."""

MAX_ACTS = 200


@dataclass(frozen=True)
class Cell:
    """One question: may `person` (of the cast) do `row` at the visit? `values`: how he asks."""

    situation: str
    row: Move
    person: str
    user: str
    values: dict[str, Any]
    told: str | None

    def __str__(self) -> str:
        what = self.row.outcome or self.row.act.value
        return f"step {self.row.step} {what} by {self.person} ({self.situation})"


@dataclass
class Stage:
    """A case of one SOP that can be brought to any of its steps, and everybody who may ask."""

    world: World
    cast: Cast
    number: int
    users: dict[str, str]

    @property
    def sop(self) -> Sop:
        return self.cast.sop

    def state(self) -> CaseState:
        model.Session.rollback()
        case = cases.find_case(str(self.number))
        assert case is not None
        return cases.state_of(case)

    def visit(self, step: int) -> Visit:
        return next(one for one in self.state().open_visits if one.key.step == step)

    def go_to(self, step: int) -> None:
        """Bring the case to a step by its shortest way, every act by one who may do it."""
        for _turn in range(MAX_ACTS):
            standing = self.state().open_visits
            if any(one.key.step == step for one in standing):
                return
            self._on(standing[0], step)
        raise AssertionError(f"step {step} is not reached")

    def _on(self, visit: Visit, step: int) -> None:
        state = self.state()
        row = _next_row(self.sop, state, visit.key.step, step)
        if row.approval and visit.approval is None:
            self.do(visit, {"act": "approve"}, row.approval)
        for actor in visit.together or row.actors[:1]:
            self.do(visit, asked(row, visit, self), actor)
        case = cases.find_case(str(self.number))
        assert case is not None
        work.run(case.id)

    def do(self, visit: Visit, values: dict[str, Any], actor: str) -> None:
        """One act of the holder of an actor."""
        head = {"id": str(self.number), "version": self.state().version, **place(visit)}
        call(self.cast[actor], "satudata_case_act", **{**head, **values})


def make_stage(world: World, subject: str) -> Stage:
    """A case of a SOP over two datasets, or over one where each walks alone."""
    cast = world.cast[subject]
    sysadmin = factories.Sysadmin()["name"]
    alone = cast.sop.langkah[0].lingkup is Lingkup.DATA
    titles = ["Data pertama", "Data kedua"][: 1 if alone else 2]
    mark = uuid.uuid4().hex[:8]
    datasets = [bring(sysadmin, world.dinas, f"{title} {mark}") for title in titles]
    opener = cast[cast.sop.langkah[0].pelaksana[0]]
    # Who puts data on a list must be able to read them.
    values = {"id": world.dinas["id"], "username": opener, "role": "member"}
    helpers.call_action("organization_member_create", **values)
    over = {"dataset_id": datasets[0]} if alone else {"datasets": datasets}
    case = call(opener, "satudata_case_open", sop=subject, **over)
    users = {**cast.people, "outsider": factories.User()["name"], "sysadmin": sysadmin}
    return Stage(world, cast, case["number"], users)


def cells(stage: Stage, step: int, situation: str = "plain") -> Iterator[Cell]:
    """Every row of a step asked by everybody, as the case stands."""
    state, visit = stage.state(), stage.visit(step)
    case = cases.find_case(str(stage.number))
    assert case is not None
    sop = casework.sop_of_case(case)
    for row in rules_at(sop, step, state.bound):
        if row.act in LATER_ELSEWHERE:
            continue
        for person, user in stage.users.items():
            account = model.User.get(user)
            assert account is not None
            told = None
            if people.may_see_case(account, case):
                who = people.person_at(account, sop, case, state, visit)
                told = acts.refusal(state, visit, row, who)
            else:
                told = "not_found"
            values = {"id": str(stage.number), "version": state.version, **place(visit)}
            values |= asked(row, visit, stage)
            yield Cell(situation, row, person, user, values, told)


def place(visit: Visit) -> dict[str, Any]:
    """Which visit is meant."""
    item = {"dataset_id": visit.key.item} if visit.key.item else {}
    return {"step": visit.key.step, "visit": visit.key.number, **item}


def asked(row: Move, visit: Visit, stage: Stage) -> dict[str, Any]:
    """All that the act of a row needs to be understood."""
    reason = {"reason": "Belum sesuai (rekaan)."}
    if row.act in WAYS:
        return {"outcome": row.outcome, **({**reason, "points": POINTS} if row.is_return else {})}
    more: dict[Act, dict[str, Any]] = {
        Act.ASSIGN: {"to": stage.cast[stage.sop.step(row.step).pelaksana[0]]},
        Act.COMMENT: {"text": "Mohon satuan ditulis (rekaan)."},
        Act.ADD: {
            "entry": {
                "title": "Data yang diminta (rekaan)",
                "organization": stage.world.dinas["name"],
                "release_date": "2026-12",
            }
        },
        Act.DROP: {**reason, "datasets": list(visit.items[:1])},
        Act.SET_CLOSING: {"closes_on": clock.today().isoformat()},
    }
    given = more.get(row.act, reason if row.act in REASONED else {})
    return {"act": row.act.value, **given}


def _next_row(sop: Sop, state: CaseState, here: int, wanted: int) -> Move:
    """The first row of the shortest way from one step to another."""
    ways: deque[tuple[int, Move | None]] = deque([(here, None)])
    seen = {here}
    while ways:
        step, first = ways.popleft()
        if step == wanted and first is not None:
            return first
        for row in moves_at(sop, step, state.bound):
            if row.target and row.target not in seen:
                seen.add(row.target)
                ways.append((row.target, first or row))
    raise AssertionError(f"no way leads from step {here} to step {wanted}")
