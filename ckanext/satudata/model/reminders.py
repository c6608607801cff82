"""Which reminders of a clock went out, and when the next may come up. Times are UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import Base


class ReminderRow(Base):
    """What went out of a clock for one due time; another due time begins anew.

    `next_at`: nobody need look before; None: nothing more comes.
    """

    __tablename__ = "satudata_reminder"

    clock_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(sa.DateTime)
    sent: Mapped[list[str]] = mapped_column(ARRAY(sa.Text), default=list)
    next_at: Mapped[datetime | None] = mapped_column(sa.DateTime)


@dataclass(frozen=True)
class Office:
    """Whose calendar, and whose clock."""

    office_id: str
    zone: str


def _due(now: datetime) -> sa.Select[tuple[ClockRow]]:
    """Open clocks that run, are near or over, and were not looked at since something came up."""
    clock, known = ClockRow, ReminderRow
    same = sa.and_(known.clock_id == clock.id, known.due_at == clock.due_at)
    return (
        sa.select(clock)
        .outerjoin(known, same)
        .where(
            clock.closed_at.is_(None),
            clock.reminds,
            clock.stopped_at.is_(None),
            clock.near_at <= now,
            sa.or_(known.clock_id.is_(None), known.next_at <= now),
        )
    )


def offices(now: datetime) -> list[Office]:
    """Whose clocks have something to remind of."""
    query = _due(now).with_only_columns(ClockRow.office_id, ClockRow.zone).distinct()
    return [Office(*row) for row in model.Session.execute(query.order_by("office_id", "zone"))]


def cases_of(office: Office, now: datetime, most: int) -> list[str]:
    """Ids of the cases of an office with such clocks, what was due first before the others."""
    query = _due(now).where(ClockRow.office_id == office.office_id, ClockRow.zone == office.zone)
    first = sa.func.min(ClockRow.due_at)
    query = query.with_only_columns(ClockRow.case_id).group_by(ClockRow.case_id)
    return list(model.Session.scalars(query.order_by(first, ClockRow.case_id).limit(most)))


def clocks_of(case_id: str, office: Office, now: datetime) -> Sequence[ClockRow]:
    """Those of one case, as they stand now."""
    query = _due(now).where(ClockRow.case_id == case_id, ClockRow.office_id == office.office_id)
    query = query.where(ClockRow.zone == office.zone).order_by(ClockRow.due_at, ClockRow.id)
    return model.Session.scalars(query.execution_options(populate_existing=True)).all()


def sent_of(clocks: Iterable[ClockRow]) -> dict[str, list[str]]:
    """What went out of each clock for its present due time."""
    wanted = {row.id: row.due_at for row in clocks}
    query = sa.select(ReminderRow).where(ReminderRow.clock_id.in_(wanted))
    rows = model.Session.scalars(query.execution_options(populate_existing=True))
    return {row.clock_id: row.sent for row in rows if row.due_at == wanted[row.clock_id]}


def keep(clock: ClockRow, sent: Sequence[str], next_at: datetime | None) -> None:
    """Write down what went out of a clock by now. The caller commits."""
    values = {"due_at": clock.due_at, "sent": list(sent), "next_at": next_at}
    row = insert(ReminderRow).values(clock_id=clock.id, **values)
    model.Session.execute(row.on_conflict_do_update(index_elements=["clock_id"], set_=values))
