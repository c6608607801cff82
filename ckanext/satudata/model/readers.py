"""Who may read a dataset whose class is restricted: named people, agencies, or all staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, new_id

PERSON, AGENCY, STAFF = "person", "agency", "staff"
KINDS = (PERSON, AGENCY, STAFF)


class ReaderRow(Base):
    """One reader of a dataset, from `given_at` (UTC) to the end of the day `until` (none: open).

    `reader_id`: of a user or an organization; none for all staff. `ended_at`: taken back.
    """

    __tablename__ = "satudata_reader"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    dataset_id: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[str] = mapped_column(sa.Text)
    reader_id: Mapped[str | None] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    until: Mapped[date | None] = mapped_column(sa.Date)
    given_by: Mapped[str] = mapped_column(sa.Text)
    given_at: Mapped[datetime] = mapped_column(sa.DateTime)
    ended_by: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


def not_ended(dataset_id: str) -> Sequence[ReaderRow]:
    """The readers of a dataset that nobody has taken back, those whose day is over among them."""
    query = sa.select(ReaderRow).where(ReaderRow.dataset_id == dataset_id)
    query = query.where(ReaderRow.ended_at.is_(None)).order_by(ReaderRow.given_at, ReaderRow.id)
    return model.Session.scalars(query).all()


def readers_on(dataset_id: str, day: date) -> list[ReaderRow]:
    """Who may read a dataset on a day."""
    return [row for row in not_ended(dataset_id) if row.until is None or row.until >= day]


def given_among(dataset_ids: Iterable[str]) -> set[str]:
    """Those of these datasets that were ever given to a reader, in one query."""
    ids = list(dataset_ids)
    query = sa.select(ReaderRow.dataset_id).where(ReaderRow.dataset_id.in_(ids)).distinct()
    return set(model.Session.scalars(query)) if ids else set()


def same(dataset_id: str, kind: str, reader_id: str | None) -> ReaderRow | None:
    """The row by which this reader reads a dataset, if one was not taken back."""
    rows = not_ended(dataset_id)
    return next((row for row in rows if (row.kind, row.reader_id) == (kind, reader_id)), None)


def reader(row_id: str) -> ReaderRow | None:
    """One row by its id, locked until the commit."""
    query = sa.select(ReaderRow).where(ReaderRow.id == row_id).with_for_update()
    return model.Session.scalar(query.execution_options(populate_existing=True))
