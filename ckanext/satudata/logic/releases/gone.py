"""What an address still tells when its dataset is not there any more."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.logic.releases.withdrawing import Withdrawal
from ckanext.satudata.model import releases, working_copies
from ckanext.satudata.model.tables import ReleaseRow


def told_of(reference: str, user: model.User | None) -> dict[str, Any] | None:
    """What a reader is told in place of a dataset; None where core answers.

    `leads_to`: name of the public dataset that a working copy became. Else what a withdrawal
    leaves for everybody: title, agency, when, why, what stands in its place, and the numbers and
    dates of its releases. Who may read the withdrawn data itself is shown it as ever.
    """
    package = model.Package.get(reference)
    if package is None or _is_public(package):
        return None
    copy = working_copies.working_copy(package.id)
    if copy is not None and copy.ended == "applied":
        return {"leads_to": model.Session.get_one(model.Package, copy.dataset_id).name}
    release = releases.last_shown(package.id)
    if release is None or release.withdrawn_at is None or people.may_see_dataset(user, package):
        return None
    return _tombstone(package, release)


def _tombstone(package: model.Package, release: ReleaseRow) -> dict[str, Any]:
    why = Withdrawal(**(release.withdrawal or {"reason": ""}))
    metadata = releases.content_of_release(release).metadata
    agency = model.Group.get(package.owner_org) if package.owner_org else None
    return {
        "leads_to": None,
        "name": package.name,
        "title": metadata["title"] or package.name,
        "agency": agency.display_name if agency is not None else "",
        "contact": metadata["maintainer"] or "",
        "contact_email": metadata["maintainer_email"] or "",
        "withdrawn_at": release.withdrawn_at,
        "reason": why.reason,
        "legal_basis": why.legal_basis,
        "replacement": _named(why.replacement),
        "releases": [(one.number, one.shown_at) for one in releases.releases_of(package.id)],
    }


def _named(reference: str) -> dict[str, str] | None:
    package = model.Package.get(reference) if reference else None
    if package is None or not _is_public(package):
        return None
    return {"name": package.name, "title": package.title or package.name}


def _is_public(package: model.Package) -> bool:
    return not package.private and package.state == model.State.ACTIVE
