"""An attempt against the rule table: the decision it comes to, or the rule that refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.sop import beside, timing
from ckanext.satudata.sop.acts import (
    Attempt,
    Decision,
    Person,
    check_version,
    hindrance,
    holders,
)
from ckanext.satudata.sop.case import LATE, CaseState, Said, Visit
from ckanext.satudata.sop.definition import Efek, Lingkup, Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import WAYS, Act, Move, rules_at
from ckanext.satudata.sop.onward import Journey, Leg
from ckanext.satudata.sop.worktime.norms import norm_at

WAIT = "wait"
"""`rest` of a return at a list step: those that are not meant wait where they are."""

WORKED = frozenset({Efek.SETUJUI, Efek.TERBITKAN})
"""Effects that the portal itself carries out, over a list in one commit for each dataset."""

FailedChecks = Mapping[str, Mapping[str, Any]]


def decide(
    sop: Sop, state: CaseState, person: Person, attempt: Attempt, failed_checks: FailedChecks
) -> Decision:
    """The decision that `attempt` comes to.

    `failed_checks` maps a key of the step's `periksa` to the facts of its failure.
    Raises Conflict when the visit has moved on, else Refused with the first rule that forbids it.
    """
    _check_seen(state, attempt)
    visit = _open_visit(state, attempt.visit)
    row = _row(sop, state, visit, person, attempt)
    if row.act is not Act.COMMENT:
        check_version(state, visit, attempt.version)
    _check_person(state, visit, row, person, attempt)
    if row.needs_reason and not attempt.reason.strip():
        raise Refused("reason_missing", field="reason", step=row.step)
    if row.act not in WAYS:
        return beside.decide(sop, state, person, attempt, visit, row)
    return _way(sop, state, person, attempt, visit, row, failed_checks)


def _check_seen(state: CaseState, attempt: Attempt) -> None:
    """A visit that is no longer open was ended after the caller looked, or never was one."""
    if attempt.version > state.version:
        raise Conflict("version_conflict", seen=attempt.version, now=state.version)
    for item in (attempt.visit.item, *attempt.items, *(one.dataset for one in attempt.points)):
        if item and item in state.answers:
            raise Conflict("request_answered", dataset=state.answers[item])
    gone = [v for v in state.visits if v.key == attempt.visit and not v.is_open]
    if gone and (gone[0].closed_by or 0) > attempt.version:
        raise Conflict("version_conflict", seen=attempt.version, now=state.version)


def _open_visit(state: CaseState, key: VisitKey) -> Visit:
    if state.is_closed:
        raise Refused("case_closed")
    for visit in state.open_visits:
        if visit.key == key:
            return visit
    raise Refused("step_not_open", field="step", step=key.step)


def _row(sop: Sop, state: CaseState, visit: Visit, person: Person, attempt: Attempt) -> Move:
    rows = rules_at(sop, visit.key.step, state.bound)
    if attempt.act is not None and attempt.act not in WAYS:
        rows = tuple(row for row in rows if row.act is attempt.act)
        if not rows:
            raise Refused("act_unknown", field="act", step=visit.key.step, act=attempt.act.value)
        return rows[0]
    rows = tuple(row for row in rows if row.act in WAYS)
    _check_holder(visit, rows, person, attempt)
    for row in rows:
        if row.outcome == attempt.outcome:
            return row
    choices = tuple(row.outcome for row in rows)
    raise Refused("outcome_unknown", field="outcome", outcome=attempt.outcome, choices=choices)


def _check_holder(visit: Visit, rows: tuple[Move, ...], person: Person, attempt: Attempt) -> None:
    """Whether the step is this person's business at all, before he is told its outcomes."""
    if attempt.paper is not None:
        wanted = tuple(dict.fromkeys(actor for row in rows for actor in row.on_paper_by))
        if not wanted:
            raise Refused("paper_not_allowed", field="paper", step=visit.key.step)
    else:
        wanted = tuple(dict.fromkeys(actor for row in rows for actor in holders(visit, row)))
    if not person.actors.intersection(wanted):
        raise Refused("not_holder", step=visit.key.step, holders=wanted)


def _check_person(
    state: CaseState, visit: Visit, row: Move, person: Person, attempt: Attempt
) -> None:
    _check_holder(visit, (row,), person, attempt)
    if row.four_eyes and person.id in state.brought_by(visit):
        raise Refused("four_eyes", step=row.step)
    refused = hindrance(visit, row, person)
    if refused is not None:
        raise Refused(refused, step=row.step, holder=visit.claimed_by)
    if attempt.paper is not None:
        _check_paper(attempt, row)


def _check_paper(attempt: Attempt, row: Move) -> None:
    paper = attempt.paper
    if paper is None:
        return
    if paper.on > attempt.today:
        raise Refused("paper_in_future", field="paper", step=row.step)
    if not paper.name.strip():
        raise Refused("paper_name_missing", field="paper", step=row.step)
    if not paper.evidence:
        raise Refused("paper_evidence_missing", field="paper", step=row.step)


