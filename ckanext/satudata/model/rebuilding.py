"""The projection of a case made anew from its events, and what the stored one had otherwise.

The rows are written by the same code that writes them for every act (`projected`), event by event:
some of what they say (a dataset that was dropped, a return) is in no single state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import BrokenHistory
from ckanext.satudata.model import cases, projected, sops
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, PublishingRow, VisitRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.projection import apply, opened

HEAD = ("version", "closed_at", "cancelled", "closes_on", "sop_id")
"""Columns of the row of a case that its events tell."""

_NO_NAME = ("id", "case_id", "visit_id", "calendar", "moved_at", "moved_from", "moved_by")
"""Columns that another row of the same thing has otherwise: ids, and how it came to be."""

Key = tuple[str, ...]
Rows = dict[Key, dict[str, Any]]


@dataclass(frozen=True)
class Difference:
    """One column of one row that was not what the events say; a row that was missing, or one too
    many, differs in `row`."""

    row: str
    column: str
    stored: Any
    told: Any


def rebuild(case: CaseRow) -> list[Difference]:
    """Write the rows of a locked case anew, flushed; returns what differed.

    Raises BrokenHistory when the events are not the history of one case, and Refused
    `case_exists` when another open case holds one of its datasets.
    """
    stored = _rows(case)
    head = {name: getattr(case, name) for name in HEAD}
    for table in (CaseItemRow, VisitRow, PublishingRow):
        model.Session.execute(sa.delete(table).where(table.case_id == case.id))
    # A closed clock stays as it was judged, by the calendar of that time.
    is_open = sa.and_(ClockRow.case_id == case.id, ClockRow.closed_at.is_(None))
    model.Session.execute(sa.delete(ClockRow).where(is_open))
    model.Session.expire_all()
    _replay(case)
    told_head = {name: getattr(case, name) for name in HEAD}
    found = _between(("case",), head, told_head)
    told = _rows(case)
    for key in sorted(stored.keys() | told.keys()):
        found += _row_differences(key, stored.get(key), told.get(key))
    return found


def _replay(case: CaseRow) -> None:
    state: CaseState | None = None
    for event in cases.events_of(case.id):
        state = opened(event) if state is None else apply(state, event)
        row = sops.by_text(state.sop)
        if row is None:
            raise BrokenHistory(f"event {event.sequence} runs on a SOP that is not stored")
        case.sop_id = row.id
        projected.save_rows(case, state, event)
    if state is None:
        raise BrokenHistory("a case without events")
    projected.save_publishing(case, state)


def _rows(case: CaseRow) -> Rows:
    """What is stored of a case by what names a row; ids are left out, since they name nothing."""
    found: Rows = {}
    for table, names in (
        (CaseItemRow, ("dataset_id",)),
        (VisitRow, ("item", "step", "number")),
        (PublishingRow, ("dataset_id",)),
        (ClockRow, ("item", "step", "number")),
    ):
        columns = [one for one in table.__table__.columns if one.name not in _NO_NAME]
        query = sa.select(*columns).where(table.case_id == case.id)
        for row in model.Session.execute(query).mappings():
            key = (table.__tablename__, *(str(row[name] or "") for name in names))
            found[key] = dict(row)
    return found


def _row_differences(
    key: Key, stored: Mapping[str, Any] | None, told: Mapping[str, Any] | None
) -> list[Difference]:
    if stored is None or told is None:
        there = "row"
        return [Difference(" ".join(key), there, stored is not None, told is not None)]
    return _between(key, stored, told)


def _between(key: Key, stored: Mapping[str, Any], told: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(" ".join(key), name, stored[name], told[name])
        for name in told
        if stored[name] != told[name]
    ]
