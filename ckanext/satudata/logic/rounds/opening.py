"""Rounds are opened by themselves, one for each period.

After a machine that stood still the round of today's period is opened, and says how many were
skipped: nobody makes the backup of a day that is over. What nobody confirmed before the next one
was missed, and stays on record as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ckan import model

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases.opening import InForce
from ckanext.satudata.logic.rounds import telling
from ckanext.satudata.model import adoptions, calendars, clocks, records, rounds
from ckanext.satudata.model.rounds import MISSED, Of, RoundRow
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import AdoptionRow, SopRow
from ckanext.satudata.sop.worktime.calendar import Calendar
from ckanext.satudata.sop.worktime.rounds import Recurring, Round, between, recurring, round_of


def all_due() -> Iterator[object]:
    """Open the round of each row that recurs, tell who does it; a commit for each."""
    known = set()
    for adoption_id in [one.id for one in adoptions.all_in_force()]:
        force = in_force(model.Session.get_one(AdoptionRow, adoption_id))
        for one in recurring(force.sop):
            known.add(_of(force, one))
            row = begin(force, one, clock.now())
            model.Session.commit()
            if row is not None:
                yield row.id
    for left, round_id in rounds.open_ones():
        if left not in known:
            _miss(round_id, clock.now())
            model.Session.commit()
            yield round_id
    yield from telling.all_due()


def begin(force: InForce, one: Recurring, at: datetime) -> RoundRow | None:
    """Open the round of the period that it is now; None where it is there, or none is due."""
    of, calendar = _of(force, one), calendar_of(force)
    now = round_of(one.unit, calendar.local(at).date(), calendar)
    last = rounds.newest(of)
    if now is None or (last is not None and last.last_on >= now.first):
        return None
    if last is not None:
        _miss(last.id, at)
    skipped = between(one.unit, last.last_on, now.first, calendar) if last else 0
    row = rounds.open_one(of, _values(one, now, at, skipped))
    if row is not None:
        body = {**facts_of(row), "skipped": skipped}
        records.record(PORTAL, RecordKind.ROUND_OPENED, "", at, body)
    return row


def calendar_of(force: InForce) -> Calendar:
    """The calendar of the office that put a SOP in force."""
    office, zone = force.adoption.organization_id, clocks.zone_of(force.sop)
    return calendars.calendar_of(office, zone, calendars.version())


def facts_of(row: RoundRow) -> dict[str, object]:
    """What every event of a round says of it."""
    return {
        "office": row.office_id,
        "sop": row.subject,
        "rows": list(row.rows),
        "period": row.period,
    }


def in_force(adoption: AdoptionRow) -> InForce:
    """A SOP as an office has put it in force."""
    return InForce(adoption, sop_of(model.Session.get_one(SopRow, adoption.sop_id)))


def _of(force: InForce, one: Recurring) -> Of:
    return Of(force.adoption.organization_id, force.adoption.subject, one.step)


def _values(one: Recurring, now: Round, at: datetime, skipped: int) -> dict[str, object]:
    return {
        "rows": list(one.rows),
        "unit": one.unit.value,
        "period": now.period,
        "first_on": now.first,
        "last_on": now.last,
        "due_at": now.due_at,
        "opened_at": at,
        "skipped": skipped,
    }


def _miss(round_id: str, at: datetime) -> None:
    """End the round before, where nobody has confirmed it."""
    row = rounds.lock(round_id)
    if row is None or row.ended is not None:
        return
    row.ended, row.ended_at = MISSED, at
    model.Session.flush()
    records.record(PORTAL, RecordKind.ROUND_MISSED, "", at, facts_of(row))
    telling.missed(row, at)
