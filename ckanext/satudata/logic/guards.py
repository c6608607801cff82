"""What core's auth functions are asked besides: one row for each action, one chained function.

They are asked for sysadmins too, because who administers the machine is not the walidata. They
give clear refusals early; the gate holds without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import gate, people
from ckanext.satudata.logic.wording import sentence

Found = Iterable[model.Package]
Finder = Callable[[Any, dict[str, Any]], Found]


@dataclass(frozen=True)
class Guard:
    """What an action does (`write` or `remove`) and to which datasets."""

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
    resource = data.get("resource") or {}
    if resource.get("package_id"):
        return _known(model.Package.get(resource["package_id"]), None)
    return _of_resource(data.get("resource_id") or data.get("id") or resource.get("id"), {})


def _each_dataset(context: Any, data: dict[str, Any]) -> Found:
    # Core hands over database rows instead of ids when it calls itself.
    references = [one if isinstance(one, str) else one[0] for one in data.get("datasets") or ()]
    return [one for one in map(model.Package.get, references) if one is not None]


GUARDS: dict[str, Guard] = {
    "package_update": Guard("write", _dataset),
    "resource_create": Guard("write", _dataset_of_new_resource),
    "resource_update": Guard("write", _dataset_of_resource),
    "resource_delete": Guard("write", _dataset_of_resource),
    "datastore_create": Guard("write", _dataset_of_rows),
    "datastore_upsert": Guard("write", _dataset_of_rows),
    "datastore_delete": Guard("write", _dataset_of_rows),
    "datastore_records_delete": Guard("write", _dataset_of_rows),
    "bulk_update_private": Guard("write", _each_dataset),
    "bulk_update_public": Guard("publish", _each_dataset),
    "bulk_update_delete": Guard("remove", _each_dataset),
    "package_delete": Guard("remove", _dataset),
    "dataset_purge": Guard("remove", _dataset),
    "package_owner_org_update": Guard("remove", _dataset),
}


def chained_auth_functions() -> dict[str, Any]:
    """One chained auth function for each row of GUARDS."""
    return {name: _chained(guard) for name, guard in GUARDS.items()}


def _chained(guard: Guard) -> Any:
    @tk.auth_sysadmins_check
    @tk.chained_auth_function
    def guarded(
        next_auth: AuthFunction, context: Context, data_dict: DataDict | None
    ) -> AuthResult:
        user = people.user_of(context)
        datasets = list(guard.datasets(context, dict(data_dict or {}))) if user else []
        for package in datasets:
            refused = _refusal(guard.what, package, user)
            if refused is not None:
                return {"success": False, "msg": sentence(refused)}
        if user is None or not _lets_through(guard.what, datasets, user):
            return next_auth(context, dict(data_dict or {}))
        return {"success": True}

    return guarded


def _refusal(what: str, package: model.Package, user: model.User | None) -> Refused | None:
    if what == "publish":
        return Refused("needs_release")
    if what == "remove":
        return gate.removal_refusal(package)
    return gate.write_refusal(package, user)


def _lets_through(what: str, datasets: list[model.Package], user: model.User) -> bool:
    """Whether the answer is yes without asking core.

    The open step lets its writers in whatever their capacity in the agency; and what core lets
    a sysadmin do, it never asks its own functions about.
    """
    if user.sysadmin:
        return True
    return what == "write" and bool(datasets) and all(gate.is_writer(d, user) for d in datasets)


def _of_resource(resource_id: str | None, context: Any) -> Found:
    found = model.Resource.get(resource_id) if resource_id else None
    resource = found or context.get("resource")
    return _known(model.Package.get(resource.package_id) if resource else None, None)


def _known(package: model.Package | None, other: model.Package | None) -> Found:
    return [one for one in (package or other,) if one is not None]
