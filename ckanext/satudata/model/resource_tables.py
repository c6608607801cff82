"""Which DataStore table a resource has, and which tables the releases point at.

The rows of a resource change by this pointer, in the commit that changes everything else; a
table that a release points at is never written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.errors import Refused
from ckanext.satudata.model import datastore
from ckanext.satudata.model.tables import Base, ReleaseFileRow

ACTIVE = "datastore_active"
_STAMP = "%Y%m%d%H%M%S"


_NAMED = sa.text("""
    SELECT t.table_name, p.name, coalesce(nullif(r.name, ''), r.id), NULL AS number
    FROM satudata_resource_table t JOIN resource r ON r.id = t.resource_id AND r.state = 'active'
    JOIN package p ON p.id = r.package_id
    WHERE t.table_name IS NOT NULL
    UNION ALL
    SELECT t.table_name, coalesce(p.name, l.dataset_id), t.resource_id, l.number
    FROM satudata_release_table t JOIN satudata_release l ON l.id = t.release_id
    LEFT JOIN package p ON p.id = l.dataset_id
    ORDER BY 1, 2, 4 NULLS FIRST
""")


class ResourceTableRow(Base):
    """The DataStore table of one resource; none: it has no rows."""

    __tablename__ = "satudata_resource_table"

    resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    table_name: Mapped[str | None] = mapped_column(sa.Text)
    set_at: Mapped[datetime] = mapped_column(sa.DateTime)


class ReleaseTableRow(Base):
    """The rows of one resource of a release. A trigger refuses every change."""

    __tablename__ = "satudata_release_table"

    release_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_release.id"), primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    table_name: Mapped[str] = mapped_column(sa.Text)
    rows: Mapped[int] = mapped_column(sa.BigInteger)
    columns: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


def table_of(resource_id: str) -> str | None:
    """The table that holds the rows of a resource; None when it has no rows."""
    query = sa.select(ResourceTableRow.table_name)
    return model.Session.scalar(query.where(ResourceTableRow.resource_id == resource_id))


def point_table(resource_id: str, table: str | None) -> None:
    """Let a resource have the rows of `table`, or none. No row is copied.

    CKAN's field `datastore_active` of the resource follows.
    """
    now = sa.func.timezone("utc", sa.func.now())
    row = insert(ResourceTableRow).values(resource_id=resource_id, table_name=table, set_at=now)
    change = {"table_name": row.excluded.table_name, "set_at": row.excluded.set_at}
    model.Session.execute(row.on_conflict_do_update(index_elements=["resource_id"], set_=change))
    resource = model.Session.get(model.Resource, resource_id)
    if resource is not None and bool(resource.extras.get(ACTIVE)) is not (table is not None):
        resource.extras = {**resource.extras, ACTIVE: table is not None}
        model.Session.flush()


def lock_table(resource_id: str) -> str | None:
    """What `table_of` says, held until the commit: no release is made of these rows meanwhile."""
    query = sa.select(ResourceTableRow.table_name)
    query = query.where(ResourceTableRow.resource_id == resource_id)
    return model.Session.scalar(query.with_for_update())


def file_changed(resource_id: str) -> None:
    """Another file has no rows yet: those of the last release are not its own."""
    table = table_of(resource_id)
    if table is not None and is_released(table):
        point_table(resource_id, None)


def tables_of(release_id: str) -> dict[str, str]:
    """The tables of a release by resource id."""
    query = sa.select(ReleaseTableRow.resource_id, ReleaseTableRow.table_name)
    found = model.Session.execute(query.where(ReleaseTableRow.release_id == release_id))
    return {resource_id: table for resource_id, table in found}


def is_released(table: str) -> bool:
    """Whether any release, shown or past, points at a table."""
    query = sa.select(ReleaseTableRow.release_id).where(ReleaseTableRow.table_name == table)
    return model.Session.scalar(query.limit(1)) is not None


def released_rows(table: str) -> int | None:
    """How many rows a table has that a release points at; None for any other table."""
    query = sa.select(ReleaseTableRow.rows).where(ReleaseTableRow.table_name == table)
    return model.Session.scalar(query.limit(1))


def is_shared(table: str, resource_id: str) -> bool:
    """Whether another resource than this one has its rows in a table."""
    query = _pointers().where(ResourceTableRow.table_name == table)
    others = query.where(ResourceTableRow.resource_id != resource_id)
    return model.Session.execute(others.limit(1)).first() is not None


def resources_with_rows() -> list[str]:
    """Ids of the resources that have a table."""
    return list(model.Session.scalars(_pointers()))


def remember_released(release_id: str, dataset_id: str, names: Mapping[str, str]) -> None:
    """Write down the tables of a release that was just made of a dataset, its files flushed.

    `names`: a resource of the dataset -> what the release calls it; they differ where the dataset
    is a working copy.

    A resource whose file is another one than that of the release before points at no table any
    more, unless its rows were loaded anew. Raises Refused `rows_lost`.
    """
    for resource_id, table in current_tables(dataset_id, lock=True).items():
        if _left_over(release_id, names[resource_id], table):
            point_table(resource_id, None)
            continue
        if not datastore.has_table(table):
            raise Refused("rows_lost", name=_name(resource_id))
        row = ReleaseTableRow(release_id=release_id, table_name=table)
        row.resource_id = names[resource_id]
        row.rows, row.columns = datastore.count_rows(table), datastore.columns_of(table)
        model.Session.add(row)
    model.Session.flush()


def still_released(release_id: str, dataset_id: str, names: Mapping[str, str]) -> bool:
    """Whether the resources of a dataset have the rows of a release, and no others."""
    here = current_tables(dataset_id)
    return tables_of(release_id) == {names[one]: table for one, table in here.items()}


def current_tables(dataset_id: str, *, lock: bool = False) -> dict[str, str]:
    """The tables of the active resources of a dataset, by resource id."""
    query = _pointers().where(model.Resource.package_id == dataset_id)
    query = query.order_by(ResourceTableRow.resource_id)
    if lock:
        query = query.with_for_update(of=ResourceTableRow)
    return {resource_id: table for resource_id, table in model.Session.execute(query)}


def new_table_name(now: datetime) -> str:
    """A name that no table has; it says when it was given, in UTC."""
    return f"rows-{now.strftime(_STAMP)}-{uuid4().hex}"


def orphan_tables(before: datetime | None = None) -> list[str]:
    """Tables in the DataStore that neither a resource nor a release names.

    A deleted resource names none: it may have gone without being asked, as with its dataset.

    A table is made before its pointer is committed: leave the young ones alone by asking for
    those named `before` a time in UTC. One whose name tells no time counts as old.
    """
    named = {table for _resource_id, table in model.Session.execute(_pointers())}
    named.update(model.Session.scalars(sa.select(ReleaseTableRow.table_name)))
    return sorted(_old(datastore.table_names() - named, before))


def lost_tables() -> dict[str, list[str]]:
    """Tables that a resource or a release names and that the DataStore does not hold; with whose
    they are, `dataset, resource` or `dataset, resource (release N)`."""
    # The rows before the tables: a table is there before its pointer.
    rows = model.Session.execute(_NAMED).fetchall()
    there = datastore.table_names()
    found: dict[str, list[str]] = {}
    for table, dataset, resource, number in rows:
        if table not in there:
            release = f" (release {number})" if number else ""
            found.setdefault(table, []).append(f"{dataset}, {resource}{release}")
    return found


def _pointers() -> sa.Select[tuple[str, str | None]]:
    """Resource id and table of the active resources that have one."""
    return (
        sa.select(ResourceTableRow.resource_id, ResourceTableRow.table_name)
        .join(model.Resource, model.Resource.id == ResourceTableRow.resource_id)
        .where(model.Resource.state == model.State.ACTIVE)
        .where(ResourceTableRow.table_name.is_not(None))
    )


def _old(tables: Iterable[str], before: datetime | None) -> list[str]:
    if before is None:
        return list(tables)
    limit = before.strftime(_STAMP)
    return [one for one in tables if not one.startswith("rows-") or one.split("-")[1] < limit]


def _left_over(release_id: str, resource_id: str, table: str) -> bool:
    """Whether a table is that of an earlier release whose file this resource has no longer."""
    earlier = sa.select(ReleaseTableRow).where(ReleaseTableRow.table_name == table).limit(1)
    first = model.Session.scalar(earlier)
    if first is None:
        return False
    return _sha256(first.release_id, first.resource_id) != _sha256(release_id, resource_id)


def _sha256(release_id: str, resource_id: str) -> str | None:
    query = sa.select(ReleaseFileRow.sha256).where(
        ReleaseFileRow.release_id == release_id, ReleaseFileRow.resource_id == resource_id
    )
    return model.Session.scalar(query)


def _name(resource_id: str) -> str:
    resource = model.Resource.get(resource_id)
    return (resource.name if resource is not None else None) or resource_id
