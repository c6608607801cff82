"""Releases and the working copies that prepare them."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people, reindex
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.releases import copies, correcting, forcing, history, withdrawing
from ckanext.satudata.logic.schema import release as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.updates import asking
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import releases
from ckanext.satudata.model.tables import CaseRow, ReleaseRow, WorkingCopyRow


def satudata_working_copy_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Open a working copy of a public dataset: a private one in which its next release is made.

    The public goes on reading the release. An upload is not asked for: files and DataStore
    tables of the release are the copy's too until they are replaced.

    :param id: id or name of the public dataset
    :param release: number of an earlier release to begin with; left out: the one that is shown
    :returns: {id, name, dataset_id, base, restored, case} of the working copy
    """
    data = validated(context, data_dict, schema.working_copy())
    tk.check_access("satudata_working_copy_create", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        row, case = copies.open_copy(package, user, _numbered(package, data.get("release")))
        case = asking.answered(row, case, user, clock.now())
        reindex.datasets([row.id])
    return _copy_dict(row, case)


def satudata_working_copy_drop(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """End a working copy without a release.

    Who opened it drops it with its case, or off its list, while the data are in his hands; once
    others have it, those who steer the case cancel that first.

    :param id: id or name of the working copy
    :param reason: why; it is kept in the record of the public dataset
    """
    data = validated(context, data_dict, schema.with_reason())
    tk.check_access("satudata_working_copy_drop", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        row, told = copies.drop(package, user, data["reason"])
        reindex.datasets(told)
    return _copy_dict(row, None)


def satudata_release_withdraw(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take a public dataset back; its address goes on saying that it was there, and why it is not.

    :param id: id or name of the dataset
    :param reason: a sentence that the public reads
    :param legal_basis: the article that asks for it, if one does
    :param replacement: name of the public dataset that stands in its place, if one does
    :param release: number of the release that is meant; refused when another is public by now
    :returns: the release that was shown, as `satudata_release_list` gives it
    """
    data = validated(context, data_dict, schema.with_reason())
    tk.check_access("satudata_release_withdraw", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    names = ("reason", "legal_basis", "replacement")
    why = withdrawing.Withdrawal(**{name: data.get(name) or "" for name in names})
    with one_commit():
        release = withdrawing.withdraw(package, user, why, data.get("release"))
        reindex.datasets([package.id])
    return _told(release, user)


def satudata_release_correct(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Correct fields of public data that its SOP declares as small corrections: a release of its
    own, shown at once. A working copy takes it over, or the correction is refused.

    :param id: id or name of the dataset
    :param fields: {name of a field: its new value}
    :param reason: why
    :param release: number of the release that is meant; refused when another is public by now
    :returns: the release, as `satudata_release_list` gives it
    """
    data = validated(context, data_dict, schema.correction())
    tk.check_access("satudata_release_correct", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        number, reason = data.get("release"), data["reason"]
        release, copy = correcting.correct(package, user, data["fields"], reason, number)
        reindex.datasets([one for one in (package.id, copy) if one])
    return _told(release, user)


def satudata_release_force(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Publish a dataset past its SOP. The reason is an event, and the page is marked.

    :param id: id or name of the dataset, or of a working copy
    :param reason: why the SOP cannot be followed
    :returns: the release, as `satudata_release_list` gives it
    """
    data = validated(context, data_dict, schema.with_reason())
    tk.check_access("satudata_release_force", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        release = forcing.force(package, user, data["reason"])
        reindex.datasets([package.id])
    return _told(release, user)


@tk.side_effect_free
def satudata_release_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """The releases of a dataset that were shown, the newest first.

    :param id: id or name of the dataset
    :returns: each {number, shown_at, replaced_at, withdrawn_at, withdrawal, in_force,
        access_class, content_sha256, forced, corrects, reason, case, files}; `corrects` is the
        number of the release that it is a small correction of; `files` and `case` are null where
        they are not the caller's to know: past releases are for the agency and the office, and so
        are those that were not open, which are not even listed for others
    """
    data = validated(context, data_dict, schema.of_dataset())
    package = model.Package.get(data["id"])
    if package is None:
        raise as_ckan_error(Refused("not_found"))
    tk.check_access("satudata_release_list", context, {"id": package.id})
    return history.told(package, people.user_of(context))


@tk.side_effect_free
def satudata_release_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One release of a dataset that was shown.

    :param id: id or name of the dataset
    :param release: its number
    :returns: as `satudata_release_list` gives it, with `dataset`: its {metadata, resources}, or
        null where they are not the caller's to know
    """
    data = validated(context, data_dict, schema.of_release())
    package = model.Package.get(data["id"])
    if package is None:
        raise as_ckan_error(Refused("not_found"))
    tk.check_access("satudata_release_show", context, {"id": package.id})
    try:
        return history.whole(package, people.user_of(context), data["release"])
    except Refused as refused:
        raise as_ckan_error(refused) from refused


def _readable(reference: str, user: model.User) -> model.Package:
    package = model.Package.get(reference)
    if package is None or not people.may_see_dataset(user, package):
        raise as_ckan_error(Refused("not_found"))
    return package


def _numbered(package: model.Package, number: int | None) -> ReleaseRow | None:
    """A shown release of a dataset by its number. Raises Refused `release_unknown`."""
    return history.numbered(package.id, number) if number is not None else None


def _copy_dict(row: WorkingCopyRow, case: CaseRow | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": model.Session.get_one(model.Package, row.id).name,
        "dataset_id": row.dataset_id,
        "base": releases.get_release(row.base_release_id).number,
        "restored": row.restored_release_id is not None,
        "ended": row.ended,
        "case": case.number if case is not None else None,
    }


def _told(release: ReleaseRow, user: model.User) -> dict[str, Any]:
    package = model.Session.get_one(model.Package, release.dataset_id)
    found = history.told(package, user)
    return next(one for one in found if one["number"] == release.number)
