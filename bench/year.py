"""A year of an office: cases that are late and in time, reminders, digests, a mail server that is
away for a day, dispatchers that are killed. Each notice that is due is sent once, none is missed.

    ./portal bench year
    python -m bench.year --cases 200 --days 90 --seed 3

The clock is set from outside: what reads `clock.now` reads the time of the year. The mail server is
a real one on loopback. What is due is reckoned anew at the end, slowly, from the rows that stayed.
Fills the database that CKAN_SQLALCHEMY_URL names, which must be empty. Exit 1 when something
differs.
"""

from __future__ import annotations

import argparse
import heapq
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from bench import inside, moulds
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.notices import delivering, digest
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.logic.reminders import reminding
from ckanext.satudata.logic.reminders.hours import Hours
from ckanext.satudata.model import calendars, cases, notices
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.notices import DIGEST, MAIL, NoticeRow
from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import CaseRow, VisitRow
from ckanext.satudata.sop.acts import Attempt, Entry, Person, Point, PointKind, opening
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.moves import moves_at

START = datetime.fromisoformat("2026-01-05T00:00:00")
PASS = timedelta(hours=2)
LATE_SHARE, RETURN_SHARE, KILL_SHARE = 0.12, 0.15, 0.01
POINT = Point(PointKind.COLUMN, "jumlah", "Titik ribuan (rekaan).")
MOST_ROUNDS = 1000
"""Deliveries at the end, each of which somebody may die in. What is not gone by then never goes:
`differences` says which."""

DIGESTERS = ("verifikator", "pimpinan_tim_data")
"""Whose holders want a digest of everything."""


class Killed(BaseException):
    """A dispatcher that is no more."""


@dataclass
class Year:
    """What runs, and what happened: letters that the server got, and what was done to it."""

    office: moulds.Office
    chance: random.Random
    now: datetime = START
    end: datetime = START
    passes: list[datetime] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    acts: int = 0
    away: tuple[datetime, datetime] = (START, START)

    @property
    def is_away(self) -> bool:
        return self.away[0] <= self.now < self.away[1]


@contextmanager
def set_clock(year: Year) -> Iterator[None]:
    """The portal's clock is that of the year while this lasts."""
    before = clock.now
    clock.now = lambda: year.now
    try:
        yield
    finally:
        clock.now = before


