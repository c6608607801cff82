"""Versions of kamus data. What holds now stands in the resource itself, in its field `schema`.

A resource and those of its working copies are one family: a copy carries the work on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, WorkingCopyResourceRow


class DictionaryRow(Base):
    """One version: the Table Schema as its one JSON text, by whom and when (UTC) it was saved."""

    __tablename__ = "satudata_dictionary_version"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.Text)
    body: Mapped[str] = mapped_column(sa.Text)
    saved_by: Mapped[str | None] = mapped_column(sa.Text)
    saved_at: Mapped[datetime] = mapped_column(sa.DateTime)


def versions_of(resource_id: str) -> Sequence[DictionaryRow]:
    """Every version of a resource and of its working copies, the oldest first."""
    query = sa.select(DictionaryRow).where(DictionaryRow.resource_id.in_(_family(resource_id)))
    return model.Session.scalars(query.order_by(DictionaryRow.id)).all()


def newest_sha256(resource_id: str) -> str | None:
    """The version that was saved last; None where none was."""
    query = sa.select(DictionaryRow.sha256)
    query = query.where(DictionaryRow.resource_id.in_(_family(resource_id)))
    return model.Session.scalar(query.order_by(DictionaryRow.id.desc()).limit(1))


def keep(resource_id: str, sha256: str, body: str, saved_by: str | None, at: datetime) -> None:
    """Write a version down, in the caller's transaction."""
    row = DictionaryRow(resource_id=resource_id, sha256=sha256, body=body)
    row.saved_by, row.saved_at = saved_by, at
    model.Session.add(row)
    model.Session.flush()


def _family(resource_id: str) -> list[str]:
    """The resource itself, the public one that it stands for, and all that stand for that."""
    pairs = WorkingCopyResourceRow
    root = model.Session.scalar(
        sa.select(pairs.resource_id).where(pairs.copy_resource_id == resource_id)
    )
    public = root or resource_id
    copies = model.Session.scalars(
        sa.select(pairs.copy_resource_id).where(pairs.resource_id == public)
    )
    return [public, *copies]
