"""One act in a case, whichever door it came through: lock, decide, record, do.

The caller commits; search and worker are told in that commit (`Acted.noted`).
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timezone
from typing import Any, Protocol

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock, organizations, people, reindex
from ckanext.satudata.logic.cases import (
    answered,
    attachments,
    casework,
    checks,
    effects,
    handover,
    opening,
    scheduled,
    work,
)
from ckanext.satudata.model import cases, offered
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow, IdempotencyRow
from ckanext.satudata.sop import acts
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.decide import decide
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Kind, VisitKey
from ckanext.satudata.sop.moves import Act


class Actor(Protocol):
    """Who acts: a user, or the holder of a link. `facts` go into the event beside the act's own."""

    @property
    def id(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, Any]: ...

    def person(self, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> acts.Person: ...


@dataclass(frozen=True)
class UserActor:
    """A user with an account."""

    user: model.User
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.user.id

    def person(self, sop: Sop, case: CaseRow, state: CaseState, visit: Visit) -> acts.Person:
        return people.person_at(self.user, sop, case, state, visit)


@dataclass(frozen=True)
class Acted:
    """What an act came to: the case, its new state, and what is told of it after the commit."""

    case: CaseRow
    state: CaseState
    touched: frozenset[str] = frozenset()
    works: bool = False

    def noted(self) -> Acted:
        """Note, in the caller's commit, what search and worker are to be told: of what the act was
        about, and where it led; the rest of the list did not move."""
        reindex.datasets(sorted(self.touched))
        if self.works:
            work.start(self.case.id)
        return self


def act(case_id: str, actor: Actor, data: Mapping[str, Any]) -> Acted:
    """Do what `data` asks for (the input of `satudata_case_act`, validated).

    Raises Refused, Conflict among it, and leaves the session to be rolled back then.
    """
    case = cases.lock_case(case_id)
    if case is None:
        raise Refused("not_found")
    state = cases.state_of(case)
    if _made_before(case, actor, data):
        return Acted(case, state)
    sop = casework.sop_of_case(case)
    attempt = scheduled.with_times(sop, state, attempt_of(case, state, data), data)
    _check_entry(case, sop, actor, attempt.entry)
    counted = _without_void_claim(case, state, sop, attempt.visit)
    visit = next((v for v in counted.open_visits if v.key == attempt.visit), None)
    person = _person(actor, sop, case, state, visit)
    try:
        decision = decide(sop, counted, person, attempt, _failed(sop, state, visit, attempt))
    except Refused as refused:
        named = casework.with_names(refused) if refused.code == "request_answered" else refused
        raise casework.with_holders(named, sop) from refused
    before = state
    in_place = acts.standing_in(sop, decision.visit, decision.move, person)
    state, works = _record(case, state, actor, decision, in_place)
    _remember(case, state, actor, data)
    answered.note(case, sop, state, decision, actor.id)
    return Acted(case, state, _moved(before, state, decision), works).noted()


def _moved(before: CaseState, after: CaseState, decision: acts.Decision) -> frozenset[str]:
    """The datasets whose standing or readers an act may have changed."""
    opened = {v.key for v in after.open_visits} ^ {v.key for v in before.open_visits}
    visits = [v for v in (*before.open_visits, *after.open_visits) if v.key in opened]
    items = {item for visit in (decision.visit, *visits) for item in visit.items}
    items |= {*decision.body.get("items", ()), *(after.entries.keys() - before.entries.keys())}
    entries = {**before.entries, **after.entries}
    return frozenset(item for item in items if not entries[item].is_request)


def _person(
    actor: Actor, sop: Sop, case: CaseRow, state: CaseState, visit: Visit | None
) -> acts.Person:
    if visit is None:
        return acts.Person(actor.id, frozenset())
    return actor.person(sop, case, state, visit)


def _without_void_claim(case: CaseRow, state: CaseState, sop: Sop, key: VisitKey) -> CaseState:
    """The state as it counts at a visit: who no longer holds its step has no claim on it."""
    visits = tuple(
        replace(visit, claimed_by=None)
        if visit.key == key and _is_void(case, state, sop, visit)
        else visit
        for visit in state.visits
    )
    return replace(state, visits=visits)


def _is_void(case: CaseRow, state: CaseState, sop: Sop, visit: Visit) -> bool:
    if not visit.is_open or visit.claimed_by is None:
        return False
    user = model.User.get(visit.claimed_by)
    if user is None or user.state != model.State.ACTIVE:
        return True
    person = people.person_at(user, sop, case, state, visit)
    return not person.actors.intersection(sop.step(visit.key.step).pelaksana)


def _failed(
    sop: Sop, state: CaseState, visit: Visit | None, attempt: acts.Attempt
) -> dict[str, Mapping[str, Any]]:
    """The checks that fail for those that would go on; what is returned is not asked."""
    if visit is None:
        return {}
    going = tuple(item for item in visit.items if item not in attempt.items)
    keys = sop.step(visit.key.step).periksa
    return checks.failed(keys, state, going if attempt.items else visit.items)


def _record(
    case: CaseRow,
    state: CaseState,
    actor: Actor,
    decision: acts.Decision,
    in_place: Mapping[str, Any],
) -> tuple[CaseState, bool]:
    """The event of the decision, and what it does at once; whether work is left for the worker.

    `in_place` says in whose place it was taken; a named approval of that moment says it too.
    """
    now = clock.now()
    body = {**decision.body, **_contents(decision), **in_place, **actor.facts}
    if decision.kind is Kind.APPROVED and "evidence" not in body["approval"]:
        body["approval"] = {**body["approval"], **in_place}
    _check_assignee(case, state, decision)
    state = cases.append(case, state, decision.kind, actor.id, now, body)
    if decision.kind is Kind.STEP_DECIDED:
        work.write_down(case, state, decision, actor.id)
        over_list = decision.visit.is_list
        return (state, True) if over_list else (work.begin(case, state), False)
    if decision.kind is Kind.STEP_ENDED:
        doing = effects.Doing(case, actor.id, now)
        for move, items in decision.effects:
            state = effects.run(doing, state, move.effects, items)
        state = handover.run(case, state, body, actor.id)
    if decision.kind is Kind.ITEM_DROPPED:
        work.drop(case.id, decision.body["items"])
        state = work.finish(case, state)
    return state, False


def _contents(decision: acts.Decision) -> dict[str, Any]:
    """What a dataset holds when it is put on the list: the next change is told against it."""
    if decision.kind is not Kind.ITEM_ADDED or decision.body["entry"]["request"]:
        return {}
    item = decision.body["entry"]["id"]
    package = casework.lock_dataset(item)
    if package is None:
        raise Refused("not_found")
    return {"contents": {item: flushed_content(package).fingerprint()}}


def _check_assignee(case: CaseRow, state: CaseState, decision: acts.Decision) -> None:
    """Who is given a visit must be one who may end it."""
    if decision.kind is not Kind.ASSIGNED:
        return
    user = model.User.get(decision.body["to"])
    sop = casework.sop_of_case(case)
    holders = sop.step(decision.move.step).pelaksana
    if user is None or user.state != model.State.ACTIVE:
        raise Refused("user_unknown", field="to", user=decision.body["to"])
    person = people.person_at(user, sop, case, state, decision.visit)
    if not person.actors.intersection(holders):
        names = casework.actor_names(sop, holders)
        raise Refused("assignee_not_holder", field="to", user=user.display_name, holders=names)


def attempt_of(case: CaseRow, state: CaseState, data: Mapping[str, Any]) -> acts.Attempt:
    """The caller's input as the rooms know it; Refused where a part makes no sense."""
    today = clock.today()
    attempt = acts.Attempt(
        visit=_visit_key(state, data),
        version=data["version"],
        outcome=data.get("outcome") or "",
        reason=data.get("reason") or "",
        points=tuple(_point(one) for one in data.get("points") or ()),
        act=_act(data.get("act"), data["step"]),
        items=tuple(data.get("datasets") or ()),
        rest=data.get("rest") or "",
        to=_user_id(data.get("to")),
        text=data.get("text") or "",
        attachments=tuple(data.get("attachments") or ()),
        paper=_paper(data.get("paper")),
        at=clock.now(),
        today=today,
    )
    _check_attachments(case, attempt)
    if attempt.act is Act.ADD:
        return replace(attempt, entry=_entry(data.get("entry") or {}))
    if attempt.act is Act.SET_CLOSING:
        closes_on = _day(data.get("closes_on"), "closes_on")
        return replace(attempt, closes_on=closes_on, until=_end_of(closes_on))
    return attempt


def _visit_key(state: CaseState, data: Mapping[str, Any]) -> VisitKey:
    """The visit meant: of the dataset that is named, else of the list, else of the only one."""
    step, number = data["step"], data["visit"]
    named = data.get("dataset_id")
    if named:
        return VisitKey(_item(named), step, number)
    fitting = [v.key for v in state.visits if (v.key.step, v.key.number) == (step, number)]
    lists = [key for key in fitting if key.item is None]
    if lists:
        return lists[0]
    if len(fitting) > 1:
        raise Refused("dataset_missing", field="dataset_id", step=step)
    return fitting[0] if fitting else VisitKey(None, step, number)


def _act(value: str | None, step: int) -> Act | None:
    if not value:
        return None
    if value not in {one.value for one in Act}:
        raise Refused("act_unknown", field="act", act=value, step=step)
    return Act(value)


def _point(values: Mapping[str, Any]) -> acts.Point:
    kinds = {kind.value: kind for kind in acts.PointKind}
    kind = kinds.get(values["kind"])
    where = values.get("where") or ""
    if kind is None or (kind is not acts.PointKind.ALL and not where):
        raise Refused("point_invalid", field="points", kinds=tuple(kinds))
    return acts.Point(kind, where, values.get("note") or "", _item(values.get("dataset_id")))


def _item(reference: str | None) -> str:
    """The id by which a list knows a dataset, given by its id or name; a request has an id only."""
    package = model.Package.get(reference) if reference else None
    return package.id if package else (reference or "")


def _paper(values: Mapping[str, Any] | None) -> acts.Paper | None:
    if not values:
        return None
    on = _day(values.get("on"), "paper")
    if on is None:
        raise Refused("date_invalid", field="paper")
    return acts.Paper(on, (values.get("name") or "").strip(), values.get("evidence") or "")


def _day(value: Any, field: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Refused("date_invalid", field=field) from error


def _end_of(day: date | None) -> datetime | None:
    """The last moment of a day at the office, in UTC without zone."""
    if day is None:
        return None
    local = datetime.combine(day, time.max, tzinfo=config.display_zone())
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def _user_id(reference: str | None) -> str:
    user = model.User.get(reference) if reference else None
    return user.id if user is not None else (reference or "")


def _entry(values: Mapping[str, Any]) -> acts.Entry:
    """An entry for the list: an existing dataset, or a request for one of an agency."""
    if values.get("dataset_id"):
        package = model.Package.get(values["dataset_id"])
        if package is None or package.state != model.State.ACTIVE:
            raise Refused("not_found")
        return opening.listed(package)
    agency = organizations.named(values.get("organization"), "entry")
    return acts.Entry(
        id=str(uuid.uuid4()),
        title=(values.get("title") or "").strip(),
        organization=agency.id,
        release_date=(values.get("release_date") or "").strip() or None,
        request=True,
    )


def _check_entry(case: CaseRow, sop: Sop, actor: Actor, entry: acts.Entry | None) -> None:
    """Who puts data on a list may read them, and the SOP of the case is for their agency."""
    if entry is None:
        return
    package = None if entry.request else model.Package.get(entry.id)
    if package is not None and not _may_list(case, sop, actor, package):
        raise Refused("not_found")
    opening.check_served(cases.adoption_of(case), entry.organization, "entry")


def _may_list(case: CaseRow, sop: Sop, actor: Actor, package: model.Package) -> bool:
    """Besides what the person may read: what this list is offered from earlier ones."""
    if people.may_see_dataset(model.User.get(actor.id), package):
        return True
    found = offered.offered_to(case, sop.sop.subjek)
    return any(one.dataset_id == package.id and not one.is_request for one in found)


def _check_attachments(case: CaseRow, attempt: acts.Attempt) -> None:
    named = list(attempt.attachments)
    if attempt.paper is not None and attempt.paper.evidence:
        named.append(attempt.paper.evidence)
    attachments.check(named, case.id)


def _made_before(case: CaseRow, actor: Actor, data: Mapping[str, Any]) -> bool:
    """Whether the caller made this very call before, under the key he gave it."""
    key = data.get("idempotency_key")
    row = model.Session.get(IdempotencyRow, (actor.id, key)) if key else None
    if row is None:
        return False
    if row.case_id != case.id or row.request_sha256 != _digest(data):
        raise Conflict("idempotency_key_used", field="idempotency_key")
    return True


def _remember(case: CaseRow, state: CaseState, actor: Actor, data: Mapping[str, Any]) -> None:
    key = data.get("idempotency_key")
    if not key:
        return
    row = IdempotencyRow(user_id=actor.id, key=key, request_sha256=_digest(data))
    row.case_id, row.sequence, row.made_at = case.id, state.version, clock.now()
    model.Session.add(row)
    model.Session.flush()


def _digest(data: Mapping[str, Any]) -> str:
    """What a call asked for; the version it saw is part of it."""
    asked = {name: value for name, value in data.items() if not name.startswith("__")}
    text = json.dumps(asked, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
