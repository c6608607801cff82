"""Core actions that need one rule more than their auth functions can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_harvest
from ckanext.satudata.logic.datasets import gate, incoming
from ckanext.satudata.logic.wording import as_ckan_error

DATASET_TYPES = ("dataset",)
"""An unknown type would pass our form by, and makes core's listing pages fail for everybody."""


@tk.chained_action
def package_create(
    original: Callable[..., Any], context: Context, data_dict: dict[str, Any]
) -> Any:
    """Refuse dataset types that nobody here knows, whoever calls."""
    kind = data_dict.get("type") or DATASET_TYPES[0]
    known = _types()
    if kind not in known:
        raise as_ckan_error(Refused("type_unknown", field="type", type=kind, types=known))
    incoming.check_texts(data_dict)
    incoming.check_new(data_dict)
    return original(context, {**data_dict, "type": kind})


@tk.chained_action
def package_update(
    original: Callable[..., Any], context: Context, data_dict: dict[str, Any]
) -> Any:
    """Refuse files before they are stored, whoever calls and by whichever action."""
    incoming.check_texts(data_dict)
    incoming.check_update(context, data_dict)
    return original(context, data_dict)


def _types() -> tuple[str, ...]:
    """Sources of a harvest are datasets with a form of their own; the gate keeps them private."""
    if plugin_loaded(guards_harvest.PLUGIN):
        return (*DATASET_TYPES, gate.HARVEST_TYPE)
    return DATASET_TYPES
