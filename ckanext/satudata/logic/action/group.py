"""Agencies and groups: one table to core, and each of its actions takes the other kind too.

What guards one kind would be passed by through the actions of the other, and the state that a
form may carry removes an agency past what `organization_delete` asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_found, people
from ckanext.satudata.logic.datasets import gate
from ckanext.satudata.logic.wording import as_ckan_error

OF_AGENCIES = {
    "group_delete": False,
    "group_purge": False,
    "group_update": False,
    "organization_delete": True,
    "organization_purge": True,
    "organization_update": True,
}
"""Core's action -> whether it is about agencies."""

UNTIED = {
    "group_delete": guards_found.of_group,
    "group_purge": guards_found.of_group,
    "group_update": guards_found.of_group_anew,
}
"""The datasets that an action ties to a group or lets go of; asked where nobody asks permission."""


def _of_its_kind(name: str, of_agencies: bool) -> Any:
    @tk.chained_action
    def asked(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
        reference = data_dict.get("id")
        group = model.Group.get(reference) if isinstance(reference, str) else None
        if group is not None and bool(group.is_organization) is not of_agencies:
            raise tk.ObjectNotFound
        if name.endswith("_update"):
            data_dict = {key: one for key, one in data_dict.items() if key != "is_organization"}
            if group is not None and _goes(group, data_dict.get("state")):
                raise as_ckan_error(Refused("group_state", field="state"))
        if context.get("ignore_auth") and name in UNTIED:
            _ask(UNTIED[name](context, data_dict), people.user_of(context))
        return original(context, data_dict)

    asked.__name__ = name
    return asked


def _ask(datasets: Iterable[model.Package], user: model.User | None) -> None:
    for package in datasets:
        refused = gate.write_refusal(package, user)
        if refused is not None:
            raise as_ckan_error(refused)


def _goes(group: model.Group, state: Any) -> bool:
    return group.state == model.State.ACTIVE and state not in (None, "", model.State.ACTIVE)


ACTIONS: dict[str, Any] = {name: _of_its_kind(name, kind) for name, kind in OF_AGENCIES.items()}
