"""What is to be delivered after the commit: rows written in the transaction of the change.

A note is one more row, never a change of an older one: acts over the same data wait for each other
nowhere here, and what is noted while a delivery runs is a row that this delivery does not end.
Times are the database's, in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

DATASET = "dataset"
"""Topic: index the dataset of this id as it stands, or take it out of the index."""

WORK = "work"
"""Topic: tell the worker that the case of this id has work left over."""

RELEASE = "release"
"""Topic: show the release that waits under this piece of work, whose time has come."""

PERSONAL = "personal"
"""Topic: have the worker look the file of this hash through for data of persons."""

NOTICE = "notice"
"""Topic: send the notice of this id by e-mail, or by what the site has in its place."""

RESET = "reset"
"""Topic: somebody wants a new password; the key is what he typed of himself, sealed."""

CATALOGUE, POST = "catalogue", "post"
"""What is delivered apart, so that neither waits for the other: notices, and everything else."""

CHANNEL = "satudata_outbox"
"""What PostgreSQL tells listeners on when a transaction that noted something is committed."""

ONE_LEASES = 5_190_004
"""Key of the advisory lock that lets one dispatcher lease at a time, for the moment it takes."""

LONGEST_PAUSE = 3600
"""At most so many seconds until what failed is tried again."""

_NOTE = sa.text("SELECT satudata_note(:topic, :key, CAST(:payload AS jsonb))")

# What of the same topic and key is being delivered is left alone, whoever delivers it: two at once
# could leave the older state in the index. A clock that was set back delays nothing: what was noted
# later than now is due, and so is what was leased or put off for longer than anything is. A release
# alone is put off by people, for as long as they like.
_LEASE = sa.text(f"""
    WITH due AS (
        SELECT id FROM satudata_outbox o
        WHERE (topic = '{NOTICE}') = :post
          AND (next_at <= satudata_now() OR topic <> '{RELEASE}' AND (
                 made_at > satudata_now()
                 OR next_at > satudata_now() + make_interval(secs => :longest)))
          AND (leased_until IS NULL OR NOT leased_until
               BETWEEN satudata_now() AND satudata_now() + make_interval(secs => :seconds))
          AND NOT EXISTS (
            SELECT FROM satudata_outbox other
            WHERE other.topic = o.topic AND other.key = o.key
              AND other.leased_until
              BETWEEN satudata_now() AND satudata_now() + make_interval(secs => :seconds))
        ORDER BY next_at, id LIMIT :rows FOR UPDATE SKIP LOCKED
    )
    UPDATE satudata_outbox o
    SET leased_until = satudata_now() + make_interval(secs => :seconds), leased_by = :who,
        attempts = attempts + 1, made_at = least(made_at, satudata_now())
    FROM due WHERE o.id = due.id
    RETURNING o.id, o.topic, o.key, o.payload, o.attempts
""")  # noqa: S608 - a name of ours

_DONE = sa.text("DELETE FROM satudata_outbox WHERE id = ANY(:ids) AND leased_by = :who")

_FAILED = sa.text("""
    UPDATE satudata_outbox
    SET leased_until = NULL, leased_by = NULL, error = :error,
        next_at = satudata_now() + make_interval(secs => :seconds)
    WHERE id = ANY(:ids) AND leased_by = :who
""")

_NEXT = sa.text(f"""
    SELECT extract(epoch FROM min(greatest(next_at, leased_until)) - satudata_now())::float
    FROM satudata_outbox WHERE (topic = '{NOTICE}') = :post
""")  # noqa: S608 - a name of ours

_WAITS = sa.text("""
    SELECT EXISTS (SELECT FROM satudata_outbox o WHERE o.topic = 'dataset' AND o.key IN (
        SELECT id FROM package WHERE id = :reference OR name = :reference))
""")

_STAMP = sa.text("""
    SELECT greatest(
        (SELECT max(id) FROM satudata_outbox WHERE topic = 'dataset' AND key = :dataset_id),
        (SELECT stamp FROM satudata_indexed WHERE dataset_id = :dataset_id), 0)
