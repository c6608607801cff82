"""A request for data turns into the dataset that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, opening
from ckanext.satudata.model import cases
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Menulis, Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import writers_at


def fulfil(case_id: str, user: model.User, data: Mapping[str, Any]) -> CaseRow:
    """Let a dataset take the place of a request, where the open step lets the person write.

    Raises Refused `request_unknown`, `not_holder`, `other_agency`, `case_exists`, or Conflict,
    `request_answered` where another one came first.
    """
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    visit = _visit_of(state, data["request"])
    acts.check_version(state, visit, data["version"])
    _check_writer(sop, case, state, visit, user)
    package = casework.lock_dataset(_id_of(data["dataset_id"]))
    if package is None or not people.may_see_dataset(user, package):
        raise Refused("not_found")
    if opening.agency_of(package) != state.entries[data["request"]].organization:
        raise Refused("other_agency", field="dataset_id")
    opening.check_served(cases.adoption_of(case), opening.agency_of(package), "dataset_id")
    body = {
        "item": data["request"],
        "dataset": package.id,
        "content": flushed_content(package).fingerprint(),
        "contributors": sorted(opening.listed(package).contributors | {user.id}),
    }
    cases.append(case, state, Kind.REQUEST_FULFILLED, user.id, clock.now(), body)
    return case


def _id_of(reference: str) -> str:
    package = model.Package.get(reference)
    if package is None or package.state != model.State.ACTIVE:
        raise Refused("not_found")
    return package.id


def _visit_of(state: CaseState, request: str) -> Visit:
    if request in state.answers:
        refused = Conflict("request_answered", dataset=state.answers[request])
        raise casework.with_names(refused)
    entry = state.entries.get(request)
    if entry is None or not entry.is_request:
        raise Refused("request_unknown", field="request")
    for visit in state.open_visits:
        if visit.key.item == request:
            return visit
    raise Refused("waits_for_the_list")


def _check_writer(
    sop: Sop, case: CaseRow, state: CaseState, visit: Visit, user: model.User
) -> None:
    writers = writers_at(sop, visit.key.step)
    allowed = {actor for actor, how in writers.items() if Menulis.SEMUA in how}
    person = people.person_at(user, sop, case, state, visit)
    if not person.actors & allowed:
        names = casework.actor_names(sop, tuple(sorted(allowed)))
        raise Refused("not_holder", step=visit.key.step, holders=names)
