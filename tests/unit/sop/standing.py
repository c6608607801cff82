"""A case of any SOP, brought to any of its steps by the shortest way through its table."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.sop.case import Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.moves import Act, Move, moves

Walk = Any


def way_to(sop: Sop, step: int, bound: frozenset[int] = frozenset()) -> list[Move]:
    """The rows that lead from the first step to `step`; as few as there are."""
    ways: dict[int, list[Move]] = {1: []}
    queue = [1]
    for stands in queue:
        for row in (row for row in moves(sop, bound) if row.step == stands):
            if row.target and row.target not in ways:
                ways[row.target] = [*ways[stands], row]
                queue.append(row.target)
    return ways[step]


def bring_to(case: Walk, step: int) -> Walk:
    """Walk every dataset of the case to `step`, as people do who have nothing against it."""
    for row in way_to(case.sop, step, case.state.bound):
        for visit in case.state.open_visits:
            if visit.key.step == row.step:
                end(case, visit, row)
    return case


def end(case: Walk, visit: Visit, row: Move) -> None:
    """End one visit by one row: with its approval, by everybody it takes, its work done."""
    if row.approval:
        case.act(row.step, visit=visit.key, actors=(row.approval,), act=Act.APPROVE)
    for actor in visit.together or row.actors[:1]:
        case.act(row.step, row.outcome, visit=visit.key, actors=(actor,))
    if any(one.key == visit.key and one.decided for one in case.state.open_visits):
        case.work(row.step)
