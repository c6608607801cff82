"""Data that come near their day are asked for, once for each release that they follow.

One pass looks at everything, so it makes up for a machine that stood still: what fell into that
time is asked for once, since when it was due, and not once for each period that was missed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import requests
from ckanext.satudata.logic.updates import planning, telling
from ckanext.satudata.model import records, updates, working_copies
from ckanext.satudata.model.tables import CaseRow, WorkingCopyRow
from ckanext.satudata.model.updates import UpdateRow

log = logging.getLogger(__name__)


def all_due() -> Iterator[object]:
    """Bring the rows up to date, ask for what comes near, tell people; a commit for each dataset,
    yields after each."""
    for dataset_id in updates.stale():
        planning.plan(dataset_id, clock.now())
        model.Session.commit()
        yield dataset_id
    for dataset_id in updates.to_ask(planning.day_of(clock.now())):
        ask(dataset_id, clock.now())
        model.Session.commit()
        yield dataset_id
    yield from telling.all_due()


def ask(dataset_id: str, at: datetime) -> UpdateRow | None:
    """Open the request for the next data of a dataset, under the lock of its row; None where it
    was opened meanwhile, or there is nothing to ask for."""
    row, package = updates.lock(dataset_id), model.Package.get(dataset_id)
    if row is None or package is None or row.asked_at is not None or row.near_on is None:
        return None
    if row.near_on > planning.day_of(at) or working_copies.open_copy_of(dataset_id) is not None:
        return None
    force = telling.in_force(row, package)
    row.asked_at = at
    row.list_subject = force.adoption.subject if force and not force.walks_alone else None
    body = {
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "basis": row.basis,
        "organization": row.organization_id,
        "list": row.list_subject,
    }
    stream = dataset_stream(dataset_id)
    records.record(stream, RecordKind.UPDATE_ASKED, "", at, body)
    model.Session.flush()
    return row


def answered(
    copy: WorkingCopyRow, case: CaseRow | None, user: model.User, at: datetime
) -> CaseRow | None:
    """Write down that somebody prepares the data that were asked for; returns the case in which
    he does: its own, or the list that waits for them. None where it is still to come."""
    row = updates.lock(copy.dataset_id)
    if row is None or row.asked_at is None:
        return case
    if case is None and row.list_subject:
        case = _put_on_list(row.list_subject, copy, user)
    body = {
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "working_copy": copy.id,
        "case": case.number if case else None,
    }
    stream = dataset_stream(copy.dataset_id)
    records.record(stream, RecordKind.UPDATE_ANSWERED, user.id, at, body)
    return case


def _put_on_list(subject: str, copy: WorkingCopyRow, user: model.User) -> CaseRow | None:
    """Let a working copy answer the request of an open list that asks for data of its title, where
    that stands at its producers; else who keeps the list, or he himself, puts it there."""
    package = model.Session.get_one(model.Package, copy.id)
    asked = updates.request_for(subject, package.owner_org or "", package.title or package.name)
    if asked is None:
        return None
    case_id, request, version = asked
    answer = {"request": request, "dataset_id": copy.id, "version": version}
    try:
        return requests.fulfil(case_id, user, answer)
    except Refused as refused:
        # What was flushed before a refusal is nothing: it comes of reading under the lock.
        log.info("list %s does not take %s up: %s", case_id, copy.id, refused.code)
        return None
