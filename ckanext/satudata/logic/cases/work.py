"""What an act over a list does to each dataset, one commit for each.

The act itself is committed first, with one row of work per dataset. Whoever runs the work does
one dataset at a time under the lock of the case, so it goes on where it was killed, and two who
run it at once do nothing twice. A dataset that is refused stays, with the reason; the step ends
when all are through or the rest was dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, reindex, wording
from ckanext.satudata.logic.cases import casework, effects, handover, scheduled
from ckanext.satudata.model import cases, outbox
from ckanext.satudata.model.tables import CaseRow, WorkRow
from ckanext.satudata.sop.acts import Decision
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import work_done
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.events import Event, Kind

AWAY = "worker_away"
"""Stands at work of which the worker could not be told."""


def write_down(case: CaseRow, state: CaseState, decision: Decision, actor: str) -> None:
    """Rows for the work of an act over a list, in the commit of the act."""
    times = decision.body.get("times", {})
    for item, doing in decision.body["doing"].items():
        row = WorkRow(case_id=case.id, sequence=state.version, item=item, actor=actor)
        row.effects = doing
        row.not_before = datetime.fromisoformat(times[item]) if item in times else None
        model.Session.add(row)
    model.Session.flush()


def begin(case: CaseRow, state: CaseState) -> CaseState:
    """Have the single dataset of the act that was just written down wait for its minute."""
    for row in left_over(case.id):
        if row.sequence == state.version:
            doing = effects.Doing(case, row.actor, clock.now())
            state = scheduled.begin(doing, state, row, scheduled.visit_of(state, row))
    return state


def start(case_id: str) -> None:
    """Have the worker do the work of a case once the caller has committed.

    An act waits for no queue: a queue that is away is told when it is back, and until then the
    page of the case says so.
    """
    outbox.note(outbox.WORK, case_id)


def hand_to_worker(case_id: str) -> None:
    """Put the work of a case into the queue. Raises redis.RedisError."""
    tk.enqueue_job(run, [case_id], title=f"satudata work {case_id}")
    if any(row.refused == AWAY for row in left_over(case_id)):
        _mark(case_id, AWAY, None)


def say_worker_is_away(case_id: str) -> None:
    """Let the page of a case say that its work waits for the queue."""
    _mark(case_id, None, AWAY)


def run(case_id: str) -> None:
    """Do all that is left to do in a case; what is refused stays, with its reason."""
    for work_id in _left(case_id):
        _one(case_id, work_id)


def run_all() -> int:
    """Do all that is left to do anywhere, as after a stopped machine; returns how many cases."""
    query = sa.select(WorkRow.case_id).where(WorkRow.done_at.is_(None)).distinct()
    case_ids = list(model.Session.scalars(query))
    for case_id in case_ids:
        run(case_id)
    return len(case_ids)


def left_over(case_id: str) -> list[WorkRow]:
    """The work of a case that is not done, with what refused it."""
    return list(model.Session.scalars(_open_rows(case_id)))


def finish(case: CaseRow, state: CaseState) -> CaseState:
    """End every decided step of a locked case whose work is all done or dropped."""
    sop = casework.sop_of_case(case)
    for visit in state.open_visits:
        if visit.decided is not None and not visit.pending:
            decided = _decision(case, visit)
            body = {**work_done(sop, state, visit), **_in_place(decided)}
            state = cases.append(case, state, Kind.STEP_ENDED, decided.actor, clock.now(), body)
            state = handover.run(case, state, body, decided.actor)
    return state


def _decision(case: CaseRow, visit: Visit) -> Event:
    """The decision whose work is done; the step ends in the name of who took it."""
    key = visit.key.as_dict()
    decided = [e for e in cases.events_of(case.id) if e.kind is Kind.STEP_DECIDED]
    return next(event for event in reversed(decided) if event.body["visit"] == key)


def _in_place(decided: Event) -> dict[str, Any]:
    """In whose place it was taken, where it was."""
    return {name: one for name, one in decided.body.items() if name == "standing_in"}


def drop(case_id: str, items: Iterable[str]) -> None:
    """Take the work of datasets that were dropped off the list, in the commit of the act."""
    gone = frozenset(items)
    scheduled.forget([row for row in left_over(case_id) if row.item in gone])


def _open_rows(case_id: str) -> sa.Select[tuple[WorkRow]]:
    query = sa.select(WorkRow).where(WorkRow.case_id == case_id, WorkRow.done_at.is_(None))
    return query.order_by(WorkRow.id)


def _left(case_id: str) -> list[int]:
    return [row.id for row in left_over(case_id)]


def _mark(case_id: str, before: str | None, after: str | None) -> None:
    """Change what stands at the work of a case that is not done, in a commit of its own."""
    refused = WorkRow.refused.is_not_distinct_from(before)
    of_case = (WorkRow.case_id == case_id, WorkRow.done_at.is_(None), refused)
    model.Session.execute(sa.update(WorkRow).where(*of_case).values(refused=after))
    model.Session.commit()


def _one(case_id: str, work_id: int) -> None:
    """One dataset, one commit."""
    try:
        reindex.datasets(_do(case_id, work_id))
        model.Session.commit()
    except Refused as refused:
        model.Session.rollback()
        _note(case_id, work_id, refused)
        return
    except BaseException:
        model.Session.rollback()
        raise


def _do(case_id: str, work_id: int) -> tuple[str, ...]:
    """Work on a dataset. Returns what search has to be told of: itself, and all of the visit where
    the step ended with it; nothing when somebody else did it or took it off the list."""
    case = cases.lock_case(case_id)
    row = model.Session.get(WorkRow, work_id, populate_existing=True)
    if case is None or row is None or row.done_at is not None:
        return ()
    state = cases.state_of(case)
    visit, at = scheduled.visit_of(state, row), clock.now()
    if row.not_before is not None and row.not_before > at:
        if row.release_id is None:
            scheduled.begin(effects.Doing(case, row.actor, at), state, row, visit)
        return (row.item,)
    if row.release_id is not None:
        scheduled.check_still(case, row)
    doing = effects.Doing(case, row.actor, at, row.not_before)
    state = effects.run(doing, state, [Efek(one) for one in row.effects], [row.item])
    body = {"visit": visit.key.as_dict(), "item": row.item}
    state = cases.append(case, state, Kind.ITEM_WORKED, row.actor, doing.at, body)
    row.done_at, row.refused, row.facts = doing.at, None, None
    ended = finish(case, state) is not state
    moved = visit.items if ended else (row.item,)
    return tuple(item for item in moved if not state.entries[item].is_request)


def show_due(work_id: int) -> None:
    """Show the release that waits under a piece of work, if its time has come, in one commit.

    Raises Refused when it may not be shown; that is written down before, once in the case too.
    """
    row = model.Session.get(WorkRow, work_id, populate_existing=True)
    if row is None or row.done_at is not None:
        model.Session.rollback()
        return
    if row.not_before is not None and row.not_before > clock.now():
        # It was moved since, or the clock of the database runs before ours.
        later = max(row.not_before, clock.now() + timedelta(seconds=1))
        outbox.note_at(outbox.RELEASE, str(work_id), later)
        model.Session.commit()
        return
    case_id = row.case_id
    try:
        reindex.datasets(_do(case_id, work_id))
        model.Session.commit()
    except Refused as refused:
        model.Session.rollback()
        _note(case_id, work_id, refused)
        raise


def _note(case_id: str, work_id: int, refused: Refused) -> None:
    """Write down why a dataset is not through; of a release whose time has come, as an event."""
    case = cases.lock_case(case_id)
    row = model.Session.get(WorkRow, work_id, populate_existing=True)
    if case is None or row is None or row.done_at is not None:
        model.Session.rollback()
        return
    if row.release_id is not None and row.refused != refused.code:
        state = cases.state_of(case)
        body = {"item": row.item, "code": refused.code, "facts": wording.kept(refused)}
        cases.append(case, state, Kind.RELEASE_HELD, "", clock.now(), body)
    row.attempts += 1
    row.refused = refused.code
    row.facts = wording.kept(refused)
    model.Session.commit()
