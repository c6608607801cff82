"""The content of a dataset as it stands in the session's flushed rows.

`validate()` sees only changed resources; what is approved is judged on the rows themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import resource_files
from ckanext.satudata.release.content import (
    DATASET_FIELDS,
    RESOURCE_FIELDS,
    Content,
    content_of,
)


def flushed_content(package: model.Package) -> Content:
    """The content of `package`, whose changes have been flushed."""
    dataset = {name: _text(getattr(package, name, None)) for name in DATASET_FIELDS}
    dataset["extras"] = dict(package.extras or {})
    dataset["tags"] = [tag_text(tag) for tag in tags_of(package.id)]
    active = [one for one in package.resources_all if one.state == model.State.ACTIVE]
    digests = {row.resource_id: row.sha256 for row in resource_files.files_of(str(package.id))}
    dataset["resources"] = [
        _resource(one, digests.get(str(one.id))) for one in sorted(active, key=_position)
    ]
    return content_of(dataset)


def tags_of(dataset_id: str) -> Sequence[model.Tag]:
    """The tags of a dataset, those of vocabularies included."""
    query = (
        sa.select(model.Tag)
        .join(model.PackageTag, model.PackageTag.tag_id == model.Tag.id)
        .where(model.PackageTag.package_id == dataset_id)
        .where(model.PackageTag.state == model.State.ACTIVE)
    )
    return model.Session.scalars(query).all()


def tag_text(tag: model.Tag) -> str:
    """A tag as content holds it: its name, after the id of its vocabulary where it has one."""
    return f"{tag.vocabulary_id}/{tag.name}" if tag.vocabulary_id else tag.name


def _position(resource: model.Resource) -> tuple[int, str]:
    return (resource.position or 0, resource.id)


def _resource(resource: model.Resource, sha256: str | None) -> dict[str, Any]:
    """`sha256`: of the file that the resource has; its field `hash` is not asked for it."""
    values = {name: _text(getattr(resource, name, None)) for name in RESOURCE_FIELDS}
    if resource.url_type == "upload":
        values["hash"] = sha256
    values["extras"] = dict(resource.extras or {})
    return values


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
