"""What differs between two tables of the DataStore, counted inside its database.

No row leaves it but the first of each kind; sorting and joining spill to its disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckanext.datastore.backend.postgres import get_read_engine, identifier
from sqlalchemy.engine import Connection

from ckanext.satudata.model import datastore
from ckanext.satudata.release.rows import FIRST, ChangedRow, Row, RowDifferences, Source

TIMEOUT = 300_000
"""Milliseconds for one comparison."""

# ruff: noqa: S608 - names are quoted by `identifier`, and nothing else is put in

_UNIQUE = """
SELECT array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
WHERE i.indrelid = to_regclass(:table) AND i.indisunique AND NOT i.indisprimary
  AND i.indexprs IS NULL AND i.indpred IS NULL
GROUP BY i.indexrelid ORDER BY i.indexrelid
"""

_BY_KEY = """
SELECT o._id AS o, n._id AS n FROM {old} o FULL JOIN {new} n ON {same_key}
WHERE o._id IS NULL OR n._id IS NULL OR ({old_row}) IS DISTINCT FROM ({new_row})
"""

# Equal rows are numbered, so that each of them meets one of the other table.
_BY_ROW = """
SELECT o._id AS o, n._id AS n
FROM (SELECT _id, h, row_number() OVER (PARTITION BY h ORDER BY _id) AS k
      FROM (SELECT _id, md5(ROW({row})::text)::uuid AS h FROM {old}) a) o
FULL JOIN (SELECT _id, h, row_number() OVER (PARTITION BY h ORDER BY _id) AS k
      FROM (SELECT _id, md5(ROW({row})::text)::uuid AS h FROM {new}) b) n
ON o.h = n.h AND o.k = n.k
WHERE o._id IS NULL OR n._id IS NULL
"""

_COUNTED = """
WITH found AS MATERIALIZED ({found})
SELECT count(*) FILTER (WHERE o IS NULL) AS added,
       count(*) FILTER (WHERE n IS NULL) AS removed,
       count(*) FILTER (WHERE o IS NOT NULL AND n IS NOT NULL) AS changed,
       ARRAY(SELECT n FROM found WHERE o IS NULL ORDER BY n LIMIT :first) AS first_added,
       ARRAY(SELECT o FROM found WHERE n IS NULL ORDER BY o LIMIT :first) AS first_removed,
       ARRAY(SELECT ARRAY[o, n] FROM found WHERE o IS NOT NULL AND n IS NOT NULL
             ORDER BY n LIMIT :first) AS first_changed
