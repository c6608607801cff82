"""Daily heads as they are stored, and how far each stream had come at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.proof_rows import HeadEndRow, HeadRow
from ckanext.satudata.model.tables import PROOF_SCHEMA, EventRow

BY_BYTES = "C"
"""The collation in which streams are put in order: a database's own may be any."""

_MISSING = f"""
SELECT e.number, e.stream, e.sequence
  FROM {PROOF_SCHEMA}.satudata_head_end e
  LEFT JOIN {PROOF_SCHEMA}.satudata_event v ON v.stream = e.stream AND v.sequence = e.sequence
 WHERE v.hash IS DISTINCT FROM e.hash
 ORDER BY e.number, e.stream
 LIMIT :most"""  # noqa: S608

_FURTHER = f"""
INSERT INTO {PROOF_SCHEMA}.satudata_head_end (stream, number, sequence, hash)
SELECT v.stream, :number, v.sequence, v.hash
  FROM (SELECT DISTINCT ON (stream) stream, sequence, hash
          FROM {PROOF_SCHEMA}.satudata_event ORDER BY stream, sequence DESC) v
  LEFT JOIN (SELECT stream, max(sequence) AS sequence
               FROM {PROOF_SCHEMA}.satudata_head_end GROUP BY stream) e ON e.stream = v.stream
 WHERE e.sequence IS NULL OR e.sequence < v.sequence"""  # noqa: S608


@dataclass(frozen=True)
class MissingEnd:
    """A head names this event of this stream as its last, and it is not there as it was."""

    number: int
    stream: str
    sequence: int


def lock_heads() -> None:
    """One head at a time, until the commit."""
    key = sa.func.hashtextextended("satudata heads", 0)
    model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))


def last_head() -> HeadRow | None:
    """The newest head, or None."""
    return model.Session.scalar(sa.select(HeadRow).order_by(HeadRow.number.desc()).limit(1))


def all_heads(
    first: date | None = None, last: date | None = None, *, session: Any = model.Session
) -> Iterator[HeadRow]:
    """Heads of days in a period, oldest first."""
    query = sa.select(HeadRow).order_by(HeadRow.number)
    if first is not None:
        query = query.where(HeadRow.day >= first)
    if last is not None:
        query = query.where(HeadRow.day <= last)
    return iter(session.scalars(query))


def keep_ends(number: int) -> None:
    """Write down how far each stream that went on has come now, for that head."""
    model.Session.execute(sa.text(_FURTHER), {"number": number})


def ends_at(number: int, *, session: Any = model.Session) -> Iterator[tuple[str, int, str]]:
    """How far every stream had come at a head: stream, sequence, hash; in the order of bytes."""
    by_bytes = sa.collate(HeadEndRow.stream, BY_BYTES)
    query = (
        sa.select(HeadEndRow.stream, HeadEndRow.sequence, HeadEndRow.hash)
        .where(HeadEndRow.number <= number)
        .distinct(by_bytes)
        .order_by(by_bytes, HeadEndRow.number.desc())
    )
    for row in session.execute(query.execution_options(yield_per=5000)):
        yield row.stream, row.sequence, row.hash


def missing_ends(most: int, *, session: Any = model.Session) -> list[MissingEnd]:
    """What heads name and is not there: tails that were cut, streams that are gone."""
    rows = session.execute(sa.text(_MISSING), {"most": most})
    return [MissingEnd(*row) for row in rows]


def keep(head: Mapping[str, Any]) -> HeadRow:
    """Write a signed head."""
    row = HeadRow(
        **{
            **head,
            "day": date.fromisoformat(head["day"]),
            "at": datetime.fromisoformat(head["at"]),
        }
    )
    model.Session.add(row)
    model.Session.flush()
    return row


def as_signed(row: HeadRow) -> dict[str, Any]:
    """A row as the head that was signed."""
    return {
        **{column.key: getattr(row, column.key) for column in HeadRow.__table__.columns},
        "day": row.day.isoformat(),
        "at": row.at.isoformat(timespec="microseconds"),
    }


def signings(*, session: Any = model.Session) -> Iterator[tuple[int, str]]:
    """Number and sha256 of each head that the portal's stream says was signed."""
    body = EventRow.body
    query = sa.select(body["number"].astext, body["sha256"].astext).where(
        EventRow.kind == "head_signed"
    )
    for number, sha256 in session.execute(query):
        yield int(number), sha256
