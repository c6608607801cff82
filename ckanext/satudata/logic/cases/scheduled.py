"""Approved datasets that wait for the minute in which they are shown. Nothing here commits.

The act that publishes is taken, its step is decided and stays open: the dataset is locked, and
nothing walks on before the public sees it. What is left is a piece of work with a time, which the
dispatcher does when that has come (`work.show_due`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from ckan import model

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.cases import casework, effects
from ckanext.satudata.logic.releases import approving
from ckanext.satudata.model import cases, embargoes, outbox, releases, working_copies
from ckanext.satudata.model.tables import CaseRow, ReleaseRow, WorkRow
from ckanext.satudata.sop.acts import Attempt
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Efek, Sop
from ckanext.satudata.sop.events import Event, Kind
from ckanext.satudata.sop.moves import WAYS
from ckanext.satudata.sop.statuses import Status
from ckanext.satudata.sop.timing import minute_of

_SET = frozenset({Kind.RELEASE_SCHEDULED, Kind.RELEASE_MOVED})


def zone_of(sop: Sop) -> ZoneInfo:
    """The clock of an agency: that of its SOP, else that of the portal."""
    name = sop.kalender.zona_waktu
    return ZoneInfo(name) if name else config.display_zone()


def with_times(sop: Sop, state: CaseState, attempt: Attempt, data: Mapping[str, Any]) -> Attempt:
    """An attempt with the time that it asks for, and those before which nothing may be shown.

    Raises Refused for a `publish_at` that is no minute to come, or where no step is ended.
    """
    asked = data.get("publish_at")
    if attempt.act is not None and attempt.act not in WAYS:
        if asked:
            raise Refused("nothing_to_time", field="publish_at")
        return attempt
    at = minute_of(asked, zone_of(sop), attempt.at, "publish_at") if asked else None
    items = next((visit.items for visit in state.visits if visit.key == attempt.visit), ())
    return replace(attempt, publish_at=at, embargoes=embargoes.lasting(items, attempt.at))


def begin(doing: effects.Doing, state: CaseState, row: WorkRow, visit: Visit) -> CaseState:
    """Approve what an act approves, and have the release wait for its minute."""
    if row.not_before is None:
        raise LookupError(row.id)
    before = [Efek(one) for one in row.effects if one != Efek.TERBITKAN.value]
    state = effects.run(doing, state, before, [row.item])
    release = _approved(doing.case, row.item)
    if not before:
        _check_content(release, row.item, doing.at)
    row.effects, row.release_id = [Efek.TERBITKAN.value], release.id
    release.scheduled_at = row.not_before
    body = _body(doing.case, row, release, visit)
    body["before"] = state.statuses[row.item][0] if row.item in state.statuses else None
    body["statuses"] = {row.item: Status.SIAP_TERBIT.value}
    if embargoes.lasting([row.item], doing.at).get(row.item) == row.not_before:
        body["embargo"] = True
    outbox.note_at(outbox.RELEASE, str(row.id), row.not_before)
    return cases.append(doing.case, state, Kind.RELEASE_SCHEDULED, doing.actor, doing.at, body)


def check_still(case: CaseRow, row: WorkRow) -> None:
    """Whether what waits may still be shown: data that was withdrawn since its time was set does
    not come back by itself. Raises Refused `withdrawn_since`."""
    last = releases.last_shown(_dataset_of(row.item))
    set_at = _last_set(cases.events_of(case.id), row.item)
    if last is not None and last.withdrawn_at is not None and last.withdrawn_at > set_at:
        zone = zone_of(casework.sop_of_case(case)).key
        raise Refused("withdrawn_since", at=last.withdrawn_at, zone=zone)


def move(
    doing: effects.Doing, state: CaseState, row: WorkRow, at: datetime, reason: str
) -> CaseState:
    """Give a release that waits in a locked case another time."""
    if row.release_id is None or row.not_before is None:
        raise Refused("not_scheduled")
    release, before = releases.get_release(row.release_id), row.not_before
    row.not_before = release.scheduled_at = at
    row.refused, row.facts = None, None
    body = _body(doing.case, row, release, visit_of(state, row))
    body |= {"from": before.isoformat(), "reason": reason}
    outbox.note_at(outbox.RELEASE, str(row.id), at)
    return cases.append(doing.case, state, Kind.RELEASE_MOVED, doing.actor, doing.at, body)


def check_unshown(state: CaseState, row: WorkRow) -> Visit:
    """The visit of what waits, nothing of whose act is public yet. Raises Refused
    `partly_shown`."""
    visit = visit_of(state, row)
    if state.shown.intersection(visit.items):
        raise Refused("partly_shown", step=visit.key.step)
    return visit


def call_off(
    doing: effects.Doing, state: CaseState, row: WorkRow, reason: str
) -> tuple[CaseState, tuple[str, ...]]:
    """Undo the act that was to publish; its step waits for a decision again. Returns the datasets
    it was about. Raises Refused `partly_shown` when some of them are public by it already."""
    visit = check_unshown(state, row)
    rows = rows_of_act(row)
    doings = (visit.decided or {})["doing"]
    items = [one.item for one in rows]
    approves = Efek.SETUJUI.value
    body = {
        "visit": visit.key.as_dict(),
        "step": visit.key.step,
        "items": items,
        "unapproved": [i for i in items if i in state.released and approves in doings.get(i, ())],
        "statuses": _statuses_before(cases.events_of(doing.case.id), rows),
        "reason": reason,
    }
    forget(rows)
    kind = Kind.RELEASE_CALLED_OFF
    return cases.append(doing.case, state, kind, doing.actor, doing.at, body), tuple(items)


def forget(rows: Sequence[WorkRow]) -> None:
    """Take away work that is not to be done any more; its releases wait for nothing."""
    for row in rows:
        if row.release_id is not None:
            releases.get_release(row.release_id).scheduled_at = None
        model.Session.delete(row)
    model.Session.flush()


def waiting_for(dataset_id: str) -> WorkRow | None:
    """What of a dataset, or of its working copy, waits for its minute; None when nothing does."""
    return model.Session.scalar(_undone(dataset_id).where(WorkRow.release_id.is_not(None)))


def undone_showings(dataset_id: str) -> Sequence[WorkRow]:
    """All work that will show a dataset or its working copy, waiting for a minute or not."""
    shows = WorkRow.effects.contains([Efek.TERBITKAN.value])
    return model.Session.scalars(_undone(dataset_id).where(shows)).all()


def rows_of_act(row: WorkRow) -> Sequence[WorkRow]:
    """The work that an act has left over, that of `row` among it."""
    query = sa.select(WorkRow).where(
        WorkRow.case_id == row.case_id,
        WorkRow.sequence == row.sequence,
        WorkRow.done_at.is_(None),
    )
    return model.Session.scalars(query.order_by(WorkRow.id)).all()


def visit_of(state: CaseState, row: WorkRow) -> Visit:
    """The open visit whose act a piece of work belongs to."""
    for visit in state.open_visits:
        if row.item in visit.pending:
            return visit
    raise Refused("step_not_open", step=0)


def _undone(dataset_id: str) -> sa.Select[tuple[WorkRow]]:
    copy = working_copies.open_copy_of(dataset_id)
    items = [dataset_id, *([copy.id] if copy is not None else [])]
    query = sa.select(WorkRow).where(WorkRow.item.in_(items), WorkRow.done_at.is_(None))
    return query.execution_options(populate_existing=True)


def _approved(case: CaseRow, item: str) -> ReleaseRow:
    release = releases.approved_by(case.id, _dataset_of(item))
    if release is None:
        raise Refused("content_differs")
    return release


def _dataset_of(item: str) -> str:
    return working_copies.original_of(item) or item


def _check_content(release: ReleaseRow, item: str, at: datetime) -> None:
    """What was approved at an earlier step must be what waits; better said now than at the hour."""
    if approving.approvable(item, at).content.sha256 != release.content_sha256:
        raise Refused("content_differs")


def _body(case: CaseRow, row: WorkRow, release: ReleaseRow, visit: Visit) -> dict[str, Any]:
    zone = zone_of(casework.sop_of_case(case)).key
    at = row.not_before.isoformat() if row.not_before else ""
    found: dict[str, Any] = {"item": row.item, "visit": visit.key.as_dict()}
    return {**found, "step": visit.key.step, "release": release.number, "at": at, "zone": zone}


def _last_set(events: Sequence[Event], item: str) -> datetime:
    return next(e.at for e in reversed(events) if e.kind in _SET and e.body["item"] == item)


def _statuses_before(events: Sequence[Event], rows: Sequence[WorkRow]) -> dict[str, str | None]:
    """What datasets were called before they waited."""
    found = {}
    for row in rows:
        said = [
            e.body["before"]
            for e in events
            if e.kind is Kind.RELEASE_SCHEDULED and e.body["item"] == row.item
        ]
        if row.release_id is not None and said:
            found[row.item] = said[-1]
    return found
