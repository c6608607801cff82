"""The projection of a case as rows: what lists, inboxes and standings read without its events.

Everything here can be made anew from the events (`model.rebuilding`).
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.model import clocks, waiting
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import (
    CaseItemRow,
    CaseRow,
    PublishingRow,
    SopRow,
    VisitRow,
    new_id,
)
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.moves import writers_at
from ckanext.satudata.sop.visits import came_back

PRODUCER = "produsen"


def save(case: CaseRow, state: CaseState, event: Event) -> None:
    """Bring the rows of a case to its state after `event`, flushed.

    Raises Refused `case_exists` when another open case can publish one of its datasets.
    """
    save_rows(case, state, event)
    save_publishing(case, state)


def save_rows(case: CaseRow, state: CaseState, event: Event) -> None:
    """All of it but which case may publish a dataset, over which cases can be at odds."""
    case.version = state.version
    case.cancelled = state.cancelled
    case.closes_on = state.closes_on
    last = max((visit.closed_at for visit in state.visits if visit.closed_at), default=event.at)
    case.closed_at = last if state.is_closed else None
    model.Session.flush()
    _save_items(case, state, event)
    visits = _save_visits(case, state, event)
    # What the clocks put on the rows of visits is written along with the rest of them.
    with model.Session.no_autoflush:
        sop = sop_of(model.Session.get_one(SopRow, case.sop_id))
        clocks.save(case, state, sop, event, visits)
    model.Session.flush()


def _save_items(case: CaseRow, state: CaseState, event: Event) -> None:
    query = sa.select(CaseItemRow).where(CaseItemRow.case_id == case.id)
    rows = {row.dataset_id: row for row in model.Session.scalars(query)}
    if event.kind is Kind.REQUEST_FULFILLED:
        _rename(rows, event.body["item"], event.body["dataset"])
    for item, entry in state.entries.items():
        row = rows.get(item)
        if row is None:
            row = rows[item] = CaseItemRow(case_id=case.id, dataset_id=item, position=len(rows))
            model.Session.add(row)
        row.status, row.status_at = state.statuses.get(item, (None, None))
        row.title, row.organization_id = entry.title, entry.organization
        row.release_date, row.is_request = entry.release_date, entry.is_request
        row.product, row.party, row.waits_at = entry.product, entry.party, entry.waits_at
        row.delivered_at = entry.delivered_at
        row.ended = _ended(state, item)
    for item in rows.keys() - state.entries.keys():
        rows[item].ended = "dropped"
        rows[item].status = rows[item].status_at = None


def _rename(rows: dict[str, CaseItemRow], old: str, new: str) -> None:
    rows[new] = rows.pop(old)
    rows[new].dataset_id = new


def _ended(state: CaseState, item: str) -> str | None:
    """How a dataset left the case otherwise than through its steps."""
    if state.cancelled:
        return "cancelled"
    return "late" if state.is_closed and state.entries[item].late else None


def _save_visits(case: CaseRow, state: CaseState, event: Event) -> dict[VisitKey, VisitRow]:
    query = sa.select(VisitRow).where(VisitRow.case_id == case.id)
    rows = {VisitKey(r.item, r.step, r.number): r for r in model.Session.scalars(query)}
    if event.kind is Kind.REQUEST_FULFILLED:
        rows = _visits_renamed(rows, event.body["item"], event.body["dataset"])
    sop_row = model.Session.get_one(SopRow, case.sop_id)
    sop = sop_of(sop_row)
    for visit in state.visits:
        row = rows.get(visit.key)
        if row is None:
            row = rows[visit.key] = VisitRow(id=new_id(), case_id=case.id, **visit.key.as_dict())
            row.opened_at, row.opened_by = visit.opened_at, visit.opened_by
            row.returned = came_back(event, visit)
            model.Session.add(row)
        if visit.is_open:
            _save_open_visit(row, case, state, visit, sop)
        row.closed_at, row.closed_by = visit.closed_at, visit.closed_by
        row.outcome, row.counted_on = visit.outcome, visit.counted_on
    return rows


def _visits_renamed(rows: dict[VisitKey, VisitRow], old: str, new: str) -> dict[VisitKey, VisitRow]:
    for row in rows.values():
        if row.item == old:
            row.item = new
    return {VisitKey(r.item, r.step, r.number): r for r in rows.values()}


def _save_open_visit(
    row: VisitRow, case: CaseRow, state: CaseState, visit: Visit, sop: Sop
) -> None:
    """What the inbox asks of an open visit."""
    row.sop_id, row.case_number = case.sop_id, case.number
    row.organization_id = agency_of(case, state, visit, sop)
    row.actors = list(visit.together or sop.step(visit.key.step).pelaksana)
    row.writers = sorted(writers_at(sop, visit.key.step))
    row.items = len(visit.items)
    row.claimed_by, row.paused_since = visit.claimed_by, visit.paused_since
    row.decided = visit.decided is not None
    waiting.save(row, case, state, visit, sop)


def agency_of(case: CaseRow, state: CaseState, visit: Visit, sop: Sop) -> str:
    """Whose people hold a visit: the producer of its dataset, or the office of the case.

    A list is held by the office, and so is a step of the office over one dataset of it.
    """
    entry = state.entries.get(visit.key.item) if visit.key.item else None
    actors = [sop.pelaksana[actor].peran for actor in sop.step(visit.key.step).pelaksana]
    if entry is None or PRODUCER not in actors:
        return case.organization_id
    return entry.organization or case.organization_id


def save_publishing(case: CaseRow, state: CaseState) -> None:
    """Hold the datasets that this case can publish, and let go of those it no longer can."""
    wanted = set(_publishable(case, state))
    query = sa.select(PublishingRow).where(PublishingRow.case_id == case.id)
    held = {row.dataset_id: row for row in model.Session.scalars(query)}
    for item in held.keys() - wanted:
        model.Session.delete(held[item])
    for item in sorted(wanted - held.keys()):
        other = model.Session.get(PublishingRow, item)
        if other is not None:
            number = model.Session.get_one(CaseRow, other.case_id).number
            raise Refused("case_exists", case=number)
        model.Session.add(PublishingRow(dataset_id=item, case_id=case.id))
    model.Session.flush()


def _publishable(case: CaseRow, state: CaseState) -> Iterable[str]:
    if not case.publishes or state.is_closed:
        return ()
    return (item for item, entry in state.entries.items() if not entry.is_request)