FROM found
"""

_COMPARED = frozenset({
    "text", "integer", "bigint", "numeric", "double precision", "boolean", "date",
    "timestamp without time zone",
})  # fmt: skip
"""Types whose values are compared as such; those of all others as text."""


@dataclass(frozen=True)
class Pair:
    """Two tables and the columns that both have, with their type; empty where it differs."""

    old: str
    new: str
    columns: dict[str, str]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def table_differences(
    old: str, new: str, keys: Sequence[str] = (), first: int = FIRST, timeout: int = TIMEOUT
) -> RowDifferences:
    """Compare the rows of two tables over the columns that both have.

    `timeout`: milliseconds that one of its statements may take; sqlalchemy's OperationalError
    after it.

    `keys` that identify no row in both tables, or that are left out, are looked for among the
    unique indexes of both; where there are none, equal rows are counted against each other.
    """
    pair = _pair(old, new)
    with _reading(timeout) as connection:
        used = _keys(connection, pair, tuple(keys))
        counted = connection.execute(
            sa.text(_COUNTED.format(found=_found(pair, used))), {"first": first}
        )
        found: Any = counted.mappings().one()
        changed = found["first_changed"]
        olds = _rows(
            connection, pair.old, pair, [*found["first_removed"], *(o for o, _ in changed)]
        )
        news = _rows(connection, pair.new, pair, [*found["first_added"], *(n for _, n in changed)])
    return RowDifferences(
        found["added"],
        found["removed"],
        found["changed"],
        tuple(news[one] for one in found["first_added"]),
        tuple(olds[one] for one in found["first_removed"]),
        tuple(ChangedRow(olds[o], news[n]) for o, n in changed),
        used,
        pair.added,
        pair.removed,
    )


def table_source(table: str) -> Source:
    """A table for the room, to be compared with a file: its rows as text, in their order.

    They are fetched piece by piece.
    """
    columns = [one["id"] for one in datastore.columns_of(table)]
    shown = ", ".join(f"{identifier(one)}::text" for one in columns)
    query = sa.text(_literal(f"SELECT {shown} FROM {identifier(table)} ORDER BY _id"))

    def rows() -> Iterator[Sequence[str | None]]:
        with _reading() as connection:
            options = {"stream_results": True, "yield_per": 5000}
            for row in connection.execute(query, execution_options=options):
                yield tuple(row)

    return lambda: (columns, rows())


def stamp_of(table: str) -> tuple[int, str]:
    """How many rows a table has, and a text that differs after any change of them: who writes a
    row leaves the number of his transaction in it, and who deletes one leaves fewer."""
    newest = "max(xmin::text::bigint)"
    query = _literal(f"SELECT count(*), {newest} FROM {identifier(table)}")
    with _reading() as connection:
        count, newest = connection.execute(sa.text(query)).one()
    return count, f"{count}.{newest}"


@contextmanager
def _reading(timeout: int = TIMEOUT) -> Iterator[Connection]:
    """One snapshot of the tables for all statements."""
    with get_read_engine().connect() as connection:
        reading = connection.execution_options(isolation_level="REPEATABLE READ")
        reading.execute(sa.text(f"SET LOCAL statement_timeout TO {timeout}"))
        yield reading


def _pair(old: str, new: str) -> Pair:
    before = {one["id"]: one["type"] for one in datastore.columns_of(old)}
    after = {one["id"]: one["type"] for one in datastore.columns_of(new)}
    return Pair(
        old,
        new,
        {one: kind if before[one] == kind else "" for one, kind in after.items() if one in before},
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )


def _keys(connection: Connection, pair: Pair, asked: tuple[str, ...]) -> tuple[str, ...]:
    tables = (pair.old, pair.new)
    if asked and _comparable(pair, asked) and all(_once(connection, t, asked) for t in tables):
        return asked
    old, new = (
        [tuple(one) for one in connection.scalars(sa.text(_UNIQUE), {"table": _regclass(table)})]
        for table in tables
    )
    shared = [one for one in new if one in old and _comparable(pair, one)]
    filled = (one for one in shared if all(_filled(connection, t, one) for t in tables))
    return next(filled, ())


def _comparable(pair: Pair, keys: tuple[str, ...]) -> bool:
    return all(pair.columns.get(one) in _COMPARED for one in keys)


def _filled(connection: Connection, table: str, keys: tuple[str, ...]) -> bool:
    """Whether no row lacks one of these columns."""
    empty = " OR ".join(f"{identifier(one)} IS NULL" for one in keys)
    query = _literal(f"SELECT EXISTS (SELECT FROM {identifier(table)} WHERE {empty})")
    return not connection.scalar(sa.text(query))


def _once(connection: Connection, table: str, keys: tuple[str, ...]) -> bool:
    """Whether these columns are filled in every row and never twice the same."""
    names = ", ".join(identifier(one) for one in keys)
    twice = f"SELECT FROM {identifier(table)} GROUP BY {names} HAVING count(*) > 1"
    query = _literal(f"SELECT EXISTS ({twice})")
    return _filled(connection, table, keys) and not connection.scalar(sa.text(query))


def _found(pair: Pair, keys: tuple[str, ...]) -> str:
    old, new = identifier(pair.old), identifier(pair.new)
    if not keys:
        row = ", ".join(f"{identifier(one)}::text" for one in pair.columns)
        return _literal(_BY_ROW.format(old=old, new=new, row=row))
    same_key = " AND ".join(f"{_as('o', one, pair)} = {_as('n', one, pair)}" for one in keys)
    rows = [", ".join(_as(table, one, pair) for one in pair.columns) for table in ("o", "n")]
    old_row, new_row = (f"ROW({row})" for row in rows)
    return _literal(
        _BY_KEY.format(old=old, new=new, same_key=same_key, old_row=old_row, new_row=new_row)
    )


def _as(table: str, column: str, pair: Pair) -> str:
    """A column for comparing: as text where the types differ or know no equality."""
    name = f"{table}.{identifier(column)}"
    return name if pair.columns[column] in _COMPARED else f"{name}::text"


def _rows(connection: Connection, table: str, pair: Pair, ids: Sequence[int]) -> dict[int, Row]:
    if not ids:
        return {}
    columns = ", ".join(["_id", *(f"{identifier(one)}::text" for one in pair.columns)])
    query = _literal(f"SELECT {columns} FROM {identifier(table)} WHERE _id = ANY(") + ":ids)"
    found = connection.execute(sa.text(query), {"ids": list(ids)})
    return {row[0]: dict(zip(pair.columns, row[1:], strict=True)) for row in found}


def _literal(sql: str) -> str:
    """SQL without parameters: a colon in the name of a column is no parameter."""
    return sql.replace(":", r"\:")


def _regclass(table: str) -> str:
    return f"public.{identifier(table)}"
