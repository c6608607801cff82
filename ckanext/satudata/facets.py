"""The facets of the search page, in the order in which people narrow a search."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from ckan.plugins import toolkit as tk
from flask import has_request_context

PAGES = frozenset({"dataset.search", "organization.read"})
_CLAUSE = re.compile(r'(?<!\S)(\w+):"([^"]*)"')


def dataset_facets() -> OrderedDict[str, str]:
    """Index field to title; what is a field of the form bears the label it has there."""
    label = tk.h.satudata_label
    return OrderedDict(
        organization=label("owner_org"),
        topic=label("topic"),
        vocab_region_codes=label("region_codes"),
        vocab_years=tk._("Period"),
        validation_status=tk._("Validation status"),
        res_format=tk._("Format"),
    )


def organization_facets() -> OrderedDict[str, str]:
    """The same without the agency, which is the page itself."""
    facets = dataset_facets()
    del facets["organization"]
    return facets


def any_of_each(search_params: dict[str, Any]) -> dict[str, Any]:
    """On the search pages two ticks of one facet mean "this or that", not "both at once".

    Core joins all ticks with AND. A search through the API is left as it was asked.
    """
    if not has_request_context() or tk.request.endpoint not in PAGES:
        return search_params
    values: OrderedDict[str, list[str]] = OrderedDict()
    query = search_params.get("fq") or ""
    for field, value in _CLAUSE.findall(query):
        values.setdefault(field, []).append(value)
    several = {field for field, ticks in values.items() if len(ticks) > 1}
    rest = _CLAUSE.sub(lambda found: "" if found[1] in several else found[0], query)
    either = [f"{field}:({' OR '.join(map(_quoted, values[field]))})" for field in sorted(several)]
    return {**search_params, "fq": " ".join([rest.strip(), *either]).strip()}


def _quoted(value: str) -> str:
    return f'"{value}"'
