"""The record of events: one more at the end of a stream, in the caller's transaction.

A stream is a case (its id), a dataset (`dataset:<id>`) or the portal (`audit/kinds.py`). Events of
cases are made in `model/cases.py`, under the lock of the case; all others by `record`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit import chain
from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.model import persons
from ckanext.satudata.model.tables import EventRow


def record(
    stream: str, kind: RecordKind, actor: str, at: datetime, body: Mapping[str, Any]
) -> EventRow:
    """One more event of a stream beside cases, flushed; `at` in UTC without zone.

    The stream is locked until the commit. Whoever writes to a dataset's stream and to the portal's
    in one commit writes to the portal's last, so that no two wait for each other.
    """
    key = sa.func.hashtextextended(f"satudata:{stream}", 0)
    model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
    last = model.Session.execute(
        sa.select(EventRow.sequence, EventRow.hash)
        .where(EventRow.stream == stream)
        .order_by(EventRow.sequence.desc())
        .limit(1)
    ).first()
    sequence, previous = (last[0] + 1, last[1]) if last else (1, chain.GENESIS)
    row = EventRow(
        stream=stream, sequence=sequence, kind=kind.value, actor=actor, at=at, body=dict(body)
    )
    return store(row, previous)


def records_of(stream: str) -> Sequence[EventRow]:
    """All events of a stream, oldest first."""
    query = sa.select(EventRow).where(EventRow.stream == stream).order_by(EventRow.sequence)
    return model.Session.scalars(query).all()


def store(row: EventRow, previous: str) -> EventRow:
    """Chain an event to the one before it and write it; whoever asks holds the stream's lock."""
    row.body = persons.put_aside(row.body, row.at)
    row.version, row.previous_hash = chain.VERSION, previous
    row.hash = chain.digest(chain_record(row))
    model.Session.add(row)
    model.Session.flush()
    return row


def chain_record(row: EventRow) -> dict[str, Any]:
    """An event row as the record that its hash covers."""
    return {
        "version": row.version,
        "stream": row.stream,
        "case_id": row.case_id,
        "sequence": row.sequence,
        "kind": row.kind,
        "actor": row.actor,
        "at": row.at.isoformat(timespec="microseconds"),
        "body": row.body,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
