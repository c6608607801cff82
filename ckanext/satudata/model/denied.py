"""Refused attempts: events of known actors, so that a loop fills no table; else a count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.model.proof_rows import DeniedAnonymousRow, DeniedRow
from ckanext.satudata.model.records import record

WINDOW = timedelta(minutes=1)
"""How long further attempts of one actor at one action are only counted."""


def note(actor: str, action: str, at: datetime, told: Mapping[str, str]) -> bool:
    """One refused attempt: an event, or one more of those that are counted; whether an event.

    `told`: what else the event says of it, none of it the caller's own words.
    """
    first = {"actor": actor, "action": action, "since": at, "further": 0}
    made = insert(DeniedRow).values(first).on_conflict_do_nothing().returning(DeniedRow.actor)
    if model.Session.scalar(made) is not None:
        record(PORTAL, RecordKind.ACCESS_DENIED, actor, at, {"action": action, **told})
        return True
    row = _locked(actor, action)
    if timedelta(0) <= at - row.since < WINDOW:
        row.further += 1
        model.Session.flush()
        return False
    body: dict[str, Any] = {"action": action, **told}
    if row.further:
        body["further"] = {"count": row.further, "since": _text(row.since)}
    row.since, row.further = at, 0
    record(PORTAL, RecordKind.ACCESS_DENIED, actor, at, body)
    return True


def close_counts(at: datetime) -> int:
    """Make an event of each count whose minute is over; how many. In the caller's commit."""
    query = (
        sa.select(DeniedRow)
        .where(DeniedRow.since <= at - WINDOW)
        .order_by(DeniedRow.actor, DeniedRow.action)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = model.Session.scalars(query).all()
    counted = [row for row in rows if row.further]
    for row in counted:
        further = {"count": row.further, "since": _text(row.since)}
        body = {"action": row.action, "further": further}
        record(PORTAL, RecordKind.ACCESS_DENIED, row.actor, at, body)
    for row in rows:
        model.Session.delete(row)
    model.Session.flush()
    return len(counted)


def count_anonymous(action: str, day: date) -> None:
    """One more refused attempt of somebody whom nobody knows."""
    row = insert(DeniedAnonymousRow).values(day=day, action=action, count=1)
    model.Session.execute(
        row.on_conflict_do_update(
            index_elements=["day", "action"], set_={"count": DeniedAnonymousRow.count + 1}
        )
    )


def _locked(actor: str, action: str) -> DeniedRow:
    query = sa.select(DeniedRow).where(DeniedRow.actor == actor, DeniedRow.action == action)
    query = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalars(query).one()


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
