"""Rows of invented tables, how the public reads them, and a successor of published data."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.model import datastore
from ckanext.satudata.model.resource_tables import point_table, table_of
from tests.integration.office import Office, call, dataset_values, resource_values, submit, walk

NAME = "jumlah-penduduk"
OLD = [{"kecamatan": "Contoh Lama", "jumlah": 10}, {"kecamatan": "Contoh Tua", "jumlah": 20}]
NEW = [{"kecamatan": "Contoh Baru", "jumlah": 30}]


def first_resource(office: Office, name: str = NAME) -> str:
    """Id of the first resource of a dataset."""
    return call(office["sysadmin"], "package_show", id=name)["resources"][0]["id"]


def load(person: str, resource_id: str, records: list[dict[str, Any]] = OLD) -> dict[str, Any]:
    """Rows loaded by somebody, as an API client does."""
    values = {"resource_id": resource_id, "records": records, "force": True}
    return call(person, "datastore_create", **values)


def with_rows(office: Office) -> dict[str, Any]:
    """A case at step 1 whose file has rows; returns the case."""
    submit(office)
    load(office["produsen_data"], first_resource(office))
    return call(office["produsen_data"], "satudata_case_show", id=NAME)


def published_with_rows(office: Office) -> str:
    """A published dataset with rows; returns the id of its resource."""
    walk(office, with_rows(office), until=10)
    return first_resource(office)


def copy_of(office: Office, resource_id: str) -> str:
    """A resource of private data that has the rows of another one; returns its id."""
    producer = office["produsen_data"]
    values = dataset_values(office, "jumlah-penduduk-salinan")
    dataset = call(producer, "package_create", **values)
    copy = call(producer, "resource_create", **resource_values(dataset["id"]))
    share(copy["id"], resource_id)
    return copy["id"]


def share(new: str, old: str) -> None:
    """Point a resource at the table of another one."""
    point_table(new, table_of(old))
    model.Session.commit()


def forced(office: Office, action: str, **values: Any) -> Any:
    """An action by a sysadmin whom nobody asks for permission."""
    context = {"user": office["sysadmin"], "ignore_auth": True}
    return helpers.call_action(action, context, **values)


def read(resource_id: str, person: str = "") -> list[str]:
    """The districts that somebody finds in a resource, in their order."""
    context = {"user": person, "ignore_auth": False}
    found = helpers.call_action("datastore_search", context, resource_id=resource_id)
    return [one["kecamatan"] for one in found["records"]]


def table_count() -> int:
    """How many tables the DataStore has."""
    return len(datastore.table_names())


def refused(office: Office, action: str, **values: Any) -> str:
    """What a sysadmin whom nobody asks for permission hears; fails where he is let."""
    with pytest.raises((tk.ValidationError, tk.NotAuthorized)) as caught:
        forced(office, action, **values)
    return str(caught.value)
