"""Cases as the API and the pages read them: plain values, times in ISO 8601 UTC."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.logic.cases import casework, checks, moving, scheduled, told, waits, work
from ckanext.satudata.logic.cases.sheets import Sheets
from ckanext.satudata.logic.clocks import standing
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.model import cases, offered
from ckanext.satudata.model.tables import AdoptionRow, CaseItemRow, CaseRow, LinkRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Said, Visit
from ckanext.satudata.sop.definition import Langkah, Menulis, Sop
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.moves import WAYS, Move, lists_at, moves_at, rules_at, writers_at

Agencies = frozenset[str] | None
"""Whose part of a case is shown; None: all of it."""


_IDS = ("items", "pending", "scheduled")
"""Of an open visit: lists of ids of datasets."""


def case_summary(case: CaseRow, agencies: Agencies = None) -> dict[str, Any]:
    """The head of a case: number, SOP, agency, datasets with their status."""
    return {
        "id": case.id,
        "number": case.number,
        "version": case.version,
        "state": "cancelled" if case.cancelled else "closed" if case.closed_at else "open",
        "opened_at": _iso(case.opened_at),
        "closed_at": _iso(case.closed_at),
        "closes_on": _iso(case.closes_on),
        "publishes": case.publishes,
        "sop": _sop_dict(case),
        "organization": _organization(case.organization_id),
        "origin": _number(case.origin_case_id),
        "datasets": _datasets(case.id, agencies),
    }


def case_dict(case: CaseRow, user: model.User) -> dict[str, Any]:
    """A case whole: where it stands, what `user` may do, and everything that happened.

    A producer on a list sees his own datasets, and what happened to them and to the list.
    """
    events = cases.events_of(case.id)
    state = cases.project(events)
    sheets = Sheets(case, events)
    sop = sheets.present
    agencies = people.seen_agencies(user, case)
    shown = _shown_items(state, agencies)
    visits = [v for v in state.visits if v.is_list or v.key.item in shown]
    known = told.known_to(events, agencies) if agencies is not None else None
    tell = [e for e in events if known is None or told.is_told(e, known)]
    names = _user_names({event.actor for event in events})
    desk = people.Desk(user)
    stays = [
        {
            **open_visit_dict(case, sop, state, desk, one),
            "offered": _offered(case, sop, one, agencies),
        }
        for one in visits
        if one.is_open
    ]
    return {
        **case_summary(case, agencies),
        "actors_held": sorted(desk.actors(sop.sop.subjek, case.organization_id)),
        "may_write": {item: _how(case, state, desk, item) for item in sorted(shown)},
        "open_visits": [_own_part(one, shown) for one in stays],
        "visits": [_visit_dict(sheets.at(one.closed_by), one) for one in visits],
        "clocks": standing.clock_dicts(case, sop, events, shown),
        "events": [_event_dict(sheets.at(e.sequence), state, e, names, known) for e in tell],
        "steps": [_step_dict(sop, step, state) for step in sop.langkah],
        "work": [one for one in _work_dicts(case) if one["item"] in shown],
        "scheduled": [one for one in waits.scheduled_dicts(case) if one["item"] in shown],
        "embargoes": waits.embargo_dicts(sorted(shown)) if case.closed_at is None else [],
        "zone": scheduled.zone_of(sop).key,
        "move_to": moving.offered(case, user),
    }


def open_visit_dict(
    case: CaseRow, sop: Sop, state: CaseState, desk: people.Desk, visit: Visit
) -> dict[str, Any]:
    """An open visit with each way out, each other act, and whether the person may do it."""
    step = sop.step(visit.key.step)
    person = desk.person_at(sop, case, state, visit)
    rows = rules_at(sop, visit.key.step, state.bound)
    judged = [(row, acts.refusal(state, visit, row, person), person) for row in rows]
    holders = visit.together or step.pelaksana
    mine = bool(person.actors.intersection(holders))
    failing = checks.failed(step.periksa, state, visit.items) if mine else {}
    return {
        **_visit_dict(sop, visit),
        "command": step.perintah,
        "bulk": step.massal,
        "checks": [key.value for key in step.periksa],
        "unmet": [{"code": code, "facts": dict(facts)} for code, facts in failing.items()],
        "lacking": _lacking(step, state, visit) if failing and visit.is_list else [],
        "holders": list(casework.actor_names(sop, holders)),
        "mine": mine,
        "items": list(visit.items),
        "products": _takes_products(sop, visit.key.step),
        "together": list(casework.actor_names(sop, visit.together)),
        "confirmed": [_confirmation(sop, one, said) for one, said in visit.confirmed.items()],
        "claimed_by": _user(visit.claimed_by),
        "paused_since": _iso(visit.paused_since),
        "approval_by": sop.pelaksana[step.persetujuan].nama if step.persetujuan else None,
        "approval": _approval(visit),
        "decided": visit.decided["outcome"] if visit.decided else None,
        "pending": sorted(visit.pending),
        "scheduled": sorted(visit.scheduled),
        "documents": [one.model_dump() for one in step.dokumen],
        "moves": [_move_dict(sop, *one) for one in judged if one[0].act in WAYS],
        "acts": [_act_dict(sop, *one) for one in judged if one[0].act not in WAYS],
    }


def _lacking(step: Langkah, state: CaseState, visit: Visit) -> list[dict[str, Any]]:
    """Each dataset of a list that keeps its step from going on, and why."""
    return [
        {"dataset_id": item, "code": code, "facts": dict(facts)}
        for item, code, facts in checks.lacking(step.periksa, state, visit.items)
    ]


def _offered(case: CaseRow, sop: Sop, visit: Visit, agencies: Agencies) -> list[dict[str, Any]]:
    """What was late on earlier lists and can join this one here; a producer sees his own."""
    if visit.decided is not None or not lists_at(sop, visit.key.step):
        return []
    return [
        {
            "dataset_id": one.dataset_id,
            "name": one.name,
            "title": one.title,
            "organization": _organization(one.organization_id),
            "release_date": one.release_date,
            "request": one.is_request,
            "from_case": one.from_case,
            "copy": one.copy,
            "update": one.update,
            "delivered_at": _iso(one.delivered_at),
        }
        for one in offered.offered_to(case, sop.sop.subjek)
        if agencies is None or one.organization_id in agencies
    ]


def _approval(visit: Visit) -> dict[str, Any] | None:
    """The named approval of a visit; `title`: what he was who gave it in another's place."""
    if visit.approval is None:
        return None
    return {**visit.approval, "title": assigning.capacity(visit.approval.get("standing_in"))}


