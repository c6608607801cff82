"""Releases: the rows that license a dataset to be public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import ReleaseFileRow, ReleaseRow
from ckanext.satudata.release.content import Content

_PUBLIC = sa.text("""
    SELECT p.id FROM package p JOIN LATERAL (
        SELECT shown_at FROM satudata_release WHERE dataset_id = p.id
        ORDER BY number DESC LIMIT 1
    ) r ON r.shown_at IS NOT NULL
    WHERE p.id = ANY(:ids) AND p.state = 'active' AND NOT p.private
""")


def current_release(dataset_id: str) -> ReleaseRow | None:
    """The newest release of a dataset; None while nothing of it was approved."""
    query = (
        sa.select(ReleaseRow)
        .where(ReleaseRow.dataset_id == dataset_id)
        .order_by(ReleaseRow.number.desc())
        .limit(1)
    )
    return model.Session.scalar(query)


def shown_release(dataset_id: str) -> ReleaseRow | None:
    """The release that the public sees; None while nothing was published.

    A release that is made and not shown locks nothing: its case may still take the data back.
    """
    release = current_release(dataset_id)
    return release if release is not None and release.shown_at is not None else None


def not_public_among(dataset_ids: Iterable[str]) -> set[str]:
    """Those of these datasets that the public does not see, in one query: absent, deleted or a
    draft, private, or without a release that is shown (as `shown_release` finds it)."""
    ids = set(dataset_ids)
    if not ids:
        return set()
    return ids.difference(model.Session.scalars(_PUBLIC, {"ids": list(ids)}))


def files_of(release_id: str) -> Sequence[ReleaseFileRow]:
    """The files of a release."""
    query = sa.select(ReleaseFileRow).where(ReleaseFileRow.release_id == release_id)
    return model.Session.scalars(query).all()


@dataclass(frozen=True)
class Approval:
    """Which act approves what: dataset, case, sequence of its event, user id, UTC."""

    dataset_id: str
    case_id: str
    event_sequence: int
    made_by: str
    made_at: datetime


def make_release(
    approval: Approval,
    status: str,
    content: Content,
    files: Sequence[tuple[str, str, str, int]],
) -> ReleaseRow:
    """The next release of a dataset, flushed. `files`: (resource id, name, sha256, bytes)."""
    previous = current_release(approval.dataset_id)
    release = ReleaseRow(
        number=previous.number + 1 if previous else 1,
        status=status,
        content=content.as_dict(),
        content_sha256=content.sha256,
        **asdict(approval),
    )
    model.Session.add(release)
    model.Session.flush()
    for resource_id, name, sha256, size in files:
        row = ReleaseFileRow(release_id=release.id, resource_id=resource_id, name=name)
        row.sha256, row.size = sha256, size
        model.Session.add(row)
    model.Session.flush()
    return release
