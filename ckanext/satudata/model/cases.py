"""Cases: finding and locking them, and their events, which tell the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit import chain
from ckanext.satudata.model import persons, projected, records
from ckanext.satudata.model.tables import AdoptionRow, CaseItemRow, CaseRow, EventRow, SopRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.events import Event, Kind
from ckanext.satudata.sop.projection import apply, opened, project

Listener = Callable[[CaseRow, CaseState | None, CaseState, Event], None]
"""Told of an event in its transaction: the case, its state before (None: it is new) and after."""

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """From now on a listener is told of every event of a case, once for each."""
    if listener not in _listeners:
        _listeners.append(listener)


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
    """The case that says how a dataset stands; None when no case has it.

    One that can publish it counts before one that keeps or restores it, an open one before a
    closed one. A case that it was dropped from, or that was cancelled, has it no longer.
    """
    query = (
        _cases_of(dataset_id)
        .order_by(
            CaseRow.publishes.desc(), CaseRow.closed_at.is_(None).desc(), CaseRow.number.desc()
        )
        .limit(1)
    )
    return model.Session.scalar(query)


def open_cases_of(dataset_id: str) -> Sequence[CaseRow]:
    """The open cases that have a dataset, the one that can publish it first."""
    query = _cases_of(dataset_id).where(CaseRow.closed_at.is_(None))
    order = query.order_by(CaseRow.publishes.desc(), CaseRow.number.desc())
    return model.Session.scalars(order).all()


def _cases_of(dataset_id: str) -> sa.Select[tuple[CaseRow]]:
    return (
        sa.select(CaseRow)
        .join(CaseItemRow, CaseItemRow.case_id == CaseRow.id)
        .where(CaseItemRow.dataset_id == dataset_id, CaseItemRow.ended.is_(None))
    )


def agencies_of(case_id: str) -> frozenset[str]:
    """Ids of the agencies whose data a case is over."""
    query = sa.select(CaseItemRow.organization_id).where(CaseItemRow.case_id == case_id)
    return frozenset(model.Session.scalars(query.distinct()))


MOST_DIGITS = 18
"""Of a number that the database can compare; Python refuses to read very long ones at all."""


def find_case(reference: str) -> CaseRow | None:
    """A case by its id or number, or by id or name of its dataset; None when there is none."""
    case = model.Session.get(CaseRow, reference)
    if case is None and reference.isdecimal() and len(reference) <= MOST_DIGITS:
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


def adoption_of(case: CaseRow) -> AdoptionRow | None:
    """The act that put the SOP of a case in force; None for a case older than adoptions."""
    return model.Session.get(AdoptionRow, case.adoption_id) if case.adoption_id else None


def events_of(case_id: str) -> list[Event]:
    """All events of a case, oldest first."""
    rows = event_rows(case_id)
    bodies = persons.told(row.body for row in rows)
    return [_event(row, body) for row, body in zip(rows, bodies, strict=True)]


def event_rows(case_id: str) -> Sequence[EventRow]:
    """All event rows of a case, oldest first; names in them are references."""
    return records.records_of(case_id)


def state_of(case: CaseRow) -> CaseState:
    """Where the case stands, told by its events."""
    return project(events_of(case.id))


@dataclass(frozen=True)
class Opening:
    """What a new case starts with.

    `sop` the revision it runs on, `organization_id` the agency whose people hold its list steps
    (its producer, where it is over one dataset), `adoption_id` the act that put the SOP in force,
    `origin_case_id` the case that handed over to this one.
    """

    sop: SopRow
    organization_id: str
    actor: str
    at: datetime
    body: Mapping[str, Any]
    publishes: bool
    adoption_id: str | None = None
    origin_case_id: str | None = None


def open_case(opening: Opening) -> tuple[CaseRow, CaseState]:
    """A new case with its first event, flushed.

    Raises Refused `case_exists` when another open case can publish one of its datasets.
    """
    case = CaseRow(
        sop_id=opening.sop.id,
        organization_id=opening.organization_id,
        version=0,
        opened_at=opening.at,
        publishes=opening.publishes,
        adoption_id=opening.adoption_id,
        origin_case_id=opening.origin_case_id,
    )
    model.Session.add(case)
    model.Session.flush()
    event = Event(1, Kind.CASE_OPENED, opening.actor, opening.at, opening.body)
    _store(case, event, chain.GENESIS)
    state = opened(event)
    projected.save(case, state, event)
    _tell(case, None, state, event)
    return case, state


def append(
    case: CaseRow, state: CaseState, kind: Kind, actor: str, at: datetime, body: Mapping[str, Any]
) -> CaseState:
    """One more event of a locked case, and its projection, flushed. Returns the new state."""
    event = Event(state.version + 1, kind, actor, at, body)
    last = sa.select(EventRow.hash).where(
        EventRow.stream == case.id, EventRow.sequence == state.version
    )
    after = apply(state, event)
    _store(case, event, model.Session.scalar(last) or chain.GENESIS)
    projected.save(case, after, event)
    _tell(case, state, after, event)
    return after


def _tell(case: CaseRow, before: CaseState | None, after: CaseState, event: Event) -> None:
    for listener in _listeners:
        listener(case, before, after, event)


def _event(row: EventRow, body: Mapping[str, Any]) -> Event:
    return Event(row.sequence, Kind(row.kind), row.actor, row.at, body)


def _store(case: CaseRow, event: Event, previous: str) -> None:
    row = EventRow(
        stream=case.id,
        case_id=case.id,
        sequence=event.sequence,
        kind=event.kind.value,
        actor=event.actor,
        at=event.at,
        body=dict(event.body),
    )
    records.store(row, previous)
