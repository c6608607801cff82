"""When the next release of a dataset is shown: moved, called off, and held back by an embargo.

Nothing here commits. An embargo and a release that waits are never at odds: whoever sets an
embargo moves what would be shown before its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.config import display_zone
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, effects, scheduled
from ckanext.satudata.logic.releases import withdrawing
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import cases, embargoes, records, working_copies
from ckanext.satudata.model.embargoes import EmbargoRow
from ckanext.satudata.model.tables import CaseRow, WorkRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.timing import minute_of


@dataclass(frozen=True)
class Waits:
    """A release that waits: the work it waits under, in its locked case, whose state is read."""

    row: WorkRow
    case: CaseRow
    state: CaseState


def move(package: model.Package, user: model.User, text: str, reason: str) -> WorkRow:
    """Have a release that waits be shown at another minute, `text` on the agency's clock.

    Raises Refused `not_scheduled`, `not_timer`, `time_same`, `under_embargo`, and those of
    `minute_of`.
    """
    found, now = _waits(package, user), clock.now()
    zone = scheduled.zone_of(casework.sop_of_case(found.case))
    at = minute_of(text, zone, now, "publish_at")
    if at == found.row.not_before:
        raise Refused("time_same", field="publish_at")
    embargo = embargoes.embargo_of(found.row.item, now)
    if embargo is not None and at < embargo.until:
        facts = {"until": embargo.until, "zone": zone.key}
        raise Refused("under_embargo", field="publish_at", **facts)
    doing = effects.Doing(found.case, user.id, now)
    scheduled.move(doing, found.state, found.row, at, reason)
    return found.row


def call_off(package: model.Package, user: model.User, reason: str) -> tuple[str, ...]:
    """Undo the act by which a release waits; its step waits for a decision again. Returns the
    datasets that it was about. Raises Refused `not_scheduled`, `not_timer`, `partly_shown`."""
    found = _waits(package, user)
    doing = effects.Doing(found.case, user.id, clock.now())
    return scheduled.call_off(doing, found.state, found.row, reason)[1]


def set_embargo(package: model.Package, user: model.User, text: str, reason: str) -> EmbargoRow:
    """Let nothing of a dataset be shown anew before a minute, `text` on the agency's clock; what
    waits for an earlier one is moved. Raises Refused `not_timer`, `time_same`, and those of
    `minute_of`."""
    dataset_id = working_copies.original_of(package.id) or package.id
    locked = _lock_cases(dataset_id)
    case = locked[0] if locked else None
    _check(package, case, user)
    now = clock.now()
    zone = _zone_of(case)
    until = minute_of(text, zone, now, "not_before")
    lasting = embargoes.embargo_of(dataset_id, now)
    if lasting is not None and (lasting.until, lasting.reason) == (until, reason):
        raise Refused("time_same", field="not_before")
    embargo = embargoes.set_embargo(dataset_id, until, reason, user.id, now)
    for row in scheduled.undone_showings(dataset_id):
        _hold_back(row, until, user, reason)
    body = {"until": until.isoformat(), "zone": zone.key, "reason": reason}
    records.record(dataset_stream(dataset_id), RecordKind.EMBARGO_SET, user.id, now, body)
    return embargo


def lift_embargo(package: model.Package, user: model.User, reason: str) -> EmbargoRow:
    """Take the embargo from a dataset; a release that waits keeps its time.

    Raises Refused `no_embargo`, `not_timer`.
    """
    dataset_id = working_copies.original_of(package.id) or package.id
    _lock_cases(dataset_id)
    row, now = liftable(package, user), clock.now()
    embargoes.lift(row)
    body = {"until": row.until.isoformat(), "reason": reason}
    records.record(dataset_stream(dataset_id), RecordKind.EMBARGO_LIFTED, user.id, now, body)
    return row


def movable(package: model.Package, user: model.User) -> WorkRow:
    """What of a dataset waits for its minute, for who may give it another. Raises Refused
    `not_scheduled`, `not_timer`."""
    row = scheduled.waiting_for(package.id)
    item = model.Package.get(row.item) if row is not None else None
    if row is None or item is None or not people.may_see_dataset(user, item):
        raise Refused("not_scheduled")
    _check(package, cases.get_case(row.case_id), user)
    return row


def revocable(package: model.Package, user: model.User) -> WorkRow:
    """The same for who may call it off. Raises Refused `partly_shown` besides."""
    row = movable(package, user)
    case = cases.get_case(row.case_id)
    if case is not None:
        scheduled.check_unshown(cases.state_of(case), row)
    return row


def embargoable(package: model.Package, user: model.User) -> None:
    """Whether somebody may hold data back. Raises Refused `not_timer`."""
    _check(package, case_that_times(package), user)


def liftable(package: model.Package, user: model.User) -> EmbargoRow:
    """The embargo on a dataset, for who may lift it. Raises Refused `no_embargo`, `not_timer`."""
    embargoable(package, user)
    row = embargoes.embargo_of(package.id, clock.now())
    if row is None:
        raise Refused("no_embargo")
    return row


def case_that_times(package: model.Package) -> CaseRow | None:
    """The open case whose people say when a dataset is shown; None when it is in none."""
    found = _cases_of(working_copies.original_of(package.id) or package.id)
    return found[0] if found else None


def zone_for(package: model.Package) -> ZoneInfo:
    """The clock on which the times of a dataset are written."""
    return _zone_of(case_that_times(package))


def may_time(package: model.Package, case: CaseRow | None, user: model.User) -> bool:
    """Who says when data is shown: who shows it by the SOP of its case, who steers that case, the
    head of the walidata, and the administrator."""
    if user.sysadmin or office_roles.is_head_of_walidata(user):
        return True
    if case is None:
        return False
    sop = casework.sop_of_case(case).sop
    held = people.person_for(user, sop.subjek, case.organization_id).actors
    if held.intersection(sop.pengendali):
        return True
    return withdrawing.publishes_in(case, package.id, user)


def _check(package: model.Package, case: CaseRow | None, user: model.User) -> None:
    if not may_time(package, case, user):
        raise Refused("not_timer")


def _zone_of(case: CaseRow | None) -> ZoneInfo:
    return scheduled.zone_of(casework.sop_of_case(case)) if case is not None else display_zone()


def _waits(package: model.Package, user: model.User) -> Waits:
    """What waits of a dataset, locked; whoever may not say when is told so."""
    case = cases.lock_case(movable(package, user).case_id)
    # Read anew under the lock: it may have been shown, moved or called off since.
    row = scheduled.waiting_for(package.id) if case is not None else None
    if case is None or row is None or row.case_id != case.id:
        raise Refused("not_scheduled")
    _check(package, case, user)
    return Waits(row, case, cases.state_of(case))


def _cases_of(dataset_id: str) -> list[CaseRow]:
    """The open cases that have a dataset or its working copy; that which publishes first, and
    those of the copy before those of the dataset."""
    copy = working_copies.open_copy_of(dataset_id)
    items = [*([copy.id] if copy is not None else []), dataset_id]
    return [case for item in items for case in cases.open_cases_of(item)]


def _lock_cases(dataset_id: str) -> list[CaseRow]:
    """The same, locked."""
    found = _cases_of(dataset_id)
    ids = sorted({case.id for case in found})
    locked = {one: cases.lock_case(one) for one in ids}
    return [case for one in found if (case := locked[one.id]) is not None]


def _hold_back(row: WorkRow, until: datetime, user: model.User, reason: str) -> None:
    """Let a piece of work show nothing before the end of an embargo."""
    if row.not_before is not None and row.not_before >= until:
        return
    case = cases.lock_case(row.case_id)
    if row.release_id is None or case is None:
        row.not_before = until
        return
    doing = effects.Doing(case, user.id, clock.now())
    scheduled.move(doing, cases.state_of(case), row, until, reason)


def as_dict(row: WorkRow) -> dict[str, Any]:
    """A release that waits, as the actions answer it."""
    at = row.not_before.isoformat() if row.not_before else None
    return {"dataset_id": row.item, "release_id": row.release_id, "publish_at": at}