def _takes_products(sop: Sop, step: int) -> bool:
    return any(Menulis.PRODUK_BARU in how for how in writers_at(sop, step).values())


def _shown_items(state: CaseState, agencies: Agencies) -> frozenset[str]:
    if agencies is None:
        return frozenset(state.entries)
    return frozenset(i for i, entry in state.entries.items() if entry.organization in agencies)


def _own_part(visit: dict[str, Any], shown: frozenset[str]) -> dict[str, Any]:
    """An open visit without the ids of data that its reader may not see."""
    own = {name: [one for one in visit[name] if one in shown] for name in _IDS}
    lacking = [one for one in visit["lacking"] if one["dataset_id"] in shown]
    return {**visit, **own, "lacking": lacking}


def _move_dict(sop: Sop, move: Move, refused: str | None, person: acts.Person) -> dict[str, Any]:
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
        "on_paper": list(casework.actor_names(sop, move.on_paper_by)),
        "may_enter": bool(person.actors.intersection(move.on_paper_by)),
        "allowed": refused is None,
        "refused": refused,
    }


def _act_dict(sop: Sop, move: Move, refused: str | None, person: acts.Person) -> dict[str, Any]:
    return {
        "act": move.act.value,
        "holders": list(casework.actor_names(sop, move.actors)),
        "needs_reason": move.needs_reason,
        "on_paper": list(casework.actor_names(sop, move.on_paper_by)),
        "may_enter": bool(person.actors.intersection(move.on_paper_by)),
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
        "counted_on": _iso(visit.counted_on),
        "outcome": visit.outcome,
    }


def _confirmation(sop: Sop, user: str, said: Said) -> dict[str, Any]:
    """Who of those that end a visit together has said what, for which of its actors."""
    names = ", ".join(casework.actor_names(sop, said.actors))
    return {"actor": names, "by": _user(user), "outcome": said.outcome}


def _event_dict(
    sop: Sop, state: CaseState, event: Event, names: dict[str, str], known: frozenset[str] | None
) -> dict[str, Any]:
    step, body = event.body.get("step"), dict(event.body)
    return {
        "sequence": event.sequence,
        "kind": event.kind.value,
        "at": _iso(event.at),
        "actor": {"id": event.actor, "name": names.get(event.actor, "")},
        "acted_as": assigning.capacity(body.get("standing_in")),
        "step_name": sop.step(step).nama if step else None,
        "outcome_label": _outcome_label(sop, state, event),
        "body": body if known is None else told.body_for(body, known),
    }


