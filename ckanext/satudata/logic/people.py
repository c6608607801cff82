"""Who asks: the user behind a context, what he holds, and whether he may see a case."""

from __future__ import annotations

from ckan import authz, model
from ckan.types import Context

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments, cases, projected
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import Person
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop


def user_of(context: Context) -> model.User | None:
    """The active user of a context; None for anonymous callers, whatever object stands for them."""
    name = context.get("user")
    user = model.User.get(name) if name else None
    return user if user is not None and user.state == model.State.ACTIVE else None


def person_for(user: model.User, sop: str, organization_id: str) -> Person:
    """The user as the rooms know him: his id and the actors he holds for an agency today."""
    held = assignments.actors_of(user.id, sop, organization_id, clock.today())
    return Person(user.id, held, user.display_name)


def person_at(user: model.User, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> Person:
    """The user at a visit: what he holds for the agency whose people hold it.

    Who steers the case for its office does so at every visit of it.
    """
    held = person_for(user, sop.sop.subjek, projected.agency_of(case, state, visit, sop)).actors
    office = person_for(user, sop.sop.subjek, case.organization_id).actors
    return Person(user.id, held | office.intersection(sop.sop.pengendali), user.display_name)


def may_see_case(user: model.User | None, case: CaseRow) -> bool:
    """Members of the agencies of a case, holders of any actor for them, and sysadmins see it."""
    return user is not None and seen_agencies(user, case) != frozenset()


def seen_agencies(user: model.User, case: CaseRow) -> frozenset[str] | None:
    """The agencies whose part of a case `user` may see; None: all of it.

    Who belongs to the office of the case sees it whole; a producer on a list sees his own data.
    """
    if user.sysadmin or agency_member(user, case.organization_id):
        return None
    held = assignments.assignments_of(user.id, clock.today())
    agencies = {row.organization_id for row in held}
    if None in agencies or case.organization_id in agencies:
        return None
    listed = cases.agencies_of(case.id)
    return frozenset(one for one in listed if one in agencies or agency_member(user, one))


def may_see_dataset(user: model.User | None, package: model.Package) -> bool:
    """Whether CKAN shows a dataset to the user."""
    if user is None:
        return not package.private
    context: Context = {"user": user.name, "auth_user_obj": user}
    return authz.is_authorized_boolean("package_show", context, {"id": package.id})


def agency_member(user: model.User, organization_id: str) -> bool:
    """Whether the user belongs to an agency, in any capacity."""
    return bool(authz.users_role_for_group_or_org(organization_id, user.name))
