"""What actions and hooks do to a case inside their transaction. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import earlier
from ckanext.satudata.model import cases
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.release.content import Content, only_adds, touched
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Menulis, Sop
from ckanext.satudata.sop.events import Event, Kind


def sop_of_case(case: CaseRow) -> Sop:
    """The SOP revision that a case runs on."""
    return sop_of(cases.sop_row(case))


def lock_dataset(dataset_id: str) -> model.Package | None:
    """The row of a dataset, locked until the commit and read anew; None when there is none.

    Two who ask at once for a case over it wait here for each other.
    """
    query = (
        sa.select(model.Package)
        .where(model.Package.id == dataset_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return model.Session.scalars(query).one_or_none()


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
    change = touched(last_fingerprint(events, package.id), content.fingerprint())
    if not any(change.values()):
        return
    how = how_far(case, state, people.Desk(user), package.id) if user is not None else None
    if user is None or how is None:
        raise lock_notice(case, package.id)
    if how is Menulis.PRODUK_BARU and not only_adds(change):
        raise Refused("only_new_products")
    body = {"item": package.id, "content": content.fingerprint(), "change": change}
    cases.append(case, state, Kind.CONTENT_CHANGED, user.id, clock.now(), body)
    earlier.remember(package, user.id)


def record_rows(
    case_id: str,
    package: model.Package,
    content: Content,
    user_id: str,
    rows: Mapping[str, Any],
) -> None:
    """Record that rows of a table were written, by one who may; `rows` names the resource."""
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    events = cases.events_of(case.id)
    change = touched(last_fingerprint(events, package.id), content.fingerprint())
    if rows["resource"] not in change["added"]:
        change["changed"] = sorted({*change["changed"], rows["resource"]})
    body = {"item": package.id, "content": content.fingerprint(), "change": change, "rows": rows}
    state = cases.project(events)
    cases.append(case, state, Kind.CONTENT_CHANGED, user_id, clock.now(), body)
    earlier.remember(package, user_id)


def how_far(case: CaseRow, state: CaseState, desk: people.Desk, item: str) -> Menulis | None:
    """How far a person may write a dataset of a case now; None: not at all."""
    sop = sop_of_case(case)
    for visit in visits_of(state, item):
        person = desk.person_at(sop, case, state, visit)
        how = acts.may_write(sop, state, person.actors, item)
        if how is not None:
            return how
    return None


def visits_of(state: CaseState, item: str) -> list[Visit]:
    """The open visits that are about a dataset."""
    return [visit for visit in state.open_visits if item in visit.items]


def last_fingerprint(events: Sequence[Event], item: str) -> Mapping[str, Any]:
    """The fingerprint that the newest event about the content of a dataset carries."""
    for event in reversed(events):
        contents = event.body.get("contents", {})
        if item in contents:
            return contents[item]
        if event.body.get("item") == item and "content" in event.body:
            return event.body["content"]
    return {"metadata": "", "resources": {}, "order": []}


def lock_notice(case: CaseRow, item: str) -> Refused:
    """Who has the dataset and since when, as a refusal to change it."""
    sop, state = sop_of_case(case), cases.state_of(case)
    for visit in visits_of(state, item):
        holders = actor_names(sop, sop.step(visit.key.step).pelaksana)
        if item in visit.scheduled:
            zone = sop.kalender.zona_waktu
            return Refused("locked_scheduled", holders=holders, at=visit.scheduled[item], zone=zone)
        return Refused("locked_in_review", holders=holders, since=visit.opened_at)
    return Refused("waits_for_the_list" if not state.is_closed else "case_closed")


def actor_names(sop: Sop, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Actors as the sheet calls them."""
    return tuple(sop.pelaksana[actor].nama for actor in actors if actor in sop.pelaksana)


def with_holders(refused: Refused, sop: Sop) -> Refused:
    """The refusal with the names of those whom it waits for, as the sheet and the users go, and
    the clock on which its times are told."""
    facts = {"zone": sop.kalender.zona_waktu, **refused.facts}
    step = facts.get("step")
    if step in {one.langkah for one in sop.langkah}:
        facts["holders"] = actor_names(sop, facts.get("holders") or sop.step(step).pelaksana)
        facts["approver"] = _approver(sop, step)
    if facts.get("holder"):
        holder = model.User.get(facts["holder"])
        facts["holder"] = holder.display_name if holder else "-"
    refused.facts = facts
    return refused


def with_names(refused: Refused) -> Refused:
    """A refusal about a dataset, given by its id, with title and name of the dataset."""
    package = model.Package.get(refused.facts["dataset"])
    if package is not None:
        named = {"dataset": package.title or package.name, "name": package.name}
        refused.facts = {**refused.facts, **named}
    return refused


def _approver(sop: Sop, step: int) -> str:
    approver = sop.step(step).persetujuan
    return sop.pelaksana[approver].nama if approver else ""
