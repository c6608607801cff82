"""Clocks that are missing, or were reckoned by other national days than are known now.

A case that is older than clocks gets its own; a new release of the package of holidays lets open
clocks be reckoned anew, as a change of an office's own table does.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.logic import clock
from ckanext.satudata.model import calendars, cases, clocks, reckoning, records
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseRow, VisitRow
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.worktime.national import source


def catch_up() -> Iterator[object]:
    """Piece by piece, each with a commit of its own."""
    for case_id in reckoning.cases_without():
        case = cases.lock_case(case_id)
        if case is not None and case.closed_at is None:
            _start(case)
        model.Session.commit()
        yield case_id
    moved = _by_known_days()
    if moved is not None:
        yield moved


def _start(case: CaseRow) -> None:
    """Give an open case the clocks that its events tell of."""
    events = cases.events_of(case.id)
    query = sa.select(VisitRow).where(VisitRow.case_id == case.id)
    visits = {VisitKey(r.item, r.step, r.number): r for r in model.Session.scalars(query)}
    sop = sop_of(cases.sop_row(case))
    clocks.save(case, cases.project(events), sop, events[0], visits)
    model.Session.flush()


def _by_known_days() -> int | None:
    """How many clocks are due at another time; None where nothing was reckoned by other days."""
    asked = sa.select(sa.literal(1)).where(reckoning.reckoned_elsewise().exists())
    if model.Session.scalar(asked) is None:
        return None
    number = calendars.next_version()
    found = reckoning.by_known_days(number)
    moved = sum(one.moved for one in found)
    now = clock.now()
    body = {"source": source(), "clocks": moved}
    event = records.record(PORTAL, RecordKind.CLOCKS_RECKONED, "", now, body)
    reckoning.write(found, number, now, event.sequence)
    model.Session.commit()
    return moved
