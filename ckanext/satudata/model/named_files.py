"""Which stored bytes are named, and by what: resources that still exist, and releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.resource_files import FileRow, ResourceFileRow
from ckanext.satudata.model.tables import AttachmentRow, ReleaseFileRow, ReleaseRow


@dataclass(frozen=True)
class Place:
    """Where bytes are named: name of the dataset (its id once it is gone), resource, file.

    `release`: number of the release that names them; None where it is the resource as it is.
    """

    dataset: str
    resource_id: str
    name: str
    release: int | None


def _of_resources() -> sa.Select[tuple[str]]:
    return sa.select(ResourceFileRow.sha256).join(
        model.Resource, model.Resource.id == ResourceFileRow.resource_id
    )


def _is_named() -> sa.ColumnElement[bool]:
    releases = sa.exists().where(ReleaseFileRow.sha256 == FileRow.sha256)
    resources = _of_resources().where(ResourceFileRow.sha256 == FileRow.sha256).exists()
    return releases | resources


def named_digests() -> set[str]:
    """The sha256 of all bytes that a resource or a release names."""
    releases = sa.select(ReleaseFileRow.sha256)
    return set(model.Session.scalars(_of_resources().union(releases)))


def attached_digests() -> set[str]:
    """The sha256 of all bytes that a case or a decree names."""
    return set(model.Session.scalars(sa.select(AttachmentRow.sha256)))


def count() -> int:
    """How many named files there are."""
    query = sa.select(sa.func.count()).select_from(FileRow).where(_is_named())
    return model.Session.scalar(query) or 0


def by_age(limit: int | None, before: datetime) -> Sequence[str]:
    """The sha256 of named files, those first that were read and compared longest ago.

    At most `limit` of them (None: all), but always all that are broken, and all whose last check
    was before `before` (UTC). To store a file is to check it, too.
    """
    checked = sa.func.greatest(FileRow.checked_at, FileRow.stored_at)
    rows = (
        sa.select(
            FileRow.sha256,
            sa.func.row_number().over(order_by=(checked, FileRow.sha256)).label("place"),
            (FileRow.broken.is_not(None) | (checked < before)).label("due"),
        )
        .where(_is_named())
        .subquery()
    )
    query = sa.select(rows.c.sha256).order_by(rows.c.place)
    if limit is not None:
        query = query.where(rows.c.due | (rows.c.place <= limit))
    return model.Session.scalars(query).all()


def places(sha256: str) -> Iterator[Place]:
    """Where bytes are named, resources before releases."""
    resources = (
        sa.select(model.Package.name, ResourceFileRow.resource_id, ResourceFileRow.name)
        .join(model.Resource, model.Resource.id == ResourceFileRow.resource_id)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .where(ResourceFileRow.sha256 == sha256)
        .order_by(model.Package.name, ResourceFileRow.resource_id)
    )
    for dataset, resource_id, name in model.Session.execute(resources):
        yield Place(dataset, resource_id, name, None)
    called = sa.func.coalesce(model.Package.name, ReleaseRow.dataset_id)
    releases = (
        sa.select(called, ReleaseFileRow.resource_id, ReleaseFileRow.name, ReleaseRow.number)
        .join(ReleaseRow, ReleaseRow.id == ReleaseFileRow.release_id)
        .outerjoin(model.Package, model.Package.id == ReleaseRow.dataset_id)
        .where(ReleaseFileRow.sha256 == sha256)
        .order_by(called, ReleaseFileRow.resource_id, ReleaseRow.number)
    )
    for dataset, resource_id, name, number in model.Session.execute(releases):
        yield Place(dataset, resource_id, name, number)


def recorded() -> Sequence[tuple[str, int, str | None]]:
    """Every named file as it was recorded: sha256, size in bytes, what is known to be broken."""
    query = sa.select(FileRow.sha256, FileRow.size, FileRow.broken).where(_is_named())
    return [
        (row[0], row[1], row[2]) for row in model.Session.execute(query.order_by(FileRow.sha256))
    ]


def unrecorded() -> Sequence[str]:
    """The sha256 of bytes that a release names and of which no record is kept."""
    none = ~sa.exists().where(FileRow.sha256 == ReleaseFileRow.sha256)
    query = sa.select(ReleaseFileRow.sha256).where(none).distinct()
    return model.Session.scalars(query.order_by(ReleaseFileRow.sha256)).all()


def attached() -> Sequence[tuple[str, int]]:
    """The sha256 and size in bytes of every attachment."""
    query = sa.select(AttachmentRow.sha256, AttachmentRow.size).distinct()
    found = model.Session.execute(query.order_by(AttachmentRow.sha256))
    return [(row[0], row[1]) for row in found]


def checked_before(moment: datetime) -> Sequence[tuple[str, datetime]]:
    """Named files whose last check (or storing) was before a moment (UTC), with when that was."""
    checked = sa.func.greatest(FileRow.checked_at, FileRow.stored_at)
    query = sa.select(FileRow.sha256, checked).where(_is_named(), checked < moment)
    found = model.Session.execute(query.order_by(checked, FileRow.sha256))
    return [(row[0], row[1]) for row in found]
