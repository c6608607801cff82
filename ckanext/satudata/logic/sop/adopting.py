"""Putting a SOP in force, and ending it: who may, for whom, bound to what. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, organizations
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.sop import office_roles, sops
from ckanext.satudata.model import adoptions
from ckanext.satudata.model import sops as stored
from ckanext.satudata.model.tables import AdoptionRow, SopRow
from ckanext.satudata.sop import adopting as room
from ckanext.satudata.sop.definition import Sop

ALL = "all"
"""Says in `serves` that a SOP is for every agency."""


@dataclass(frozen=True)
class Decree:
    """The decision by which a SOP holds: its number, its day, and the uploaded sheet (an id)."""

    number: str | None
    on: date | None
    attachment: str | None

    @property
    def is_whole(self) -> bool:
        return bool(self.number and self.on and self.attachment)


@dataclass(frozen=True)
class Terms:
    """What an adoption says: the office, whom it serves (None: all), what it is bound to."""

    organization: model.Group
    serves: tuple[str, ...] | None
    bound: Mapping[int, str]
    decree: Decree

    @property
    def steps(self) -> frozenset[int]:
        return frozenset(self.bound)

    @property
    def only_itself(self) -> bool:
        return self.serves == (self.organization.id,)

    @property
    def own_walidata(self) -> bool:
        """Whether the office is its own walidata: by its portal, or by a decree that is kept."""
        return self.organization.name == config.walidata() or self.decree.is_whole


def adopt(user: model.User, data: Mapping[str, Any]) -> AdoptionRow:
    """Put a text of a SOP in force by the terms of `data` (the input of `satudata_sop_adopt`).

    The office's earlier adoption of the subject ends with it; running cases stay on theirs. What
    is in force already by the same terms stays as it is.
    """
    revision = sops.find(data["sop"])
    terms = _terms(revision.sop, data)
    _check_person(user, revision.sop, terms, said=bool(data.get("serves")))
    adoptions.lock()
    _check_targets(revision.sop, terms)
    _check_holders(revision.sop, terms)
    earlier = adoptions.of_office(revision.subject, terms.organization.id)
    row = sops.row_of(revision)
    if earlier is not None:
        if _says_the_same(earlier, row, terms):
            return earlier
        adoptions.end(earlier, user.id, clock.now())
    adoption = _kept(row, terms, user)
    _check_bound_to(revision.subject)
    return adoption


def end(user: model.User, adoption_id: str) -> AdoptionRow:
    """End an adoption; cases that run on it go on. Refused where another SOP leads into it."""
    adoptions.lock()
    adoption = model.Session.get(AdoptionRow, adoption_id, populate_existing=True)
    if adoption is None:
        raise Refused("adoption_unknown", field="id")
    if adoption.ended_at is not None:
        raise Refused("adoption_ended", field="id", on=adoption.ended_at)
    _check_person(user, _sop_of(adoption), _terms_of(adoption), said=True)
    adoptions.end(adoption, user.id, clock.now())
    _check_bound_to(adoption.subject)
    return adoption


def offices_of(user: model.User, sop: Sop) -> list[model.Group]:
    """The offices for which the user could put this SOP in force, that of the walidata first.

    With a decree where one is needed, and with its steps bound where that makes a difference.
    """
    groups = model.Session.query(model.Group).filter_by(is_organization=True, state="active")
    found = [one for one in groups.order_by(model.Group.title) if _could_adopt(user, sop, one)]
    return sorted(found, key=lambda one: one.name != config.walidata())


def _could_adopt(user: model.User, sop: Sop, organization: model.Group) -> bool:
    decree = Decree("-", clock.today(), "-")
    joints = {step: row.sambungan.subjek for step, row in room.joints(sop).items() if row.sambungan}
    for bound in ({}, joints):
        terms = Terms(organization, (organization.id,), bound, decree)
        try:
            _check_person(user, sop, terms, said=True)
        except Refused:
            continue
        return True
    return False


def without_holder(sop: Sop, terms: Terms) -> list[tuple[str, tuple[str, ...]]]:
    """Per agency that is served, the actors whom nobody holds for it: (agency id, actors)."""
    held = adoptions.held(sop.sop.subjek, clock.today())
    found = []
    for agency in _served(terms):
        scope = _scope(sop, terms, agency)
        gaps = tuple(a for a in room.needs_holder(sop) if not _is_held(held, a, scope))
        if gaps:
            found.append((agency, gaps))
    return found


def terms_of(adoption: AdoptionRow) -> Terms:
    """The terms of a stored adoption."""
    return _terms_of(adoption)


def _terms(sop: Sop, data: Mapping[str, Any]) -> Terms:
    organization = organizations.named(data["organization"])
    bound = data.get("bound") or {}
    for step, subject in bound.items():
        room.check_joint(sop, step, subject)
    decree = Decree(
        data.get("decree_number") or None,
        data.get("decree_date") or None,
        data.get("decree_attachment") or None,
    )
    if bool(decree.number) != bool(decree.on):
        field = "decree_date" if decree.number else "decree_number"
        raise Refused("decree_incomplete", field=field)
    if decree.attachment is not None:
        assigning.check_decree(decree.attachment)
    serves = _serves(data.get("serves"), organization)
    return Terms(organization, serves, bound, decree)


def _serves(asked: str | Sequence[str] | None, office: model.Group) -> tuple[str, ...] | None:
    if asked == ALL or asked == [ALL]:
        return None
    agencies = {organizations.named(one, "serves").id for one in asked or ()}
    return tuple(sorted(agencies)) or (office.id,)


def _check_person(user: model.User, sop: Sop, terms: Terms, *, said: bool) -> None:
    """Raise Refused unless the user may put this SOP in force by these terms.

    The administrator of the portal keeps a machine and decides about no data, so he alone puts
    nothing in force that publishes.
    """
    office = terms.organization
    if office_roles.is_head_of_walidata(user):
        if room.publishes(sop, terms.steps) and not said:
            raise Refused("serves_missing", field="serves")
        return
    administrator = office_roles.is_administrator(user, office.id)
    if room.publishes(sop, terms.steps):
        if not (terms.own_walidata and administrator):
            raise Refused("adopts_publishing", organization=office.display_name)
    elif user.sysadmin:
        return
    elif not administrator:
        raise Refused("not_adopter", organization=office.display_name)
    if not terms.only_itself:
        raise Refused("serves_others", field="serves", organization=office.display_name)


def _check_targets(sop: Sop, terms: Terms) -> None:
    """Each SOP that a step is bound to is in force for all whose cases come there, and takes it."""
    for step, subject in terms.bound.items():
        for target in _targets(sop, subject, terms):
            if target is None:
                raise Refused("connector_not_in_force", field="bound", step=step, sop=subject)
            room.check_target(sop, step, _sop_of(target))


def _targets(sop: Sop, subject: str, terms: Terms) -> list[AdoptionRow | None]:
    """What is in force for the agencies that cases of this SOP belong to."""
    if not room.walks_alone(sop):
        return [adoptions.in_force(subject, terms.organization.id)]
    if terms.serves is None:
        return [adoptions.serving_all(subject)]
    return [adoptions.in_force(subject, agency) for agency in terms.serves]


def _check_holders(sop: Sop, terms: Terms) -> None:
    """Raise Refused with every actor whom nobody holds for any agency that is served."""
    held = adoptions.held(sop.sop.subjek, clock.today())
    scope = {None, terms.organization.id, *(terms.serves or {agency for _a, agency in held})}
    missing = [a for a in room.needs_holder(sop) if not _is_held(held, a, scope)]
    if missing:
        names = tuple(sop.pelaksana[actor].nama for actor in missing)
        raise Refused("actor_without_holder", field="sop", actors=names, keys=tuple(missing))


def _is_held(held: frozenset[tuple[str, str | None]], actor: str, scope: set[str | None]) -> bool:
    return any((actor, agency) in held for agency in scope)


def _scope(sop: Sop, terms: Terms, agency: str) -> set[str | None]:
    """For whom somebody must hold an actor so that he can act on the data of an agency.

    A case over one dataset is the agency's own; one over a list is the office's, whose people
    act in all of it.
    """
    return {None, agency} if room.walks_alone(sop) else {None, agency, terms.organization.id}


def _served(terms: Terms) -> Sequence[str]:
    if terms.serves is not None:
        return terms.serves
    query = model.Session.query(model.Group.id).filter_by(is_organization=True, state="active")
    return sorted(row[0] for row in query)


def _check_bound_to(subject: str) -> None:
    """Raise Refused where a SOP in force leads into this one and would no longer find it."""
    for other in adoptions.bound_to(subject):
        sop, terms = _sop_of(other), _terms_of(other)
        own = {step: one for step, one in terms.bound.items() if one == subject}
        try:
            _check_targets(sop, Terms(terms.organization, terms.serves, own, terms.decree))
        except Refused as refused:
            facts = {"sop": sop.sop.nama, "organization": terms.organization.display_name}
            raise Refused("adoption_needed", **facts) from refused


def _says_the_same(earlier: AdoptionRow, row: SopRow, terms: Terms) -> bool:
    kept = _terms_of(earlier)
    said = (row.id, terms.serves, dict(terms.bound), terms.decree)
    return said == (earlier.sop_id, kept.serves, dict(kept.bound), kept.decree)


def _kept(row: SopRow, terms: Terms, user: model.User) -> AdoptionRow:
    adoption = AdoptionRow(
        sop_id=row.id,
        subject=row.subject,
        organization_id=terms.organization.id,
        serves=None if terms.serves is None else list(terms.serves),
        bound={str(step): subject for step, subject in terms.bound.items()},
        decree_number=terms.decree.number,
        decree_date=terms.decree.on,
        decree_attachment=terms.decree.attachment,
        adopted_by=user.id,
        adopted_at=clock.now(),
    )
    model.Session.add(adoption)
    model.Session.flush()
    return adoption


def _terms_of(adoption: AdoptionRow) -> Terms:
    return Terms(
        organization=model.Session.get_one(model.Group, adoption.organization_id),
        serves=None if adoption.serves is None else tuple(adoption.serves),
        bound={int(step): subject for step, subject in adoption.bound.items()},
        decree=Decree(adoption.decree_number, adoption.decree_date, adoption.decree_attachment),
    )


def _sop_of(adoption: AdoptionRow) -> Sop:
    return stored.sop_of(model.Session.get_one(SopRow, adoption.sop_id))