def _way(
    sop: Sop,
    state: CaseState,
    person: Person,
    attempt: Attempt,
    visit: Visit,
    row: Move,
    failed_checks: FailedChecks,
) -> Decision:
    """A way out of the visit: by one person, or by the last of those who end it together."""
    if row.is_return and not attempt.points:
        raise Refused("points_missing", field="points", step=row.step)
    rest = _rest(sop, state, visit, row, attempt)
    _check_points(state, visit, attempt)
    for way in (row, rest[0]):
        if way is not None:
            _check_way_on(sop, visit, way, failed_checks)
    if visit.together and attempt.publish_at is not None:
        raise Refused("time_not_together", field="publish_at", step=row.step)
    if visit.together and attempt.paper is None:
        said = _said(visit, row, person, attempt)
        if not _all_said(visit, person, said):
            body = {**_head(row, visit, attempt), "visit": visit.key.as_dict()}
            body |= {"actors": list(said.actors), "items": list(said.items), "rest": said.rest}
            return Decision(row, visit, Kind.STEP_CONFIRMED, body)
    return _ended(sop, state, attempt, visit, row, rest)


def _check_points(state: CaseState, visit: Visit, attempt: Attempt) -> None:
    """A point is about what goes back."""
    back = attempt.items or visit.items
    for point in attempt.points:
        if point.dataset and point.dataset not in back:
            entry = state.entries.get(point.dataset)
            title = entry.title if entry else point.dataset
            raise Refused("point_elsewhere", field="points", dataset=title)


def _check_way_on(sop: Sop, visit: Visit, row: Move, failed_checks: FailedChecks) -> None:
    """What a way on asks for, of the datasets that are meant and of the rest alike."""
    if row.approval and visit.approval is None:
        raise Refused("approval_missing", step=row.step)
    if not row.goes_on:
        return
    for check in sop.step(row.step).periksa:
        if check.value in failed_checks:
            raise Refused(check.value, step=row.step, **failed_checks[check.value])


def _said(visit: Visit, row: Move, person: Person, attempt: Attempt) -> Said:
    """What this person says, for every actor of the visit that he holds."""
    actors = tuple(actor for actor in visit.together if actor in person.actors)
    items = tuple(item for item in visit.items if item in attempt.items)
    if items in ((), visit.items):
        return Said(actors, row.outcome)
    return Said(actors, row.outcome, items, attempt.rest or WAIT)


def _all_said(visit: Visit, person: Person, said: Said) -> bool:
    """Whether with this person all have said the same; raises Refused when he adds nothing."""
    same = {user: one.actors for user, one in visit.confirmed.items() if one.agrees(said)}
    before = _spoken_for(visit.together, same)
    after = _spoken_for(visit.together, {**same, person.id: said.actors})
    if after == before:
        raise Refused("confirmed_already", step=visit.key.step)
    return after == len(visit.together)


def _spoken_for(actors: tuple[str, ...], held: Mapping[str, tuple[str, ...]]) -> int:
    """For how many of `actors` somebody of his own speaks.

    Two who act together are two people, even where one of them holds both actors.
    """
    if not actors:
        return 0
    first, rest = actors[0], actors[1:]
    best = _spoken_for(rest, held)
    for user in (user for user, his in held.items() if first in his):
        others = {other: his for other, his in held.items() if other != user}
        best = max(best, 1 + _spoken_for(rest, others))
    return best


def _rest(
    sop: Sop, state: CaseState, visit: Visit, row: Move, attempt: Attempt
) -> tuple[Move | None, tuple[str, ...]]:
    """The row of those that are not meant, and who they are; none when the act means all."""
    if not attempt.items:
        return None, ()
    unknown = [item for item in attempt.items if item not in visit.items]
    if unknown or not visit.is_list:
        raise Refused("dataset_not_here", field="items", step=row.step)
    others = tuple(item for item in visit.items if item not in attempt.items)
    if not others:
        return None, ()
    if not row.is_return:
        raise Refused("only_returns_name_datasets", field="items", step=row.step)
    if attempt.rest in ("", WAIT):
        return None, others
    for other in rules_at(sop, row.step, state.bound):
        if other.goes_on and other.outcome == attempt.rest:
            return other, others
    raise Refused("outcome_unknown", field="rest", outcome=attempt.rest, choices=(WAIT,))


def _ended(
    sop: Sop,
    state: CaseState,
    attempt: Attempt,
    visit: Visit,
    row: Move,
    rest: tuple[Move | None, tuple[str, ...]],
) -> Decision:
    other, others = rest
    meant = tuple(item for item in visit.items if item not in others)
    late = _late(sop, state, visit, row, attempt)
    party = LATE if late else state.party_of(visit)
    journey = Journey(sop, state)
    journey.close(visit)
    together = visit.together if row.act is Act.REPEAT else row.together
    legs = [Leg(meant, row.target, party, together)]
    if others:
        legs.append(_leg_of_others(state, visit, other, others, party))
    # A drop may have left nobody of one leg while the work of the other was done.
    journey.go([leg for leg in legs if leg.items] or legs[:1])
    body = {**_head(row, visit, attempt), **journey.as_body()}
    body["statuses"] = _statuses(row, meant) | (_statuses(other, others) if other else {})
    if others:
        body |= {"items": list(meant), "rest": other.outcome if other else WAIT}
    if _delivers(sop, state, visit, row):
        body["delivered"] = list(visit.items)
    if row.goes_on and norm_at(sop, row.step).is_recurring:
        # Storing, backup and evaluation run outside the case: somebody says that they were done.
        body["by_person"] = True
    effects = tuple((move, items) for move, items in ((row, meant), (other, others)) if move)
    return _as_work(visit, row, body, effects, timing.showing_times(attempt, effects))


