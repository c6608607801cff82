"""Who may read restricted data is named by the walidata. Nothing here commits."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, organizations, people, reindex
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.datasets.classes import class_of
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.metadata.rules import RESTRICTED
from ckanext.satudata.model import readers, records, working_copies
from ckanext.satudata.model.readers import ReaderRow


def may_name(user: model.User) -> bool:
    """Whoever holds something for every agency is of the walidata; so is its head. The
    administrator keeps a machine and names nobody."""
    if office_roles.is_head_of_walidata(user):
        return True
    return any(row.organization_id is None for row in people.Desk(user).inside)


def may_list(user: model.User, package: model.Package) -> bool:
    """Those who name readers, and those to whom the data belong; one reader learns of no other."""
    if user.sysadmin or may_name(user):
        return True
    agency = package.owner_org or ""
    if people.agency_member(user, agency):
        return True
    return any(row.organization_id == agency for row in people.Desk(user).inside)


def add(
    package: model.Package, user: model.User, kind: str, whom: str, reason: str, until: date | None
) -> ReaderRow:
    """Let somebody read restricted data, to the end of the day `until`.

    Given to a working copy it is given to what the copy revises: it holds when that is released.
    Raises Refused `not_reader_giver`, `reader_not_restricted`, `reader_until_past`,
    `reader_unknown`, `organization_unknown`, `reader_exists`.
    """
    if not may_name(user):
        raise Refused("not_reader_giver")
    if class_of(package) != RESTRICTED:
        raise Refused("reader_not_restricted", field="id")
    if until is not None and until < clock.today():
        raise Refused("reader_until_past", field="until")
    reader_id = _reader_id(kind, whom)
    dataset_id = working_copies.original_of(package.id) or package.id
    casework.lock_dataset(dataset_id)
    _make_room(readers.same(dataset_id, kind, reader_id), user)
    row = ReaderRow(dataset_id=dataset_id, kind=kind, reader_id=reader_id, reason=reason)
    row.until, row.given_by, row.given_at = until, user.id, clock.now()
    model.Session.add(row)
    model.Session.flush()
    _record(RecordKind.READER_ADDED, row, user, {"reason": reason, "until": _text(until)})
    return row


def remove(row_id: str, user: model.User) -> ReaderRow:
    """Take back what somebody was given; it holds from the commit.

    Raises Refused `not_reader_giver`, `not_found`.
    """
    if not may_name(user):
        raise Refused("not_reader_giver")
    row = readers.reader(row_id)
    if row is None or row.ended_at is not None:
        raise Refused("not_found")
    _end(row, user)
    _record(RecordKind.READER_REMOVED, row, user, {})
    return row


def as_dict(row: ReaderRow) -> dict[str, Any]:
    """A reader for people and programs; `over`: his day has passed."""
    return {
        "id": row.id,
        "kind": row.kind,
        "reader": _named(row),
        "reason": row.reason,
        "until": _text(row.until),
        "over": row.until is not None and row.until < clock.today(),
        "given_by": _name_of_user(row.given_by),
        "given_at": row.given_at.isoformat(),
    }


def _reader_id(kind: str, whom: str) -> str | None:
    if kind == readers.STAFF:
        return None
    if kind == readers.AGENCY:
        return organizations.named(whom, "reader").id
    user = model.User.get(whom) if whom else None
    if user is None or user.state != model.State.ACTIVE:
        raise Refused("reader_unknown", field="reader", reader=whom or "-")
    return user.id


def _make_room(before: ReaderRow | None, user: model.User) -> None:
    """Who reads already is not named twice; whose day is over is named anew."""
    if before is None:
        return
    if before.until is None or before.until >= clock.today():
        raise Refused("reader_exists", field="reader")
    _end(before, user)


def _end(row: ReaderRow, user: model.User) -> None:
    row.ended_by, row.ended_at = user.id, clock.now()
    model.Session.flush()


def _record(kind: RecordKind, row: ReaderRow, user: model.User, more: dict[str, Any]) -> None:
    body = {"reader": row.id, "kind": row.kind, "whom": row.reader_id, **more}
    records.record(dataset_stream(row.dataset_id), kind, user.id, clock.now(), body)
    reindex.datasets([row.dataset_id])


def _named(row: ReaderRow) -> dict[str, str] | None:
    found: Any = None
    if row.kind == readers.PERSON:
        found = model.User.get(row.reader_id)
    elif row.kind == readers.AGENCY:
        found = model.Group.get(row.reader_id)
    if found is None:
        return None
    return {"id": found.id, "name": found.name, "title": found.display_name}


def _name_of_user(user_id: str) -> str:
    user = model.User.get(user_id)
    return user.display_name if user is not None else ""


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
