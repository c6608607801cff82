"""The releases that a dataset had: what everybody is told of them, and who reads them whole."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.releases import readers
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.metadata.rules import OPEN, RESTRICTED
from ckanext.satudata.model import cases, persons, releases, resource_tables
from ckanext.satudata.model.tables import EventRow, ReleaseRow


def may_read_past(user: model.User | None, package: model.Package) -> bool:
    """Who reads what is public no longer, or never was: those to whom the data belong, and the
    office. It may have been replaced for a reason."""
    return user is not None and readers.may_list(user, package)


def may_read(user: model.User | None, package: model.Package, release: ReleaseRow) -> bool:
    """Whether somebody who is shown the dataset reads this release of it whole.

    Closed data is read by holders of posts, not by every member of its agency.
    """
    if release.access_class == OPEN and is_in_force(release):
        return True
    if user is None or not may_read_past(user, package):
        return False
    if release.access_class in (OPEN, RESTRICTED):
        return True
    return (
        user.sysadmin
        or office_roles.is_head_of_walidata(user)
        or bool(
            {None, package.owner_org} & {row.organization_id for row in people.Desk(user).inside}
        )
    )


def is_in_force(release: ReleaseRow) -> bool:
    """Whether it is the release that the public sees."""
    found = releases.shown_release(release.dataset_id)
    return found is not None and found.id == release.id


def numbered(dataset_id: str, number: int, field: str = "release") -> ReleaseRow:
    """A release that was shown, by its number. Raises Refused `release_unknown`."""
    for row in releases.releases_of(dataset_id):
        if row.number == number:
            return row
    raise Refused("release_unknown", field=field, number=number)


def told(package: model.Package, user: model.User | None) -> list[dict[str, Any]]:
    """The releases of a dataset that were shown, the newest first. `files` and `case` are None
    where they are not the reader's to know; what was not open is listed for its own people."""
    reads_past = may_read_past(user, package)
    rows = releases.releases_of(package.id)
    return [
        _row(row, package, user, rows[place - 1] if place else None)
        for place, row in enumerate(rows)
        if reads_past or row.access_class == OPEN
    ]


def whole(package: model.Package, user: model.User | None, number: int) -> dict[str, Any]:
    """One release as `told` has it, with its `dataset` for those who may read it.

    Raises Refused `release_unknown`.
    """
    release = numbered(package.id, number)
    if release.access_class != OPEN and not may_read_past(user, package):
        raise Refused("release_unknown", field="release", number=number)
    found = next(row for row in told(package, user) if row["number"] == release.number)
    dataset = release.content if may_read(user, package, release) else None
    return {**found, "dataset": dataset}


def _row(
    release: ReleaseRow,
    package: model.Package,
    user: model.User | None,
    next_one: ReleaseRow | None,
) -> dict[str, Any]:
    reads = may_read(user, package, release)
    in_force = next_one is None and release.withdrawn_at is None
    return {
        "number": release.number,
        "shown_at": release.shown_at.isoformat() if release.shown_at else None,
        "replaced_at": next_one.shown_at.isoformat() if next_one and next_one.shown_at else None,
        "withdrawn_at": release.withdrawn_at.isoformat() if release.withdrawn_at else None,
        "withdrawal": release.withdrawal,
        "in_force": in_force,
        "access_class": release.access_class,
        "content_sha256": release.content_sha256,
        "forced": release.forced,
        "corrects": releases.get_release(release.corrects).number if release.corrects else None,
        "reason": _forced_because(release) if release.forced else None,
        "case": _case_of(release, user) if reads else None,
        "files": _files(release) if reads else None,
    }


def _files(release: ReleaseRow) -> list[dict[str, Any]]:
    tables = resource_tables.tables_of(release.id)
    names = {one["id"]: one["name"] for one in release.content["resources"]}
    return [
        {
            "resource_id": one.resource_id,
            "title": names.get(one.resource_id),
            "name": one.name,
            "sha256": one.sha256,
            "size": one.size,
            "rows": one.resource_id in tables,
        }
        for one in releases.files_of(release.id)
    ]


def _case_of(release: ReleaseRow, user: model.User | None) -> int | None:
    case = cases.get_case(release.case_id) if release.case_id else None
    return case.number if case is not None and people.may_see_case(user, case) else None


def _forced_because(release: ReleaseRow) -> str:
    """The reason of a forced publication; it stands in the event alone."""
    query = sa.select(EventRow.body).where(
        EventRow.stream == dataset_stream(release.dataset_id),
        EventRow.sequence == release.event_sequence,
    )
    bodies = list(model.Session.scalars(query))
    return persons.told(bodies)[0].get("reason", "") if bodies else ""