def live(year: Year, count: int, days: int, server: str) -> None:
    """The year itself: cases are opened and walked, the scheduler looks, letters go."""
    year.end = START + timedelta(days=days)
    middle = START + timedelta(days=days // 2)
    year.away = (middle, middle + timedelta(days=1))
    turns = _Turns()
    for _case in range(count):
        turns.at(_office_hour(year, START, days * 0.8), lambda: _open(year, turns))
    moment = START
    while moment < year.end:
        turns.at(moment, lambda: _look(year, server))
        moment += PASS
    with set_clock(year):
        turns.run(year)
        year.now, year.away = year.end, (START, START)
        for _round in range(MOST_ROUNDS):
            if not (notices.lost() or _waiting()):
                break
            _deliver(year, server)


class _Turns:
    """What happens when; the clock goes from one to the next."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, moment: datetime, what: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._heap, (moment, self._count, what))

    def run(self, year: Year) -> None:
        while self._heap and self._heap[0][0] < year.end:
            year.now, _number, what = heapq.heappop(self._heap)
            what()


def _office_hour(year: Year, since: datetime, days: float) -> datetime:
    """A minute in office hours (WIB) on some day after `since`, never that of a pass."""
    day = since + timedelta(days=year.chance.random() * max(days, 0.1))
    found = day.replace(hour=year.chance.randrange(1, 8), minute=year.chance.randrange(1, 59))
    while found <= since or found.weekday() > 4:
        found += timedelta(days=1)
    return found


def _open(year: Year, turns: _Turns) -> None:
    row = moulds.sop_row("000")
    place = year.chance.randrange(len(year.office.agencies))
    agency, producer = year.office.agencies[place], year.office.producers[place]
    name = f"tahun-{year.acts}-{year.chance.randrange(10**9)}"
    brought = frozenset({producer})
    entry = Entry(name, f"Data {name}", agency, None, request=False, contributors=brought)
    body = {**opening(sop_of(row), row.sha256, (entry,)), "contents": {}}
    new = cases.Opening(row, agency, producer, year.now, body, publishes=False)
    case, state = cases.open_case(new)
    model.Session.commit()
    year.acts += 1
    _plan(year, turns, case.id, state)


def _plan(year: Year, turns: _Turns, case_id: str, state: CaseState) -> None:
    """The next act: mostly soon, sometimes only after weeks."""
    if state.is_closed:
        return
    late = year.chance.random() < LATE_SHARE
    days = 10 + year.chance.random() * 20 if late else year.chance.random() * 3
    since = year.now + timedelta(days=days if late else 0)
    turns.at(_office_hour(year, since, days), lambda: _act(year, turns, case_id))


def _act(year: Year, turns: _Turns, case_id: str) -> None:
    case = cases.lock_case(case_id)
    if case is None:
        raise LookupError(case_id)
    state, sop = cases.state_of(case), sop_of(cases.sop_row(case))
    visit = state.open_visits[0]
    ways = moves_at(sop, visit.key.step, state.bound)
    back = [way for way in ways if way.is_return]
    on = [way for way in ways if way.goes_on]
    returns = back and visit.key.number < 3 and year.chance.random() < RETURN_SHARE
    way = (back if returns else on)[0]
    actor = way.actors[0]
    person = Person(year.office.people[actor], frozenset({actor}), actor)
    said = {"reason": "Rekaan", "points": (POINT,)} if returns else {}
    attempt = Attempt(
        visit.key, state.version, way.outcome, at=year.now, today=year.now.date(), **said
    )
    decision = decide(sop, state, person, attempt, {})
    state = cases.append(case, state, decision.kind, person.id, year.now, decision.body)
    model.Session.commit()
    year.acts += 1
    _plan(year, turns, case_id, state)


def _look(year: Year, server: str) -> None:
    """The scheduler, the digest at seven, and the dispatcher."""
    year.passes.append(year.now)
    list(reminding.all_due())
    if year.now.hour == 0:
        list(digest.write_all())
        list(digest.write_all())
    _deliver(year, server)


def _deliver(year: Year, server: str) -> None:
    model.Session.rollback()
    change = "UPDATE satudata_outbox SET next_at = satudata_now(), leased_until = NULL"
    model.Session.execute(sa.text(change))
    model.Session.commit()
    tk.config["smtp.server"] = "127.0.0.1:1" if year.is_away else server
    settle, letter_of = delivering._settle, delivering.letters.letter_of
    delivering._settle = _dying(year, settle, "after the yes")
    delivering.letters.letter_of = _dying(year, letter_of, "before the letter")
    try:
        dispatch.all_due("tahun")
    except Killed:
        model.Session.rollback()
    finally:
        delivering._settle, delivering.letters.letter_of = settle, letter_of


def _dying(year: Year, function: Callable[..., Any], where: str) -> Callable[..., Any]:
    def run(*values: Any) -> Any:
        if not year.is_away and year.chance.random() < KILL_SHARE:
            year.killed[where] += 1
            raise Killed(where)
        return function(*values)

    return run


def _waiting() -> int:
    model.Session.rollback()
    return model.Session.scalar(sa.text("SELECT count(*) FROM satudata_outbox")) or 0


def differences(year: Year, got: list[str]) -> list[str]:
    """What is not as it must be; nothing, where each notice was sent once and none missed."""
    model.Session.rollback()
    return [*_letters(year, got), *_tasks(year), *_digests(), *_reminders(year)]


def _letters(year: Year, got: list[str]) -> Iterator[str]:
    """Each letter arrived once; again only where somebody died after the yes, under its own id."""
    query = sa.select(NoticeRow.message_id).where(NoticeRow.way == MAIL)
    wanted, came = set(model.Session.scalars(query)), Counter(got)
    yield from (f"never sent: {one}" for one in sorted(wanted - came.keys()))
    yield from (f"nobody's letter: {one}" for one in sorted(came.keys() - wanted))
    again = sum(came.values()) - len(came)
    if again > year.killed["after the yes"]:
        yield f"{again} letters came again, and {year.killed['after the yes']} died after a yes"


def _tasks(year: Year) -> Iterator[str]:
    """Whoever got a step to do was told of it, once for each visit."""
    query = sa.select(VisitRow, CaseRow).join(CaseRow, CaseRow.id == VisitRow.case_id)
    people = {user: actor for actor, user in year.office.people.items()}
    told = Counter(
        (row.case_id, row.step, row.at, row.recipient)
        for row in model.Session.scalars(
            sa.select(NoticeRow).where(NoticeRow.kind.in_(("task", "returned")))
        )
        if row.recipient in people
    )
    events = {(one.id, e.sequence): e for _v, one in _rows(query) for e in _events(one.id)}
    for visit, case in _rows(query):
        opener = events[case.id, visit.opened_by].actor
        for actor in visit.actors or _actors(case, visit.step):
            user = year.office.people.get(actor)
            if user is not None and user != opener:
                key = (case.id, visit.step, visit.opened_at, user)
                if told[key] != 1:
                    yield f"told {told[key]} times of a task: {key}"


def _rows(query: Any) -> list[Any]:
    return list(model.Session.execute(query))


_known: dict[str, list[Event]] = {}


def _events(case_id: str) -> list[Event]:
    if case_id not in _known:
        _known[case_id] = cases.events_of(case_id)
    return _known[case_id]


def _actors(case: CaseRow, step: int) -> tuple[str, ...]:
    return sop_of(cases.sop_row(case)).step(step).pelaksana


def _digests() -> Iterator[str]:
    """Nobody got two on a day, and nothing was told in none once one was written after it."""
    made = Counter(
        (row.recipient, (row.at + timedelta(hours=7)).date())
        for row in model.Session.scalars(sa.select(NoticeRow).where(NoticeRow.kind == "digest"))
    )
    yield from (f"{count} digests: {key}" for key, count in made.items() if count > 1)
    last = model.Session.scalar(sa.select(sa.func.max(NoticeRow.at)).where(
        NoticeRow.kind == "digest"))  # fmt: skip
    if last is None:
        return
    left = sa.select(NoticeRow.id).where(
        NoticeRow.way == DIGEST, NoticeRow.digest_id.is_(None), NoticeRow.at < last
    )
    yield from (f"in no digest: {one}" for one in model.Session.scalars(left))


def _reminders(year: Year) -> Iterator[str]:
    """Pass by pass, for each clock, what the rows that stayed say was to be sent."""
    wanted: set[str] = set()
    for row in model.Session.scalars(sa.select(ClockRow).where(ClockRow.due_at.is_not(None))):
        if row.counts == "visit" and not row.effort:
            about = f"reminder:{row.case_id}:{row.step}.{row.number}:{_iso(row)}"
            wanted |= {f"{about}:{stage}" for stage in _slowly(row, year)}
    keys = model.Session.scalars(sa.select(NoticeRow.key).where(NoticeRow.key.like("reminder:%")))
    # A key goes on with kind, step and person; that of a case in total begins with step 0.
    sent = {key.rsplit(":", 3)[0] for key in keys if ":0.1:" not in key}
    yield from (f"not reminded: {one}" for one in sorted(wanted - sent))
    yield from (f"reminded for nothing: {one}" for one in sorted(sent - wanted))


def _iso(row: ClockRow) -> str:
    return row.due_at.isoformat() if row.due_at else ""


def _slowly(row: ClockRow, year: Year) -> Iterator[str]:
    """The stages of a clock that some pass found due and not overtaken, while it was open."""
    hours = Hours(calendars.calendar_of(row.office_id, row.zone, calendars.version()))
    due, near = row.due_at, row.near_at
    if due is None or near is None:
        return
    ways = {
        "holders": [("before", near), ("at", due), ("after", hours.shifted(due, 1))],
        "superiors": [
            ("superior", hours.shifted(due, 2)),
            ("superior_again", hours.shifted(due, 7)),
        ],
    }
    for stages in ways.values():
        for place, (stage, moment) in enumerate(stages):
            if stage == "before" and near <= row.opened_at:
                continue
            later = stages[place + 1][1] if place + 1 < len(stages) else None
            first = next((t for t in year.passes if t >= moment and hours.is_open(t)), None)
            closed = row.closed_at
            if first is None or (closed is not None and first > closed):
                continue
            if later is None or first < later:
                yield stage


def main() -> int:
    """Run it, say what came of it, and return the exit code."""
    parser = argparse.ArgumentParser(description="A year of an office, simulated")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    inside.find_tests()
    app = inside.make_portal()
    from tests.integration.mail_scene import Letters, free_port, mail_at, serving

    letters, port, began = Letters(), free_port(), time.monotonic()
    logging.disable(logging.CRITICAL)
    with app.flask_app.test_request_context(), mail_at(port), serving(letters, port):
        year = begin(asked.seed)
        live(year, asked.cases, asked.days, f"127.0.0.1:{port}")
        found = differences(year, letters.ids)
    seconds = time.monotonic() - began
    print(
        f"{year.acts} acts, {len(letters.got)} letters, {len(year.passes)} passes, {seconds:.0f} s"
    )
    print(f"killed: {dict(year.killed)}; differences: {len(found)}")
    for one in found[:20]:
        print(f"  {one}")
    return 1 if found else 0


def begin(seed: int) -> Year:
    """An invented office, some of whose people want a digest."""
    office = moulds.make_office(3)
    for actor in DIGESTERS:
        notices.set_way(office.people[actor], "*", DIGEST)
    model.Session.commit()
    return Year(office, random.Random(seed))  # noqa: S311 - the same year again


if __name__ == "__main__":
    raise SystemExit(main())
