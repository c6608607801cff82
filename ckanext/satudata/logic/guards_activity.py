"""Permission around CKAN's activity stream, where it is loaded.

It keeps every version of a dataset whole, and the labels that said who might read it then: what
was taken back since, and what was never public, would be read there by everybody. So the stream
is for those who may edit the dataset, and names of people are for those who are logged in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.wording import sentence

PLUGIN = "activity"
NOT_OF_DATASETS = (" user", " group", " organization")
"""How the kinds of activity end that are about no dataset."""


def may_read_history(user: model.User, dataset_id: str) -> bool:
    """Whether a user is one of those who edit a dataset, whatever holds it fast now."""
    if user.sysadmin:
        return True
    package = model.Package.get(dataset_id)
    if package is None or not package.owner_org:
        return False
    return authz.has_user_permission_for_group_or_org(
        package.owner_org, user.name, "update_dataset"
    )


def _one_dataset(find: Callable[[Context, dict[str, Any]], str | None]) -> Any:
    """An auth function: those who edit the dataset that `find` finds, and whom core lets in."""

    @tk.chained_auth_function
    @tk.auth_allow_anonymous_access
    def guarded(
        next_auth: AuthFunction, context: Context, data_dict: DataDict | None
    ) -> AuthResult:
        user, data = people.user_of(context), dict(data_dict or {})
        if user is None:
            return _refuse("login_needed")
        dataset_id = find(context, data)
        if dataset_id is None or not may_read_history(user, dataset_id):
            return _refuse("not_found")
        return next_auth(context, data_dict or {})

    return guarded


def _named(context: Context, data: dict[str, Any]) -> str | None:
    return data.get("id")


def _of_activity(context: Context, data: dict[str, Any]) -> str | None:
    # Only where the plugin is loaded does its table exist.
    from ckanext.activity.model import Activity

    found = context.get("activity") or (Activity.get(data["id"]) if data.get("id") else None)
    return found.object_id if found is not None else None


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def _logged_in(next_auth: AuthFunction, context: Context, data_dict: DataDict | None) -> AuthResult:
    """Everybody with an account; the action leaves out what is not for him."""
    if people.user_of(context) is None:
        return _refuse("login_needed")
    return next_auth(context, data_dict or {})


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def _himself(next_auth: AuthFunction, context: Context, data_dict: DataDict | None) -> AuthResult:
    """What somebody did is for himself."""
    user = people.user_of(context)
    if user is None:
        return _refuse("login_needed")
    if (data_dict or {}).get("id") not in (user.id, user.name):
        return _refuse("not_sysadmin")
    return next_auth(context, data_dict or {})


FUNCTIONS: dict[str, Any] = {
    "activity_data_show": _one_dataset(_of_activity),
    "activity_diff": _one_dataset(_of_activity),
    "activity_show": _one_dataset(_of_activity),
    "dashboard_activity_list": _logged_in,
    "group_activity_list": _logged_in,
    "organization_activity_list": _logged_in,
    "package_activity_list": _one_dataset(_named),
    "recently_changed_packages_activity_list": _logged_in,
    "user_activity_list": _himself,
}


def _refuse(code: str) -> AuthResult:
    return {"success": False, "msg": sentence(Refused(code))}
