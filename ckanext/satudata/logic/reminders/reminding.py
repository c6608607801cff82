"""One pass over the clocks: who has a reminder due is told, in a commit for each case.

A list that is due as a whole is one notice, however many datasets are on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.notices import audience, telling
from ckanext.satudata.logic.notices.audience import Scene
from ckanext.satudata.logic.notices.sight import AGENCIES
from ckanext.satudata.logic.notices.telling import Origin, Told
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.model import calendars, cases, reminders
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.reminders import Office
from ckanext.satudata.model.tables import VisitRow
from ckanext.satudata.sop import notices as rules
from ckanext.satudata.sop.case import Visit
from ckanext.satudata.sop.events import VisitKey
from ckanext.satudata.sop.notices import Audience, Telling
from ckanext.satudata.sop.reminders import Clock, Reminder, Stage, due, next_moment

MOST_CASES = 500
"""Cases of an office that one pass looks at; the next one goes on."""

WHOLE = "case_"
"""How the sentences of the clock of a case in total are told from those of a step."""


@dataclass(frozen=True)
class _Due:
    """A reminder, and the clocks that it is about: of one step, due at one time, begun by the same
    visit of their datasets."""

    reminder: Reminder
    step: int
    due_at: datetime
    begun: str
    clocks: tuple[ClockRow, ...]


def all_due() -> Iterator[object]:
    """Remind everybody of whom a reminder is due; yields after each case."""
    now = clock.now()
    offices = reminders.offices(now)
    model.Session.rollback()
    for office in offices:
        hours = _hours(office)
        if not hours.is_open(now):
            continue
        for case_id in reminders.cases_of(office, now, MOST_CASES):
            _remind(case_id, office, hours, now)
            model.Session.commit()
            yield case_id


def _hours(office: Office) -> Hours:
    number = calendars.version()
    found = Hours(calendars.calendar_of(office.office_id, office.zone, number))
    model.Session.rollback()
    return found


def _remind(case_id: str, office: Office, hours: Hours, now: datetime) -> None:
    """Under the lock of the case, so that nobody is reminded of what was done meanwhile."""
    case = cases.lock_case(case_id)
    rows = reminders.clocks_of(case_id, office, now) if case is not None else ()
    if case is None or not rows:
        return
    scene = Scene(case, casework.sop_of_case(case), cases.state_of(case))
    sent = reminders.sent_of(rows)
    groups: defaultdict[tuple[Reminder, int, Any, str], list[ClockRow]] = defaultdict(list)
    for row in rows:
        before = [Stage(one) for one in sent.get(row.id, ())]
        plain = _plain(row)
        found = due(plain, hours, before, now)
        for one in found:
            groups[one, row.at_step, row.due_at, f"{row.step}.{row.number}"].append(row)
        stages = [*(one.value for one in before), *(one.stage.value for one in found)]
        reminders.keep(row, stages, next_moment(plain, hours, now))
    visits = _visits(scene, rows)
    for about, some in groups.items():
        _tell(scene, _Due(*about, tuple(some)), visits, now)


def _plain(row: ClockRow) -> Clock:
    runs = row.stopped_at is None and row.closed_at is None
    return Clock(row.opened_at, row.due_at, row.near_at, runs, row.effort)


def _visits(scene: Scene, rows: Sequence[ClockRow]) -> dict[str, Visit]:
    """The open visits that clocks are at, by the id of the row."""
    ids = [row.visit_id for row in rows if row.visit_id]
    query = sa.select(VisitRow).where(VisitRow.id.in_(ids))
    keys = {VisitKey(v.item, v.step, v.number): v.id for v in model.Session.scalars(query)}
    return {keys[one.key]: one for one in scene.state.open_visits if one.key in keys}


def _tell(scene: Scene, one: _Due, visits: dict[str, Visit], now: datetime) -> None:
    here = tuple(visits[row.visit_id] for row in one.clocks if row.visit_id in visits)
    items = tuple(dict.fromkeys(item for visit in here for item in visit.items))
    whole = not one.step
    if whole:
        items = scene.state.items
    elif not here:
        return
    wanted, others = _tellings(one, here, items)
    people = audience.recipients(scene, [wanted, *others], clock.day_of(now))
    busy = {person.user_id for some in people[1:] for person in some}
    told = [Told(person.telling, person) for person in people[0] if person.user_id not in busy]
    if not told:
        return
    facts = _facts(scene, one, here)
    said = [_about(scene, person.telling) | facts for person in told]
    key = (
        f"reminder:{scene.case.id}:{one.begun}:{one.due_at.isoformat()}:{one.reminder.stage.value}"
    )
    telling.write(scene.case, told, said, Origin(key, now))


def _about(scene: Scene, part: Telling) -> dict[str, Any]:
    agencies = audience.agencies_of(scene, part)
    return {**rules.about(scene.sop, scene.state, part), AGENCIES: agencies}


def _tellings(
    one: _Due, visits: tuple[Visit, ...], items: tuple[str, ...]
) -> tuple[Telling, list[Telling]]:
    """Who is told, and who is left out because he was told as the one who has it in hand."""
    step, told = one.step or None, one.reminder.told
    if one.reminder.audience is Audience.SUPERIORS and step:
        superiors = Telling(told, Audience.SUPERIORS, step, visits, items)
        return superiors, [Telling(told, Audience.HOLDERS, step, visits, items)]
    # A case in total is in the hands of those who steer it.
    who = one.reminder.audience if step else Audience.SUPERIORS
    return Telling(told, who, step, visits, items), []


def _facts(scene: Scene, one: _Due, visits: tuple[Visit, ...]) -> dict[str, Any]:
    actors = dict.fromkeys(
        actor
        for visit in visits
        for actor in visit.together or scene.sop.step(visit.key.step).pelaksana
    )
    facts: dict[str, Any] = {
        "due_at": one.due_at.isoformat(),
        "zone": one.clocks[0].zone,
        "holders": [scene.sop.pelaksana[actor].nama for actor in actors],
    }
    if not one.step:
        facts["event"] = f"{WHOLE}{one.reminder.told.value}"
    return facts
