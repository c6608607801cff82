"""Pages of CKAN's activity stream, where it is loaded."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

STREAM = "activity"

histories = Blueprint("satudata_histories", __name__)


@histories.before_app_request
def ask_for_login() -> None:
    """Old versions of data, and who made them, are not for the public.

    Of two kinds of page permission is asked here: those that read a version past all of it, and
    those that fall over a refusal because core's rules never refuse there.
    """
    if tk.request.blueprint != STREAM:
        return
    if not current_user.is_authenticated:
        tk.abort(403, tk._("Log in to see this."))
    try:
        for action, values in _asked():
            tk.check_access(action, {"user": current_user.name}, values)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        tk.abort(404, tk._("Activity not found"))


def _asked() -> list[tuple[str, dict[str, Any]]]:
    page = (tk.request.endpoint or "").removeprefix(f"{STREAM}.")
    named, given = tk.request.view_args or {}, tk.request.args
    if page == "user_activity":
        return [("user_activity_list", {"id": named["id"]})]
    shown = []
    if page == "resource_history":
        shown = [named["activity_id"]]
    elif page == "package_changes_multiple":
        shown = [given.get("new_id"), given.get("old_id"), given.get("current_new_id")]
    return [("activity_show", {"id": one, "include_data": True}) for one in shown if one]