def _leg_of_others(
    state: CaseState, visit: Visit, other: Move | None, others: tuple[str, ...], party: int
) -> Leg:
    if other is None:
        return Leg(others, visit.key.step, party, visit.together)
    new = max(entry.party for entry in state.entries.values()) + 1
    return Leg(others, other.target, new, other.together)


def _as_work(
    visit: Visit,
    row: Move,
    body: dict[str, Any],
    effects: tuple[tuple[Move, tuple[str, ...]], ...],
    times: Mapping[str, datetime],
) -> Decision:
    """Over a list the act is one commit, and what it does to each dataset another one; so it is
    for a single dataset that is to be shown later (`times`), where the step ends with that."""
    work = [i for move, items in effects if WORKED.intersection(move.effects) for i in items]
    if not (visit.is_list or times) or not work:
        return Decision(row, visit, Kind.STEP_ENDED, body, effects)
    doing = {
        item: [effect.value for effect in move.effects if effect in WORKED]
        for move, items in effects
        for item in items
        if item in work
    }
    head = {key: body[key] for key in ("act", "step", "outcome", "reason", "points")}
    decided = {**head, "visit": visit.key.as_dict(), "work": work, "doing": doing, "then": body}
    if times:
        decided["times"] = {item: at.isoformat() for item, at in times.items()}
    return Decision(row, visit, Kind.STEP_DECIDED, decided, ())


def work_done(sop: Sop, state: CaseState, visit: Visit) -> dict[str, Any]:
    """Body of the event that ends a decided visit, once all its work is done.

    Where datasets go is worked out anew: some may have been dropped since the decision.
    """
    if visit.decided is None or visit.pending:
        raise Refused("work_going_on", step=visit.key.step)
    then = dict(visit.decided["then"])
    row, others = _decided_row(sop, state, visit, then), set()
    rest = then.get("rest")
    if rest is not None:
        others = set(visit.items) - set(then["items"])
    other = _row_of(sop, state, visit, rest) if rest not in (None, WAIT) else None
    kept = tuple(item for item in visit.items if item in others)
    attempt = Attempt(visit.key, state.version, row.outcome)
    decision = _ended(sop, state, attempt, replace(visit, decided=None), row, (other, kept))
    body = decision.body if decision.kind is Kind.STEP_ENDED else decision.body["then"]
    said = {key: value for key, value in then.items() if key not in _MOVING}
    return {**said, **{key: body[key] for key in body if key in _MOVING}}


_MOVING = ("closes", "opens", "waits", "together", "parties", "statuses")


def _decided_row(sop: Sop, state: CaseState, visit: Visit, then: Mapping[str, Any]) -> Move:
    return _row_of(sop, state, visit, then["outcome"])


def _row_of(sop: Sop, state: CaseState, visit: Visit, outcome: str | None) -> Move:
    rows = rules_at(sop, visit.key.step, state.bound)
    return next(row for row in rows if row.act in WAYS and row.outcome == outcome)


def _head(row: Move, visit: Visit, attempt: Attempt) -> dict[str, Any]:
    """The part of the body that says who did what and why."""
    head: dict[str, Any] = {
        "act": row.act.value,
        "step": row.step,
        "item": visit.key.item,
        "outcome": row.outcome,
        "reason": attempt.reason.strip(),
        "points": [point.as_dict() for point in attempt.points],
    }
    if attempt.paper is not None:
        head["paper"] = attempt.paper.as_dict()
    if attempt.attachments:
        head["attachments"] = list(attempt.attachments)
    return head


def _statuses(row: Move, items: tuple[str, ...]) -> dict[str, str]:
    return {item: row.status.value for item in items} if row.status else {}


def _delivers(sop: Sop, state: CaseState, visit: Visit, row: Move) -> bool:
    """Whether this is the first time that its producer delivers a dataset."""
    if visit.is_list or not row.goes_on:
        return False
    first = next(step.langkah for step in sop.langkah if step.lingkup is Lingkup.DATA)
    return row.step == first and state.entries[visit.items[0]].delivered_at is None


def _late(sop: Sop, state: CaseState, visit: Visit, row: Move, attempt: Attempt) -> bool:
    """Whether a dataset is first delivered after the closing date of its list."""
    if visit.is_list:
        return False
    if state.entries[visit.items[0]].late:
        return True
    if state.closes_at is None or not _delivers(sop, state, visit, row):
        return False
    if attempt.paper is not None and state.closes_on is not None:
        return attempt.paper.on > state.closes_on
    return attempt.at > state.closes_at
