"""Working copies are opened and dropped. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import authz, model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, opening, work
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.model import (
    cases,
    records,
    releases,
    resource_files,
    resource_tables,
    working_copies,
)
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow, ReleaseRow, WorkingCopyRow, new_id
from ckanext.satudata.model.writing import write_content
from ckanext.satudata.release import copying
from ckanext.satudata.sop.beside import taken_back
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Menulis, Sop

LONGEST_NAME = 80
"""Characters of the public name that the name of a copy begins with; CKAN's limit is 100."""


def open_copy(
    package: model.Package, user: model.User, restored: ReleaseRow | None = None
) -> tuple[WorkingCopyRow, CaseRow | None]:
    """Open a working copy of a public dataset, with its own case where the SOP of the agency
    walks alone; where it runs over lists, the copy waits for the next one.

    `restored`: an earlier release to begin with, in place of the one that is shown. Raises
    Refused `not_published`, `not_reviser`, `working_copy_exists`.
    """
    locked = casework.lock_dataset(package.id)
    base = releases.last_shown(package.id)
    if locked is None or base is None:
        raise Refused("not_published")
    if not may_revise(locked, user):
        raise Refused("not_reviser")
    existing = working_copies.open_copy_of(package.id)
    if existing is not None:
        raise Refused("working_copy_exists", name=_name_of(existing.id))
    row = _make(locked, user, restored or base, base)
    return row, _open_case(row, user)


def may_revise(package: model.Package, user: model.User) -> bool:
    """Whether a person may prepare the next release: who may write for the agency, and who brings
    its data under its SOP. A copy publishes nothing, so more is not asked."""
    agency = opening.agency_of(package)
    if authz.has_user_permission_for_group_or_org(agency, user.name, "update_dataset"):
        return True
    force = opening.for_upload(agency, routes.kind_of(package))
    if force is None:
        return False
    person = people.person_for(user, force.adoption.subject, agency)
    return bool(person.actors & (opening.producers(force.sop) | set(force.sop.step(1).pelaksana)))


def drop(
    package: model.Package, user: model.User, reason: str
) -> tuple[WorkingCopyRow, tuple[str, ...]]:
    """End a working copy without a release. Its rows stay; a case over it alone ends too.

    Returns its row, and the datasets of the case that search is to be told of. Raises Refused as
    `droppable` does.
    """
    told = [package.id]
    for case in cases.open_cases_of(package.id):
        cases.lock_case(case.id)
    casework.lock_dataset(package.id)
    row = droppable(package, user)
    for case in cases.open_cases_of(package.id):
        told += _take_back(case.id, row, user, reason)
    package.state = model.State.DELETED
    now = clock.now()
    working_copies.end(row, "dropped", now)
    body = {"working_copy": row.id, "reason": reason}
    stream = dataset_stream(row.dataset_id)
    records.record(stream, RecordKind.WORKING_COPY_DROPPED, user.id, now, body)
    return row, tuple(dict.fromkeys(told))


def droppable(package: model.Package, user: model.User) -> WorkingCopyRow:
    """The row of a working copy that a person may drop: who opened it while its case leaves the
    data in his hands; then others have it, and only those who steer can cancel.

    Raises Refused `not_working_copy`, `not_reviser`, `working_copy_ended`, `working_copy_in_case`.
    """
    row = working_copies.working_copy(package.id)
    if row is None:
        raise Refused("not_working_copy")
    if not may_revise(package, user):
        raise Refused("not_reviser")
    model.Session.refresh(row)
    if row.ended_at is not None:
        raise Refused("working_copy_ended")
    for case in cases.open_cases_of(row.id):
        state = cases.state_of(case)
        how = casework.how_far(case, state, people.Desk(user), row.id)
        if user.id != row.opened_by or how is not Menulis.SEMUA:
            raise _held_by_others(case, state, casework.sop_of_case(case), row.id)
    return row


