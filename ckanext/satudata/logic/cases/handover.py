"""A row with a bound `sambungan`: deliver into another SOP, or open a case of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework, opening
from ckanext.satudata.logic.cases.effects import Doing
from ckanext.satudata.model import cases
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import (
    AdoptionRow,
    CaseRow,
    DeliveryRow,
    SopRow,
    VisitRow,
)
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Cara, Efek, Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import moves, moves_at


def run(case: CaseRow, state: CaseState, body: Mapping[str, Any], actor: str) -> CaseState:
    """Carry out the `sambungan` of the step that just ended, where the office bound it.

    `body` is that of the event that ended it: its outcome, the datasets that were meant, and the
    outcome of the rest. Only those that went on are handed over.
    """
    sop, step = casework.sop_of_case(case), body["step"]
    joint = sop.step(step).sambungan
    items = _went_on(sop, state, body) if joint and step in state.bound else ()
    if joint is None or not items:
        return state
    adoption = model.Session.get_one(AdoptionRow, case.adoption_id)
    subject = adoption.bound[str(step)]
    doing = Doing(case, actor, clock.now())
    if joint.cara is Cara.BUKA:
        return _open(doing, state, subject, items)
    for item in items:
        state = _deliver(doing, state, sop, (subject, joint.langkah or 1), item)
    return state


def _went_on(sop: Sop, state: CaseState, body: Mapping[str, Any]) -> tuple[str, ...]:
    """The datasets that left the step by a way on, the rest of a return among them."""
    rows = {row.outcome: row for row in moves_at(sop, body["step"], state.bound)}
    closed = VisitKey.from_dict(body["closes"][0])
    everyone = next(visit.items for visit in state.visits if visit.key == closed)
    meant = tuple(body.get("items") or everyone)
    rest = rows.get(body.get("rest", ""))
    found = meant if rows[body["outcome"]].goes_on else ()
    if rest is not None and rest.goes_on:
        found += tuple(item for item in everyone if item not in meant)
    return tuple(item for item in found if item in state.entries)


def place(doing: Doing, state: CaseState, delivery: DeliveryRow, entry: str) -> CaseState:
    """Put a waiting delivery on a locked list: at `entry`, a request or the dataset itself."""
    state = _take(doing, state, entry, delivery.dataset_id, delivery.step, delivery.approval)
    delivery.placed_case_id = doing.case.id
    delivery.placed_by, delivery.placed_at = doing.actor, doing.at
    return state


def _open(doing: Doing, state: CaseState, subject: str, items: tuple[str, ...]) -> CaseState:
    """A case of the other SOP over the same datasets; nothing here waits for it."""
    force = opening.in_force(subject, doing.case.organization_id)
    user = model.User.get(doing.actor)
    packages = [one for one in map(model.Package.get, items) if one is not None]
    entries = [opening.entry_of(package, force, user) for package in packages]
    contents = {package.id: flushed_content(package) for package in packages}
    office = force.adoption.organization_id
    case, _state = opening.over(force, office, user, entries, contents, origin=doing.case)
    body = {"subject": subject, "case": case.number, "items": list(items)}
    return cases.append(doing.case, state, Kind.HANDED_OVER, doing.actor, doing.at, body)


def _deliver(
    doing: Doing, state: CaseState, sop: Sop, target: tuple[str, int], item: str
) -> CaseState:
    """Hand a dataset and its approval to the list that asks for it, or leave it to be placed."""
    subject, step = target
    approval = _approval(doing.case, sop, state, item)
    _forget_waiting(item, subject)
    found = _asked_for(state, item, subject, step)
    if found is None:
        model.Session.add(
            DeliveryRow(
                dataset_id=item,
                organization_id=state.entries[item].organization,
                subject=subject,
                step=step,
                from_case_id=doing.case.id,
                approval=approval,
                delivered_by=doing.actor,
                delivered_at=doing.at,
            )
        )
        model.Session.flush()
        body: dict[str, Any] = {"subject": subject, "case": None, "items": [item]}
    else:
        case, entry = found
        there = Doing(case, doing.actor, doing.at)
        _take(there, cases.state_of(case), entry, item, step, approval)
        body = {"subject": subject, "case": case.number, "items": [item]}
    return cases.append(doing.case, state, Kind.HANDED_OVER, doing.actor, doing.at, body)


def _take(
    doing: Doing, state: CaseState, entry: str, dataset: str, step: int, approval: dict[str, Any]
) -> CaseState:
    """The receiving side: the request becomes the dataset, the approval stands at its visit.

    The approval is of a content; data that was changed since comes without it.
    """
    package = model.Package.get(dataset)
    if package is None or entry not in state.entries:
        raise Refused("not_found")
    if entry != dataset:
        body = {
            "item": entry,
            "dataset": dataset,
            "content": flushed_content(package).fingerprint(),
            "contributors": sorted(opening.listed(package).contributors),
        }
        kind = Kind.REQUEST_FULFILLED
        state = cases.append(doing.case, state, kind, doing.actor, doing.at, body)
    visit = next(
        (v for v in state.open_visits if v.key.item == dataset and v.key.step == step), None
    )
    if visit is None:
        raise Refused("step_not_open", step=step)
    if flushed_content(package).sha256 != approval["content_sha256"]:
        return state
    body = {"act": "approve", "step": step, "visit": visit.key.as_dict(), "approval": approval}
    return cases.append(doing.case, state, Kind.APPROVED, doing.actor, doing.at, body)


def _approval(case: CaseRow, sop: Sop, state: CaseState, item: str) -> dict[str, Any]:
    """Who approved a dataset in its own agency, and on which day."""
    # Read unbound: bound, the approving effect is left to the receiving SOP.
    approving = {(row.step, row.outcome) for row in moves(sop) if Efek.SETUJUI in row.effects}
    ended = [
        v
        for v in state.visits
        if v.closed_by and item in v.items and (v.key.step, v.outcome) in approving
    ]
    if not ended:
        steps = [step for step, _outcome in approving]
        raise Refused("approval_missing", step=max(steps, default=0))
    last = max(ended, key=lambda visit: visit.closed_by or 0)
    event = next(e for e in cases.events_of(case.id) if e.sequence == last.closed_by)
    paper = event.body.get("paper")
    approver = model.User.get(event.actor)
    in_place = event.body.get("standing_in") if not paper else None
    return {
        **({"standing_in": in_place} if in_place else {}),
        "actor": sop.step(last.key.step).pelaksana[0],
        "name": paper["name"] if paper else (approver.display_name if approver else ""),
        "on": paper["on"] if paper else clock.day_of(event.at).isoformat(),
        "case": case.number,
        "content_sha256": flushed_content(_package(item)).sha256,
    }


def _package(dataset: str) -> model.Package:
    package = model.Package.get(dataset)
    if package is None:
        raise Refused("not_found")
    return package


def _forget_waiting(dataset: str, subject: str) -> None:
    """A new delivery of a dataset takes the place of one that nobody has put on a list."""
    query = sa.delete(DeliveryRow).where(
        DeliveryRow.dataset_id == dataset,
        DeliveryRow.subject == subject,
        DeliveryRow.placed_case_id.is_(None),
    )
    model.Session.execute(query)


def _asked_for(state: CaseState, item: str, subject: str, step: int) -> tuple[CaseRow, str] | None:
    """The case, locked, with an open visit of `step` that asks for a dataset, and its entry.

    It asks for it when it names the very dataset, or requests one of that title from its agency.
    """
    entry = state.entries[item]
    query = (
        sa.select(CaseRow)
        .join(VisitRow, VisitRow.case_id == CaseRow.id)
        .join(SopRow, SopRow.id == CaseRow.sop_id)
        .where(SopRow.subject == subject, VisitRow.step == step, VisitRow.closed_by.is_(None))
        .where(VisitRow.organization_id == entry.organization)
        .order_by(CaseRow.number)
    )
    for candidate in model.Session.scalars(query.distinct()):
        case = cases.lock_case(candidate.id)
        if case is None:
            continue
        there = cases.state_of(case)
        for visit in there.open_visits:
            asked = there.entries.get(visit.key.item or "")
            if visit.key.step != step or asked is None:
                continue
            same_title = asked.title.casefold().split() == entry.title.casefold().split()
            wanted = asked.is_request and asked.organization == entry.organization and same_title
            if asked.id == item or wanted:
                return case, asked.id
    return None
