"""From the rule table and the state of a case to a decision, or to a refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop.case import CaseState, Visit, VisitKey
from ckanext.satudata.sop.definition import Lingkup, Menulis, Sop
from ckanext.satudata.sop.moves import END, Move, moves_at, writers_at


class PointKind(str, Enum):
    """What a returned point is about."""

    ALL = "all"
    COLUMN = "column"
    ROW = "row"
    FIELD = "field"
    RESOURCE = "resource"


@dataclass(frozen=True)
class Point:
    """One thing to repair: its kind, where (column, rows, field, resource id), and why."""

    kind: PointKind
    where: str
    note: str

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind.value, "where": self.where, "note": self.note}


@dataclass(frozen=True)
class Person:
    """Who acts, and which actors of the SOP he holds for the agency of the case."""

    id: str
    actors: frozenset[str]


@dataclass(frozen=True)
class Attempt:
    """What somebody asks for: an outcome of one open visit, as he last saw the case (`version`)."""

    visit: VisitKey
    version: int
    outcome: str
    reason: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True)
class Decision:
    """An allowed act: its row of the table and the body of the event that records it."""

    move: Move
    visit: Visit
    body: Mapping[str, Any]


def opening(sop: Sop, sop_sha256: str, items: tuple[str, ...]) -> dict[str, Any]:
    """Body of the event that opens a case of `sop` at its first step over `items` (dataset ids)."""
    first = sop.langkah[0]
    walkers: tuple[str | None, ...] = items if first.lingkup is Lingkup.DATA else (None,)
    status = first.status
    return {
        "sop": sop_sha256,
        "items": list(items),
        "opens": [VisitKey(item, 1, 1).as_dict() for item in walkers],
        "statuses": {item: status.value for item in items} if status else {},
    }


def decide(
    sop: Sop,
    state: CaseState,
    person: Person,
    attempt: Attempt,
    failed_checks: Mapping[str, Mapping[str, Any]],
) -> Decision:
    """The decision that `attempt` comes to.

    `failed_checks` maps a key of the step's `periksa` to the facts of its failure.
    Raises Conflict when the case has moved on, else Refused with the first rule that forbids it.
    """
    if attempt.version != state.version:
        raise Conflict("version_conflict", seen=attempt.version, now=state.version)
    visit = _open_visit(state, attempt.visit)
    move = _move(sop, visit, person, attempt.outcome)
    if move.four_eyes and person.id in state.contributors:
        raise Refused("four_eyes", step=move.step)
    _check_reason(move, attempt)
    if not move.is_return:
        for check in sop.step(move.step).periksa:
            if check in failed_checks:
                raise Refused(check, step=move.step, **failed_checks[check])
    return Decision(move, visit, _body(sop, state, visit, move, attempt))


def allowed(sop: Sop, state: CaseState, person: Person) -> list[tuple[Visit, Move, str | None]]:
    """Every row of every open visit, with the code of what refuses it to `person` (None: allowed).

    What the form shows as a choice is what `decide` allows: both go through the same rows.
    """
    rows: list[tuple[Visit, Move, str | None]] = []
    for visit in state.open_visits:
        for move in moves_at(sop, visit.key.step):
            refused = None
            if not person.actors.intersection(move.actors):
                refused = "not_holder"
            elif move.four_eyes and person.id in state.contributors:
                refused = "four_eyes"
            rows.append((visit, move, refused))
    return rows


def may_write(sop: Sop, state: CaseState, actors: frozenset[str], item: str) -> Menulis | None:
    """How far somebody who holds `actors` may write dataset `item` now; None: not at all."""
    found: set[Menulis] = set()
    for visit in state.open_visits:
        if visit.key.item not in (None, item):
            continue
        writers = writers_at(sop, visit.key.step)
        found.update(how for actor, how in writers.items() if actor in actors)
    if Menulis.SEMUA in found:
        return Menulis.SEMUA
    return next(iter(found), None)


def _open_visit(state: CaseState, key: VisitKey) -> Visit:
    if state.is_closed:
        raise Refused("case_closed")
    for visit in state.open_visits:
        if visit.key == key:
            return visit
    raise Refused("step_not_open", field="step", step=key.step)


def _move(sop: Sop, visit: Visit, person: Person, outcome: str) -> Move:
    rows = moves_at(sop, visit.key.step)
    holders = tuple(dict.fromkeys(actor for row in rows for actor in row.actors))
    if not person.actors.intersection(holders):
        raise Refused("not_holder", step=visit.key.step, holders=holders)
    for row in rows:
        if row.outcome == outcome:
            return row
    choices = tuple(row.outcome for row in rows)
    raise Refused("outcome_unknown", field="outcome", outcome=outcome, choices=choices)


def _check_reason(move: Move, attempt: Attempt) -> None:
    if not move.needs_reason:
        return
    if not attempt.reason.strip():
        raise Refused("reason_missing", field="reason", step=move.step)
    if not attempt.points:
        raise Refused("points_missing", field="points", step=move.step)


def _body(sop: Sop, state: CaseState, visit: Visit, move: Move, attempt: Attempt) -> dict[str, Any]:
    item = visit.key.item
    items = state.items if item is None else (item,)
    opens = _next(sop, state, item, move.target)
    return {
        "act": move.act.value,
        "step": move.step,
        "outcome": move.outcome,
        "reason": attempt.reason.strip(),
        "points": [point.as_dict() for point in attempt.points],
        "closes": [visit.key.as_dict()],
        "opens": [key.as_dict() for key in opens],
        "statuses": {one: move.status.value for one in items} if move.status else {},
    }


def _next(sop: Sop, state: CaseState, item: str | None, target: int) -> list[VisitKey]:
    """The visits that open after a move to `target`, whose scope may differ from this step's."""
    alone = target != END and sop.step(target).lingkup is Lingkup.DATA
    if item is not None and not alone:
        return _joined(sop, state, item, target)
    if target == END:
        return []
    walkers = state.items if alone and item is None else (item,)
    return [state.next_visit(one, target) for one in walkers]


def _joined(sop: Sop, state: CaseState, item: str, target: int) -> list[VisitKey]:
    """The list step that opens when `item`, the last of its list still walking, is through.

    Of the list steps that the datasets came to it is the earliest: a later one would carry a
    dataset past a step, and the end would lose those that wait.
    """
    if any(visit.key.item not in (None, item) for visit in state.open_visits):
        return []
    lists = {target, *_waiting_at(sop, state, item)} - {END}
    return [state.next_visit(None, min(lists))] if lists else []


def _waiting_at(sop: Sop, state: CaseState, item: str) -> set[int]:
    """Where the datasets other than `item` went when each of them last ended a step."""
    last = {v.key.item: v for v in state.visits if v.key.item not in (None, item)}
    return {
        row.target
        for visit in last.values()
        for row in moves_at(sop, visit.key.step)
        if row.outcome == visit.outcome
    }
