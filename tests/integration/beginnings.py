"""What the database holds when a test begins: nothing, or an office that was made once for all.

Making an office takes a second and more, for it goes through the real actions with real password
hashes. It is made once in a run; its rows are put aside in a schema of their own, and each later
test gets them back in one transaction. Bytes and the search index are not put aside.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa
from ckan import model
from ckan.cli.db import _run_migrations
from ckan.plugins import plugin_loaded
from ckan.tests import helpers

from ckanext.satudata.model.proof_tables import TABLES as PROOF
from ckanext.satudata.model.tables import PROOF_SCHEMA
from tests.integration.delivered import delivery
from tests.integration.proof_owner import empty_proof
from tests.integration.standing import standing

T = TypeVar("T")
KEPT = "kept_"
WITH_TABLES = ("satudata", "harvest", "activity")
"""Plugins whose tables CKAN's own reset does not make."""


@dataclass(frozen=True)
class Beginning:
    """Rows put aside, and what their maker returned."""

    script: str
    made: Any
    next_event: int


_known: dict[str, Beginning] = {}
_numbers = count()


def begin_with(make: Callable[..., T], *arguments: Any) -> T:
    """A database that holds what `make` makes of an empty one, and what it returned."""
    name = f"{make.__module__}.{make.__qualname__}{arguments!r}"
    if name not in _known:
        begin_empty()
        with delivery.at_the_end():
            made = make(*arguments)
        model.Session.remove()
        _known[name] = put_aside(deepcopy(made))
    else:
        _begin(_known[name])
        made = deepcopy(_known[name].made)
    standing.begin(name, _known[name].made)
    return made


def put_aside(made: Any) -> Beginning:
    """What the database holds, and what is to be returned with it."""
    return _put_aside(f"{KEPT}{next(_numbers)}", made)


def _begin(known: Beginning) -> None:
    model.Session.remove()
    begin_at(known)


def begin_at(known: Beginning) -> None:
    """The rows that were put aside, and no others."""
    empty_proof(known.next_event)
    _run(known.script)


def begin_empty() -> None:
    """A database with CKAN's tables and ours, and nothing of anybody in them."""
    if "" in _known:
        _begin(_known[""])
        return
    _drop_schemas()
    with delivery.on_hold():  # there is no outbox before the migrations
        helpers.reset_db()
        empty_proof(1)
        for name in WITH_TABLES:
            if plugin_loaded(name):
                _run_migrations(name, "head", True)
    _let_loggers_speak()
    _pool_connections()
    _known[""] = _put_aside(f"{KEPT}empty", None)


def _let_loggers_speak() -> None:
    """Migrations of other plugins read a configuration of their own, which silences all others."""
    for one in logging.root.manager.loggerDict.values():
        if isinstance(one, logging.Logger):
            one.disabled = False


def _pool_connections() -> None:
    """CKAN's migrations leave an engine behind that connects anew for every transaction."""
    url = model.meta.engine.url
    model.init_model(sa.create_engine(url, pool_pre_ping=True))


def _drop_schemas() -> None:
    """Put aside by an earlier run. Tables of proof go with their schema: there is no way to empty
    them from outside."""
    schemas = [one for one in sa.inspect(model.meta.engine).get_schema_names() if KEPT in one]
    _run(";".join(f'DROP SCHEMA "{one}" CASCADE' for one in schemas))


def _put_aside(schema: str, made: Any) -> Beginning:
    """Copy every row to `schema`; returns what brings them back."""
    tables = _tables()
    each = (f"SELECT '{one}' WHERE EXISTS (SELECT FROM \"{one}\")" for one in tables)
    some = {name for (name,) in _rows(" UNION ALL ".join(each))}
    full = [one for one in tables if one in some]
    copies = [f'CREATE UNLOGGED TABLE "{schema}"."{one}" AS TABLE public."{one}"' for one in full]
    copies += [
        f'CREATE UNLOGGED TABLE "{schema}"."{one}" AS TABLE {PROOF_SCHEMA}."{one}"' for one in PROOF
    ]
    _run(";".join([f'CREATE SCHEMA "{schema}"', *copies]))
    rest, wake = _triggers()
    script = ";".join(
        [
            *rest,
            *(f'DELETE FROM public."{one}"' for one in reversed(tables)),
            *(_brought_back(one, schema) for one in full),
            *(f'INSERT INTO {PROOF_SCHEMA}."{one}" TABLE "{schema}"."{one}"' for one in PROOF),
            *_sequences(),
            "SET CONSTRAINTS ALL IMMEDIATE",
            *wake,
        ]
    )
    last = _rows(f"SELECT coalesce(max(id), 0) FROM {PROOF_SCHEMA}.satudata_event")
    return Beginning(script, made, next(iter(last))[0] + 1)


def _brought_back(table: str, schema: str) -> str:
    """What the database makes itself of other columns it makes again."""
    named = ", ".join(f'"{one}"' for one in _columns(table))
    return f'INSERT INTO public."{table}" ({named}) SELECT {named} FROM "{schema}"."{table}"'


@cache
def _columns(table: str) -> list[str]:
    found = sa.inspect(model.meta.engine).get_columns(table, "public")
    return [one["name"] for one in found if "computed" not in one]


@cache
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
        " AND relnamespace = 'public'::regnamespace"
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
