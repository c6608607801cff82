"""Datasets that another SOP handed over and no list asked for: they wait until somebody of the
receiving office puts them on one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, handover
from ckanext.satudata.logic.cases.effects import Doing
from ckanext.satudata.model import adoptions, cases
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseRow, DeliveryRow, SopRow, VisitRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit


def waiting(user: model.User) -> list[DeliveryRow]:
    """What waits and is this person's to place, the oldest first."""
    query = sa.select(DeliveryRow).where(DeliveryRow.placed_case_id.is_(None))
    rows = model.Session.scalars(query.order_by(DeliveryRow.delivered_at, DeliveryRow.id)).all()
    desk = people.Desk(user)
    targets = {(row.subject, row.organization_id, row.step) for row in rows}
    mine = {target for target in targets if _is_for(desk, *target)}
    return [row for row in rows if (row.subject, row.organization_id, row.step) in mine]


def places(row: DeliveryRow) -> Iterator[tuple[CaseRow, Visit, str]]:
    """Where a delivery may go: open visits that wait for data of its agency, with their titles."""
    query = (
        sa.select(CaseRow)
        .join(VisitRow, VisitRow.case_id == CaseRow.id)
        .join(SopRow, SopRow.id == CaseRow.sop_id)
        .where(SopRow.subject == row.subject, VisitRow.step == row.step)
        .where(VisitRow.closed_by.is_(None), CaseRow.closed_at.is_(None))
        .order_by(CaseRow.number)
    )
    for case in model.Session.scalars(query.distinct()):
        state = cases.state_of(case)
        for visit in state.open_visits:
            if visit.key.step == row.step and _takes(state, visit, row):
                yield case, visit, state.entries[visit.items[0]].title


def place(user: model.User, data: Mapping[str, Any]) -> CaseRow:
    """Put a waiting delivery on a list (the input of `satudata_delivery_place`).

    Raises Refused `delivery_unknown`, `request_unknown`, `not_holder`, `visit_paused`, or
    Conflict. The caller commits.
    """
    case = cases.lock_case(data["case"])
    row = _locked(data["id"])
    if case is None or row is None:
        raise Refused("delivery_unknown", field="id")
    if not _is_for(people.Desk(user), row.subject, row.organization_id, row.step):
        raise Refused("delivery_unknown", field="id")
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    visit = _visit(state, row, data["entry"])
    if visit is None or sop.sop.subjek != row.subject:
        raise Refused("request_unknown", field="entry")
    acts.check_version(state, visit, data["version"])
    holders = (*sop.step(row.step).pelaksana, *sop.sop.pengendali)
    if not people.person_at(user, sop, case, state, visit).actors.intersection(holders):
        names = casework.actor_names(sop, tuple(dict.fromkeys(holders)))
        raise Refused("not_holder", step=row.step, holders=names)
    if visit.paused_since is not None:
        raise Refused("visit_paused", step=row.step)
    casework.lock_dataset(row.dataset_id)
    handover.place(Doing(case, user.id, clock.now()), state, row, data["entry"])
    return case


def _locked(delivery_id: str) -> DeliveryRow | None:
    """The row of a delivery that still waits, locked until the commit."""
    query = sa.select(DeliveryRow).where(
        DeliveryRow.id == delivery_id, DeliveryRow.placed_case_id.is_(None)
    )
    query = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalar(query)


def _is_for(desk: people.Desk, subject: str, organization_id: str, step: int) -> bool:
    """Whether a person steers the receiving SOP for its office, or holds the receiving step."""
    adoption = adoptions.in_force(subject, organization_id)
    if adoption is None:
        return False
    sop = sop_of(model.Session.get_one(SopRow, adoption.sop_id))
    office = desk.actors(subject, adoption.organization_id)
    agency = desk.actors(subject, organization_id)
    return bool(
        office.intersection(sop.sop.pengendali) or agency.intersection(sop.step(step).pelaksana)
    )


def _visit(state: CaseState, row: DeliveryRow, entry: str) -> Visit | None:
    found = (visit for visit in state.open_visits if visit.key.item == entry)
    return next((v for v in found if v.key.step == row.step and _takes(state, v, row)), None)


def _takes(state: CaseState, visit: Visit, row: DeliveryRow) -> bool:
    """Whether a visit waits for this dataset: by its name, or as a request of its agency."""
    if visit.is_list or visit.key.item is None:
        return False
    entry = state.entries[visit.key.item]
    asked = entry.is_request and entry.organization == row.organization_id
    return asked or entry.id == row.dataset_id
