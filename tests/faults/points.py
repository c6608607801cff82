"""Every place at which a process touches what outlives it, numbered as it comes by.

A point is one SQL statement, one commit or rollback of a connection (of whichever database), one
write, rename, sync or removal of a file, one request to Solr, one command to Redis, one call of the
mail server. Nothing is chosen: whatever the code does is wrapped where it leaves Python.

For a process that is made for it and ends here: what is wrapped stays wrapped.
"""

from __future__ import annotations

import builtins
import io
import os
import re
import signal
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Literal

import redis.connection
import requests
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2
from sqlalchemy.engine.default import DefaultDialect

When = Literal["before", "after"]
FILES = ("replace", "rename", "link", "fsync", "unlink", "remove", "mkdir", "utime", "truncate")
WRITES = frozenset("wxa+")
MAIL = ("connect", "starttls", "login", "sendmail", "quit")
LONGEST = 60


@dataclass
class Points:
    """Counts what passes; `names` says what each was. `met` is called before and after each."""

    met: Callable[[int, When], None] = lambda _number, _when: None
    names: list[str] = field(default_factory=list)

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        self.names.append(name)
        number = len(self.names)
        self.met(number, "before")
        try:
            return call()
        finally:
            self.met(number, "after")

    def watch(self) -> Points:
        """From now on every point of this process passes here."""
        self._watch_databases()
        for name in FILES:
            self._wrap(os, name, lambda *_a, told=name, **_k: f"file {told}")
        opened = io.open
        builtins.open = io.open = self._opening(opened)  # type: ignore[assignment]
        self._wrap(requests.Session, "send", lambda _self, asked, **_k: _http(asked))
        connection = redis.connection.AbstractConnection
        self._wrap(connection, "send_packed_command", lambda *_a, **_k: "redis")
        for name in MAIL:
            self._wrap(smtplib.SMTP, name, lambda *_a, told=name, **_k: f"mail {told}")
        return self

    def _watch_databases(self) -> None:
        for name in ("do_execute", "do_execute_no_params"):
            self._wrap(DefaultDialect, name, lambda _self, _cursor, sql, *_a: _statement(sql))
        self._wrap(
            PGDialect_psycopg2, "do_executemany", lambda _self, _cursor, sql, *_a: _statement(sql)
        )
        for name in ("do_commit", "do_rollback"):
            self._wrap(
                DefaultDialect, name, lambda *_a, told=name: told.removeprefix("do_").upper()
            )

    def _wrap(self, owner: Any, name: str, tell: Callable[..., str]) -> None:
        real = getattr(owner, name)

        @wraps(real)
        def wrapped(*args: Any, **more: Any) -> Any:
            return self.around(tell(*args, **more), lambda: real(*args, **more))

        setattr(owner, name, wrapped)

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
            if not WRITES.intersection(mode):
                return real(file, mode, *args, **more)
            made = self.around("file create", lambda: real(file, mode, *args, **more))
            return Watched(made, self)

        return opening


class Watched:
    """A file that is open for writing; each write, flush and close is a point."""

    def __init__(self, file: Any, points: Points) -> None:
        self._file, self._points = file, points

    def write(self, data: Any) -> Any:
        return self._points.around("file write", lambda: self._file.write(data))

    def flush(self) -> Any:
        return self._points.around("file flush", self._file.flush)

    def close(self) -> Any:
        return self._points.around("file close", self._file.close)

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __iter__(self) -> Any:
        return iter(self._file)


def die_at(number: int, when: When) -> Callable[[int, When], None]:
    """For `Points.met`: end this process there, as a failing machine would."""

    def met(passing: int, moment: When) -> None:
        if (passing, moment) == (number, when):
            os.kill(os.getpid(), signal.SIGKILL)

    return met


def _statement(sql: Any) -> str:
    return re.sub(r"\s+", " ", str(sql)).strip()[:LONGEST]


def _http(asked: Any) -> str:
    return f"http {asked.method} {asked.url.partition('?')[0].rpartition('/')[2]}"
