"""What an address still tells when its dataset is not there any more."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.logic.releases.withdrawing import Withdrawal
from ckanext.satudata.metadata.rules import OPEN
from ckanext.satudata.model import releases, working_copies
from ckanext.satudata.model.tables import ReleaseRow


def told_of(reference: str, user: model.User | None) -> dict[str, Any] | None:
    """What a reader is told in place of a dataset; None where core answers.

    `leads_to`: name of the public dataset that a working copy became. Else what stays for
    everybody of data that was open once: title, agency, and the numbers and dates of the releases
    that everybody could read; of a withdrawal when, why and what stands in its place, of data that
    is not open any more its `access_class` and since when. What was never open tells nothing, and
    who may read the data itself is shown it as ever.
    """
    package = model.Package.get(reference)
    if package is None or _is_public(package):
        return None
    copy = working_copies.working_copy(package.id)
    if copy is not None and copy.ended == "applied":
        return {"leads_to": model.Session.get_one(model.Package, copy.dataset_id).name}
    release, was_open = releases.last_shown(package.id), releases.last_open(package.id)
    if release is None or was_open is None or package.state != model.State.ACTIVE:
        return None
    if people.may_see_dataset(user, package):
        return None
    return _remains(package, release, was_open)


def _remains(
    package: model.Package, release: ReleaseRow, was_open: ReleaseRow
) -> dict[str, Any] | None:
    """`release` is what was shown last, `was_open` the last that everybody could read."""
    if release.withdrawn_at is None and release.access_class == OPEN:
        return None
    why = Withdrawal(**(release.withdrawal or {"reason": ""}))
    metadata = releases.content_of_release(was_open).metadata
    agency = model.Group.get(package.owner_org) if package.owner_org else None
    return {
        "leads_to": None,
        "name": package.name,
        "access_class": release.access_class if release.withdrawn_at is None else None,
        "since": release.shown_at,
        "title": metadata["title"] or package.name,
        "agency": agency.display_name if agency is not None else "",
        "contact": metadata["maintainer"] or "",
        "contact_email": metadata["maintainer_email"] or "",
        "withdrawn_at": release.withdrawn_at,
        "reason": why.reason,
        "legal_basis": why.legal_basis,
        "replacement": _named(why.replacement),
        "releases": [
            (one.number, one.shown_at)
            for one in releases.releases_of(package.id)
            if one.access_class == OPEN
        ],
    }


def _named(reference: str) -> dict[str, str] | None:
    package = model.Package.get(reference) if reference else None
    if package is None or not _is_public(package):
        return None
    return {"name": package.name, "title": package.title or package.name}


def _is_public(package: model.Package) -> bool:
    return not package.private and package.state == model.State.ACTIVE
