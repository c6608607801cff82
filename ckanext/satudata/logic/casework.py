"""What actions and hooks do to a case inside their transaction. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, earlier, people, sops, wording
from ckanext.satudata.model import cases
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.release.content import Content, only_adds, touched
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Event, Kind
from ckanext.satudata.sop.definition import Menulis, Sop

sentence = wording.sentence

PRODUCER = "produsen"


def sop_of_case(case: CaseRow) -> Sop:
    """The SOP revision that a case runs on."""
    return sop_of(cases.sop_row(case))


def open_by_upload(package: model.Package, content: Content, user: model.User) -> CaseRow | None:
    """Open a case when a produsen of the agency brought a file; other uploads open none."""
    row = sops.sop_in_force()
    sop = sop_of(row)
    person = people.person_for(user, sop.sop.subjek, _agency(package))
    if not person.actors & _producers(sop):
        return None
    return _open(row, package, content, user)[0]


def open_by_request(package: model.Package, content: Content, user: model.User) -> CaseRow:
    """Open a case because a person asked for it.

    Raises Refused `case_exists`, `no_producer`, or `not_found` to one who may not read it.
    """
    row = sops.sop_in_force()
    sop = sop_of(row)
    person = people.person_for(user, sop.sop.subjek, _agency(package))
    if not person.actors & (_producers(sop) | set(sop.step(1).pelaksana)):
        readable = people.may_see_dataset(user, package)
        raise Refused("no_producer", walidata=sop.sop.instansi) if readable else _not_found()
    # Two who ask at once wait here for each other, and the second finds the case of the first.
    package = model.Session.scalars(
        sa.select(model.Package)
        .where(model.Package.id == package.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if package.state != model.State.ACTIVE:
        raise _not_found()
    existing = cases.case_of_dataset(package.id)
    if existing is not None:
        raise Refused("case_exists", case=existing.number)
    return _open(row, package, content, user)[0]


def record_change(
    case_id: str, package: model.Package, content: Content, user: model.User | None
) -> None:
    """Record a change of a dataset in its case, or refuse it.

    Under the lock of the case: a step may have ended since the caller's permission was checked.
    """
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    events = cases.events_of(case.id)
    state = cases.project(events)
    change = touched(last_fingerprint(events), content.fingerprint())
    if not any(change.values()):
        return
    sop = sop_of_case(case)
    how = None
    if user is not None:
        person = people.person_for(user, sop.sop.subjek, case.organization_id)
        how = acts.may_write(sop, state, person.actors, package.id)
    if user is None or how is None:
        raise lock_notice(case, package.id)
    if how is Menulis.PRODUK_BARU and not only_adds(change):
        raise Refused("only_new_products")
    body = {"item": package.id, "content": content.fingerprint(), "change": change}
    cases.append(case, state, Kind.CONTENT_CHANGED, user.id, clock.now(), body)


def last_fingerprint(events: list[Event]) -> Mapping[str, Any]:
    """The fingerprint that the newest event about the content carries."""
    return next(event.body["content"] for event in reversed(events) if "content" in event.body)


def lock_notice(case: CaseRow, item: str) -> Refused:
    """Who has the dataset and since when, as a refusal to change it."""
    sop, state = sop_of_case(case), cases.state_of(case)
    for visit in state.open_visits:
        if visit.key.item in (None, item):
            holders = actor_names(sop, sop.step(visit.key.step).pelaksana)
            return Refused("locked_in_review", holders=holders, since=visit.opened_at)
    return Refused("case_closed")


def actor_names(sop: Sop, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Actors as the sheet calls them."""
    return tuple(sop.pelaksana[actor].nama for actor in actors)


def with_holders(refused: Refused, sop: Sop) -> Refused:
    """The refusal with the names of those who hold its step, as the sheet calls them."""
    step = refused.facts.get("step")
    if step in {one.langkah for one in sop.langkah}:
        names = actor_names(sop, sop.step(step).pelaksana)
        refused.facts = {**refused.facts, "holders": names}
    return refused


def _agency(package: model.Package) -> str:
    """The producing agency; the portal's settings let no dataset be without one."""
    if package.owner_org is None:
        raise Refused("no_agency", field="owner_org")
    return package.owner_org


def _not_found() -> Refused:
    return Refused("not_found")


def _producers(sop: Sop) -> set[str]:
    return {key for key, actor in sop.pelaksana.items() if actor.peran == PRODUCER}


def _open(
    row: Any, package: model.Package, content: Content, user: model.User
) -> tuple[CaseRow, CaseState]:
    body = acts.opening(sop_of(row), row.sha256, (package.id,))
    before = earlier.contributors(package) | {package.creator_user_id} - {None}
    body = {**body, "content": content.fingerprint(), "contributors": sorted(before)}
    return cases.open_case(row, _agency(package), user.id, clock.now(), body)
