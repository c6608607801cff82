"""The gate: who may write a dataset now, and what may be public.

Three places ask it, so that no caller passes by: the chained auth functions (a clear refusal
early), `IDatasetForm.validate()` (the flag `private`, for every create and update), and the
hooks after the flush (the exact content, on the rows, under the lock of the case). The licence
is always a row of ours; nothing in a context or in the caller's dict counts.
"""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.cases import casework, earlier, opening
from ckanext.satudata.logic.datasets import states
from ckanext.satudata.logic.dictionaries import kept
from ckanext.satudata.logic.wording import sentence
from ckanext.satudata.model import cases, releases, working_copies
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.standing import COMPUTED_FIELDS
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.definition import Menulis

HARVEST_TYPE = "harvest"
"""A source of ckanext-harvest is a dataset of this type, whose form is not ours; its settings
hold keys of other portals, so it is never public."""


def write_refusal(package: model.Package, user: model.User | None) -> Refused | None:
    """Why `user` may not write `package` now; None when the SOP does not forbid it.

    A dataset without a case is nobody's business but CKAN's.
    """
    release = releases.shown_release(package.id)
    if release is not None:
        return Refused("locked_published", since=release.shown_at, walidata=walidata_title())
    copy = working_copies.working_copy(package.id)
    if copy is not None and copy.ended_at is not None:
        return Refused("working_copy_ended")
    case = _governing(package.id)
    if case is None or (user is not None and _writer(package, case, user)):
        return None
    return casework.lock_notice(case, package.id)


def is_writer(package: model.Package, user: model.User) -> bool:
    """Whether the SOP itself lets `user` write `package` now, whatever CKAN's capacities say."""
    if releases.shown_release(package.id) is not None:
        return False
    case = _governing(package.id)
    return case is not None and _writer(package, case, user) is not None


def products_only(package: model.Package, user: model.User | None) -> Refused | None:
    """Why `user` may not touch what is there; None where the open step lets him."""
    case = _governing(package.id)
    if case is None or user is None:
        return None
    how = _writer(package, case, user)
    return Refused("only_new_products") if how is Menulis.PRODUK_BARU else None


def removal_refusal(package: model.Package) -> Refused | None:
    """Why `package` may not be deleted, purged or handed to another agency; None when it may."""
    case = cases.case_of_dataset(package.id)
    if case is not None:
        return Refused("has_case", case=case.number, walidata=walidata_title())
    if releases.last_shown(package.id) is not None:
        return Refused("has_release", walidata=walidata_title())
    if working_copies.working_copy(package.id) is not None:
        return Refused("is_working_copy")
    return None


def settle(
    data_dict: dict[str, Any], action: str, user: model.User | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The data that may be validated, and errors by field.

    Computed fields are taken out, so that writing back what `package_show` returned stores none
    of them; the flag `private` is what the release rows say. `user` is who writes.
    """
    data = {key: value for key, value in data_dict.items() if key not in COMPUTED_FIELDS}
    errors = _computed_extras(data)
    if action == "package_create":
        data["private"] = True
        if isinstance(data.get("resources"), list):
            data["resources"] = [_without_file(one) for one in data["resources"]]
        errors |= states.errors_of(None, data, user)
        return data, errors
    package = model.Package.get(data["id"])
    if package is None:
        raise tk.ObjectNotFound(data["id"])
    # Autoflush is off: a release row added in this transaction counts only once flushed.
    model.Session.flush()
    errors |= states.errors_of(package, data, user)
    for field, refused in _frozen(package, data):
        errors.setdefault(field, []).append(sentence(refused))
    refused = _flag_refusal(package, data)
    if refused is not None:
        errors.setdefault("private", []).append(sentence(refused))
    data["private"] = not releases.may_be_public(package.id)
    return data, errors


def judge(context: Context, package_id: str) -> None:
    """Judge the flushed content of a dataset that was just created or updated.

    Raises Refused; the caller rolls back before he lets it out.
    """
    package = model.Package.get(package_id)
    if package is None:
        raise tk.ObjectNotFound(package_id)
    if package.type == HARVEST_TYPE:
        package.private = True
        return
    release = releases.shown_release(package.id)
    if release is not None:
        if release.content_sha256 != flushed_content(package).sha256:
            raise Refused("content_differs")
        return
    user = people.user_of(context)
    kept.remember(package, user)
    case = _governing(package.id)
    if case is not None:
        casework.record_change(case.id, package, flushed_content(package), user)
    elif user is not None:
        earlier.remember(package, user.id)
        if package.state == model.State.ACTIVE and _has_resources(package):
            opening.by_upload(package, flushed_content(package), user)


def _has_resources(package: model.Package) -> bool:
    return any(one.state == model.State.ACTIVE for one in package.resources_all)


def walidata_title() -> str:
    """What people call the walidata: the title of its organization, else the word itself."""
    name = config.walidata()
    organization = model.Group.get(name) if name else None
    return organization.display_name if organization is not None else "Walidata"


def _governing(dataset_id: str) -> CaseRow | None:
    """The case that says who may write a dataset; None when CKAN alone does.

    A closed case that cannot publish holds nothing fast: what it kept or restored is done.
    """
    case = cases.case_of_dataset(dataset_id)
    if case is not None and case.closed_at is not None and not case.publishes:
        return None
    return case


def _writer(package: model.Package, case: CaseRow, user: model.User) -> Menulis | None:
    return casework.how_far(case, cases.state_of(case), people.Desk(user), package.id)


def _without_file(resource: Any) -> Any:
    """A resource of a new dataset. CKAN stores no file with it, so it may name the hash of none."""
    if isinstance(resource, dict) and resource.get("url_type") == "upload":
        return {**resource, "hash": "", "size": None}
    return resource


def _flag_refusal(package: model.Package, data: dict[str, Any]) -> Refused | None:
    """Why the flag that the caller asks for is not the one the release rows say."""
    if "private" not in data:
        return None
    asked_private = tk.asbool(data["private"] or False)
    if not releases.may_be_public(package.id):
        return None if asked_private else Refused("needs_release")
    release = releases.shown_release(package.id)
    if release is None or not asked_private:
        return None
    return Refused("locked_published", since=release.shown_at, walidata=walidata_title())


def _computed_extras(data: dict[str, Any]) -> dict[str, Any]:
    keys = [extra.get("key") for extra in data.get("extras") or () if isinstance(extra, dict)]
    wrong = [key for key in keys if key in COMPUTED_FIELDS]
    return {key: [sentence(Refused("computed_field", name=key))] for key in wrong}


def _frozen(package: model.Package, data: dict[str, Any]) -> list[tuple[str, Refused]]:
    """Fields that a case, a release or a working copy holds fast."""
    if removal_refusal(package) is None:
        return []
    found: list[tuple[str, Refused]] = []
    owner = model.Group.get(data.get("owner_org") or package.owner_org)
    if owner is None or owner.id != package.owner_org:
        found.append(("owner_org", Refused("owner_frozen", walidata=walidata_title())))
    if data.get("state", package.state) != package.state:
        found.append(("state", Refused("state_frozen", walidata=walidata_title())))
    renamed = data.get("name", package.name) != package.name
    if renamed and releases.last_shown(package.id) is not None:
        found.append(("name", Refused("name_frozen")))
    return found
