"""Which bytes a resource has: a row, never a field of the resource.

A field could be written by whoever may edit the dataset, and would then name any bytes that the
storage holds. CKAN's own fields `hash` and `size` are set from the row, for those who read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, ReleaseFileRow

_NOW = sa.text("timezone('utc', now())")


class FileRow(Base):
    """Bytes that lie in the storage under their sha256 (hex); `size` in bytes, times in UTC.

    `checked_at`: when they were last read and compared; empty until the first time after storing.
    `broken`: what was wrong then, `missing` or `differs`.
    """

    __tablename__ = "satudata_file"

    sha256: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    stored_at: Mapped[datetime] = mapped_column(sa.DateTime, server_default=_NOW)
    checked_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    broken: Mapped[str | None] = mapped_column(sa.Text)


class ResourceFileRow(Base):
    """The file of a resource: its bytes, and the name under which it is downloaded.

    A row outlives its resource, so that nobody takes the id of a removed one.
    """

    __tablename__ = "satudata_resource_file"

    resource_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("satudata_file.sha256"))
    name: Mapped[str] = mapped_column(sa.Text)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    set_at: Mapped[datetime] = mapped_column(sa.DateTime, server_default=_NOW)


def file_of(resource_id: str) -> ResourceFileRow | None:
    """The file of a resource as it is now, in one read; None when it has none."""
    query = sa.select(ResourceFileRow).where(ResourceFileRow.resource_id == resource_id)
    return model.Session.scalar(query.execution_options(populate_existing=True))


def files_of(dataset_id: str) -> Sequence[ResourceFileRow]:
    """The files of the active resources of a dataset."""
    query = (
        sa.select(ResourceFileRow)
        .join(model.Resource, model.Resource.id == ResourceFileRow.resource_id)
        .where(model.Resource.package_id == dataset_id)
        .where(model.Resource.state == model.State.ACTIVE)
        .execution_options(populate_existing=True)
    )
    return model.Session.scalars(query).all()


def point_file(resource_id: str, sha256: str, name: str, size: int) -> None:
    """Let a resource have these bytes from the caller's commit on; they lie in the storage already.

    CKAN's fields `hash` and `size` of the resource follow.
    """
    _ensure(sha256, size)
    row = {"sha256": sha256, "name": name, "size": size, "set_at": _NOW}
    query = insert(ResourceFileRow).values(resource_id=resource_id, **row)
    query = query.on_conflict_do_update(index_elements=["resource_id"], set_=row)
    model.Session.execute(query)
    _tell_resource(resource_id, sha256, size)


def forget_file(resource_id: str) -> None:
    """Let a resource have no file from the caller's commit on. The bytes stay in the storage."""
    model.Session.execute(
        sa.delete(ResourceFileRow).where(ResourceFileRow.resource_id == resource_id)
    )
    _tell_resource(resource_id, "", None)


def note_stored(sha256: str, size: int) -> None:
    """Bytes were written, or found whole where they lie: whatever was broken about them is over."""
    whole = {"size": size, "stored_at": _NOW, "broken": None}
    query = insert(FileRow).values(sha256=sha256, size=size)
    model.Session.execute(query.on_conflict_do_update(index_elements=["sha256"], set_=whole))


def note_checked(sha256: str, broken: str | None, at: datetime) -> None:
    """Bytes were read and compared at `at` (UTC); `broken` says what was wrong."""
    query = sa.update(FileRow).where(FileRow.sha256 == sha256)
    model.Session.execute(query.values(checked_at=at, broken=broken))


def is_known(resource_id: str) -> bool:
    """Whether a resource of this id has, or had, a file: now or in any release."""
    found = [
        sa.exists().where(ResourceFileRow.resource_id == resource_id),
        sa.exists().where(ReleaseFileRow.resource_id == resource_id),
    ]
    return bool(model.Session.scalar(sa.select(sa.or_(*found))))


def _ensure(sha256: str, size: int) -> None:
    query = insert(FileRow).values(sha256=sha256, size=size)
    model.Session.execute(query.on_conflict_do_nothing(index_elements=["sha256"]))


def _tell_resource(resource_id: str, sha256: str, size: int | None) -> None:
    resource = model.Session.get(model.Resource, resource_id)
    if resource is not None:
        resource.hash = sha256
        resource.size = size  # pyright: ignore[reportAttributeAccessIssue] - CKAN's column is null
        model.Session.flush()
