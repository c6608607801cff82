"""When the next data of a dataset are due, by the release that is shown. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.metadata.updates import NextUpdate, Promise, next_update
from ckanext.satudata.model import records, updates
from ckanext.satudata.model.updates import Shown, UpdateRow


@dataclass(frozen=True)
class Planned:
    """The release that is shown, the one that the time counts from, and what comes of it."""

    release_id: str
    number: int
    base_id: str
    next: NextUpdate | None


def planned_of(dataset_id: str) -> Planned | None:
    """When the next data of a dataset are due; None while nothing of it is shown."""
    rows = updates.shown_releases(dataset_id)
    if not rows or rows[0].withdrawn_at is not None:
        return None
    here = rows[0]
    base = _base(rows)
    before = next((_promise(one) for one in rows if one.number < base.number), None)
    found = next_update(day_of(base.shown_at), _promise(here), before)
    return Planned(here.id, here.number, base.id, found)


def due_of(dataset_id: str) -> date | None:
    """The day by whose end the next data of a dataset are due; None where none are."""
    planned = planned_of(dataset_id)
    return planned.next.day if planned and planned.next else None


def plan(dataset_id: str, at: datetime) -> None:
    """Bring the row of a dataset to the release that is shown; what was asked for the one before
    is over."""
    planned, package = planned_of(dataset_id), model.Package.get(dataset_id)
    row = updates.lock(dataset_id)
    if planned is None or package is None or package.owner_org is None:
        if row is not None:
            _end(row, at, "withdrawn", None)
            updates.forget(row)
        return
    if row is None:
        row = updates.start(dataset_id, planned.release_id, planned.base_id, package.owner_org)
    elif row.release_id == planned.release_id:
        return
    if row.base_id != planned.base_id:
        _end(row, at, "released", planned.number)
    elif planned.next is None:
        _end(row, at, "corrected", planned.number)
    _put(row, planned)
    row.organization_id = package.owner_org
    model.Session.flush()


def asked_of(dataset_id: str) -> dict[str, Any] | None:
    """What is asked for of a dataset now, by which day, and which SOP's next list takes it up."""
    row = updates.of_dataset(dataset_id)
    if row is None or row.asked_at is None or row.due_on is None:
        return None
    return {"due_on": row.due_on.isoformat(), "list": row.list_subject}


def day_of(at: datetime) -> date:
    """The day at the office of a moment in UTC."""
    return at.replace(tzinfo=timezone.utc).astimezone(config.display_zone()).date()


def _base(rows: list[Shown]) -> Shown:
    """The release that the shown one is a small correction of, if it is one: a new spelling of a
    telephone number brings no new data."""
    known, base = {one.id: one for one in rows}, rows[0]
    while base.corrects in known:
        base = known[base.corrects]
    return base


def _promise(release: Shown) -> Promise:
    return Promise(release.frequency, release.schedule)


def _put(row: UpdateRow, planned: Planned) -> None:
    row.release_id, row.base_id = planned.release_id, planned.base_id
    found = planned.next
    row.due_on, row.near_on = (found.day, found.near) if found else (None, None)
    row.basis = found.basis.value if found else None


def _end(row: UpdateRow, at: datetime, why: str, number: int | None) -> None:
    """What was asked for is asked for no more: new data came, or none are to come."""
    if row.asked_at is not None:
        body = {"due_on": _iso(row.due_on), "why": why, "release": number}
        stream = dataset_stream(row.dataset_id)
        records.record(stream, RecordKind.UPDATE_ENDED, "", at, body)
    row.asked_at = row.asked_told_at = row.overdue_told_at = row.list_subject = None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
