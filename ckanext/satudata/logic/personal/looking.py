"""Files and rows are looked through for data of persons, once for the same content."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.datastore.backend.postgres import get_read_engine, identifier
from file_keeper.default.adapters.fs import FsStorage
from psycopg2.errors import QueryCanceled
from sqlalchemy.exc import OperationalError

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import personal
from ckanext.satudata.model.datastore import columns_of
from ckanext.satudata.quality.findings import Finding, Findings
from ckanext.satudata.quality.limits import Limits
from ckanext.satudata.quality.personal_data import VERSION, check_file

IN_A_JOB = Limits()
IN_AN_ACT = Limits(seconds=20.0)
"""While somebody waits; what takes longer asks to be looked through by a person."""
MAX_ROWS = 1_000_000
"""Rows of a table that are looked through, the first by their number."""
IN_MEMORY = 1 << 24


@dataclass(frozen=True)
class Part:
    """What is looked through: a file (its sha256), or the rows of a resource (their table).

    `name` is the file's, of which the ending counts; "" for rows. `title`: what people call it.
    """

    resource_id: str
    content: str
    name: str
    title: str

    @property
    def is_rows(self) -> bool:
        return not self.name

    @property
    def ending(self) -> str:
        return Path(self.name).suffix.lower()


def known(part: Part) -> Findings | None:
    """What was found in a part; None where nobody has looked yet."""
    stored = personal.found_in(part.content, part.ending, VERSION)
    return Findings.from_dict(stored) if stored is not None else None


def look(part: Part, limits: Limits) -> Findings:
    """Look a part through. Raises Refused `file_missing`."""
    if part.is_rows:
        return _look_at_rows(part.content, limits)
    try:
        with opened(part.content) as stream:
            return check_file(stream, part.name, limits)
    except store.Missing as error:
        raise Refused("file_missing", name=part.title) from error


def keep(part: Part, found: Findings) -> None:
    """Keep what was found, in the caller's transaction."""
    row = personal.keep(part.content, part.ending, VERSION, found.as_dict(), clock.now())
    model.Session.execute(row)


def keep_now(part: Part, found: Findings) -> None:
    """Keep what was found in a transaction of its own: the caller is about to refuse.

    Where somebody else is keeping the same just now, it is kept by him.
    """
    row = personal.keep(part.content, part.ending, VERSION, found.as_dict(), clock.now())
    with suppress(OperationalError), model.Session.get_bind().engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        connection.execute(row)


def ask_for(sha256: str, name: str) -> str:
    """The key under which the outbox has a file looked through."""
    return f"{sha256}{Path(name).suffix.lower()}"


def hand_to_worker(key: str) -> None:
    """Have the worker look a file through. Raises redis.RedisError."""
    tk.enqueue_job(look_in_job, [key], title=f"satudata personal {key[:12]}")


def look_in_job(key: str) -> None:
    """Look a file through whose bytes nobody has looked through yet."""
    part = Part("", key[:64], f"berkas{key[64:]}", "")
    if known(part) is not None:
        return
    model.Session.rollback()
    try:
        found = look(part, IN_A_JOB)
    except Refused:
        return  # the files' own checks tell of what is missing
    keep(part, found)
    model.Session.commit()


@contextmanager
def opened(sha256: str) -> Iterator[BinaryIO]:
    """The bytes under a hash as a stream that can be wound back. Raises store.Missing."""
    where = store.storage()
    if isinstance(where, FsStorage):
        path = store.path_of(where, store.location_of(sha256))
        try:
            stream = path.open("rb")
        except OSError as error:
            raise store.Missing(sha256) from error
        with stream:
            yield stream
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copied:
        for chunk in store.chunks(sha256):
            copied.write(chunk)
        yield cast(BinaryIO, copied)


class _Full(Exception):  # noqa: N818 - named after what happened
    """There is more than is looked at."""


class _Bounded:
    """What a COPY writes into, up to a number of bytes."""

    def __init__(self, into: BinaryIO, limit: int) -> None:
        self._into, self._left = into, limit

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _Full
        return self._into.write(data)


def _look_at_rows(table: str, limits: Limits) -> Findings:
    """The rows of a table as a CSV with its headings, through the same check.

    Whatever does not come within the limits asks like a file that cannot be read.
    """
    bounded = Limits(rows=MAX_ROWS, seconds=limits.seconds)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as copied:
        stream = cast(BinaryIO, copied)
        try:
            _copy(table, _Bounded(stream, bounded.bytes), bounded.seconds)
        except _Full:
            return _unread("too_large")
        except QueryCanceled:
            return _unread("too_slow")
        return check_file(stream, "baris.csv", bounded)


def _copy(table: str, into: _Bounded, seconds: float) -> None:
    """Every column but the DataStore's own; one row more than is looked at tells that there is."""
    names = ", ".join(identifier(one["id"]) for one in columns_of(table))
    if not names:
        return
    query = f"SELECT {names} FROM {identifier(table)} ORDER BY _id LIMIT {MAX_ROWS + 1}"  # noqa: S608
    connection = get_read_engine().raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv, HEADER)", into)
    except _Full:
        connection.invalidate()  # it is in the middle of sending
        raise
    finally:
        connection.close()


def _unread(reason: str) -> Findings:
    told = Finding("cannot_be_read", certain=False, reason=reason)
    return Findings("", "", 0, 0, (told,), VERSION)
