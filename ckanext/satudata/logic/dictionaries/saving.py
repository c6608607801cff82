"""A kamus data is saved: checked, compared with what the writer saw, written into its resource."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.dictionary import checks, exchange
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.errors import Conflict
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.dictionaries import kept, telling
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import cases


def read(told: Any) -> Dictionary:
    """A kamus data that was brought, as JSON text or value. Raises ValidationError at `schema`,
    which lists every fault under `faults`."""
    found = exchange.read(told) if isinstance(told, (str, bytes)) else exchange.read_value(told)
    if found.problems or found.dictionary is None:
        errors: Any = {
            kept.FIELD: telling.sentences(found.problems, found.dictionary),
            "faults": telling.told(found.problems, found.dictionary),
        }
        raise tk.ValidationError(errors)
    return found.dictionary


def gaps(told: Any) -> list[dict[str, Any]]:
    """What is missing in a kamus data that is being written, as far as it can be read."""
    found = exchange.read_value(told)
    if found.dictionary is None:
        return []
    return telling.told(checks.gaps(found.dictionary), found.dictionary)


def save(
    context: Context,
    dataset_id: str,
    resource_id: str,
    dictionary: Dictionary,
    based_on: str | None,
) -> None:
    """Write a kamus data into its resource, and commit.

    `based_on`: sha256 of the version that the writer saw, "" for none, None for whichever.
    Raises ValidationError `dictionary_changed` where another one stands there by now.
    """
    _lock(dataset_id)
    row = model.Resource.get(resource_id)
    before = kept.of_resource(row.extras or {}) if row is not None else None
    if based_on is not None and based_on != (before.sha256 if before else ""):
        model.Session.rollback()
        raise as_ckan_error(Conflict("dictionary_changed"))
    if before == dictionary:
        model.Session.rollback()
        return
    patch = {"id": resource_id, kept.FIELD: dictionary.text()}
    tk.get_action("resource_patch")({"user": context.get("user", "")}, patch)


def _lock(dataset_id: str) -> None:
    """First the case, then the dataset, as everybody does."""
    for case in cases.open_cases_of(dataset_id):
        cases.lock_case(case.id)
    package = casework.lock_dataset(dataset_id)
    for resource in package.resources if package is not None else ():
        model.Session.refresh(resource)
