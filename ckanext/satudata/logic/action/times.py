"""When a release is shown: another minute, not at all, and embargoes."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people, reindex
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.releases import times
from ckanext.satudata.logic.schema import release as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model.embargoes import EmbargoRow


def satudata_release_move(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Have a release that waits for its minute be shown at another one.

    :param id: id or name of the dataset, or of its working copy
    :param publish_at: `2026-12-01T08:00` on the agency's clock, to come and within a year
    :param reason: why
    :returns: {dataset_id, release_id, publish_at}, the last in UTC
    """
    data = validated(context, data_dict, schema.at_time("publish_at"))
    tk.check_access("satudata_release_move", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        row = times.move(package, user, data["publish_at"], data["reason"])
        reindex.datasets([row.item])
    return times.as_dict(row)


def satudata_release_call_off(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Undo the act by which a release waits for its minute; its step waits for a decision again.

    :param id: id or name of the dataset, or of its working copy
    :param reason: why
    :returns: {datasets}: the ids of all that the act was about
    """
    data = validated(context, data_dict, schema.with_reason())
    tk.check_access("satudata_release_call_off", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        items = times.call_off(package, user, data["reason"])
        reindex.datasets(items)
    return {"datasets": list(items)}


def satudata_embargo_set(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let nothing of a dataset be shown anew before a minute. An act that publishes it earlier
    waits for that by itself; a release that waits for an earlier one is moved.

    :param id: id or name of the dataset, or of its working copy
    :param not_before: `2026-12-01T08:00` on the agency's clock, to come and within a year
    :param reason: why
    :returns: {dataset_id, not_before, reason}, the time in UTC
    """
    data = validated(context, data_dict, schema.at_time("not_before"))
    tk.check_access("satudata_embargo_set", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        row = times.set_embargo(package, user, data["not_before"], data["reason"])
        return _embargo_dict(row)


def satudata_embargo_lift(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take the embargo from a dataset. A release that waits keeps its time until it is moved.

    :param id: id or name of the dataset, or of its working copy
    :param reason: why
    :returns: the embargo that lasted, as `satudata_embargo_set` gives it
    """
    data = validated(context, data_dict, schema.with_reason())
    tk.check_access("satudata_embargo_lift", context, data)
    user = asker(context)
    package = _readable(data["id"], user)
    with one_commit():
        return _embargo_dict(times.lift_embargo(package, user, data["reason"]))


def _readable(reference: str, user: model.User) -> model.Package:
    package = model.Package.get(reference)
    if package is None or not people.may_see_dataset(user, package):
        raise as_ckan_error(Refused("not_found"))
    return package


def _embargo_dict(row: EmbargoRow) -> dict[str, Any]:
    until = row.until.isoformat()
    return {"dataset_id": row.dataset_id, "not_before": until, "reason": row.reason}
