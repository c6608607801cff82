"""What attacks share: refusals of any kind, calls past all permissions, bytes as they lie."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.lib import files, uploader
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from tests.integration.office import Office, call, dataset_values

NAME = "jumlah-penduduk"


def refusal(person: str, action: str, **values: Any) -> str:
    """What the refusal of an action says; fails when it is allowed."""
    with pytest.raises((tk.NotAuthorized, tk.ValidationError, tk.ObjectNotFound)) as caught:
        call(person, action, **values)
    model.Session.rollback()
    return str(caught.value)


def forced(office: Office, action: str, **values: Any) -> str:
    """The same past all permissions, as a job or another extension would call it."""
    context = {"user": office["sysadmin"], "ignore_auth": True}
    with pytest.raises((tk.NotAuthorized, tk.ValidationError)) as caught:
        helpers.call_action(action, context, **values)
    model.Session.rollback()
    return str(caught.value)


def bytes_of(resource: dict[str, Any]) -> bytes:
    stored = uploader.get_resource_uploader({"id": resource["id"]})
    location = files.Location(stored.get_path(resource["id"]))
    return b"".join(stored.storage.stream(files.FileData(location)))


def first_file(office: Office, name: str = NAME) -> dict[str, Any]:
    return call(office["sysadmin"], "package_show", id=name)["resources"][0]


def editor_of(office: Office, actor: str) -> None:
    """Let the holder of an actor also be an editor of the producing agency."""
    member = {"id": office.agency["id"], "username": office[actor], "role": "editor"}
    call(office["sysadmin"], "organization_member_create", **member)


def stranger(office: Office, name: str = "data-lain") -> dict[str, Any]:
    """A dataset of the other agency, brought by its administrator."""
    values = dataset_values(office, name, owner_org=office.other_agency["id"])
    return call(office["outsider"], "package_create", **values)
