"""From which tables a kamus data can be taken over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import people
from ckanext.satudata.logic.dictionaries import kept

MOST = 100
_EXTRAS: Any = sa.type_coerce(model.resource_table.c.extras, sa.Text)
"""As it is stored: a JSON text."""


def sources(
    user: model.User, dataset: dict[str, Any], resource_id: str
) -> list[tuple[str, str, str]]:
    """{id of the resource, title of its dataset, its own name} of each table with a kamus data that
    the user may read: first of this dataset, then of its agency, the newest first."""
    query = (
        sa.select(model.Resource, model.Package)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .where(model.Package.owner_org == dataset["owner_org"])
        .where(model.Package.state == model.State.ACTIVE)
        .where(model.Resource.state == model.State.ACTIVE)
        .where(model.Resource.id != resource_id)
        .where(_EXTRAS.contains(f'"{kept.FIELD}"'))
        .order_by((model.Package.id == dataset["id"]).desc())
        .order_by(model.Package.metadata_modified.desc(), model.Resource.position)
        .limit(MOST)
    )
    seen: dict[str, bool] = {}
    found = []
    for resource, package in model.Session.execute(query):
        if package.id not in seen:
            seen[package.id] = people.may_see_dataset(user, package)
        if seen[package.id] and kept.of_resource(resource.extras or {}) is not None:
            found.append(
                (str(resource.id), str(package.title or package.name), resource.name or "")
            )
    return found
