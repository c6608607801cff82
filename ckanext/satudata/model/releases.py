"""Releases: the rows that license a dataset to be public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.metadata.rules import OPEN
from ckanext.satudata.model.tables import ReleaseFileRow, ReleaseRow
from ckanext.satudata.release.content import Content

PUBLIC = "LATERAL satudata_public(p.id) r ON p.state = 'active' AND NOT p.private"
"""What is joined to the datasets `p` that the public sees."""

_PUBLIC = sa.text(f"SELECT p.id FROM package p JOIN {PUBLIC} WHERE p.id = ANY(:ids)")  # noqa: S608
_IS_PUBLIC = sa.text("SELECT 1 FROM satudata_public(:dataset_id)")


def newest_release(dataset_id: str) -> ReleaseRow | None:
    """The release of a dataset that was made last; None while nothing of it was approved."""
    return model.Session.scalar(_newest(dataset_id))


def shown_release(dataset_id: str) -> ReleaseRow | None:
    """The release that its readers see: everybody, or those whom its access class lets in. None
    while nothing was published, or it was withdrawn.

    A release that is made and not shown locks nothing: its case may still take the data back.
    """
    release = last_shown(dataset_id)
    return release if release is not None and release.withdrawn_at is None else None


def may_be_public(dataset_id: str) -> bool:
    """Whether a release that is shown and whose class is open lets a dataset be public: the rule
    of the database itself (migration 009), asked for what is flushed."""
    return model.Session.scalar(_IS_PUBLIC, {"dataset_id": dataset_id}) is not None


def last_open(dataset_id: str) -> ReleaseRow | None:
    """The last release that everybody could read, though not any more perhaps."""
    query = _newest(dataset_id).where(ReleaseRow.shown_at.is_not(None))
    return model.Session.scalar(query.where(ReleaseRow.access_class == OPEN))


def last_shown(dataset_id: str) -> ReleaseRow | None:
    """The release that was shown last, withdrawn or not; None while nothing was published."""
    return model.Session.scalar(_newest(dataset_id).where(ReleaseRow.shown_at.is_not(None)))


def approved_by(case_id: str, dataset_id: str) -> ReleaseRow | None:
    """The release that a case made last of a dataset; None while it approved nothing of it."""
    return model.Session.scalar(_newest(dataset_id).where(ReleaseRow.case_id == case_id))


def releases_of(dataset_id: str) -> Sequence[ReleaseRow]:
    """Every release of a dataset that was shown, the newest first."""
    query = _newest(dataset_id).where(ReleaseRow.shown_at.is_not(None)).limit(None)
    return model.Session.scalars(query).all()


def get_release(release_id: str) -> ReleaseRow:
    """A release by its id. Raises LookupError."""
    row = model.Session.get(ReleaseRow, release_id)
    if row is None:
        raise LookupError(release_id)
    return row


def content_of_release(release: ReleaseRow) -> Content:
    """What was approved, as it was judged."""
    return Content(release.content["metadata"], tuple(release.content["resources"]))


def _newest(dataset_id: str) -> sa.Select[tuple[ReleaseRow]]:
    query = sa.select(ReleaseRow).where(ReleaseRow.dataset_id == dataset_id)
    return query.order_by(ReleaseRow.number.desc()).limit(1)


def show(release: ReleaseRow, at: datetime) -> None:
    """Make a release the one that its readers see; the rows hold its content already.

    The database compares the rows with its own digest of them from now on.
    """
    model.Session.flush()
    digest = sa.func.satudata_rows_digest(release.dataset_id)
    release.rows_digest = model.Session.scalar(sa.select(digest))
    release.shown_at = at
    model.Session.flush()


def not_public_among(dataset_ids: Iterable[str]) -> set[str]:
    """Those of these datasets that the public does not see, in one query: absent, deleted or a
    draft, private, or without a release that lets it be public (`may_be_public`)."""
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
    """Which act approves what: dataset, case (none: forced), event, user id, when in UTC."""

    dataset_id: str
    case_id: str | None
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
    previous = newest_release(approval.dataset_id)
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


def rows_hold(release: ReleaseRow) -> bool:
    """Whether the rows of its dataset hold what a shown release says, by the database's digest."""
    digest = sa.func.satudata_rows_digest(release.dataset_id)
    return model.Session.scalar(sa.select(digest)) == release.rows_digest
