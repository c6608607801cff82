"""Which rows differ between two tables: asked at once where they are small, else by a job.

What was found is kept for a while under the names of both tables: a table of a release is never
written again, and the name of another one goes with a stamp that any change of its rows changes.
While Redis is away only small tables are compared; nothing is lost, all of it can be found anew.
"""

from __future__ import annotations

import csv
import json
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

import redis
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import DBAPIError

from ckanext.satudata.logic.datasets.preview import delimiter_of
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_tables
from ckanext.satudata.model.row_differences import TIMEOUT, stamp_of, table_differences
from ckanext.satudata.release.rows import RowDifferences, csv_source, row_differences

KEPT_ROWS = 500
"""Rows of each kind that are kept to be shown; all are counted."""
LONGEST_CELL = 300
SMALL_ROWS = 20_000
"""Rows of both tables together that are compared while somebody waits."""
SMALL_BYTES = 500_000
"""The same of two files."""
WAITS = 1500
"""Milliseconds that the database may take while somebody waits."""
KEPT = timedelta(days=30)
JOB = timedelta(minutes=15)
"""How long a job is waited for until another one is asked for."""
REDIS_SECONDS = 1
VERSION = 1
"""Of what is kept."""

PENDING, FAILED, AWAY = "pending", "failed", "away"

Found = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """Where the rows of one side lie: a table of the DataStore, or a CSV by its sha256.

    `size`: rows of a table, bytes of a CSV. `stamp`: of a table that may still change.
    """

    kind: str
    name: str
    size: int
    stamp: str = ""

    def key(self) -> str:
        return f"{self.kind}:{self.name}:{self.stamp}"


def table(name: str) -> Rows:
    """A table of the DataStore as it is now."""
    released = resource_tables.released_rows(name)
    if released is not None:
        return Rows("table", name, released)
    return Rows("table", name, *stamp_of(name))


def csv_file(sha256: str, size: int) -> Rows:
    """A CSV in the storage."""
    return Rows("file", sha256, size)


def compared(old: Rows, new: Rows) -> Found:
    """{state} and, where the state is `compared`, counts, columns and the first rows of each kind.

    `pending`: a job is at it; `failed`: it came to no end or the file is no table; `away`: no job
    can be told now.
    """
    key = _key(old, new)
    with _redis() as kept:
        try:
            value: Any = kept.get(key)
        except redis.RedisError:
            value = None
        if value:
            return json.loads(zlib.decompress(value))
        if _small(old, new):
            found = _now(old, new, WAITS)
            if found["state"] != PENDING:
                _keep(kept, key, found)
                return found
        return {"state": _job(kept, key, old, new)}


def run(old: Found, new: Found, key: str) -> None:
    """The job: compare two tables, as they are by now, and keep what was found."""
    before, after = _as_now(old), _as_now(new)
    now = _key(before, after)
    found = _now(before, after, TIMEOUT)
    with _redis() as kept:
        _keep(kept, now, {"state": FAILED} if found["state"] == PENDING else found)
        with suppress(redis.RedisError):
            kept.delete(f"{key}:{PENDING}")


def _as_now(told: Found) -> Rows:
    rows = Rows(**told)
    return table(rows.name) if rows.stamp else rows


def _small(old: Rows, new: Rows) -> bool:
    return old.size + new.size <= (SMALL_ROWS if old.kind == "table" else SMALL_BYTES)


def _now(old: Rows, new: Rows, timeout: int) -> Found:
    """What differs; `pending` when the database took too long, `failed` for what is no table."""
    try:
        if old.kind == "table":
            found = table_differences(old.name, new.name, first=KEPT_ROWS, timeout=timeout)
        else:
            found = row_differences(_source(old), _source(new), first=KEPT_ROWS)
    except DBAPIError:
        return {"state": PENDING}
    except (csv.Error, ValueError, store.Missing):
        return {"state": FAILED}
    return _as_kept({"state": "compared", **asdict(_brief(found))})


def _source(rows: Rows) -> Any:
    head = store.head(rows.name, 65_536).decode("utf-8-sig", "replace")
    if "\0" in head:
        raise ValueError(rows.name)
    return csv_source(lambda: store.opened(rows.name), delimiter_of(head))


def _brief(found: RowDifferences) -> RowDifferences:
    """The same with long cells cut, so that what is kept stays small."""

    def cut(row: Any) -> dict[str, str | None]:
        return {name: text if text is None else text[:LONGEST_CELL] for name, text in row.items()}

    changed = [replace(one, old=cut(one.old), new=cut(one.new)) for one in found.first_changed]
    return replace(
        found,
        first_added=tuple(cut(one) for one in found.first_added),
        first_removed=tuple(cut(one) for one in found.first_removed),
        first_changed=tuple(changed),
    )


def _job(kept: redis.Redis, key: str, old: Rows, new: Rows) -> str:
    """Ask for a job, unless one was asked for; the state that is told."""
    try:
        if kept.set(f"{key}:{PENDING}", "1", nx=True, ex=int(JOB.total_seconds())):
            values = [asdict(old), asdict(new), key]
            tk.enqueue_job(run, values, title="satudata rows", rq_kwargs={"timeout": 900})
    except redis.RedisError:
        return AWAY
    return PENDING


def _keep(kept: redis.Redis, key: str, found: Found) -> None:
    lasts = KEPT if found["state"] == "compared" else JOB
    with suppress(redis.RedisError):
        kept.set(key, zlib.compress(json.dumps(found).encode()), ex=int(lasts.total_seconds()))


def _as_kept(found: Found) -> Found:
    """The same as it comes back from where it is kept."""
    return json.loads(json.dumps(found))


def _key(old: Rows, new: Rows) -> str:
    return f"satudata:rows:{VERSION}:{old.key()}:{new.key()}"


def _redis() -> redis.Redis:
    """A connection that gives up soon: a page waits for it."""
    seconds = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    return redis.Redis.from_url(tk.config["ckan.redis.url"], **seconds)
