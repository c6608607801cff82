"""Open visits as an inbox: what waits for me, what waits for others that I may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import casework, clock, people
from ckanext.satudata.logic.dictize import case_summary
from ckanext.satudata.model import assignments, cases
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import AssignmentRow, CaseRow, EventRow, SopRow, VisitRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.definition import Langkah
from ckanext.satudata.sop.moves import Act, moves_at

Concerns = Callable[[Langkah, str], bool]
"""Whether a step concerns an actor."""


def page(user: model.User, waiting_for: str, limit: int, offset: int) -> dict[str, Any]:
    """One page of the inbox of `user`; counts and rows come from the same conditions."""
    mine, seen = _at_steps(user, _holds), _visible_to(user)
    repair = sa.and_(_at_steps(user, _writes), _was_returned(), ~mine)
    wanted = {
        "me": mine,
        "repair": repair,
        "others": sa.and_(seen, ~mine, ~repair),
        "any": sa.or_(seen, mine),
    }
    open_visits = (
        sa.select(VisitRow, CaseRow, SopRow)
        .join(CaseRow, CaseRow.id == VisitRow.case_id)
        .join(SopRow, SopRow.id == CaseRow.sop_id)
        .where(VisitRow.closed_by.is_(None))
    )
    counts = {
        name: _count(open_visits.where(condition))
        for name, condition in wanted.items()
        if name != "any"
    }
    query = open_visits.where(wanted[waiting_for]).order_by(VisitRow.opened_at, CaseRow.number)
    rows = model.Session.execute(query.limit(limit).offset(offset)).all()
    count = sum(counts.values()) if waiting_for == "any" else counts[waiting_for]
    return {
        "count": count,
        "counts": counts,
        "results": [_row(user, visit, case, sop) for visit, case, sop in rows],
    }


def _count(query: sa.Select[Any]) -> int:
    return model.Session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0


def _at_steps(user: model.User, concerns: Concerns) -> sa.ColumnElement[bool]:
    """Visits at steps that concern an actor whom `user` holds for the agency of the case."""
    conditions = [
        sa.and_(
            SopRow.subject == held.sop,
            sa.tuple_(SopRow.id, VisitRow.step).in_(_steps_of(held, concerns)),
            sa.true()
            if held.organization_id is None
            else CaseRow.organization_id == held.organization_id,
        )
        for held in assignments.assignments_of(user.id, clock.today())
        if _steps_of(held, concerns)
    ]
    return sa.or_(sa.false(), *conditions)


def _steps_of(held: AssignmentRow, concerns: Concerns) -> list[tuple[str, int]]:
    """(SOP revision, step) pairs that concern an assignment, over all stored revisions."""
    rows = model.Session.scalars(sa.select(SopRow).where(SopRow.subject == held.sop))
    return [
        (row.id, step.langkah)
        for row in rows
        for step in sop_of(row).langkah
        if concerns(step, held.actor)
    ]


def _holds(step: Langkah, actor: str) -> bool:
    return actor in step.pelaksana


def _writes(step: Langkah, actor: str) -> bool:
    return actor in {writer.pelaksana for writer in step.penulis}


def _was_returned() -> sa.ColumnElement[bool]:
    """Visits that a return opened."""
    opening = sa.select(EventRow.id).where(
        EventRow.case_id == VisitRow.case_id,
        EventRow.sequence == VisitRow.opened_by,
        EventRow.body["act"].astext == Act.RETURN.value,
    )
    return opening.exists()


def _visible_to(user: model.User) -> sa.ColumnElement[bool]:
    """Cases of the user's own agencies, and of those he holds any actor for."""
    if user.sysadmin:
        return sa.true()
    held = assignments.assignments_of(user.id, clock.today())
    if any(row.organization_id is None for row in held):
        return sa.true()
    ids = {row.organization_id for row in held} | set(user.get_group_ids("organization"))
    return CaseRow.organization_id.in_(sorted(filter(None, ids)))


def _row(user: model.User, visit: VisitRow, case: CaseRow, sop_row: SopRow) -> dict[str, Any]:
    sop = sop_of(sop_row)
    step = sop.step(visit.step)
    person = people.person_for(user, sop_row.subject, case.organization_id)
    summary = case_summary(case)
    last = _last_return(case, visit)
    return {
        "case": summary,
        "dataset": next((d for d in summary["datasets"] if d["id"] == visit.item), None),
        "step": visit.step,
        "visit": visit.number,
        "name": step.nama,
        "command": step.perintah,
        "since": visit.opened_at.isoformat(),
        "holders": list(casework.actor_names(sop, step.pelaksana)),
        "mine": bool(person.actors.intersection(step.pelaksana)),
        "returned": last,
        "may_write": _may_write(person, case, visit),
        "outcomes": [move.label for move in moves_at(sop, visit.step)],
    }


def _last_return(case: CaseRow, visit: VisitRow) -> dict[str, Any] | None:
    """Reason and points of the return that opened this visit, if one did."""
    event = next(e for e in cases.events_of(case.id) if e.sequence == visit.opened_by)
    if event.body.get("act") != "return":
        return None
    return {"reason": event.body["reason"], "points": event.body["points"]}


def _may_write(person: acts.Person, case: CaseRow, visit: VisitRow) -> bool:
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    return bool(visit.item and acts.may_write(sop, state, person.actors, visit.item))
