"""Lists of tags, without the words of data that the caller may not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context


@tk.side_effect_free
@tk.chained_action
def tag_list(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core's list, without the words of private data; a vocabulary is the office's own."""
    found = original(context, data_dict)
    return found if data_dict.get("vocabulary_id") else _readable(context, found)


@tk.side_effect_free
@tk.chained_action
def tag_show(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core's answer, which tells of no word that stands in private data alone."""
    found = original(context, data_dict)
    if found.get("vocabulary_id") or _readable(context, [found]):
        return found
    raise tk.ObjectNotFound


@tk.side_effect_free
@tk.chained_action
def tag_autocomplete(
    original: Callable[..., Any], context: Context, data_dict: dict[str, Any]
) -> Any:
    """Core's suggestions, without the words of private data."""
    return _readable(context, original(context, data_dict))


@tk.side_effect_free
@tk.chained_action
def tag_search(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core's answer, without the words of private data."""
    found = original(context, data_dict)
    results = _readable(context, found["results"])
    return {"count": found["count"] - len(found["results"]) + len(results), "results": results}


def _readable(context: Context, tags: list[Any]) -> list[Any]:
    """Of these tags (names, or mappings with a name) those of data that the caller may read."""
    if context.get("ignore_auth") or not tags:
        return tags
    asked: Context = {"user": context.get("user", "")}
    values = {"rows": 0, "facet.field": ["tags"], "facet.limit": -1, "include_private": True}
    known = tk.get_action("package_search")(asked, values)["search_facets"]
    names = {one["name"] for one in known.get("tags", {}).get("items", ())}
    return [one for one in tags if (one if isinstance(one, str) else one["name"]) in names]
