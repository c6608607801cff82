"""What only the owner of the tables of proof can do; the runner of the tests gives its address."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.proof_tables import TABLES
from ckanext.satudata.model.tables import PROOF_SCHEMA

NAMES = [f'{PROOF_SCHEMA}."{table}"' for table in TABLES]


def empty_proof(next_event: int) -> None:
    """No events and no heads; the next event gets that id."""
    as_owner(
        [
            f"TRUNCATE {', '.join(NAMES)}",
            f"ALTER TABLE {NAMES[0]} ALTER COLUMN id RESTART WITH {next_event}",
        ]
    )


def as_owner(
    statements: Iterable[str | sa.Executable | Callable[[sa.Connection], Any]],
    *,
    awake: bool = False,
) -> None:
    """Change what is proof in one commit, with its triggers at rest unless they are to be awake."""
    model.Session.rollback()
    with _engine().begin() as connection:
        # Whoever still reads in an open transaction is told, not waited for.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        if awake:
            _run(connection, statements)
        else:
            with _at_rest(connection):
                _run(connection, statements)


def _run(connection: sa.Connection, statements: Iterable[Any]) -> None:
    for statement in statements:
        if callable(statement):
            statement(connection)
        elif isinstance(statement, str):
            connection.exec_driver_sql(statement)
        else:
            connection.execute(statement)


@contextmanager
def _at_rest(connection: sa.Connection) -> Iterator[None]:
    for name in NAMES:
        connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        for trigger in ("write_once", "no_truncate"):
            connection.exec_driver_sql(
                f'ALTER TABLE {PROOF_SCHEMA}."{table}" ENABLE ALWAYS TRIGGER "{table}_{trigger}"'
            )


@cache
def _engine() -> sa.Engine:
    url = os.environ.get("SATUDATA_OWNER_URL")
    if not url:
        pytest.exit("SATUDATA_OWNER_URL is not set: ./portal test integration sets it", 4)
    return sa.create_engine(url, pool_pre_ping=True)
