"""What a write brings along, looked at before a byte of it is stored.

The gate judges the rows when the bytes are stored already, which would be orphans after its
refusal. So a file that its case does not take is refused here.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.datasets import file_limit, gate
from ckanext.satudata.logic.schema.case import is_storable
from ckanext.satudata.logic.wording import as_ckan_error, sentence
from ckanext.satudata.model import cases, resource_files

LINKS = frozenset({"", "http", "https", "ftp"})
"""Schemes that a page may lead to; `javascript:` would run as the reader."""

_ID = re.compile(r"[A-Za-z0-9_-]{7,100}")
"""What core takes as an id, and long enough to be split into folders and a file."""

Resource = dict[str, Any]


def check_texts(data: dict[str, Any]) -> None:
    """Raise tk.ValidationError by field where a text cannot be stored: core falls over it."""
    text = sentence(Refused("text_unreadable"))
    errors: Any = {str(name): [text] for name, value in data.items() if not _storable(value)}
    if errors:
        model.Session.rollback()
        raise tk.ValidationError(errors)


def _storable(value: Any) -> bool:
    """Whether the database can hold every text of a value, however deep it lies in it."""
    if isinstance(value, dict):
        return all(_storable(one) for pair in value.items() for one in pair)
    if isinstance(value, (list, tuple)):
        return all(_storable(one) for one in value)
    return not isinstance(value, str) or is_storable(value)


def check_new(data: dict[str, Any]) -> None:
    """What comes with a new dataset. Raises tk.ValidationError by resource."""
    _check_resources(_resources(data), frozenset())


def check_update(context: Context, data: dict[str, Any]) -> None:
    """What comes with a change of a dataset.

    Raises tk.ValidationError by resource, or the refusal of the case that has the data, under
    its lock: nobody ends the step between this answer and the commit.
    """
    reference = data.get("id") or data.get("name")
    package = model.Package.get(reference) if isinstance(reference, str) else None
    resources = _resources(data)
    if package is None or not resources:
        return
    own = frozenset(one.id for one in package.resources)
    _check_resources(resources, own)
    moving = [one for one in resources if one.get("upload") or one.get("clear_upload")]
    if not moving:
        return
    tk.check_access("package_update", context, {"id": package.id})
    replaces = any(one.get("id") in own for one in moving)
    try:
        _check_files(package, people.user_of(context), replaces=replaces)
    except Refused as refused:
        error = as_ckan_error(refused)
        model.Session.rollback()
        raise error from refused


def _check_files(package: model.Package, user: model.User | None, *, replaces: bool) -> None:
    case = cases.case_of_dataset(package.id)
    if case is None:
        return
    cases.lock_case(case.id)
    refused = gate.write_refusal(package, user)
    if refused is None and replaces:
        refused = gate.products_only(package, user)
    if refused is not None:
        raise refused


def _check_resources(resources: list[Resource], own: frozenset[str]) -> None:
    errors: Any = {"resources": [_errors_of(one, own) for one in resources]}
    if any(errors["resources"]):
        model.Session.rollback()
        raise tk.ValidationError(errors)


def _errors_of(resource: Resource, own: frozenset[str]) -> dict[str, Any]:
    if resource.get("id") and resource["id"] not in own and _is_taken(resource):
        return {"id": [tk._("Resource id already exists.")]}
    too_big = file_limit.too_big(resource.get("upload"))
    if too_big:
        return {"upload": [too_big]}
    uploaded = resource.get("upload") or resource.get("url_type") == "upload"
    if not uploaded and _scheme(resource.get("url")) not in LINKS:
        return {"url": [tk._("Please provide a valid URL")]}
    return {}


def _is_taken(resource: Resource) -> bool:
    """Whether a chosen id is, or was, somebody's: a row in any state, a file or a release of it.

    The id leads to the file, also to that of a deleted resource.
    """
    chosen = str(resource["id"])
    if not _ID.fullmatch(chosen) or model.Session.get(model.Resource, chosen) is not None:
        return True
    return resource_files.is_known(chosen)


def _scheme(url: Any) -> str:
    try:
        return urlsplit(str(url or "").strip()).scheme.lower()
    except ValueError:
        return "unreadable"


def _resources(data: dict[str, Any]) -> list[Resource]:
    found = data.get("resources")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
