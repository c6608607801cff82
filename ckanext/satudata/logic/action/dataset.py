"""Core actions that need one rule more than their auth functions can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import guards_harvest, reindex
from ckanext.satudata.logic.datasets import cached, gate, incoming
from ckanext.satudata.logic.releases import shown
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


@tk.side_effect_free
@tk.chained_action
def package_show(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """What the release of a public dataset says, whole; for any other core's answer, from the rows
    themselves where Solr's copy is late or could be waited for."""
    told = shown.answer(context, data_dict)
    if told is not None:
        return told
    reference = str(data_dict.get("id") or data_dict.get("name_or_id") or "")
    if context.get("use_cache", True) and not cached.may_answer(context, reference):
        context["use_cache"] = False
    return original(context, data_dict)


@tk.chained_action
def tag_delete(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core commits first and tells the index afterwards, when nobody commits any more."""
    tk.check_access("tag_delete", context, data_dict)
    tag = model.Tag.get(data_dict.get("id") or "", data_dict.get("vocabulary_id"))
    reindex.datasets(package.id for package in (tag.packages if tag is not None else ()))
    return original(context, data_dict)


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
