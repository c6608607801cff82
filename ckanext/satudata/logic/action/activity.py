"""Lists of CKAN's activity stream, without the versions of data that the reader does not edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.logic import guards_activity, people, transaction


def _filtered(name: str) -> Any:
    @tk.side_effect_free
    @tk.chained_action
    def listed(
        original: Callable[..., Any], context: Context, data_dict: dict[str, Any]
    ) -> list[dict[str, Any]]:
        return _readable(context, original(context, data_dict))

    listed.__name__ = name
    return listed


@tk.chained_action
def activity_create(
    original: Callable[..., Any], context: Context, data_dict: dict[str, Any]
) -> Any:
    """Join the commit of an action of ours; the stream is told by signals, which know of none."""
    if transaction.is_open():
        context["defer_commit"] = True
    return original(context, data_dict)


ACTIONS: dict[str, Any] = {
    "activity_create": activity_create,
    **{
        name: _filtered(name)
        for name in (
            "dashboard_activity_list",
            "group_activity_list",
            "organization_activity_list",
            "recently_changed_packages_activity_list",
            "user_activity_list",
        )
    },
}


def _readable(context: Context, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels are frozen into an activity when it is written, so they are not asked."""
    if context.get("ignore_auth"):
        return found
    user = people.user_of(context)
    if user is None:
        return []
    known: dict[str, bool] = {}
    return [one for one in found if _is_for(user, one, known)]


def _is_for(user: Any, activity: dict[str, Any], known: dict[str, bool]) -> bool:
    if str(activity.get("activity_type")).endswith(guards_activity.NOT_OF_DATASETS):
        return True
    dataset_id = activity["object_id"]
    if dataset_id not in known:
        known[dataset_id] = guards_activity.may_read_history(user, dataset_id)
    return known[dataset_id]
