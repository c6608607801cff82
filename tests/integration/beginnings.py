"""What the database holds when a test begins: nothing, or an office that was made once for all.

Making an office takes a second and more, for it goes through the real actions with real password
hashes. It is made once in a run; its rows are put aside in a schema of their own, and each later
test gets them back in one transaction. Bytes and the search index are not put aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from ckan import model
from ckan.cli.db import _run_migrations
from ckan.plugins import plugin_loaded
from ckan.tests import helpers

T = TypeVar("T")
KEPT = "kept_"
WITH_TABLES = ("satudata", "harvest", "activity")
"""Plugins whose tables CKAN's own reset does not make."""


@dataclass(frozen=True)
class Beginning:
    """Rows put aside, and what their maker returned."""

    script: str
    made: Any


_known: dict[str, Beginning] = {}


def begin_with(make: Callable[..., T], *arguments: Any) -> T:
    """A database that holds what `make` makes of an empty one, and what it returned."""
    name = f"{make.__module__}.{make.__qualname__}{arguments!r}"
    if name not in _known:
        begin_empty()
        made = make(*arguments)
        model.Session.remove()
        _known[name] = Beginning(_put_aside(f"{KEPT}{len(_known)}"), deepcopy(made))
        return made
    model.Session.remove()
    _run(_known[name].script)
    return deepcopy(_known[name].made)


def begin_empty() -> None:
    """A database with CKAN's tables and ours, and nothing of anybody in them."""
    if "" in _known:
        model.Session.remove()
        _run(_known[""].script)
        return
    _drop_schemas()
    helpers.reset_db()
    for name in WITH_TABLES:
        if plugin_loaded(name):
            _run_migrations(name, "head", True)
    _pool_connections()
    _known[""] = Beginning(_put_aside(f"{KEPT}empty"), None)


def _pool_connections() -> None:
    """CKAN's migrations leave an engine behind that connects anew for every transaction."""
    url = model.meta.engine.url
    model.init_model(sa.create_engine(url, pool_pre_ping=True))


def _drop_schemas() -> None:
    """Put aside by an earlier run. Tables of proof go with their schema: there is no way to empty
    them from outside."""
    schemas = [one for one in sa.inspect(model.meta.engine).get_schema_names() if KEPT in one]
    _run(";".join(f'DROP SCHEMA "{one}" CASCADE' for one in schemas))


def _put_aside(schema: str) -> str:
    """Copy every row to `schema`; returns the script that brings them back."""
    tables = _tables()
    with model.meta.engine.connect() as connection:
        full = [
            table
            for table in tables
            if connection.scalar(sa.text(f'SELECT EXISTS (SELECT FROM "{table}")'))
        ]
    copies = [f'CREATE TABLE "{schema}"."{one}" AS TABLE public."{one}"' for one in full]
    _run(";".join([f'CREATE SCHEMA "{schema}"', *copies]))
    rest, wake = _triggers()
    return ";".join(
        [
            *rest,
            *(f'DELETE FROM public."{one}"' for one in reversed(tables)),
            *(f'INSERT INTO public."{one}" TABLE "{schema}"."{one}"' for one in full),
            *_sequences(),
            "SET CONSTRAINTS ALL IMMEDIATE",
            *wake,
        ]
    )


def _tables() -> list[str]:
    """The tables whose rows are somebody's, parents before children, as the database knows them:
    CKAN's own list of them is empty after it has made them."""
    found = sa.inspect(model.meta.engine).get_sorted_table_and_fkc_names()
    return [name for name, _ in found if name and not name.endswith("alembic_version")]


def _triggers() -> tuple[list[str], list[str]]:
    """Statements that let our triggers rest, and that wake them as they were."""
    found = _rows(
        "SELECT relname, tgname, tgenabled FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relname LIKE 'satudata%' AND tgenabled <> 'D'"
    )
    how = {"A": "ENABLE ALWAYS", "O": "ENABLE", "R": "ENABLE REPLICA"}
    rest = [f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"' for table, name, _ in found]
    wake = [f'ALTER TABLE "{table}" {how[mode]} TRIGGER "{name}"' for table, name, mode in found]
    return rest, wake


def _sequences() -> list[str]:
    """Statements that let every number begin again where it stood."""
    found = _rows(
        "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL"
        " FROM pg_sequences WHERE schemaname = 'public'"
    )
    return [f"SELECT setval('\"{name}\"', {at}, {called})" for name, at, called in found]


def _rows(query: str) -> Iterable[Any]:
    with model.meta.engine.connect() as connection:
        return connection.execute(sa.text(query)).fetchall()


def _run(script: str) -> None:
    if script:
        with model.meta.engine.begin() as connection:
            connection.exec_driver_sql(script)
