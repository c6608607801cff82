"""What a form offers to choose from: SOPs, people and datasets that fit; the act decides anew."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.cases.opening import InForce
from ckanext.satudata.model import adoptions, assignments, cases, projected
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, SopRow

MANY = 200
"""More than this nobody looks through in one list."""


def openable(user: model.User) -> list[InForce]:
    """The SOPs in force that begin with a list and whose first step the user holds."""
    found = []
    for adoption in adoptions.all_in_force():
        force = InForce(adoption, sop_of(model.Session.get_one(SopRow, adoption.sop_id)))
        held = people.person_for(user, adoption.subject, adoption.organization_id).actors
        if not force.walks_alone and held.intersection(force.sop.step(1).pelaksana):
            found.append(force)
    return found


def holders(number: int, step: int, item: str | None, visit: int) -> list[tuple[str, str]]:
    """Name and full name of each person who holds an open visit, by full name."""
    case = cases.find_case(str(number))
    if case is None:
        return []
    sop, state = casework.sop_of_case(case), cases.state_of(case)
    open_now = [(v.key.item, v.key.step, v.key.number) for v in state.open_visits]
    if (item, step, visit) not in open_now:
        return []
    at = state.open_visits[open_now.index((item, step, visit))]
    agency, today = projected.agency_of(case, state, at, sop), clock.today()
    ids = {
        row.user_id
        for actor in sop.step(step).pelaksana
        for row in assignments.holders_of(sop.sop.subjek, actor, agency, today)
    }
    query = sa.select(model.User).where(
        model.User.id.in_(ids), model.User.state == model.State.ACTIVE
    )
    names = [(one.name, one.display_name) for one in model.Session.scalars(query)]
    return sorted(names, key=lambda one: one[1].casefold())


def free_datasets(user: model.User, organization_id: str) -> list[tuple[str, str]]:
    """Id and title of an agency's datasets that no open case has and the user may read."""
    taken = (
        sa.select(CaseItemRow.dataset_id)
        .join(CaseRow, CaseRow.id == CaseItemRow.case_id)
        .where(CaseRow.closed_at.is_(None), CaseItemRow.ended.is_(None))
    )
    query = (
        sa.select(model.Package)
        .where(
            model.Package.owner_org == organization_id,
            model.Package.state == model.State.ACTIVE,
            model.Package.id.not_in(taken),
        )
        .order_by(model.Package.title)
        .limit(MANY)
    )
    return [
        (one.id, one.title or one.name)
        for one in model.Session.scalars(query)
        if people.may_see_dataset(user, one)
    ]
