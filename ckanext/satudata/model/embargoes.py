"""Embargoes: nothing of a dataset is shown anew before a time, for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, WorkingCopyRow


class EmbargoRow(Base):
    """Not before `until` (UTC), for a reason; of a working copy it is that of its dataset."""

    __tablename__ = "satudata_embargo"

    dataset_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    until: Mapped[datetime] = mapped_column(sa.DateTime)
    reason: Mapped[str] = mapped_column(sa.Text)
    set_by: Mapped[str] = mapped_column(sa.Text)
    set_at: Mapped[datetime] = mapped_column(sa.DateTime)


def embargo_of(item: str, at: datetime) -> EmbargoRow | None:
    """The embargo on a dataset, or on that which a working copy revises, that lasts at `at`."""
    return _lasting([item], at).get(item)


def lasting(items: Iterable[str], at: datetime) -> Mapping[str, datetime]:
    """Dataset id -> not before (UTC), of those that are under an embargo at `at`."""
    return {item: row.until for item, row in _lasting(items, at).items()}


def _lasting(items: Iterable[str], at: datetime) -> Mapping[str, EmbargoRow]:
    listed = tuple(items)
    copies = sa.select(WorkingCopyRow.id, WorkingCopyRow.dataset_id)
    copies = copies.where(WorkingCopyRow.id.in_(listed))
    revised = {copy: dataset for copy, dataset in model.Session.execute(copies)}
    wanted = {item: revised.get(item, item) for item in listed}
    query = sa.select(EmbargoRow).where(
        EmbargoRow.dataset_id.in_(set(wanted.values())), EmbargoRow.until > at
    )
    # Another process may have set one since the session read it.
    rows = model.Session.scalars(query.execution_options(populate_existing=True))
    found = {row.dataset_id: row for row in rows}
    return {item: found[dataset] for item, dataset in wanted.items() if dataset in found}


def set_embargo(dataset_id: str, until: datetime, reason: str, by: str, at: datetime) -> EmbargoRow:
    """Put an embargo on a dataset, in place of the one it has; `by`: user id."""
    row = model.Session.get(EmbargoRow, dataset_id) or EmbargoRow(dataset_id=dataset_id)
    row.until, row.reason, row.set_by, row.set_at = until, reason, by, at
    model.Session.add(row)
    model.Session.flush()
    return row


def lift(row: EmbargoRow) -> None:
    """Take an embargo away."""
    model.Session.delete(row)
    model.Session.flush()
