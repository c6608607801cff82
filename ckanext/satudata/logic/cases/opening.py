"""How a case comes to be: by an upload, because a person asks, or handed over by another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework, earlier
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.model import adoptions, cases
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import AdoptionRow, CaseRow, SopRow
from ckanext.satudata.release.content import Content
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Efek, Lingkup, Sop
from ckanext.satudata.sop.moves import moves

PRODUCER = "produsen"


@dataclass(frozen=True)
class InForce:
    """A SOP as an office has put it in force."""

    adoption: AdoptionRow
    sop: Sop

    @property
    def bound(self) -> frozenset[int]:
        """The steps whose `sambungan` leads into another SOP of the office."""
        return frozenset(int(step) for step in self.adoption.bound)

    @property
    def publishes(self) -> bool:
        """Whether a case of it can make a dataset public."""
        return any(Efek.TERBITKAN in move.effects for move in moves(self.sop, self.bound))

    @property
    def walks_alone(self) -> bool:
        """Whether its first step is over one dataset, so that the dataset opens the case."""
        return self.sop.langkah[0].lingkup is Lingkup.DATA


def in_force(subject: str, organization_id: str | None = None) -> InForce:
    """The SOP in force under a subject for an agency; Refused `no_sop_in_force` without one."""
    adoption = adoptions.in_force(subject, organization_id)
    if adoption is None:
        raise Refused("no_sop_in_force", sop=subject)
    return InForce(adoption, sop_of(model.Session.get_one(SopRow, adoption.sop_id)))


def for_upload(organization_id: str, kind: str | None) -> InForce | None:
    """The SOP that an upload of an agency opens; None when none is in force for it."""
    subject = adoptions.routed_subject(organization_id, kind) or config.sop_subject()
    adoption = adoptions.in_force(subject, organization_id)
    return in_force(subject, organization_id) if adoption is not None else None


def by_upload(package: model.Package, content: Content, user: model.User) -> CaseRow | None:
    """Open a case when a produsen of the agency brought a file; other uploads open none."""
    agency = agency_of(package)
    force = for_upload(agency, routes.kind_of(package))
    if force is None or not force.walks_alone:
        return None
    person = people.person_for(user, force.adoption.subject, agency)
    if not person.actors & producers(force.sop):
        return None
    return over(force, agency, user, [entry_of(package, force, user)], {package.id: content})[0]


def by_request(package: model.Package, user: model.User, subject: str | None) -> CaseRow:
    """Open a case over one dataset because a person asked for it.

    Raises Refused `case_exists`, or as `for_request` does.
    """
    force = for_request(package, user, subject)
    locked = casework.lock_dataset(package.id)
    if locked is None or locked.state != model.State.ACTIVE:
        raise Refused("not_found")
    existing = cases.case_of_dataset(package.id)
    if existing is not None and (existing.closed_at is None or existing.publishes):
        raise Refused("case_exists", case=existing.number)
    entries = [entry_of(locked, force, user)]
    contents = {locked.id: flushed_content(locked)}
    return over(force, agency_of(locked), user, entries, contents)[0]


def for_request(package: model.Package, user: model.User, subject: str | None = None) -> InForce:
    """The SOP under which a person may open a case over a dataset.

    Raises Refused `no_producer`, `no_sop_in_force`, `needs_list`, or `not_found` to one who may
    not read the dataset.
    """
    agency = agency_of(package)
    force = in_force(subject, agency) if subject else for_upload(agency, routes.kind_of(package))
    if force is None:
        raise Refused("no_sop_in_force", sop=config.sop_subject())
    if not force.walks_alone:
        raise Refused("needs_list", sop=force.sop.sop.nama)
    person = people.person_for(user, force.adoption.subject, agency)
    if not person.actors & (producers(force.sop) | set(force.sop.step(1).pelaksana)):
        readable = people.may_see_dataset(user, package)
        raise _not_opener(force.sop) if readable else Refused("not_found")
    return force


def by_order(
    subject: str, office: str | None, packages: Sequence[model.Package], user: model.User
) -> CaseRow:
    """Open a case over a list, which may be empty at first, by an actor of its first step."""
    force = in_force(subject, office)
    if force.walks_alone:
        raise Refused("needs_dataset", sop=force.sop.sop.nama)
    organization = force.adoption.organization_id
    person = people.person_for(user, subject, organization)
    if not person.actors.intersection(force.sop.step(1).pelaksana):
        raise _not_opener(force.sop)
    if any(not people.may_see_dataset(user, package) for package in packages):
        raise Refused("not_found")
    for package in packages:
        check_served(force.adoption, agency_of(package), "datasets")
    named = {package.id: package for package in packages}.values()
    entries = [entry_of(package, force, user) for package in named]
    contents = {package.id: flushed_content(package) for package in named}
    return over(force, organization, user, entries, contents)[0]


def over(
    force: InForce,
    organization_id: str,
    user: model.User | None,
    entries: Sequence[acts.Entry],
    contents: dict[str, Content],
    origin: CaseRow | None = None,
    facts: Mapping[str, Any] | None = None,
) -> tuple[CaseRow, CaseState]:
    """Open a case over datasets, whoever asked; permission was checked by the caller.

    `facts` stand in its first event beside what every case has there.
    """
    row = model.Session.get_one(SopRow, force.adoption.sop_id)
    body = acts.opening(force.sop, row.sha256, tuple(entries), force.bound)
    body.update(facts or {})
    body["contents"] = {item: content.fingerprint() for item, content in contents.items()}
    return cases.open_case(
        cases.Opening(
            sop=row,
            organization_id=organization_id,
            actor=user.id if user else "",
            at=clock.now(),
            body=body,
            publishes=force.publishes,
            adoption_id=force.adoption.id,
            origin_case_id=origin.id if origin else None,
        )
    )


def entry_of(package: model.Package, force: InForce, user: model.User | None) -> acts.Entry:
    """A dataset as an entry of a new case; who opens one over a single dataset has a hand in it."""
    entry = listed(package)
    if not force.walks_alone or user is None:
        return entry
    return replace(entry, contributors=entry.contributors | {user.id})


def listed(package: model.Package) -> acts.Entry:
    """A dataset as an entry of the daftar data, with all who had a hand in it before."""
    extras: dict[str, Any] = dict(package.extras or {})
    hands = earlier.contributors(package) | {package.creator_user_id}
    return acts.Entry(
        id=package.id,
        title=package.title or package.name,
        organization=agency_of(package),
        release_date=extras.get("release_schedule") or None,
        request=False,
        contributors=frozenset(one for one in hands if one),
    )


def check_served(adoption: AdoptionRow | None, organization_id: str, field: str) -> None:
    """Raise Refused `not_served` where a SOP is not in force for an agency: a case of it would
    hold data fast that is none of its office's business. Cases older than adoptions have none."""
    if adoption is None or adoptions.is_for(adoption, organization_id):
        return
    agency = model.Group.get(organization_id)
    raise Refused("not_served", field=field, organization=agency.display_name if agency else "-")


def agency_of(package: model.Package) -> str:
    """The producing agency; the portal's settings let no dataset be without one."""
    if package.owner_org is None:
        raise Refused("no_agency", field="owner_org")
    return package.owner_org


def producers(sop: Sop) -> set[str]:
    """The actors who bring data."""
    return {key for key, actor in sop.pelaksana.items() if actor.peran == PRODUCER}


def _not_opener(sop: Sop) -> Refused:
    holders = casework.actor_names(sop, sop.step(1).pelaksana)
    return Refused("no_producer", walidata=sop.sop.instansi, holders=holders)
