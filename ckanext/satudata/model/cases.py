"""Cases: locking, the state from the events, and the projection that lists and inboxes read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit import chain
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, EventRow, SopRow, VisitRow
from ckanext.satudata.sop.case import CaseState, Event, Kind, VisitKey, apply, opened, project


def get_case(case_id: str) -> CaseRow | None:
    """The row of a case by id, without a lock; None when there is none."""
    return model.Session.get(CaseRow, case_id)


def lock_case(case_id: str) -> CaseRow | None:
    """The row of a case, locked until the commit and read anew.

    `populate_existing` is what makes the lock worth anything: without it the session keeps the
    attributes it read earlier, and both of two actors win.
    """
    query = sa.select(CaseRow).where(CaseRow.id == case_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalar(query)


def case_of_dataset(dataset_id: str) -> CaseRow | None:
    """The newest case over a dataset, open ones first; None when it never had one."""
    query = (
        sa.select(CaseRow)
        .join(CaseItemRow, CaseItemRow.case_id == CaseRow.id)
        .where(CaseItemRow.dataset_id == dataset_id)
        .order_by(CaseRow.closed_at.is_(None).desc(), CaseRow.number.desc())
        .limit(1)
    )
    return model.Session.scalar(query)


def find_case(reference: str) -> CaseRow | None:
    """A case by its id or number, or by id or name of its dataset; None when there is none."""
    case = model.Session.get(CaseRow, reference)
    if case is None and reference.isdecimal():
        query = sa.select(CaseRow).where(CaseRow.number == int(reference))
        case = model.Session.scalar(query)
    if case is None:
        package = model.Package.get(reference)
        case = case_of_dataset(package.id) if package is not None else None
    return case


def sop_row(case: CaseRow) -> SopRow:
    """The SOP revision a case runs on."""
    row = model.Session.get(SopRow, case.sop_id)
    if row is None:
        raise LookupError(case.sop_id)
    return row


def events_of(case_id: str) -> list[Event]:
    """All events of a case, oldest first."""
    return [_event(row) for row in event_rows(case_id)]


def event_rows(case_id: str) -> Sequence[EventRow]:
    """All event rows of a case, oldest first."""
    query = sa.select(EventRow).where(EventRow.case_id == case_id).order_by(EventRow.sequence)
    return model.Session.scalars(query).all()


def state_of(case: CaseRow) -> CaseState:
    """Where the case stands, told by its events."""
    return project(events_of(case.id))


def open_case(
    sop: SopRow, organization_id: str, actor: str, at: datetime, body: Mapping[str, Any]
) -> tuple[CaseRow, CaseState]:
    """A new case with its first event, flushed."""
    case = CaseRow(sop_id=sop.id, organization_id=organization_id, version=0, opened_at=at)
    model.Session.add(case)
    model.Session.flush()
    event = Event(1, Kind.CASE_OPENED, actor, at, body)
    _store(case, event, chain.GENESIS)
    state = opened(event)
    model.Session.add_all(CaseItemRow(case_id=case.id, dataset_id=item) for item in state.items)
    _save_projection(case, state)
    return case, state


def append(
    case: CaseRow, state: CaseState, kind: Kind, actor: str, at: datetime, body: Mapping[str, Any]
) -> CaseState:
    """One more event of a locked case, and its projection, flushed. Returns the new state."""
    event = Event(state.version + 1, kind, actor, at, body)
    last = sa.select(EventRow.hash).where(
        EventRow.case_id == case.id, EventRow.sequence == state.version
    )
    after = apply(state, event)
    _store(case, event, model.Session.scalar(last) or chain.GENESIS)
    _save_projection(case, after)
    return after


def chain_record(row: EventRow) -> dict[str, Any]:
    """An event row as the record that its hash covers."""
    return {
        "version": row.version,
        "case_id": row.case_id,
        "sequence": row.sequence,
        "kind": row.kind,
        "actor": row.actor,
        "at": row.at.isoformat(timespec="microseconds"),
        "body": row.body,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


def _event(row: EventRow) -> Event:
    return Event(row.sequence, Kind(row.kind), row.actor, row.at, row.body)


def _store(case: CaseRow, event: Event, previous: str) -> None:
    row = EventRow(
        case_id=case.id,
        sequence=event.sequence,
        kind=event.kind.value,
        actor=event.actor,
        at=event.at,
        body=dict(event.body),
        version=chain.VERSION,
        previous_hash=previous,
        hash="",
    )
    row.hash = chain.digest(chain_record(row))
    model.Session.add(row)


def _save_projection(case: CaseRow, state: CaseState) -> None:
    case.version = state.version
    last = max((visit.closed_at for visit in state.visits if visit.closed_at), default=None)
    case.closed_at = last if state.is_closed else None
    model.Session.flush()
    _save_items(case, state)
    _save_visits(case, state)
    model.Session.flush()


def _save_items(case: CaseRow, state: CaseState) -> None:
    query = sa.select(CaseItemRow).where(CaseItemRow.case_id == case.id)
    for row in model.Session.scalars(query):
        row.status, row.status_at = state.statuses.get(row.dataset_id, (None, None))


def _save_visits(case: CaseRow, state: CaseState) -> None:
    query = sa.select(VisitRow).where(VisitRow.case_id == case.id)
    rows = {VisitKey(r.item, r.step, r.number): r for r in model.Session.scalars(query)}
    for visit in state.visits:
        row = rows.get(visit.key)
        if row is None:
            row = VisitRow(case_id=case.id, **visit.key.as_dict())
            row.opened_at, row.opened_by = visit.opened_at, visit.opened_by
            model.Session.add(row)
        row.closed_at, row.closed_by = visit.closed_at, visit.closed_by
        row.outcome = visit.outcome
