"""What differs between two releases, and what a past one held, in the words of the forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.helpers.dictionaries import changes_of_dictionary
from ckanext.satudata.helpers.metadata import satudata_field, satudata_metadata, satudata_value
from ckanext.satudata.release.differences import EXTRA

OF_THE_FILE = frozenset({
    "hash", "size", "last_modified", "mimetype", "mimetype_inner", "cache_url",
    "cache_last_updated", "url_type", "id",
})  # fmt: skip
"""Fields of a resource that its file says better."""
DICTIONARY = f"{EXTRA}schema"
KINDS = {"dataset": "dataset_fields", "resource": "resource_fields"}

Field = Mapping[str, Any]


def satudata_field_differences(
    found: Iterable[Field], of: str = "dataset"
) -> list[dict[str, str | None]]:
    """{label, kind, old, new} of each field that differs, in words; None for what was empty.

    A kamus data is told cell by cell.
    """
    rows: list[dict[str, str | None]] = []
    for one in found:
        if of == "resource" and one["field"] == DICTIONARY:
            rows += changes_of_dictionary(_label(DICTIONARY, of), one)
        elif not (of == "resource" and _is_of_the_file(one)):
            rows.append(_row(one, of))
    return rows


def satudata_release_metadata(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The metadata that a release held, by group, as the page of the dataset has it."""
    metadata = content["metadata"]
    extras = {name: _plain(value) for name, value in metadata["extras"].items()}
    tags = [{"name": one, "display_name": one.rpartition("/")[2]} for one in metadata["tags"]]
    return satudata_metadata({**metadata, **extras, "tags": tags})


def satudata_hash(sha256: str | None) -> str:
    """The beginning of a hash, enough to tell two files apart by eye."""
    return (sha256 or "")[:12]


def _row(one: Field, of: str) -> dict[str, str | None]:
    return {
        "label": _label(one["field"], of),
        "kind": one["kind"],
        "old": _words(one["field"], one["old"], of),
        "new": _words(one["field"], one["new"], of),
    }


def _is_of_the_file(one: Field) -> bool:
    if one["field"] == "url":
        return not any(str(one[side] or "").startswith("http") for side in ("old", "new"))
    return one["field"] in OF_THE_FILE


def _label(field: str, of: str) -> str:
    name = "tag_string" if field == "tags" else field.removeprefix(EXTRA)
    found = satudata_field(name, KINDS[of])
    return tk.h.scheming_language_text(found["label"]) if found else name


def _words(field: str, value: Any, of: str) -> str | None:
    if value in (None, "", [], {}):
        return None
    if field == "tags":
        return ", ".join(one.rpartition("/")[2] for one in value)
    if field == "license_id":
        return dict(tk.h.license_options()).get(value, value)
    shown = satudata_value(field.removeprefix(EXTRA), _plain(value), KINDS[of])
    return ", ".join(map(str, shown)) if isinstance(shown, list) else str(shown)


def _plain(value: Any) -> Any:
    """A stored field; one that holds several values is stored as a list in JSON."""
    if not isinstance(value, str) or not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
