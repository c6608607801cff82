"""Open clocks reckoned anew, when the calendar of their office says something else than before.

What is closed is left alone. Nobody starts or ends a clock meanwhile: who reckons holds the
calendars (`calendars.version`), and who changes one holds them alone (`calendars.next_version`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import calendars, clocks
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.worktime.due import due
from ckanext.satudata.sop.worktime.national import source
from ckanext.satudata.sop.worktime.norms import Norm, Unit

TIMELESS = (Unit.SESUAI_KEBUTUHAN.value, Unit.TIDAK_DISEBUT.value)
BATCH = 5_000

COLUMNS = (
    ClockRow.id,
    ClockRow.case_id,
    ClockRow.office_id,
    ClockRow.zone,
    ClockRow.unit,
    ClockRow.amount,
    ClockRow.opened_at,
    ClockRow.stood,
    ClockRow.due_at,
    ClockRow.near_at,
)

_WRITE = sa.text("""
    UPDATE satudata_clock c SET due_at = n.due_at, near_at = n.near_at, calendar = :calendar,
        moved_from = CASE WHEN c.due_at IS DISTINCT FROM n.due_at THEN c.due_at
                          ELSE c.moved_from END,
        moved_at = CASE WHEN c.due_at IS DISTINCT FROM n.due_at THEN :at ELSE c.moved_at END,
        moved_by = CASE WHEN c.due_at IS DISTINCT FROM n.due_at THEN :record ELSE c.moved_by END
    FROM unnest(CAST(:ids AS text[]), CAST(:dues AS timestamp[]), CAST(:nears AS timestamp[]))
        AS n (id, due_at, near_at)
    WHERE c.id = n.id
""")
_VISITS = sa.text("""
    UPDATE satudata_visit v SET due_at = c.due_at, near_at = c.near_at
    FROM satudata_clock c
    WHERE c.visit_id = v.id AND c.closed_at IS NULL AND c.reminds
        AND c.id = ANY (CAST(:ids AS text[]))
""")


@dataclass(frozen=True)
class Anew:
    """A clock and when it is due and near now; `moved`: at another time than before."""

    id: str
    case_id: str
    due_at: datetime | None
    near_at: datetime | None
    moved: bool


def touched_by(office: str | None, since: date, number: int) -> list[Anew]:
    """The open clocks of an office (None: of all) that the calendars of version `number` let be due
    at another time, or near; `since`: the first day about which they say something else."""
    query = sa.select(*COLUMNS).where(_is_open(), ClockRow.unit.not_in(TIMELESS))
    # A day before, because a day begins in Papua while it is still the day before in UTC.
    edge = datetime.combine(since, datetime.min.time()) - timedelta(days=1)
    query = query.where(sa.or_(ClockRow.due_at.is_(None), ClockRow.due_at >= edge))
    if office is not None:
        query = query.where(ClockRow.office_id == office)
    return list(_anew(query, number))


def reckoned_elsewise() -> sa.Select[Any]:
    """The open clocks that were reckoned by other national days than those known now."""
    old = ~ClockRow.calendar.endswith(f" {source()}")
    return sa.select(*COLUMNS).where(_is_open(), old)


def by_known_days(number: int) -> list[Anew]:
    """The same, reckoned anew."""
    return list(_anew(reckoned_elsewise(), number, every=True))


def _is_open() -> sa.ColumnElement[bool]:
    return ClockRow.closed_at.is_(None)


def _anew(query: sa.Select[Any], number: int, *, every: bool = False) -> Iterator[Anew]:
    for row in model.Session.execute(query).all():
        calendar = calendars.calendar_of(row.office_id, row.zone, number)
        norm = Norm(Unit(row.unit), None, row.amount)
        found = due(norm, row.opened_at, calendar, clocks.stood_of(row.stood))
        at, near = (found.at, found.near) if found else (None, None)
        if every or (at, near) != (row.due_at, row.near_at):
            yield Anew(row.id, row.case_id, at, near, at != row.due_at)


def write(found: Sequence[Anew], number: int, at: datetime, record: int | None) -> None:
    """Write what was reckoned anew; `record`: the sequence of the portal's event that says why."""
    model.Session.flush()
    for first in range(0, len(found), BATCH):
        part = found[first : first + BATCH]
        values = {
            "ids": [one.id for one in part],
            "dues": [one.due_at for one in part],
            "nears": [one.near_at for one in part],
        }
        facts = {"calendar": calendars.fingerprint(number), "at": at, "record": record}
        model.Session.execute(_WRITE, {**values, **facts})
        model.Session.execute(_VISITS, {"ids": values["ids"]})
    model.Session.expire_all()


def cases_without() -> Sequence[str]:
    """Ids of the open cases that have no clocks: they are older than clocks are."""
    clock = sa.select(sa.literal(1)).where(ClockRow.case_id == CaseRow.id).exists()
    query = sa.select(CaseRow.id).where(CaseRow.closed_at.is_(None), ~clock)
    return model.Session.scalars(query.order_by(CaseRow.number)).all()
