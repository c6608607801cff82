"""Cases as the API and the pages read them: plain values, times in ISO 8601 UTC."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import casework, people
from ckanext.satudata.model import cases
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, SopRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Event, Visit
from ckanext.satudata.sop.definition import Langkah, Sop
from ckanext.satudata.sop.moves import Move, moves_at


def case_summary(case: CaseRow) -> dict[str, Any]:
    """The head of a case: number, SOP, agency, datasets with their status."""
    sop = cases.sop_row(case)
    return {
        "id": case.id,
        "number": case.number,
        "version": case.version,
        "state": "closed" if case.closed_at else "open",
        "opened_at": _iso(case.opened_at),
        "closed_at": _iso(case.closed_at),
        "sop": _sop_dict(sop),
        "organization": _organization(case.organization_id),
        "datasets": _datasets(case.id),
    }


def case_dict(case: CaseRow, user: model.User) -> dict[str, Any]:
    """A case whole: where it stands, what `user` may do, and everything that happened."""
    sop = casework.sop_of_case(case)
    events = cases.events_of(case.id)
    state = cases.project(events)
    person = people.person_for(user, sop.sop.subjek, case.organization_id)
    names = _user_names({event.actor for event in events})
    return {
        **case_summary(case),
        "actors_held": sorted(person.actors),
        "may_write": {item: _how(sop, state, person, item) for item in state.items},
        "open_visits": [open_visit_dict(sop, state, person, one) for one in state.open_visits],
        "visits": [_visit_dict(sop, one) for one in state.visits],
        "events": [_event_dict(sop, one, names) for one in events],
        "steps": [_step_dict(sop, step, state) for step in sop.langkah],
    }


def open_visit_dict(
    sop: Sop, state: CaseState, person: acts.Person, visit: Visit
) -> dict[str, Any]:
    """An open visit with each way out and whether `person` may take it."""
    step = sop.step(visit.key.step)
    rows = [row for row in acts.allowed(sop, state, person) if row[0] == visit]
    return {
        **_visit_dict(sop, visit),
        "command": step.perintah,
        "checks": list(step.periksa),
        "holders": list(casework.actor_names(sop, step.pelaksana)),
        "moves": [_move_dict(sop, move, refused) for _visit, move, refused in rows],
    }


def _move_dict(sop: Sop, move: Move, refused: str | None) -> dict[str, Any]:
    target = sop.step(move.target) if move.target else None
    return {
        "outcome": move.outcome,
        "label": move.label,
        "act": move.act.value,
        "target": move.target or None,
        "target_name": target.nama if target else None,
        "target_holders": list(casework.actor_names(sop, target.pelaksana)) if target else [],
        "needs_reason": move.needs_reason,
        "effects": [effect.value for effect in move.effects],
        "allowed": refused is None,
        "refused": refused,
    }


def _visit_dict(sop: Sop, visit: Visit) -> dict[str, Any]:
    step = sop.step(visit.key.step)
    return {
        **visit.key.as_dict(),
        "name": step.nama,
        "description": step.uraian,
        "opened_at": _iso(visit.opened_at),
        "closed_at": _iso(visit.closed_at),
        "outcome": visit.outcome,
    }


def _event_dict(sop: Sop, event: Event, names: dict[str, str]) -> dict[str, Any]:
    step = event.body.get("step")
    return {
        "sequence": event.sequence,
        "kind": event.kind.value,
        "at": _iso(event.at),
        "actor": {"id": event.actor, "name": names.get(event.actor, "")},
        "step_name": sop.step(step).nama if step else None,
        "outcome_label": _outcome_label(sop, event),
        "body": dict(event.body),
    }


def _outcome_label(sop: Sop, event: Event) -> str | None:
    """The outcome as the sheet words it; None for an event that ended no step."""
    step, outcome = event.body.get("step"), event.body.get("outcome")
    rows = moves_at(sop, step) if step else ()
    return next((move.label for move in rows if move.outcome == outcome), None)


def _step_dict(sop: Sop, step: Langkah, state: CaseState) -> dict[str, Any]:
    visits = [visit for visit in state.visits if visit.key.step == step.langkah]
    open_now = any(visit.is_open for visit in visits)
    return {
        "step": step.langkah,
        "name": step.nama,
        "description": step.uraian,
        "holders": list(casework.actor_names(sop, step.pelaksana)),
        "output": step.mutu_baku.output,
        "state": "open" if open_now else "done" if visits else "todo",
        "visits": len(visits),
        "inferred": sorted(step.keyakinan),
    }


def _how(sop: Sop, state: CaseState, person: acts.Person, item: str) -> str | None:
    how = acts.may_write(sop, state, person.actors, item)
    return how.value if how else None


def _datasets(case_id: str) -> list[dict[str, Any]]:
    query = sa.select(CaseItemRow, model.Package).join(
        model.Package, model.Package.id == CaseItemRow.dataset_id
    )
    rows = model.Session.execute(query.where(CaseItemRow.case_id == case_id))
    return [
        {
            "id": package.id,
            "name": package.name,
            "title": package.title or package.name,
            "private": package.private,
            "status": item.status,
            "status_at": _iso(item.status_at),
        }
        for item, package in rows
    ]


def _sop_dict(row: SopRow) -> dict[str, Any]:
    return {
        "subject": row.subject,
        "number": row.number,
        "name": row.name,
        "revision": row.revision,
        "sha256": row.sha256,
    }


def _organization(organization_id: str) -> dict[str, Any]:
    group = model.Group.get(organization_id)
    name, title = (group.name, group.title) if group else ("", "")
    return {"id": organization_id, "name": name, "title": title or name}


def _user_names(ids: set[str]) -> dict[str, str]:
    query = sa.select(model.User).where(model.User.id.in_(ids))
    return {user.id: user.display_name for user in model.Session.scalars(query)}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
