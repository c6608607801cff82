"""What the search index knows of a dataset beyond core: its standing and its facets."""

from __future__ import annotations

import json
import re
from typing import Any

from ckanext.satudata.model import outbox
from ckanext.satudata.model.standing import COMPUTED_FIELDS

STAMP = "revision_id"
"""Field of CKAN's Solr schema that is kept and returned, is no text that people search, and that
CKAN fills no more: it holds the number of the newest note of the dataset (model/outbox.py)."""

MAX_YEARS = 200
_YEAR = re.compile(r"\d{4}")


def document(search_doc: dict[str, Any]) -> dict[str, Any]:
    """The document that goes to the index: `search_doc` as core made it, and our fields.

    The standing is read from the validated dataset in the document itself, where
    `package_show` has put it; whatever else stands under these names is dropped.
    """
    shown = json.loads(search_doc.get("validated_data_dict") or "{}")
    for name in COMPUTED_FIELDS:
        search_doc.pop(name, None)
        # How it stands on a day is not the index's to know.
        if shown.get(name) and name != "update_status":
            search_doc[name] = _stamp(shown[name]) if name.endswith("_date") else shown[name]
    # Dynamic fields `vocab_*` hold lists of untokenised words: several facet values a dataset.
    search_doc["vocab_region_codes"] = shown.get("region_codes") or []
    search_doc[STAMP] = str(outbox.stamp_of(search_doc["id"]))
    search_doc["vocab_years"] = years(shown.get("period_start"), shown.get("period_end"))
    return search_doc


def years(start: Any, end: Any) -> list[str]:
    """The calendar years from one period to another, as text; empty where none is given."""
    first = _YEAR.match(str(start or ""))
    last = _YEAR.match(str(end or "")) or first
    if not first or not last:
        return []
    span = range(int(first.group()), int(last.group()) + 1)
    return [str(year) for year in span[:MAX_YEARS]]


def _stamp(value: str) -> str:
    """A UTC time as the index wants it."""
    return value if value.endswith("Z") else f"{value}Z"
