"""Which SOP an upload opens: per agency and kind of dataset. Nothing here commits.

The kind is whether a dataset is in this year's list of Data Prioritas, because Perpres 39/2019
Ps 34-35 has those data checked twice; it is read when the upload comes.
"""

from __future__ import annotations

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import adoptions
from ckanext.satudata.model.tables import AdoptionRow, RouteRow

PRIORITY = "prioritas"
OTHER = "bukan-prioritas"
KINDS = (PRIORITY, OTHER)


def kind_of(package: model.Package) -> str:
    """The kind of a dataset, as routes name it."""
    extras = dict(package.extras or {})
    return PRIORITY if extras.get("priority_data") == "ya" else OTHER


def set_route(
    user: model.User, organization: model.Group | None, kind: str | None, subject: str | None
) -> RouteRow | None:
    """Say which SOP opens; without a subject the route goes away, and None comes back.

    Raises Refused `not_router`, `route_kind_unknown` or `route_not_in_force`.
    """
    if kind is not None and kind not in KINDS:
        raise Refused("route_kind_unknown", field="kind", kind=kind, known=KINDS)
    adoptions.lock()
    agency = organization.id if organization is not None else None
    row = adoptions.route(agency, kind)
    _check_person(user, organization, (row.subject if row else None, subject))
    if not subject:
        if row is not None:
            model.Session.delete(row)
        return None
    if _adoption(subject, agency) is None:
        raise Refused("route_not_in_force", field="subject", sop=subject)
    row = row or RouteRow(organization_id=agency, kind=kind)
    row.subject, row.set_by, row.set_at = subject, user.id, clock.now()
    model.Session.add(row)
    model.Session.flush()
    return row


def may_set_for_all(user: model.User) -> bool:
    """Whether a person may set the route of agencies that have none of their own."""
    return bool(user.sysadmin) or office_roles.is_head_of_walidata(user)


def settable(user: model.User) -> list[model.Group]:
    """The agencies whose routes a person may set, by title."""
    query = model.Session.query(model.Group).filter_by(is_organization=True, state="active")
    groups = query.order_by(model.Group.title).all()
    if may_set_for_all(user):
        return groups
    return [one for one in groups if office_roles.is_administrator(user, one.id)]


def leads_somewhere(row: RouteRow) -> bool:
    """Whether the SOP that a route names is still in force for its agency."""
    return _adoption(row.subject, row.organization_id) is not None


def _adoption(subject: str, agency: str | None) -> AdoptionRow | None:
    if agency is None:
        return adoptions.serving_all(subject)
    return adoptions.in_force(subject, agency)


def _check_person(
    user: model.User, organization: model.Group | None, subjects: tuple[str | None, ...]
) -> None:
    """The head of the walidata and the portal's administrator set any route.

    An agency's administrator chooses among what his own office adopted: he must not lead its
    uploads round the checks of the walidata.
    """
    if may_set_for_all(user):
        return
    if organization is None or not office_roles.is_administrator(user, organization.id):
        raise Refused("not_router")
    for subject in subjects:
        if subject and adoptions.of_office(subject, organization.id) is None:
            raise Refused("not_router")
