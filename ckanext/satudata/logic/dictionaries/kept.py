"""The kamus data that stands in the resource field `schema`, and its versions.

In the resource it is content like every other field: a case locks it, a release freezes it, a
working copy begins with it. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model

from ckanext.satudata.dictionary import exchange
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.logic import clock
from ckanext.satudata.model import dictionaries

FIELD = "schema"


def of_resource(resource: Mapping[str, Any]) -> Dictionary | None:
    """The kamus data of a resource as `package_show` gives it; None where it has none.

    What was stored before there were rules for it is no kamus data.
    """
    told = resource.get(FIELD)
    if not told:
        return None
    found = exchange.read(told) if isinstance(told, str) else exchange.read_value(told)
    return found.dictionary if not found.problems else None


def remember(package: model.Package, user: model.User | None) -> None:
    """Write down each kamus data of a dataset that is new, whoever wrote it and by which way."""
    for resource in package.resources_all:
        told = (resource.extras or {}).get(FIELD)
        if told and resource.state == model.State.ACTIVE:
            _remember(str(resource.id), str(told), user)


def _remember(resource_id: str, told: str, user: model.User | None) -> None:
    dictionary = of_resource({FIELD: told})
    if dictionary is None:
        return
    if dictionaries.newest_sha256(resource_id) != dictionary.sha256:
        by = str(user.id) if user is not None else None
        dictionaries.keep(resource_id, dictionary.sha256, dictionary.text(), by, clock.now())
