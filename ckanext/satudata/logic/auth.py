"""Permission: our own actions, and core's where a case has a say.

Chained functions are checked for sysadmins too: an administrator of the machine is not a
walidata. They give clear refusals early; the gate does not depend on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import gate, people
from ckanext.satudata.logic.wording import sentence

Next = Callable[[Context, dict[str, Any]], AuthResult]

__all__ = [
    "bulk_update_delete",
    "bulk_update_private",
    "bulk_update_public",
    "datastore_create",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_upsert",
    "dataset_purge",
    "package_delete",
    "package_owner_org_update",
    "package_update",
    "resource_create",
    "resource_delete",
    "resource_update",
    "satudata_assignment_create",
    "satudata_assignment_list",
    "satudata_case_act",
    "satudata_case_list",
    "satudata_case_open",
    "satudata_case_show",
]


def satudata_case_open(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; the SOP says who opens a case."""
    return _logged_in(context)


def satudata_case_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may ask; a case that is not open to him answers like a wrong number."""
    return _logged_in(context)


def satudata_case_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in has an inbox."""
    return _logged_in(context)


def satudata_case_act(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Anybody logged in may try; the rule table decides under the lock of the case."""
    return _logged_in(context)


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


def satudata_assignment_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Sysadmins only, who are let through before this is asked."""
    return _refuse(Refused("not_sysadmin"))


@tk.auth_sysadmins_check
@tk.chained_auth_function
def package_update(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The open step says who writes a dataset; without a case core's rule holds."""
    return _write(next_auth, context, data_dict, _package(context, data_dict))


@tk.auth_sysadmins_check
@tk.chained_auth_function
def resource_create(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset it goes into."""
    package = model.Package.get(data_dict.get("package_id") or "") or _package(context, {})
    return _write(next_auth, context, data_dict, package)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def resource_update(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset it lies in."""
    return _write(next_auth, context, data_dict, _package_of_resource(context, data_dict))


@tk.auth_sysadmins_check
@tk.chained_auth_function
def resource_delete(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset it lies in."""
    return _write(next_auth, context, data_dict, _package_of_resource(context, data_dict))


@tk.auth_sysadmins_check
@tk.chained_auth_function
def datastore_create(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset whose rows are written."""
    resource = data_dict.get("resource") or {}
    reference = {"id": data_dict.get("resource_id") or resource.get("id")}
    package = _package_of_resource({}, reference) or model.Package.get(
        resource.get("package_id") or ""
    )
    return _write(next_auth, context, data_dict, package)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def datastore_upsert(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset whose rows are written."""
    return _write_rows(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def datastore_delete(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """As for the dataset whose rows are written."""
    return _write_rows(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def datastore_records_delete(
    next_auth: Next, context: Context, data_dict: dict[str, Any]
) -> AuthResult:
    """As for the dataset whose rows are written."""
    return _write_rows(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def package_delete(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """A dataset with a case stays: its record would hang in the air."""
    return _remove(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def dataset_purge(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """A dataset with a case stays, also for those who administer the machine."""
    return _remove(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def package_owner_org_update(
    next_auth: Next, context: Context, data_dict: dict[str, Any]
) -> AuthResult:
    """The producing agency of a dataset with a case is fixed."""
    return _remove(next_auth, context, data_dict)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def bulk_update_public(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Nobody publishes in bulk past the cases."""
    return _refuse(Refused("needs_release"))


@tk.auth_sysadmins_check
@tk.chained_auth_function
def bulk_update_private(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Each dataset is asked for itself."""
    return _bulk(next_auth, context, data_dict, removal=False)


@tk.auth_sysadmins_check
@tk.chained_auth_function
def bulk_update_delete(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Each dataset is asked for itself."""
    return _bulk(next_auth, context, data_dict, removal=True)


def _write(
    next_auth: Next, context: Context, data_dict: dict[str, Any], package: model.Package | None
) -> AuthResult:
    user = people.user_of(context)
    if package is None:
        return _core(next_auth, context, data_dict, user)
    refused = gate.write_refusal(package, user)
    if refused is not None and user is not None:
        return _refuse(refused)
    if user is not None and gate.is_writer(package, user):
        return {"success": True}
    return _core(next_auth, context, data_dict, user)


def _write_rows(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    reference = {"id": data_dict.get("resource_id") or data_dict.get("id")}
    return _write(next_auth, context, data_dict, _package_of_resource({}, reference))


def _remove(next_auth: Next, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    user = people.user_of(context)
    package = _package(context, data_dict)
    refused = gate.removal_refusal(package) if package is not None else None
    if refused is not None and user is not None:
        return _refuse(refused)
    return _core(next_auth, context, data_dict, user)


def _bulk(
    next_auth: Next, context: Context, data_dict: dict[str, Any], *, removal: bool
) -> AuthResult:
    user = people.user_of(context)
    for reference in data_dict.get("datasets") or ():
        package = model.Package.get(str(reference))
        if package is None:
            continue
        ask_removal = gate.removal_refusal(package) if removal else None
        refused = ask_removal or gate.write_refusal(package, user)
        if refused is not None:
            return _refuse(refused)
    return _core(next_auth, context, data_dict, user)


def _core(
    next_auth: Next, context: Context, data_dict: dict[str, Any], user: model.User | None
) -> AuthResult:
    """Core's answer; what core lets a sysadmin do, it never asks its functions about."""
    if user is not None and user.sysadmin:
        return {"success": True}
    return next_auth(context, data_dict)


def _package(context: Any, data_dict: dict[str, Any]) -> model.Package | None:
    reference = data_dict.get("id") or data_dict.get("name")
    if reference is None:
        return context.get("package")
    # Core's bulk actions hand over a database row instead of an id.
    if not isinstance(reference, str):
        reference = reference[0]
    return model.Package.get(reference) or context.get("package")


def _package_of_resource(context: Any, data_dict: dict[str, Any]) -> model.Package | None:
    resource = model.Resource.get(data_dict.get("id") or "") or context.get("resource")
    return model.Package.get(resource.package_id) if resource is not None else None


def _logged_in(context: Context) -> AuthResult:
    if people.user_of(context) is None:
        return _refuse(Refused("login_needed"))
    return {"success": True}


def _refuse(refused: Refused) -> AuthResult:
    return {"success": False, "msg": sentence(refused)}
