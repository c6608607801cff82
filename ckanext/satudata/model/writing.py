"""The opposite of model/content.py: content written onto the rows of a dataset.

Nothing is validated and no hook is asked: what is written was approved as it stands, and the gate
compares the rows with it afterwards. Columns that are no content (who made it, when) stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.content import tag_text, tags_of
from ckanext.satudata.release.content import (
    DATASET_FIELDS,
    MOVING_EXTRAS,
    RESOURCE_FIELDS,
    Content,
)

DATES = frozenset({"last_modified", "cache_last_updated"})


def write_content(package: model.Package, content: Content, at: datetime) -> None:
    """Make the flushed rows of `package` hold `content`; `at` is when, in UTC.

    Its own id must be the one that `content` names. Resources that it does not name are marked
    deleted, as CKAN does.
    """
    write_metadata(package, content, at)
    _write_resources(package.id, content.resources, at)
    model.Session.flush()
    model.Session.expire(package)


def write_metadata(package: model.Package, content: Content, at: datetime) -> None:
    """Make a dataset hold the metadata of `content`; its resources stay as they are."""
    for name in DATASET_FIELDS:
        if name != "id":
            setattr(package, name, content.metadata[name])
    package.extras = dict(content.metadata["extras"])
    package.metadata_modified = at
    model.Session.add(package)
    model.Session.flush()
    _write_tags(package.id, content.metadata["tags"])
    model.Session.flush()
    model.Session.expire(package)


def _write_tags(dataset_id: str, wanted: Sequence[str]) -> None:
    for tag in tags_of(dataset_id):
        if tag_text(tag) not in wanted:
            _tie(dataset_id, tag).state = model.State.DELETED
    present = {tag_text(tag) for tag in tags_of(dataset_id)}
    for text in wanted:
        if text not in present:
            _tie(dataset_id, _tag(text)).state = model.State.ACTIVE
    model.Session.flush()


def _tag(text: str) -> model.Tag:
    vocabulary_id, _, name = text.rpartition("/")
    query = sa.select(model.Tag).where(
        model.Tag.name == name, model.Tag.vocabulary_id == (vocabulary_id or None)
    )
    tag = model.Session.scalar(query)
    if tag is None:
        tag = model.Tag(name=name, vocabulary_id=vocabulary_id or None)
        model.Session.add(tag)
        model.Session.flush()
    return tag


def _tie(dataset_id: str, tag: model.Tag) -> model.PackageTag:
    query = sa.select(model.PackageTag).where(
        model.PackageTag.package_id == dataset_id, model.PackageTag.tag_id == tag.id
    )
    tie = model.Session.scalar(query)
    if tie is None:
        tie = model.PackageTag()
        tie.package_id, tie.tag_id = dataset_id, tag.id
        model.Session.add(tie)
    return tie


def _write_resources(dataset_id: str, resources: Sequence[Mapping[str, Any]], at: datetime) -> None:
    query = sa.select(model.Resource).where(model.Resource.package_id == dataset_id)
    present = {row.id: row for row in model.Session.scalars(query)}
    for position, values in enumerate(resources):
        row = present.pop(values["id"], None) or _new_resource(dataset_id, values["id"], at)
        _write_resource(row, values, position, at)
    for row in present.values():
        row.state = model.State.DELETED


def _new_resource(dataset_id: str, resource_id: str, at: datetime) -> model.Resource:
    row = model.Resource(package_id=dataset_id)
    row.id, row.created = resource_id, at
    model.Session.add(row)
    return row


def _write_resource(
    row: model.Resource, values: Mapping[str, Any], position: int, at: datetime
) -> None:
    for name in RESOURCE_FIELDS:
        if name != "id":
            setattr(row, name, _date(values[name]) if name in DATES else values[name])
    moving = {name: one for name, one in (row.extras or {}).items() if name in MOVING_EXTRAS}
    row.extras = {**values["extras"], **moving}
    row.position, row.state, row.metadata_modified = position, model.State.ACTIVE, at


def _date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
