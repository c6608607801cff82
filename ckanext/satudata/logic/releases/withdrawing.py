"""What is public is taken back, with a reason, and its address is kept. Nothing here commits."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.releases import shown
from ckanext.satudata.logic.sop import office_roles
from ckanext.satudata.model import cases, records, releases
from ckanext.satudata.model.tables import CaseRow, ReleaseRow
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.moves import moves


@dataclass(frozen=True)
class Withdrawal:
    """Why: the sentence that the public reads, the legal basis, and the name of the dataset that
    stands in its place; the last two may be empty."""

    reason: str
    legal_basis: str = ""
    replacement: str = ""


def withdraw(
    package: model.Package, user: model.User, why: Withdrawal, number: int | None = None
) -> ReleaseRow:
    """Take a public dataset back. It is private from the commit on, whatever search still knows.

    `number`: of the release that is meant. Raises Refused `not_published`, `not_withdrawer`,
    `replacement_unknown`, and `release_followed` when another one is public by now.
    """
    locked = casework.lock_dataset(package.id)
    release = withdrawable(package, user)
    if locked is None:
        raise Refused("not_published")
    if number not in (None, release.number):
        raise Refused("release_followed", number=release.number)
    if why.replacement and not _is_public(why.replacement):
        raise Refused("replacement_unknown", field="replacement")
    now = clock.now()
    release.withdrawn_at, release.withdrawal = now, asdict(why)
    locked.private, locked.metadata_modified = True, now
    shown.forget(package.id)
    body = {"release": release.number, **asdict(why)}
    stream = dataset_stream(package.id)
    records.record(stream, RecordKind.RELEASE_WITHDRAWN, user.id, now, body)
    return release


def withdrawable(package: model.Package, user: model.User) -> ReleaseRow:
    """The release that a person may take back. Raises Refused `not_published`, `not_withdrawer`."""
    release = releases.shown_release(package.id)
    if release is None:
        raise Refused("not_published")
    if not may_withdraw(release, user):
        raise Refused("not_withdrawer")
    return release


def may_withdraw(release: ReleaseRow, user: model.User) -> bool:
    """Who may show data may take it back: whoever ends the publishing step of its SOP today, the
    head of the walidata, and the administrator, whose reason stands in the same record."""
    if user.sysadmin or office_roles.is_head_of_walidata(user):
        return True
    case = cases.get_case(release.case_id) if release.case_id else None
    return case is not None and publishes_in(case, release.dataset_id, user)


def publishes_in(case: CaseRow, dataset_id: str, user: model.User) -> bool:
    """Whether a user holds today, for the agency of a dataset, what shows data in this case."""
    sop = casework.sop_of_case(case)
    package = model.Session.get_one(model.Package, dataset_id)
    publishers = {
        actor
        for move in moves(sop)
        if Efek.TERBITKAN in move.effects
        for actor in (*move.actors, *filter(None, (move.approval,)))
    }
    agency = package.owner_org or ""
    return bool(people.person_for(user, sop.sop.subjek, agency).actors & publishers)


def _is_public(reference: str) -> bool:
    package = model.Package.get(reference)
    return package is not None and not package.private and package.state == model.State.ACTIVE
