"""Working copies: private datasets that prepare the next release of a public one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import WorkingCopyResourceRow, WorkingCopyRow


def working_copy(dataset_id: str) -> WorkingCopyRow | None:
    """The row of a dataset that is a working copy, ended or not; None for any other dataset."""
    return model.Session.get(WorkingCopyRow, dataset_id)


def original_of(dataset_id: str) -> str | None:
    """Id of the dataset that a working copy revises; None for any other dataset."""
    row = working_copy(dataset_id)
    return row.dataset_id if row is not None else None


def open_copy_of(dataset_id: str) -> WorkingCopyRow | None:
    """The working copy that is being prepared for a public dataset; None when there is none."""
    query = sa.select(WorkingCopyRow).where(
        WorkingCopyRow.dataset_id == dataset_id, WorkingCopyRow.ended_at.is_(None)
    )
    return model.Session.scalar(query)


def pairs_of(copy_id: str) -> Mapping[str, str]:
    """Resource of a working copy -> resource of the public dataset, by their ids."""
    query = sa.select(WorkingCopyResourceRow).where(WorkingCopyResourceRow.copy_id == copy_id)
    return {row.copy_resource_id: row.resource_id for row in model.Session.scalars(query)}


def pair(copy_id: str, pairs: Mapping[str, str]) -> None:
    """Write down which resource of the copy stands for which of the public dataset."""
    for copy_resource_id, resource_id in pairs.items():
        row = WorkingCopyResourceRow(copy_resource_id=copy_resource_id, copy_id=copy_id)
        row.resource_id = resource_id
        model.Session.add(row)
    model.Session.flush()


def end(row: WorkingCopyRow, how: str, at: datetime) -> None:
    """Note that a working copy was `applied` or `dropped`, at a time in UTC."""
    row.ended, row.ended_at = how, at
    model.Session.flush()
