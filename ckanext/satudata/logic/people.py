"""Who asks: the user behind a context, what he holds, and whether he may see a case."""

from __future__ import annotations

from ckan import authz, model
from ckan.types import Context

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import Person


def user_of(context: Context) -> model.User | None:
    """The active user of a context; None for anonymous callers, whatever object stands for them."""
    name = context.get("user")
    user = model.User.get(name) if name else None
    return user if user is not None and user.state == model.State.ACTIVE else None


def person_for(user: model.User, sop: str, organization_id: str) -> Person:
    """The user as the rooms know him: his id and the actors he holds for an agency today."""
    held = assignments.actors_of(user.id, sop, organization_id, clock.today())
    return Person(user.id, held)


def may_see_case(user: model.User | None, case: CaseRow) -> bool:
    """Members of the producing agency, holders of any actor for it, and sysadmins see a case."""
    if user is None:
        return False
    if user.sysadmin or agency_member(user, case.organization_id):
        return True
    held = assignments.assignments_of(user.id, clock.today())
    return any(row.organization_id in (None, case.organization_id) for row in held)


def may_see_dataset(user: model.User | None, package: model.Package) -> bool:
    """Whether CKAN shows a dataset to the user."""
    if user is None:
        return not package.private
    context: Context = {"user": user.name, "auth_user_obj": user}
    return authz.is_authorized_boolean("package_show", context, {"id": package.id})


def agency_member(user: model.User, organization_id: str) -> bool:
    """Whether the user belongs to an agency, in any capacity."""
    return bool(authz.users_role_for_group_or_org(organization_id, user.name))