""")

_INDEXED = sa.text("""
    INSERT INTO satudata_indexed (dataset_id, stamp) VALUES (:dataset_id, :stamp)
    ON CONFLICT (dataset_id) DO UPDATE SET stamp = greatest(satudata_indexed.stamp, excluded.stamp)
""")


@dataclass(frozen=True)
class Leased:
    """A row that one dispatcher delivers now; `attempts` counts this one too."""

    id: int
    topic: str
    key: str
    payload: dict[str, Any] | None
    attempts: int


@dataclass(frozen=True)
class Waiting:
    """How many keys of a topic wait, how many of them failed before, and how long the oldest."""

    topic: str
    waiting: int
    failing: int
    oldest_seconds: int


def note(topic: str, key: str, payload: dict[str, Any] | None = None) -> None:
    """Write down, in the caller's transaction, what is to be delivered after its commit."""
    values = {
        "topic": topic,
        "key": key,
        "payload": None if payload is None else json.dumps(payload),
    }
    model.Session.execute(_NOTE, values)


def note_at(topic: str, key: str, due: datetime) -> None:
    """The same of what is to be delivered at a time (UTC), and not before."""
    query = sa.text("SELECT satudata_note_at(:topic, :key, :due)")
    model.Session.execute(query, {"topic": topic, "key": key, "due": due})


def lease(who: str, rows: int, seconds: int, part: str = CATALOGUE) -> list[Leased]:
    """Take what is due of one part for a while, the longest due first. The caller commits."""
    model.Session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_LEASES})
    values = {"who": who, "rows": rows, "seconds": seconds, "longest": LONGEST_PAUSE}
    values["post"] = part == POST
    found = [Leased(*row) for row in model.Session.execute(_LEASE, values)]
    return sorted(found, key=lambda row: row.id)


def done(who: str, rows: Iterable[Leased]) -> None:
    """Forget what was delivered; a lease that somebody else holds by now stays his."""
    model.Session.execute(_DONE, {"who": who, "ids": [row.id for row in rows]})


def failed(who: str, rows: Iterable[Leased], error: str, seconds: float) -> None:
    """Keep what was not delivered, with the reason, to be tried again after so many seconds."""
    values = {"who": who, "ids": [row.id for row in rows], "error": error, "seconds": seconds}
    model.Session.execute(_FAILED, values)


def seconds_to_next(part: str = CATALOGUE) -> float | None:
    """Until something of a part is due, 0 and less when it is; None while nothing of it waits."""
    return model.Session.scalar(_NEXT, {"post": part == POST})


def concerns(part: str, heard: str) -> bool:
    """Whether a part delivers what listeners were told of: a topic; nothing named: both may."""
    return not heard or (heard == NOTICE) == (part == POST)


def waiting() -> Sequence[Waiting]:
    """What waits, by topic; nothing when all is delivered."""
    rows = model.Session.execute(sa.text("SELECT * FROM satudata_waiting()"))
    return [Waiting(*row) for row in rows]


def keys_waiting(topic: str) -> list[str]:
    """What of a topic waits, the newest first, up to a number that a search can leave out."""
    query = sa.text(
        "SELECT key FROM satudata_outbox WHERE topic = :topic"
        " GROUP BY key ORDER BY max(id) DESC LIMIT 500"
    )
    return list(model.Session.scalars(query, {"topic": topic}))


def waits_for_dataset(reference: str) -> bool:
    """Whether the index is still to be told of a change of a dataset, given by id or name."""
    return bool(model.Session.scalar(_WAITS, {"reference": reference}))


def stamp_of(dataset_id: str) -> int:
    """The number of the newest note of a dataset, which its document bears in the index; 0 while
    nothing was ever noted of it."""
    return model.Session.scalar(_STAMP, {"dataset_id": dataset_id}) or 0


def indexed(dataset_id: str, stamp: int | None) -> None:
    """Keep with which stamp a dataset went to the index; None: there is no such dataset."""
    if stamp is None:
        forget = sa.text("DELETE FROM satudata_indexed WHERE dataset_id = :dataset_id")
        model.Session.execute(forget, {"dataset_id": dataset_id})
    else:
        model.Session.execute(_INDEXED, {"dataset_id": dataset_id, "stamp": stamp})
