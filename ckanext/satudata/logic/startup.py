"""Settings that a government site must not run without, complained about at start-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.common import config_declaration
from ckan.config.declaration import Key
from ckan.exceptions import CkanConfigurationException
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckanext.scheming.helpers import scheming_dataset_schemas, scheming_organization_schemas

REQUIRED: dict[str, Any] = {
    "ckan.auth.anon_create_dataset": False,
    "ckan.auth.create_unowned_dataset": False,
    "ckan.auth.create_dataset_if_not_in_organization": False,
    "ckan.auth.user_create_groups": False,
    "ckan.auth.user_create_organizations": False,
    "ckan.auth.user_delete_groups": False,
    "ckan.auth.user_delete_organizations": False,
    "ckan.auth.create_user_via_api": False,
    "ckan.auth.create_user_via_web": False,
    "ckan.auth.public_user_details": False,
    "ckan.auth.allow_dataset_collaborators": False,
    "ckan.auth.reveal_private_datasets": False,
    "ckan.auth.roles_that_cascade_to_sub_groups": "",
    "ckan.auth.public_activity_stream_detail": False,
    "ckan.files.authenticated_uploads.allow": False,
    "ckan.datastore.sqlsearch.enabled": False,
    "ckan.datastore.public_table_search": "",
}
"""Each opens a way around the publication gate or shows people to the public when it differs."""

NEEDED_PLUGINS = ("datastore", "scheming_organizations")

FORMS: dict[str, tuple[str, Callable[[], Any]]] = {
    "scheming.dataset_schemas": ("dataset", scheming_dataset_schemas),
    "scheming.organization_schemas": ("organization", scheming_organization_schemas),
}
"""Forms that scheming must have read: fields of a form that it has not are dropped in silence."""


def check_settings() -> None:
    """Raise CkanConfigurationException that names every unsafe setting and its safe value."""
    complaints = [
        f"{name} = {safe!r}"
        for name, safe in REQUIRED.items()
        if name in tk.config and _differs(tk.config[name], safe)
    ]
    if tk.config["SESSION_TYPE"] == "cookie":
        # Such a session lives on in whoever copied it, whatever the portal decides.
        complaints.append("SESSION_TYPE = redis")
    missing = [name for name in NEEDED_PLUGINS if not _loaded(name)]
    complaints += [f"ckan.plugins: + {name}" for name in missing]
    complaints += [
        f"{option} = {config_declaration[Key.from_string(option)].default}"
        for option, (kind, schemas) in FORMS.items()
        if kind not in (schemas() or ())
    ]
    if complaints:
        raise CkanConfigurationException(
            "ckanext-satudata does not start with these settings; set them to: "
            + "; ".join(complaints)
        )


def _loaded(name: str) -> bool:
    return plugin_loaded(name) or name in tk.aslist(tk.config["ckan.plugins"])


def _differs(value: Any, safe: Any) -> bool:
    if isinstance(safe, bool):
        return tk.asbool(value or False) is not safe
    return bool(value) != bool(safe)
