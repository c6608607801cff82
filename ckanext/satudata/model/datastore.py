"""What lies in the DataStore: a second database, which shares no transaction with CKAN's."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from ckanext.datastore.backend.postgres import get_read_engine, get_write_engine, identifier

_NAMES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'"
_COLUMNS = """
SELECT attname AS id, format_type(atttypid, atttypmod) AS type,
       col_description(attrelid, attnum) AS comment
FROM pg_attribute
WHERE attrelid = to_regclass(:table) AND attnum > 0 AND NOT attisdropped AND attname NOT LIKE '\\_%'
ORDER BY attnum
"""


def table_names() -> frozenset[str]:
    """The tables that hold somebody's rows; the DataStore's own begin with an underscore."""
    with get_read_engine().connect() as connection:
        return frozenset(connection.scalars(sa.text(_NAMES)))


def has_table(table: str) -> bool:
    """Whether a table is there."""
    query = sa.text(f"{_NAMES} AND tablename = :table")
    with get_read_engine().connect() as connection:
        return connection.scalar(query, {"table": table}) is not None


def count_rows(table: str) -> int:
    """How many rows a table has, counted."""
    with get_read_engine().connect() as connection:
        found = connection.scalar(sa.text(f"SELECT count(*) FROM {identifier(table)}"))  # noqa: S608
    return found or 0


def columns_of(table: str) -> list[dict[str, Any]]:
    """The columns of a table in order: `id`, `type` as PostgreSQL writes it, `info` if any."""
    with get_read_engine().connect() as connection:
        found = connection.execute(sa.text(_COLUMNS), {"table": f"public.{identifier(table)}"})
        return [{"id": row.id, "type": row.type, **_info(row.comment)} for row in found]


def _info(comment: str | None) -> dict[str, Any]:
    """What the data dictionary says; core keeps it in the comment of the column."""
    try:
        info = json.loads(comment or "{}").get("_info")
    except (ValueError, AttributeError):
        return {}
    return {"info": info} if info else {}


def drop_table(table: str) -> None:
    """Remove a table and its rows, in a commit of its own."""
    with get_write_engine().begin() as connection:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {identifier(table)}"))