def _take_back(case_id: str, row: WorkingCopyRow, user: model.User, reason: str) -> tuple[str, ...]:
    """Take a working copy out of its open case, in the name of who opened it."""
    case = cases.lock_case(case_id)
    if case is None or case.closed_at is not None:
        return ()
    state, sop = cases.state_of(case), casework.sop_of_case(case)
    kind, body = taken_back(sop, state, row.id, reason)
    state = cases.append(case, state, kind, user.id, clock.now(), body)
    work.drop(case.id, [row.id])
    state = work.finish(case, state)
    return tuple(item for item, entry in state.entries.items() if not entry.is_request)


def _held_by_others(case: CaseRow, state: CaseState, sop: Sop, item: str) -> Refused:
    """Who has a working copy now, and who can cancel its case."""
    found = casework.visits_of(state, item)
    actors = found[0].together or sop.step(found[0].key.step).pelaksana if found else ()
    return Refused(
        "working_copy_in_case",
        case=case.number,
        holders=casework.actor_names(sop, actors),
        steering=casework.actor_names(sop, sop.sop.pengendali),
    )


def _make(
    public: model.Package, user: model.User, source: ReleaseRow, base: ReleaseRow
) -> WorkingCopyRow:
    """The rows of a private dataset that holds what `source` holds; no byte and no row is copied,
    only where they lie."""
    now, copy_id = clock.now(), new_id()
    content = releases.content_of_release(source)
    pairs = {new_id(): one["id"] for one in content.resources}
    name = f"{public.name[:LONGEST_NAME]}-salinan-{copy_id[:8]}"
    copy = model.Package(id=copy_id, name=name, type=public.type, owner_org=public.owner_org)
    copy.private, copy.creator_user_id = True, user.id
    copy.metadata_created = now
    model.Session.add(copy)
    model.Session.flush()
    write_content(copy, copying.for_copy(content, copy_id, name, pairs), now)
    _belong(copy)
    row = WorkingCopyRow(id=copy_id, dataset_id=public.id, base_release_id=base.id)
    row.opened_by, row.opened_at = user.id, now
    row.restored_release_id = source.id if source.id != base.id else None
    model.Session.add(row)
    model.Session.flush()
    working_copies.pair(copy_id, pairs)
    _point(source, pairs)
    return row


def _belong(copy: model.Package) -> None:
    """Tie a new dataset to its agency, as core does for those that it makes."""
    member = model.Member(table_id=copy.id, table_name="package", capacity="organization")
    member.group_id, member.state = copy.owner_org, model.State.ACTIVE
    model.Session.add(member)
    model.Session.flush()


def _point(source: ReleaseRow, pairs: Mapping[str, str]) -> None:
    """Have each resource of the copy lead to the bytes and rows of the release it begins with."""
    own = {public: copied for copied, public in pairs.items()}
    for one in releases.files_of(source.id):
        resource_files.point_file(own[one.resource_id], one.sha256, one.name, one.size)
    for resource_id, table in resource_tables.tables_of(source.id).items():
        resource_tables.point_table(own[resource_id], table)


def _open_case(row: WorkingCopyRow, user: model.User) -> CaseRow | None:
    copy = model.Session.get_one(model.Package, row.id)
    agency = opening.agency_of(copy)
    force = opening.for_upload(agency, routes.kind_of(copy))
    if force is None or not force.walks_alone:
        return None
    person = people.person_for(user, force.adoption.subject, agency)
    if not person.actors & opening.producers(force.sop):
        return None
    revises: dict[str, Any] = {"dataset": row.dataset_id, "base": row.base_release_id}
    entries = [opening.entry_of(copy, force, user)]
    contents = {copy.id: flushed_content(copy)}
    return opening.over(force, agency, user, entries, contents, facts={"revises": revises})[0]


def _name_of(dataset_id: str) -> str:
    return model.Session.get_one(model.Package, dataset_id).name
