"""Who asks: the user behind a context, what he holds, and whether he may see a case."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from ckan import authz, model
from ckan.types import Context

from ckanext.satudata.logic import clock
from ckanext.satudata.model import assignments, cases, outside, projected
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import Person, StandIn
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop


def user_of(context: Context) -> model.User | None:
    """The active user of a context; None for anonymous callers, whatever object stands for them.

    Whom `check_access` has looked up for this name already is not looked up again.
    """
    name = context.get("user")
    if not name:
        return None
    known = context.get("auth_user_obj")
    if not isinstance(known, model.User) or known.name != name or known not in model.Session:
        known = model.User.get(name)
    return known if known is not None and known.state == model.State.ACTIVE else None


class Desk:
    """What one person holds today, read once for a whole answer."""

    def __init__(self, user: model.User) -> None:
        self.user = user
        self.held = assignments.assignments_of(user.id, clock.today())
        roles = outside.roles() if self.held else frozenset()
        self.outside = [row for row in self.held if (row.sop, row.actor) in roles]
        self.inside = [row for row in self.held if (row.sop, row.actor) not in roles]

    def actors(self, sop: str, organization_id: str) -> frozenset[str]:
        """The actors of SOP `sop` (its subject) that the person holds for an agency."""
        return frozenset(
            row.actor
            for row in self.held
            if row.sop == sop and row.organization_id in (None, organization_id)
        )

    def person(self, sop: str, organization_id: str) -> Person:
        """The user as the rooms know him: his id and the actors he holds for an agency."""
        held = self.actors(sop, organization_id)
        return Person(self.user.id, held, self.user.display_name)

    def person_at(self, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> Person:
        """The user at a visit: what he holds for the agency whose people hold it.

        Who steers the case for its office does so at every visit of it.
        """
        subject, agency = sop.sop.subjek, projected.agency_of(case, state, visit, sop)
        steers = self.actors(subject, case.organization_id).intersection(sop.sop.pengendali)
        where = dict.fromkeys(steers, case.organization_id)
        where |= dict.fromkeys(self.actors(subject, agency), agency)
        name, stands_in = self.user.display_name, self._stands_in(subject, where)
        return Person(self.user.id, frozenset(where), name, stands_in)

    def _stands_in(self, sop: str, where: Mapping[str, str]) -> tuple[StandIn, ...]:
        """What the person does not hold himself of the actors of `where`, each for its agency."""
        rows = [
            row
            for row in self.held
            if row.sop == sop
            and row.actor in where
            and row.organization_id in (None, where[row.actor])
        ]
        own = {row.actor for row in rows if row.acting is None}
        return tuple(
            StandIn(row.actor, row.acting, row.for_user_id or "")
            for row in rows
            if row.acting and row.actor not in own
        )


def person_for(user: model.User, sop: str, organization_id: str) -> Person:
    """What `Desk.person` says of a user, for one question."""
    return Desk(user).person(sop, organization_id)


def person_at(user: model.User, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> Person:
    """What `Desk.person_at` says of a user, for one question."""
    return Desk(user).person_at(sop, case, state, visit)


def may_see_case(user: model.User | None, case: CaseRow) -> bool:
    """Members of the agencies of a case, holders of any actor for them, and sysadmins see it."""
    return user is not None and seen_agencies(user, case) != frozenset()


def seen_agencies(
    user: model.User, case: CaseRow, desk: Desk | None = None
) -> frozenset[str] | None:
    """The agencies whose part of a case `user` may see; None: all of it.

    Who belongs to the office of the case sees it whole; a producer on a list sees his own data;
    an outside party sees what it judges or judged, and nothing else. `desk`: his, where it was
    read for another case already.
    """
    if user.sysadmin or agency_member(user, case.organization_id):
        return None
    desk = desk or Desk(user)
    if any(row.organization_id in (None, case.organization_id) for row in desk.inside):
        return None
    subject = cases.sop_row(case).subject
    if outside.was_asked(case.id, [row.actor for row in desk.outside if row.sop == subject]):
        return None
    agencies = {row.organization_id for row in desk.inside}
    listed = cases.agencies_of(case.id)
    return frozenset(one for one in listed if one in agencies or agency_member(user, one))


def may_see_dataset(user: model.User | None, package: model.Package) -> bool:
    """Whether CKAN shows a dataset to the user."""
    if user is None:
        return not package.private
    context: Context = {"user": user.name, "auth_user_obj": user}
    return authz.is_authorized_boolean("package_show", context, {"id": package.id})


def agency_member(user: model.User, organization_id: str) -> bool:
    """Whether the user belongs to an agency, given by its id, in any capacity; one question, where
    core's own looks up agency and user first."""
    query = sa.select(model.Member.id).where(
        model.Member.group_id == organization_id,
        model.Member.table_name == "user",
        model.Member.table_id == user.id,
        model.Member.state == model.State.ACTIVE,
    )
    return model.Session.scalar(query.limit(1)) is not None
