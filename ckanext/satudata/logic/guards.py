"""What core's auth functions are asked besides: one row for each action, one chained function.

They are asked for sysadmins too, because who administers the machine is not the walidata. They
give clear refusals early; the gate holds without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_found as found
from ckanext.satudata.logic import people
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.wording import sentence

_NOTHING_TO_SEE = Refused("not_found")
"""What one hears who may not read the data: not who has it, nor since when."""

Found = Iterable[model.Package]
Finder = Callable[[Any, dict[str, Any]], Found]


@dataclass(frozen=True)
class Guard:
    """What an action does and to which datasets.

    `write`, `publish`, `remove`; `rows`: the DataStore's, which no event records; `tie`: to a
    group, for which core asks nobody about the dataset.
    """

    what: str
    datasets: Finder


def _dataset(context: Any, data: dict[str, Any]) -> Found:
    reference = data.get("id") or data.get("name")
    return _known(model.Package.get(reference) if reference else None, context.get("package"))


def _dataset_of_new_resource(context: Any, data: dict[str, Any]) -> Found:
    reference = data.get("package_id")
    return _known(model.Package.get(reference) if reference else None, context.get("package"))


def _dataset_of_resource(context: Any, data: dict[str, Any]) -> Found:
    return _of_resource(data.get("id"), context)


def _dataset_of_rows(context: Any, data: dict[str, Any]) -> Found:
    resource = data.get("resource")
    resource = resource if isinstance(resource, dict) else {}
    if resource.get("package_id"):
        return _known(model.Package.get(resource["package_id"]), None)
    return _of_resource(data.get("resource_id") or data.get("id") or resource.get("id"), {})


def _each_dataset(context: Any, data: dict[str, Any]) -> Found:
    # Core hands over database rows instead of ids when it calls itself.
    listed = data.get("datasets") or ()
    references = [one[0] if isinstance(one, Sequence) and len(one) == 1 else one for one in listed]
    return _packages(references)


def _both_datasets(context: Any, data: dict[str, Any]) -> Found:
    return _packages([data.get("subject"), data.get("object")])


def _dataset_as_member(context: Any, data: dict[str, Any]) -> Found:
    """The dataset that is put into a group; none where a person is made a member."""
    return _packages([data.get("object")]) if found.is_dataset(data) else []


def _datasets_of_group(context: Any, data: dict[str, Any]) -> Found:
    listed = data.get("packages")
    rows = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return _packages([one.get("id") or one.get("name") for one in rows])


GUARDS: dict[str, Guard] = {
    "package_update": Guard("write", _dataset),
    "resource_create": Guard("write", _dataset_of_new_resource),
    "resource_update": Guard("write", _dataset_of_resource),
    "resource_delete": Guard("write", _dataset_of_resource),
    "datastore_create": Guard("rows", _dataset_of_rows),
    "datastore_upsert": Guard("rows", _dataset_of_rows),
    "datastore_delete": Guard("rows", _dataset_of_rows),
    "datastore_records_delete": Guard("rows", _dataset_of_rows),
    "package_relationship_create": Guard("write", _both_datasets),
    "package_relationship_update": Guard("write", _both_datasets),
    "package_relationship_delete": Guard("write", _both_datasets),
    "package_collaborator_create": Guard("write", _dataset),
    "package_collaborator_delete": Guard("write", _dataset),
    "member_create": Guard("tie", _dataset_as_member),
    "member_delete": Guard("tie", _dataset_as_member),
    "group_create": Guard("tie", _datasets_of_group),
    "group_update": Guard("tie", found.of_group_anew),
    "group_delete": Guard("tie", found.of_group),
    "group_purge": Guard("tie", found.of_group),
    "resource_view_create": Guard("write", found.of_new_view),
    "resource_view_update": Guard("write", found.of_view),
    "resource_view_reorder": Guard("write", found.of_new_view),
    "resource_view_delete": Guard("write", found.of_view),
    "resource_view_clear": Guard("write", found.of_all_views),
    "resource_create_default_resource_views": Guard("write", found.of_default_views),
    "package_create_default_resource_views": Guard("write", found.of_default_views),
    "bulk_update_private": Guard("write", _each_dataset),
    "bulk_update_public": Guard("publish", _each_dataset),
    "bulk_update_delete": Guard("remove", _each_dataset),
    "package_delete": Guard("remove", _dataset),
    "dataset_purge": Guard("remove", _dataset),
    "package_owner_org_update": Guard("remove", _dataset),
}


def chained_auth_functions() -> dict[str, Any]:
    """One chained auth function for each row of GUARDS."""
    guarded = {name: _chained(guard) for name, guard in GUARDS.items()}
    return {**guarded, "api_token_create": api_token_create, "member_list": member_list}


@tk.auth_sysadmins_check
@tk.chained_auth_function
def api_token_create(
    next_auth: AuthFunction, context: Context, data_dict: DataDict | None
) -> AuthResult:
    """A token acts as its owner, so even a sysadmin makes one for himself only."""
    user = people.user_of(context)
    return {"success": user is not None and _given(data_dict, "user") in (user.name, user.id)}


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def member_list(
    next_auth: AuthFunction, context: Context, data_dict: DataDict | None
) -> AuthResult:
    """Who belongs to an agency, and ids of its private data, are for its members."""
    user, group = people.user_of(context), model.Group.get(_given(data_dict, "id"))
    if user is None:
        return {"success": False, "msg": sentence(Refused("login_needed"))}
    if group is not None and not people.agency_member(user, group.id):
        return {"success": False, "msg": sentence(Refused("not_sysadmin"))}
    return next_auth(context, dict(data_dict or {}))


def _given(data: DataDict | None, name: str) -> Any:
    return (data or {}).get(name)


def _chained(guard: Guard) -> Any:
    @tk.auth_sysadmins_check
    @tk.chained_auth_function
    def guarded(
        next_auth: AuthFunction, context: Context, data_dict: DataDict | None
    ) -> AuthResult:
        user = people.user_of(context)
        if user is None:  # core lets the object that stands for nobody pass, and some of it falls
            return {"success": False, "msg": sentence(Refused("login_needed"))}
        datasets = list(guard.datasets(context, dict(data_dict or {})))
        for package in datasets:
            refused = _refusal(guard.what, package, user)
            if refused is not None:
                told = refused if people.may_see_dataset(user, package) else _NOTHING_TO_SEE
                return {"success": False, "msg": sentence(told)}
        if guard.what == "tie" and not _may_update(datasets, context):
            return {"success": False, "msg": sentence(_NOTHING_TO_SEE)}
        if not _lets_through(guard.what, datasets, user):
            return next_auth(context, dict(data_dict or {}))
        return {"success": True}

    return guarded


def _refusal(what: str, package: model.Package, user: model.User) -> Refused | None:
    if what == "publish":
        return Refused("needs_release")
    if what == "remove":
        return gate.removal_refusal(package)
    refused = gate.write_refusal(package, user)
    if refused is None and what == "rows":
        return gate.products_only(package, user)
    return refused


def _may_update(datasets: list[model.Package], context: Any) -> bool:
    user = people.user_of(context)
    if user is None:
        return not datasets
    asked: Context = {"user": user.name, "auth_user_obj": user}
    return all(
        authz.is_authorized_boolean("package_update", asked, {"id": one.id}) for one in datasets
    )


def _lets_through(what: str, datasets: list[model.Package], user: model.User) -> bool:
    """Whether the answer is yes without asking core.

    The open step lets its writers in whatever their capacity in the agency; and what core lets
    a sysadmin do, it never asks its own functions about.
    """
    if user.sysadmin:
        return True
    return (
        what in ("write", "rows")
        and bool(datasets)
        and all(gate.is_writer(d, user) for d in datasets)
    )


def _of_resource(resource_id: str | None, context: Any) -> Found:
    resource = model.Resource.get(resource_id) if resource_id else None
    resource = resource or context.get("resource")
    return _known(model.Package.get(resource.package_id) if resource else None, None)


def _packages(references: list[Any]) -> Found:
    packages = [model.Package.get(one) for one in references if isinstance(one, str)]
    return [one for one in packages if one is not None]


def _known(package: model.Package | None, other: model.Package | None) -> Found:
    return [one for one in (package or other,) if one is not None]
