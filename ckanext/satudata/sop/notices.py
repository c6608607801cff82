"""Who is told of what happens in a case: the table, and what it says of one event.

Rules are rows: each names the events, the visits or datasets that it is about, and who is told.
Whom an audience consists of (accounts, agencies, who stands in) is asked by the caller; here are
only events, states and the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind, VisitKey
from ckanext.satudata.sop.moves import moves_at
from ckanext.satudata.sop.visits import came_back


class Told(str, Enum):
    """What a notice is about; the value is stored, and stands in people's settings."""

    TASK = "task"
    RETURNED = "returned"
    APPROVAL = "approval"
    ASSIGNED = "assigned"
    PAUSED = "paused"
    COMMENT = "comment"
    RECEIVED = "received"
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    HELD = "held"
    DROPPED = "dropped"
    CANCELLED = "cancelled"
    REVISED = "revised"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    UPDATE_ASKED = "update_asked"
    UPDATE_OVERDUE = "update_overdue"
    ROUND_OPENED = "round_opened"
    ROUND_MISSED = "round_missed"


class Audience(str, Enum):
    """Who is told."""

    HOLDERS = "holders"
    """who may end the visit now: the one who claimed it, else all who hold its step"""
    APPROVERS = "approvers"
    """whose named approval it lacks"""
    SUBMITTERS = "submitters"
    """who brought or changed the data"""
    ASSIGNEE = "assignee"
    """to whom it was given"""
    OPENER = "opener"
    """who did it, and gets a receipt"""
    SUPERIORS = "superiors"
    """those whom the sheet names as steering the case"""


class About(str, Enum):
    """Which visits or datasets of the case a rule is about."""

    OPENED = "opened"
    """visits that the event opened, otherwise than by a return"""
    CAME_BACK = "came_back"
    """visits that it opened by a return"""
    HERE = "here"
    """the open visit that it names, or at which its dataset stands"""
    OPEN = "open"
    """every visit that was open before"""
    ITEMS = "items"
    """its datasets, wherever they stand"""


ANY = frozenset(Kind)

POINTS_TOLD = 10
"""Points of a return that a notice tells one by one; the page of the case has all."""


@dataclass(frozen=True)
class Rule:
    """One row: after one of `events`, `audience` is told `told` of what it is `about`."""

    told: Told
    about: About
    audience: Audience
    events: frozenset[Kind] = ANY


