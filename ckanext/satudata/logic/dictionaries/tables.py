"""The tables of a dataset: which resource is meant, and who may write its kamus data."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import as_ckan_error, sentence

_DATA = ("", "data")


def readable(context: Context, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A dataset and its resource, as the caller reads them.

    Raises ObjectNotFound alike for what is not there and for what is not open to him.
    """
    row = model.Resource.get(resource_id)
    if row is not None:
        dataset = dataset_for(context, str(row.package_id))
        for resource in dataset["resources"]:
            if resource["id"] == resource_id:
                return dataset, resource
    raise tk.ObjectNotFound(sentence(Refused("not_found")))


def dataset_for(context: Context, reference: str) -> dict[str, Any]:
    """A dataset as the caller reads it. Raises ObjectNotFound as `readable` does."""
    try:
        return tk.get_action("package_show")({"user": context.get("user", "")}, {"id": reference})
    except tk.NotAuthorized as error:
        raise tk.ObjectNotFound(sentence(Refused("not_found"))) from error


def writable(context: Context, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same for one who writes the dataset now. Raises NotAuthorized, which says who has it."""
    dataset, resource = readable(context, resource_id)
    tk.check_access("package_update", {"user": context.get("user", "")}, {"id": dataset["id"]})
    return dataset, resource


def may_write(context: Context, dataset_id: str) -> bool:
    """Whether the caller writes the dataset now."""
    try:
        tk.check_access("package_update", {"user": context.get("user", "")}, {"id": dataset_id})
    except tk.NotAuthorized:
        return False
    return True


def refuse_none(resource: dict[str, Any]) -> tk.NotAuthorized | tk.ValidationError:
    """There is no kamus data where one was to be taken from."""
    name = resource.get("name") or resource["id"]
    return as_ckan_error(Refused("dictionary_none", field="source", name=name))


def holding_data(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """The resources that may have a kamus data: those that hold data, or have one already."""
    return [
        one
        for one in dataset["resources"]
        if (one.get("resource_type") or "") in _DATA or one.get("schema")
    ]
