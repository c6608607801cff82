"""The clocks of cases as rows, written in the transaction of what started, stopped or ended them.

A projection of the events and of the office's calendar. A closed clock is never written again: it
stays as it was judged, by the calendar of that time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from ckan import model
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ckanext.satudata import config
from ckanext.satudata.model import calendars
from ckanext.satudata.model.tables import AdoptionRow, Base, CaseRow, VisitRow, new_id
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.worktime.calendar import Calendar
from ckanext.satudata.sop.worktime.clocks import Clock, clocks_of, reckon
from ckanext.satudata.sop.worktime.due import Stood
from ckanext.satudata.sop.worktime.standing import Times


class ClockRow(Base):
    """One clock (`sop/worktime/clocks.py`); open while `closed_at` is empty. Times in UTC.

    `counts`: `visit` or `case`. `item`, `step`, `number`: the visit that started it (step 0: the
    case in total); `rows`: the rows of the sheet that it runs over, `at_step`: the one it is at,
    `visit_id`: the open visit. `office_id` is whose calendar and `zone` whose clock it goes by,
    `organization_id` whose people have the visit. `unit`, `amount`, `norm`: the time norm and its
    printed words. `stopped_*`: since when, by whom (a user, or an actor of the SOP), why, and which
    event says so; `stood`: all stretches in which it stood still. `reminds`: somebody is told of
    it; else it is `effort`, `published`, has no time, or is closed. `late`, `minutes`: of a closed
    one. `moved_*`: when it was last reckoned anew, from which due time, by which record of the
    portal.
    """

    __tablename__ = "satudata_clock"

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_case.id"))
    case_number: Mapped[int | None] = mapped_column(sa.BigInteger)
    counts: Mapped[str] = mapped_column(sa.Text)
    item: Mapped[str | None] = mapped_column(sa.Text)
    step: Mapped[int] = mapped_column(sa.Integer)
    number: Mapped[int] = mapped_column(sa.Integer)
    rows: Mapped[list[int]] = mapped_column(ARRAY(sa.Integer))
    visit_id: Mapped[str | None] = mapped_column(sa.Text)
    at_step: Mapped[int] = mapped_column(sa.Integer)
    sop_id: Mapped[str] = mapped_column(sa.ForeignKey("satudata_sop.id"))
    office_id: Mapped[str] = mapped_column(sa.Text)
    organization_id: Mapped[str] = mapped_column(sa.Text)
    zone: Mapped[str] = mapped_column(sa.Text)
    unit: Mapped[str] = mapped_column(sa.Text)
    amount: Mapped[int | None] = mapped_column(sa.Integer)
    norm: Mapped[str] = mapped_column(sa.Text)
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    due_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    near_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    stopped_by: Mapped[str | None] = mapped_column(sa.Text)
    stopped_why: Mapped[str | None] = mapped_column(sa.Text)
    stopped_event: Mapped[int | None] = mapped_column(sa.Integer)
    stood: Mapped[list[list[str | None]]] = mapped_column(JSONB, default=list)
    effort: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    published: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    reminds: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    closed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    counted_on: Mapped[date | None] = mapped_column(sa.Date)
    late: Mapped[bool | None] = mapped_column(sa.Boolean)
    minutes: Mapped[int | None] = mapped_column(sa.Integer)
    calendar: Mapped[str] = mapped_column(sa.Text)
    moved_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    moved_from: Mapped[datetime | None] = mapped_column(sa.DateTime)
    moved_by: Mapped[int | None] = mapped_column(sa.Integer)

    @property
    def times(self) -> Times:
        """What it takes to say how it stands."""
        names = ("due_at", "near_at", "stopped_at", "closed_at", "reminds", "effort", "published")
        return Times(self.opened_at, late=self.late, **{one: getattr(self, one) for one in names})


def save(
    case: CaseRow, state: CaseState, sop: Sop, event: Event, visits: Mapping[VisitKey, VisitRow]
) -> None:
    """Bring the clocks of a case to its state after `event`; `visits` are its rows. The caller
    flushes."""
    rows = _rows(case.id, event)
    number = calendars.version()
    office, zone = office_of(case), zone_of(sop)
    calendar = calendars.calendar_of(office, zone, number)
    by = calendars.fingerprint(number)
    for clock in clocks_of(sop, state):
        key = clock.key
        if clock.closed_at is None and _is_closed(rows.get(key)):
            # Another revision counts rows together that were counted alone when that one closed.
            key = clock.at
        row = rows.get(key)
        if _is_closed(row):
            continue
        if row is None:
            row = rows[key] = _new(case, clock.counts.value, key)
        row.sop_id, row.office_id, row.zone, row.calendar = case.sop_id, office, zone, by
        _put(row, clock, calendar)
        visit = visits.get(clock.at) if clock.closed_at is None else None
        row.visit_id = visit.id if visit else None
        row.organization_id = visit.organization_id if visit else case.organization_id
        model.Session.add(row)
    _tell_visits(rows, visits)


def _rows(case_id: str, event: Event) -> dict[VisitKey, ClockRow]:
    query = sa.select(ClockRow).where(ClockRow.case_id == case_id)
    found = model.Session.scalars(query).all()
    if event.kind is Kind.REQUEST_FULFILLED:
        for row in found:
            if row.item == event.body["item"]:
                row.item = event.body["dataset"]
    return {VisitKey(row.item, row.step, row.number): row for row in found}


def _is_closed(row: ClockRow | None) -> bool:
    return row is not None and row.closed_at is not None


def _new(case: CaseRow, counts: str, key: VisitKey) -> ClockRow:
    return ClockRow(
        case_id=case.id,
        case_number=case.number,
        counts=counts,
        item=key.item,
        step=key.step,
        number=key.number,
    )


def _put(row: ClockRow, clock: Clock, calendar: Calendar) -> None:
    """What a clock says of itself, and a calendar of it."""
    said = reckon(clock, calendar)
    row.rows, row.at_step = list(clock.rows), clock.at.step
    row.unit, row.amount, row.norm = clock.norm.unit.value, clock.norm.most, clock.norm.text
    row.opened_at, row.closed_at = clock.opened_at, clock.closed_at
    row.due_at, row.near_at = (said.due.at, said.due.near) if said.due else (None, None)
    row.stood = [[one.since.isoformat(), _iso(one.until)] for one in clock.stops]
    row.effort, row.published = clock.norm.is_effort, clock.published
    row.reminds, row.counted_on = clock.reminds, clock.counted_on
    row.late, row.minutes = said.late, said.minutes
    stop = clock.standing
    row.stopped_at, row.stopped_by = (stop.since, stop.by) if stop else (None, None)
    row.stopped_why, row.stopped_event = (stop.why.value, stop.event) if stop else (None, None)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _tell_visits(rows: Mapping[VisitKey, ClockRow], visits: Mapping[VisitKey, VisitRow]) -> None:
    """On the row of an open visit stands when it is due, where somebody is told of that."""
    of_visit = {row.visit_id: row for row in rows.values() if row.visit_id and row.reminds}
    for visit in visits.values():
        clock = of_visit.get(visit.id) if visit.closed_by is None else None
        visit.due_at, visit.near_at = (clock.due_at, clock.near_at) if clock else (None, None)


def office_of(case: CaseRow) -> str:
    """The office whose SOP a case runs by, and so whose calendar; the agency of a case that is
    older than adoptions."""
    adoption = model.Session.get(AdoptionRow, case.adoption_id) if case.adoption_id else None
    return adoption.organization_id if adoption else case.organization_id


def zone_of(sop: Sop) -> str:
    """The clock that a SOP goes by; the portal's where the sheet names none."""
    return sop.kalender.zona_waktu or config.display_zone().key


