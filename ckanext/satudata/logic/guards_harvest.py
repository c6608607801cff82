"""Permission around ckanext-harvest, where it is loaded: what was fetched is not for everybody.

Its own functions let the public read every document that was fetched, also of data that nobody
approved, and let an editor delete datasets by SQL. What asks no permission at all stands in
logic/action/harvest.py.
"""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.wording import sentence

PLUGIN = "harvest"


def may_update_source(context: Context, source_id: str | None) -> bool:
    """Whether the caller may change a harvest source, and so see what it fetched."""
    user = people.user_of(context)
    if user is None or not source_id:
        return False
    # Harvest reads the model from the context.
    asked: Any = {"model": model, "user": user.name, "auth_user_obj": user}
    return authz.is_authorized_boolean("harvest_source_update", asked, {"id": source_id})


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_show(
    next_auth: AuthFunction, context: Context, data_dict: DataDict | None
) -> AuthResult:
    """Who may update its source; found by its id or its dataset, by no other field."""
    data = dict(data_dict or {})
    if data.get("attr") in (None, "id") and may_update_source(context, _source_of(data)):
        return next_auth(context, data)
    return _refuse()


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_list(
    next_auth: AuthFunction, context: Context, data_dict: DataDict | None
) -> AuthResult:
    """Who may update the source that is asked for."""
    if may_update_source(context, (data_dict or {}).get("source_id")):
        return next_auth(context, dict(data_dict or {}))
    return _refuse()


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def _sysadmins_alone(
    next_auth: AuthFunction, context: Context, data_dict: DataDict | None
) -> AuthResult:
    """Sysadmins are let through before this is asked."""
    return _refuse()


FUNCTIONS: dict[str, Any] = {
    "harvest_object_show": harvest_object_show,
    "harvest_object_list": harvest_object_list,
    # It deletes datasets by SQL. The actions for the index and the history of a source ask it too.
    "harvest_source_clear": _sysadmins_alone,
    "harvest_source_reindex": _sysadmins_alone,
    # Harvest's own fall over a caller without an account.
    "harvest_job_abort": _sysadmins_alone,
    "harvest_job_create_all": _sysadmins_alone,
    "harvest_jobs_run": _sysadmins_alone,
    "harvest_objects_import": _sysadmins_alone,
    "harvest_sources_clear": _sysadmins_alone,
    "harvest_sources_reindex": _sysadmins_alone,
}


def _source_of(data: dict[str, Any]) -> str | None:
    """The source of the object that harvest's action will show for the same question."""
    # Only where the plugin is loaded do its tables exist.
    from ckanext.harvest.model import HarvestObject

    if data.get("id"):
        found: Any = HarvestObject.get(data["id"])
    else:
        package = model.Package.get(data.get("dataset_id"))
        query = model.Session.query(HarvestObject).filter_by(
            package_id=package.id if package is not None else "", current=True
        )
        found = query.order_by(HarvestObject.import_finished.desc()).first()
    return found.harvest_source_id if found else None


def _refuse() -> AuthResult:
    return {"success": False, "msg": sentence(Refused("not_sysadmin"))}