def _outcome_label(sop: Sop, state: CaseState, event: Event) -> str | None:
    """The outcome as the sheet words it; None for an event that ended no step."""
    step, outcome = event.body.get("step"), event.body.get("outcome")
    rows = moves_at(sop, step, state.bound) if step else ()
    return next((move.label for move in rows if move.outcome == outcome), None)


def _step_dict(sop: Sop, step: Langkah, state: CaseState) -> dict[str, Any]:
    visits = [visit for visit in state.visits if visit.key.step == step.langkah]
    open_now = any(visit.is_open for visit in visits)
    return {
        "step": step.langkah,
        "name": step.nama,
        "description": step.uraian,
        "scope": step.lingkup.value,
        "holders": list(casework.actor_names(sop, step.pelaksana)),
        "output": step.mutu_baku.output,
        "state": "open" if open_now else "done" if visits else "todo",
        "visits": max((visit.key.number for visit in visits), default=0),
        "inferred": sorted(step.keyakinan),
    }


def _work_dicts(case: CaseRow) -> list[dict[str, Any]]:
    """What an act over the list has still to do, and why a dataset is not through."""
    return [
        {"item": row.item, "attempts": row.attempts, "refused": row.refused, "facts": row.facts}
        for row in work.left_over(case.id)
        if row.release_id is None or row.refused
    ]


def _how(case: CaseRow, state: CaseState, desk: people.Desk, item: str) -> str | None:
    how = casework.how_far(case, state, desk, item)
    return how.value if how else None


def _datasets(case_id: str, agencies: Agencies) -> list[dict[str, Any]]:
    query = (
        sa.select(CaseItemRow, model.Package)
        .outerjoin(model.Package, model.Package.id == CaseItemRow.dataset_id)
        .where(CaseItemRow.case_id == case_id)
        .order_by(CaseItemRow.position)
    )
    if agencies is not None:
        query = query.where(CaseItemRow.organization_id.in_(agencies))
    return [_dataset(item, package) for item, package in model.Session.execute(query)]


def _dataset(item: CaseItemRow, package: model.Package | None) -> dict[str, Any]:
    """An entry of the case; `name` is empty for a request whose dataset does not exist yet."""
    return {
        "id": item.dataset_id,
        "name": package.name if package else "",
        "title": (package.title or package.name) if package else item.title,
        "private": package.private if package else True,
        "status": item.status,
        "status_at": _iso(item.status_at),
        "organization": _organization(item.organization_id),
        "release_date": item.release_date,
        "request": item.is_request,
        "product": item.product,
        "late": item.party == 0,
        "waits_at": item.waits_at,
        "ended": item.ended,
    }


def _sop_dict(case: CaseRow) -> dict[str, Any]:
    row = cases.sop_row(case)
    adoption = model.Session.get(AdoptionRow, case.adoption_id) if case.adoption_id else None
    return {
        "subject": row.subject,
        "number": row.number,
        "name": row.name,
        "revision": row.revision,
        "sha256": row.sha256,
        "adopted_by": _user(adoption.adopted_by) if adoption else None,
        "adopted_at": _iso(adoption.adopted_at) if adoption else None,
        "decree": adoption.decree_number if adoption else None,
    }


def _number(case_id: str | None) -> int | None:
    case = cases.get_case(case_id) if case_id else None
    return case.number if case else None


def _user(user_id: str | None) -> dict[str, str] | None:
    if not user_id:
        return None
    user = model.User.get(user_id)
    return {"id": user_id, "name": user.display_name if user else ""}


def _organization(organization_id: str) -> dict[str, Any]:
    group = model.Group.get(organization_id) if organization_id else None
    name, title = (group.name, group.title) if group else ("", "")
    return {"id": organization_id, "name": name, "title": title or name}


def _user_names(ids: set[str]) -> dict[str, str]:
    """Names of those who acted: users, and those whom a link was made for."""
    query = sa.select(model.User).where(model.User.id.in_(ids))
    names = {user.id: user.display_name for user in model.Session.scalars(query)}
    links = {one.removeprefix("link:") for one in ids if one.startswith("link:")}
    rows = model.Session.scalars(sa.select(LinkRow).where(LinkRow.id.in_(links))) if links else ()
    return {**names, **{f"link:{row.id}": row.name for row in rows}}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