def stood_of(stood: list[list[str | None]]) -> list[Stood]:
    """When a clock stood still, of its row."""
    read = datetime.fromisoformat
    return [(read(since or ""), read(until) if until else None) for since, until in stood]


def of_case(case_id: str) -> dict[VisitKey, ClockRow]:
    """The clocks of a case by the visit that started them."""
    query = sa.select(ClockRow).where(ClockRow.case_id == case_id).order_by(ClockRow.opened_at)
    return {VisitKey(r.item, r.step, r.number): r for r in model.Session.scalars(query)}


def at_visits(visit_ids: list[str]) -> dict[str, ClockRow]:
    """The clocks of open visits, by the id of the visit."""
    query = sa.select(ClockRow).where(
        ClockRow.visit_id.in_(visit_ids), ClockRow.closed_at.is_(None)
    )
    return {row.visit_id: row for row in model.Session.scalars(query) if row.visit_id}


def passed(column: str, since: datetime, until: datetime) -> sa.Select[tuple[ClockRow]]:
    """The open clocks of which somebody is told and whose `due_at` or `near_at` lies after `since`
    and not after `until` (UTC), the earliest first; by an index, however many others there are."""
    at = {"due_at": ClockRow.due_at, "near_at": ClockRow.near_at}[column]
    query = sa.select(ClockRow).where(ClockRow.closed_at.is_(None), ClockRow.reminds)
    return query.where(at > since, at <= until).order_by(at, ClockRow.id)
