"""Moving a running case to another revision of its SOP. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import adoptions, cases
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import AdoptionRow, CaseRow, SopRow
from ckanext.satudata.sop import adopting, revisions
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind


def move(case_id: str, user: model.User, data: Mapping[str, Any]) -> CaseRow:
    """Let a running case go on by the revision that is in force for it now.

    An act of those who steer the case, with a reason, kept as an event; see `sop.revisions` for
    what hinders it. `data`: version, sop (none: what is in force), reason.
    """
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    old, state = casework.sop_of_case(case), cases.state_of(case)
    _check_person(user, case, old)
    if data["version"] < state.changed or data["version"] > state.version:
        raise Conflict("version_conflict", seen=data["version"], now=state.version)
    reason = (data.get("reason") or "").strip()
    if not reason:
        raise Refused("move_reason_missing", field="reason")
    adoption = _in_force(case, old.sop.subjek)
    row = model.Session.get_one(SopRow, adoption.sop_id)
    _check_wanted(data.get("sop"), row)
    before = cases.sop_row(case)
    if row.id == before.id:
        raise Refused("revision_same", field="sop", revision=row.revision)
    new, bound = sop_of(row), frozenset(int(step) for step in adoption.bound)
    try:
        revisions.check_move(old, new, state, bound)
    except Refused as refused:
        raise casework.with_holders(refused, old) from refused
    # The projection is saved with the event and reads the sheet from the case.
    case.sop_id, case.adoption_id = row.id, adoption.id
    case.publishes = adopting.publishes(new, bound)
    body = {
        "sop": row.sha256,
        "from": before.sha256,
        "revision": row.revision,
        "from_revision": before.revision,
        "bound": sorted(bound),
        "reason": reason,
    }
    cases.append(case, state, Kind.REVISION_CHANGED, user.id, clock.now(), body)
    return case


def offered(case: CaseRow, user: model.User) -> int | None:
    """Number of the revision that the user may move a case to; None where there is none for him."""
    if case.closed_at is not None:
        return None
    sop = casework.sop_of_case(case)
    try:
        _check_person(user, case, sop)
        adoption = _in_force(case, sop.sop.subjek)
    except Refused:
        return None
    row = model.Session.get_one(SopRow, adoption.sop_id)
    return row.revision if row.id != case.sop_id else None


def _check_person(user: model.User, case: CaseRow, sop: Sop) -> None:
    steer = sop.sop.pengendali
    held = people.person_for(user, sop.sop.subjek, case.organization_id).actors
    if held.intersection(steer) or office_roles.is_head_of_walidata(user):
        return
    raise Refused("not_steering", holders=casework.actor_names(sop, steer))


def _in_force(case: CaseRow, subject: str) -> AdoptionRow:
    """What the office whose SOP the case runs on has in force, else what holds for its agency."""
    before = model.Session.get(AdoptionRow, case.adoption_id) if case.adoption_id else None
    own = adoptions.of_office(subject, before.organization_id) if before is not None else None
    if own is not None and not adoptions.is_for(own, case.organization_id):
        own = None
    adoption = own or adoptions.in_force(subject, case.organization_id)
    if adoption is None:
        raise Refused("no_sop_in_force", sop=subject)
    return adoption


def _check_wanted(wanted: str | None, row: SopRow) -> None:
    """Who names a revision means that one; a case goes to no text that nobody adopted."""
    if wanted and wanted not in (row.id, row.sha256, row.subject):
        raise Refused("revision_not_in_force", field="sop", sop=row.name, revision=row.revision)
