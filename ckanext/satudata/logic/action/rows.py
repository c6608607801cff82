"""Core's actions on rows, each with the commit that its pointer and its event need."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, DataDict
from ckanext.datastore.backend import DatastoreBackend
from ckanext.datastore.logic import action as core

from ckanext.satudata.logic.datasets import row_writes
from ckanext.satudata.logic.datasets.pointed_tables import PointedBackend
from ckanext.satudata.logic.transaction import one_commit


@tk.chained_action
def datastore_create(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Core's, with the pointer to the table in the commit."""
    return _written(next_action, context, data_dict)


@tk.chained_action
def datastore_upsert(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Core's, with its event in the commit."""
    return _written(next_action, context, data_dict)


@tk.chained_action
def datastore_delete(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Core's, with the pointer that goes and its event in the commit."""
    return _written(next_action, context, data_dict)


@tk.chained_action
def datastore_function_create(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Core's, with its refusal rendered."""
    with one_commit():
        return next_action(context, data_dict)


@tk.chained_action
def datastore_run_triggers(next_action: Action, context: Context, data_dict: DataDict) -> int:
    """In place of core's, which takes the id of a resource for the name of its table."""
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    tk.check_access("datastore_run_triggers", context, data_dict)
    backend = DatastoreBackend.get_active_backend()
    if not isinstance(backend, PointedBackend):
        return next_action(context, data_dict)
    with one_commit():
        return backend.run_triggers(context, resource_id)


def _written(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    with one_commit():
        result = next_action(context, data_dict)
        resource_id = (result or {}).get("resource_id")
        if resource_id and row_writes.in_running_case(resource_id):
            # The event says when. Core's job would write the resource as the portal itself,
            # which the gate refuses.
            core._cancel_patch_resource_last_modified(resource_id)  # noqa: SLF001 - no other way
        return result
