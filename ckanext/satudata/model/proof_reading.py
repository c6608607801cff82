"""Reading the whole record of events, however long, in little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB

from ckanext.satudata.model.tables import PROOF_SCHEMA

AT_ONCE = 5000
"""Rows that the database hands over at a time."""

_FIELDS = (
    *("version", "stream", "case_id", "sequence", "kind", "actor", "at", "body"),
    *("previous_hash", "hash"),
)
_EVENTS = f"""
SELECT version, stream, case_id, sequence, kind, actor,
       to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), body::text, previous_hash, hash
  FROM {PROOF_SCHEMA}.satudata_event {{where}}
 ORDER BY stream, sequence"""  # noqa: S608

_NAMING = f"""
SELECT stream, sequence, body FROM {PROOF_SCHEMA}.satudata_event
 WHERE body::text LIKE '%"person": "%' ORDER BY stream, sequence"""  # noqa: S608
_WHICH = {"stream": "stream = %(stream)s", "begin": "at >= %(begin)s", "end": "at < %(end)s"}

_SHORT_CASES = f"""
SELECT c.id, least(c.version, coalesce(v.last, 0)) + 1
  FROM satudata_case c
  LEFT JOIN (SELECT stream, max(sequence) AS last
               FROM {PROOF_SCHEMA}.satudata_event GROUP BY stream) v ON v.stream = c.id
 WHERE c.version IS DISTINCT FROM v.last
 ORDER BY c.number"""  # noqa: S608


@contextmanager
def as_it_stands() -> Iterator[sa.Connection]:
    """A connection that sees the database as it was at one moment, whatever is written then."""
    engine = model.ensure_engine()
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield connection
        connection.rollback()


def records(connection: sa.Connection, **which: Any) -> Iterator[dict[str, Any]]:
    """All events, by stream and sequence, as what their hashes cover.

    `stream`: only those of one; `begin`, `end`: only those from a moment on and before another, in
    UTC; None is no bound.
    """
    which = {name: one for name, one in which.items() if one is not None}
    where = " AND ".join(_WHICH[name] for name in which)
    where = f"WHERE {where}" if where else ""
    # A name makes it a cursor of the server; typed loosely, for only psycopg2 has those.
    raw: Any = connection.connection.cursor("satudata_events")
    raw.itersize = AT_ONCE
    try:
        raw.execute(_EVENTS.format(where=where), which)
        for row in raw:
            one = dict(zip(_FIELDS, row, strict=True))
            one["body"] = json.loads(one["body"])
            yield one
    finally:
        raw.close()


def naming(session: Any) -> Iterator[list[Any]]:
    """Stream, sequence and body of the events that may refer to people, some at a time."""
    found = session.execute(
        sa.text(_NAMING).columns(body=JSONB), execution_options={"stream_results": True}
    )
    yield from found.partitions(AT_ONCE)


def short_cases(connection: sa.Connection) -> list[tuple[str, int]]:
    """Cases that count more or fewer events than they have: id, first event not in both."""
    return [(row[0], row[1]) for row in connection.execute(sa.text(_SHORT_CASES))]


def case_numbers(connection: sa.Connection, ids: list[str]) -> dict[str, int]:
    """Numbers of those of the streams that are cases."""
    query = sa.text("SELECT id, number FROM satudata_case WHERE id = ANY(:ids)")
    return {row[0]: row[1] for row in connection.execute(query, {"ids": ids})}
