"""The facets of the search page, in the order in which people narrow a search."""

from __future__ import annotations

from collections import OrderedDict

from ckan.plugins import toolkit as tk


def dataset_facets() -> OrderedDict[str, str]:
    """Index field to title."""
    return OrderedDict(
        organization=tk._("Data producer"),
        topic=tk._("Topic"),
        vocab_region_codes=tk._("Region"),
        vocab_years=tk._("Period"),
        validation_status=tk._("Validation status"),
        res_format=tk._("Format"),
    )
