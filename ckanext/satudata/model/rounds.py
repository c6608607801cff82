"""Rounds of what an office does again and again: one row for each period. Times are UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.tables import Base, SopRow, VisitRow, new_id

CONFIRMED, MISSED = "confirmed", "missed"


class RoundRow(Base):
    """One round of the rows (`rows`, known by the first, `step`) of a SOP of an office.

    `period` names the days `first_on` to `last_on`; `skipped`: rounds since the one before that
    nobody opened. Open while `ended` is empty; `missed`: nobody confirmed it before the next one.
    """

    __tablename__ = "satudata_round"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    office_id: Mapped[str] = mapped_column(sa.Text)
    subject: Mapped[str] = mapped_column(sa.Text)
    step: Mapped[int] = mapped_column(sa.Integer)
    rows: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer))
    unit: Mapped[str] = mapped_column(sa.Text)
    period: Mapped[str] = mapped_column(sa.Text)
    first_on: Mapped[date] = mapped_column(sa.Date)
    last_on: Mapped[date] = mapped_column(sa.Date)
    due_at: Mapped[datetime] = mapped_column(sa.DateTime)
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    skipped: Mapped[int] = mapped_column(sa.Integer, default=0)
    told_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended: Mapped[str | None] = mapped_column(sa.Text)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended_by: Mapped[str | None] = mapped_column(sa.Text)
    note: Mapped[str | None] = mapped_column(sa.Text)


@dataclass(frozen=True)
class Of:
    """What recurs: rows of a SOP, known by the first of them, of an office."""

    office_id: str
    subject: str
    step: int


def newest(of: Of) -> RoundRow | None:
    """The last round, open or not, as it stands."""
    query = sa.select(RoundRow).where(*_is(of)).order_by(RoundRow.last_on.desc()).limit(1)
    return model.Session.scalar(query.execution_options(populate_existing=True))


def open_one(of: Of, values: dict[str, Any]) -> RoundRow | None:
    """Open a round; None where that of its period is there already. The caller has ended the one
    before."""
    made = {"id": new_id(), "office_id": of.office_id, "subject": of.subject, "step": of.step}
    added = insert(RoundRow).values({**made, **values}).on_conflict_do_nothing()
    found = model.Session.scalar(added.returning(RoundRow.id))
    return lock(found) if found else None


def lock(round_id: str) -> RoundRow | None:
    """One round, locked until the commit and read anew."""
    query = sa.select(RoundRow).where(RoundRow.id == round_id).with_for_update()
    return model.Session.scalar(query.execution_options(populate_existing=True))


def open_ones() -> list[tuple[Of, str]]:
    """What each open round is of, and its id."""
    row = RoundRow
    query = sa.select(row.office_id, row.subject, row.step, row.id).where(row.ended.is_(None))
    found = model.Session.execute(query.order_by(row.opened_at))
    return [(Of(office, subject, step), id_) for office, subject, step, id_ in found]


def untold() -> Sequence[str]:
    """Ids of open rounds of which nobody was told."""
    query = sa.select(RoundRow.id).where(RoundRow.ended.is_(None), RoundRow.told_at.is_(None))
    return model.Session.scalars(query.order_by(RoundRow.opened_at)).all()


def listed(
    offices: Sequence[str] | None, *, ended: bool, limit: int, offset: int
) -> Sequence[RoundRow]:
    """Rounds of these offices (None: of all): those that are open, what is due first before the
    others; or those that ended, the newest first."""
    query = sa.select(RoundRow)
    if offices is not None:
        query = query.where(RoundRow.office_id.in_(offices))
    if ended:
        query = query.where(RoundRow.ended.is_not(None)).order_by(RoundRow.last_on.desc())
    else:
        query = query.where(RoundRow.ended.is_(None)).order_by(RoundRow.due_at)
    query = query.order_by(RoundRow.subject, RoundRow.step, RoundRow.id)
    return model.Session.scalars(query.limit(limit).offset(offset)).all()


def waiting(subject: str, rows: Sequence[int], agencies: Sequence[str] | None = None) -> int:
    """How many open steps of cases wait for what is done in a round."""
    query = (
        sa.select(sa.func.count())
        .select_from(VisitRow)
        .join(SopRow, SopRow.id == VisitRow.sop_id)
        .where(SopRow.subject == subject, VisitRow.step.in_(rows), VisitRow.closed_by.is_(None))
    )
    if agencies is not None:
        query = query.where(VisitRow.organization_id.in_(agencies))
    return model.Session.scalar(query) or 0


def _is(of: Of) -> tuple[sa.ColumnElement[bool], ...]:
    row = RoundRow
    return row.office_id == of.office_id, row.subject == of.subject, row.step == of.step