def _after(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


_STANDS_STILL = _after(Kind.PAUSED, Kind.RESUMED)
_TIMES = _after(Kind.RELEASE_SCHEDULED, Kind.RELEASE_MOVED, Kind.RELEASE_CALLED_OFF)

RULES: tuple[Rule, ...] = (
    Rule(Told.TASK, About.OPENED, Audience.HOLDERS),
    Rule(Told.APPROVAL, About.OPENED, Audience.APPROVERS),
    Rule(Told.RETURNED, About.CAME_BACK, Audience.HOLDERS),
    Rule(Told.RETURNED, About.CAME_BACK, Audience.SUBMITTERS),
    Rule(Told.ASSIGNED, About.HERE, Audience.ASSIGNEE, _after(Kind.ASSIGNED)),
    Rule(Told.TASK, About.HERE, Audience.HOLDERS, _after(Kind.HANDED_BACK)),
    Rule(Told.PAUSED, About.HERE, Audience.HOLDERS, _STANDS_STILL),
    Rule(Told.PAUSED, About.HERE, Audience.SUBMITTERS, _STANDS_STILL),
    Rule(Told.COMMENT, About.HERE, Audience.HOLDERS, _after(Kind.COMMENTED)),
    Rule(Told.COMMENT, About.HERE, Audience.SUBMITTERS, _after(Kind.COMMENTED)),
    Rule(Told.RECEIVED, About.ITEMS, Audience.OPENER, _after(Kind.CASE_OPENED)),
    Rule(Told.PUBLISHED, About.ITEMS, Audience.SUBMITTERS, _after(Kind.RELEASE_SHOWN)),
    Rule(Told.TASK, About.HERE, Audience.HOLDERS, _after(Kind.RELEASE_CALLED_OFF)),
    Rule(Told.SCHEDULED, About.ITEMS, Audience.SUBMITTERS, _TIMES),
    Rule(Told.HELD, About.HERE, Audience.HOLDERS, _after(Kind.RELEASE_HELD)),
    Rule(Told.DROPPED, About.ITEMS, Audience.SUBMITTERS, _after(Kind.ITEM_DROPPED)),
    Rule(Told.CANCELLED, About.OPEN, Audience.HOLDERS, _after(Kind.CASE_CANCELLED)),
    Rule(Told.CANCELLED, About.ITEMS, Audience.SUBMITTERS, _after(Kind.CASE_CANCELLED)),
    Rule(Told.REVISED, About.OPEN, Audience.HOLDERS, _after(Kind.REVISION_CHANGED)),
)
"""The table. A person whom several rows tell of one step is told by the first of them alone.

What the clock brings about (`due_soon` and the rest) is no event of a case; see `sop.reminders`.
Nor is what is due where no case runs (`update_asked` and the rest).
"""


@dataclass(frozen=True)
class Telling:
    """What one row says of one event: who is told, of which visits (of one step) or datasets."""

    told: Told
    audience: Audience
    step: int | None
    visits: tuple[Visit, ...]
    items: tuple[str, ...]


def tellings(before: CaseState | None, after: CaseState, event: Event) -> list[Telling]:
    """Everybody who is told of an event, in the order of the table; `before` is None for the first.

    Visits of one step are told of together: a list that opens a step for each of its datasets is
    one notice.
    """
    found = []
    for rule in RULES:
        if event.kind not in rule.events:
            continue
        if rule.about is About.ITEMS:
            items = _items(before or after, event)
            if items:
                found.append(Telling(rule.told, rule.audience, _step(event), (), items))
            continue
        for step, visits in _by_step(_visits(rule.about, before, after, event)).items():
            items = tuple(dict.fromkeys(item for visit in visits for item in visit.items))
            found.append(Telling(rule.told, rule.audience, step, visits, items))
    return found


def facts(sop: Sop, state: CaseState, event: Event, telling: Telling) -> dict[str, Any]:
    """What a notice says beside who, whom and when; it is read later than it is written.

    `title` of the dataset where it is one, else `count`; `step_name`; `from_step_name` and
    `outcome` as the sheet words them; `reason` or `comment`; how many `points` about those
    datasets, and `returned`, the first of them; `code` and `code_facts` of what refused.
    """
    body = event.body
    said = {"event": event.kind.value, "sequence": event.sequence, **about(sop, state, telling)}
    said |= _outcome(sop, state, body)
    for name, one in (("reason", body.get("reason")), ("comment", body.get("text"))):
        if one:
            said[name] = one
    points = _points(state, telling, body)
    if points:
        said |= {"points": len(points), "returned": points[:POINTS_TOLD]}
    if body.get("at"):
        said |= {"shown_at": body["at"], "shown_zone": body.get("zone")}
    if body.get("code"):
        said |= {"code": body["code"], "code_facts": body.get("facts", {})}
    return said


def _points(state: CaseState, telling: Telling, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is to be repaired of the datasets of the notice, which are those that whoever is told
    may see; a point without a dataset is about all. Of several it says which."""
    found = []
    for point in body.get("points", ()):
        item = point.get("dataset_id", "")
        if item and item not in telling.items:
            continue
        named = item in state.entries and len(telling.items) > 1
        found.append({**point, **({"title": state.entries[item].title} if named else {})})
    return found


def about(sop: Sop, state: CaseState, telling: Telling) -> dict[str, Any]:
    """What of `facts` is about the datasets and the step, whatever happened to them."""
    said: dict[str, Any] = {"count": len(telling.items)}
    if len(telling.items) == 1 and telling.items[0] in state.entries:
        said["title"] = state.entries[telling.items[0]].title
    if telling.step:
        said["step_name"] = sop.step(telling.step).nama
    return said


def _outcome(sop: Sop, state: CaseState, body: Mapping[str, Any]) -> dict[str, Any]:
    step, outcome = body.get("step"), body.get("outcome")
    if not step:
        return {}
    rows = moves_at(sop, step, state.bound)
    label = next((row.label for row in rows if row.outcome == outcome), "")
    return {"from_step_name": sop.step(step).nama, **({"outcome": label} if label else {})}


def _visits(
    about: About, before: CaseState | None, after: CaseState, event: Event
) -> Iterator[Visit]:
    if about is About.HERE:
        yield from _here(after, event)
    elif about is About.OPEN:
        yield from before.open_visits if before else ()
    else:
        wanted = about is About.CAME_BACK
        for visit in after.open_visits:
            if visit.opened_by == event.sequence and came_back(event, visit) is wanted:
                yield visit


def _here(state: CaseState, event: Event) -> Iterator[Visit]:
    named, item = event.body.get("visit"), event.body.get("item")
    for visit in state.open_visits:
        if named is not None:
            if visit.key == VisitKey.from_dict(named):
                yield visit
        elif item is not None and item in visit.items:
            yield visit


def _items(state: CaseState, event: Event) -> tuple[str, ...]:
    body = event.body
    if body.get("items") is not None:
        return tuple(item for item in body["items"] if item in state.entries)
    item = body.get("item")
    if item is not None:
        return (item,) if item in state.entries else ()
    return state.items if event.kind in (Kind.CASE_OPENED, Kind.CASE_CANCELLED) else ()


def _step(event: Event) -> int | None:
    """The first step is what a new case waits at."""
    return 1 if event.kind is Kind.CASE_OPENED else event.body.get("step")


def _by_step(visits: Iterator[Visit]) -> dict[int, tuple[Visit, ...]]:
    found: dict[int, tuple[Visit, ...]] = {}
    for visit in visits:
        step = visit.key.step
        found[step] = (*found.get(step, ()), visit)
    return found
