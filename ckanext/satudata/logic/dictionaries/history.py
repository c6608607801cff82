"""The versions of a kamus data, and what each changed."""

from __future__ import annotations

import dataclasses
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.dictionary import exchange
from ckanext.satudata.dictionary.differences import differences
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.releases import readers as naming
from ckanext.satudata.logic.wording import as_ckan_error, sentence
from ckanext.satudata.model import dictionaries
from ckanext.satudata.model.dictionaries import DictionaryRow


def versions(user: model.User, dataset: dict[str, Any], resource_id: str) -> list[dict[str, Any]]:
    """Every version with what it changed, the oldest first. Raises ObjectNotFound to outsiders."""
    found: list[dict[str, Any]] = []
    before: Dictionary | None = None
    for number, row in enumerate(_rows(user, dataset, resource_id), 1):
        now = _read(row)
        found.append({**_as_dict(number, row), **_changes(before, now)})
        before = now
    return found


def version(user: model.User, dataset: dict[str, Any], resource_id: str, number: int) -> Dictionary:
    """One version. Raises ObjectNotFound to outsiders, ValidationError `dictionary_version`."""
    rows = _rows(user, dataset, resource_id)
    if number > len(rows):
        raise as_ckan_error(Refused("dictionary_version", field="version"))
    return _read(rows[number - 1])


def may_read(user: model.User, dataset: dict[str, Any]) -> bool:
    """The walidata and the agency of the data; the public knows what was released."""
    package = model.Package.get(dataset["id"])
    return package is not None and naming.may_list(user, package)


def _rows(user: model.User, dataset: dict[str, Any], resource_id: str) -> list[DictionaryRow]:
    if not may_read(user, dataset):
        raise tk.ObjectNotFound(sentence(Refused("not_found")))
    return list(dictionaries.versions_of(resource_id))


def _read(row: DictionaryRow) -> Dictionary:
    found = exchange.read(row.body)
    # What is kept was read before; a fault found by a later rule changes nothing of that.
    return found.dictionary or Dictionary(())


def _as_dict(number: int, row: DictionaryRow) -> dict[str, Any]:
    user = model.User.get(row.saved_by) if row.saved_by else None
    return {
        "version": number,
        "sha256": row.sha256,
        "saved_at": row.saved_at.isoformat(),
        "saved_by": user.display_name if user is not None else "",
    }


def _changes(before: Dictionary | None, now: Dictionary) -> dict[str, Any]:
    if before is None:
        return {"added": list(now.names), "removed": [], "changes": []}
    found = differences(before, now)
    return {
        "added": list(found.added),
        "removed": list(found.removed),
        "changes": [dataclasses.asdict(one) for one in found.changes],
    }
