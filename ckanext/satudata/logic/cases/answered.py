"""What called somebody to a step is read once he has ended it."""

from __future__ import annotations

from ckanext.satudata.logic import clock
from ckanext.satudata.model import notices, projected
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import Decision
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind

_ANSWERS = frozenset({Kind.STEP_ENDED, Kind.STEP_CONFIRMED, Kind.STEP_DECIDED, Kind.APPROVED})


def note(case: CaseRow, sop: Sop, state: CaseState, decision: Decision, actor: str) -> None:
    """Mark as read, in the commit of the act, what told its actor of the step; `state` is the one
    after it. A notice may tell of several data: it stays while another of them waits there."""
    if decision.kind in _ANSWERS and not _waits_on(case, sop, state, decision.visit):
        notices.mark_answered(actor, case.id, decision.visit.key.step, clock.now())


def _waits_on(case: CaseRow, sop: Sop, state: CaseState, done: Visit) -> bool:
    """Whether the same people have another visit to the step that was just answered."""
    agency = projected.agency_of(case, state, done, sop)
    others = (
        one
        for one in state.open_visits
        if one.key.step == done.key.step and one.key != done.key and one.decided is None
    )
    return any(projected.agency_of(case, state, one, sop) == agency for one in others)
