"""The acts that end no visit: claim, assign, approve, pause, comment, and those over the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.acts import Attempt, Decision, Entry, Person, check_version
from ckanext.satudata.sop.case import LATE, CaseState, Visit
from ckanext.satudata.sop.definition import Lingkup, Menulis, Sop
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import Act, Move, writers_at
from ckanext.satudata.sop.onward import Journey


def decide(
    sop: Sop, state: CaseState, person: Person, attempt: Attempt, visit: Visit, row: Move
) -> Decision:
    """The decision of an act that ends no visit; who may do it has been checked."""
    kind, body = _ACTS[row.act](sop, state, person, attempt, visit)
    head = {
        "act": row.act.value,
        "step": row.step,
        "visit": visit.key.as_dict(),
        "reason": attempt.reason.strip(),
    }
    return Decision(row, visit, kind, {**head, **body})


def taken_back(sop: Sop, state: CaseState, item: str, reason: str) -> _Facts:
    """Kind and body of the event by which a dataset leaves its case because it is taken back:
    off the list, or with the whole case where it is all that there is.

    Raises Refused `step_not_open` while it waits for others, else what a drop is refused for.
    """
    visit = next((one for one in state.open_visits if item in one.items), None)
    if visit is None:
        raise Refused("step_not_open", step=0)
    nobody = Person("", frozenset())
    attempt = Attempt(visit.key, state.version, items=(item,))
    act, rule = (Act.CANCEL, _cancel) if state.items == (item,) else (Act.DROP, _drop)
    kind, body = rule(sop, state, nobody, attempt, visit)
    head = {"act": act.value, "step": visit.key.step, "visit": visit.key.as_dict()}
    return kind, {**head, "reason": reason, "taken_back": item, **body}


_Facts = tuple[Kind, dict[str, Any]]


def _claim(_s: Sop, _state: CaseState, _p: Person, _a: Attempt, _v: Visit) -> _Facts:
    return Kind.CLAIMED, {}


def _assign(_s: Sop, _state: CaseState, _p: Person, attempt: Attempt, visit: Visit) -> _Facts:
    if not attempt.to:
        raise Refused("assignee_missing", field="to", step=visit.key.step)
    return Kind.ASSIGNED, {"to": attempt.to}


def _hand_back(_s: Sop, _state: CaseState, _p: Person, _a: Attempt, _v: Visit) -> _Facts:
    return Kind.HANDED_BACK, {}


def _approve(sop: Sop, _s: CaseState, person: Person, attempt: Attempt, visit: Visit) -> _Facts:
    """A named approval: who gave it and on which day, by his account or from a paper."""
    paper = attempt.paper
    approval = {
        "actor": sop.step(visit.key.step).persetujuan,
        "name": paper.name if paper else person.name,
        "on": (paper.on if paper else attempt.today).isoformat(),
    }
    if paper is not None:
        approval["evidence"] = paper.evidence
    return Kind.APPROVED, {"approval": approval}


def _pause(_s: Sop, _state: CaseState, _p: Person, _a: Attempt, _v: Visit) -> _Facts:
    return Kind.PAUSED, {}


def _resume(_s: Sop, _state: CaseState, _p: Person, _a: Attempt, _v: Visit) -> _Facts:
    return Kind.RESUMED, {}


def _comment(_s: Sop, _state: CaseState, _p: Person, attempt: Attempt, _v: Visit) -> _Facts:
    if not attempt.text.strip() and not attempt.attachments:
        raise Refused("comment_empty", field="text")
    return Kind.COMMENTED, {
        "text": attempt.text.strip(),
        "attachments": list(attempt.attachments),
    }


def _add(sop: Sop, state: CaseState, person: Person, attempt: Attempt, visit: Visit) -> _Facts:
    """An entry for the daftar data; at a step that makes products, one of the walidata's own."""
    entry = attempt.entry
    if entry is None or not entry.title.strip() or not entry.organization:
        raise Refused("entry_incomplete", field="entry", step=visit.key.step)
    if _stands_already(state, entry):
        raise Refused("entry_duplicate", field="entry", title=entry.title)
    writers = writers_at(sop, visit.key.step)
    product = not any(Menulis.DAFTAR in writers[one] for one in person.actors & writers.keys())
    makers = {person.id} if product else set[str]()
    if product and entry.request:
        raise Refused("product_needs_dataset", field="entry", step=visit.key.step)
    contributors = sorted(entry.contributors | makers)
    values = {**entry.as_dict(), "product": product, "contributors": contributors}
    status = sop.step(visit.key.step).status
    statuses = {entry.id: status.value} if status else {}
    return Kind.ITEM_ADDED, {"entry": values, "statuses": statuses}


def _stands_already(state: CaseState, entry: Entry) -> bool:
    """No duplicates in the daftar data (Perpres 39/2019 Ps 27 (1))."""
    title = " ".join(entry.title.casefold().split())
    return entry.id in state.entries or any(
        one.organization == entry.organization and " ".join(one.title.casefold().split()) == title
        for one in state.entries.values()
    )


def _drop(sop: Sop, state: CaseState, _p: Person, attempt: Attempt, visit: Visit) -> _Facts:
    items = attempt.items or ((visit.key.item,) if visit.key.item else ())
    if not items or any(item not in state.entries for item in items):
        raise Refused("dataset_not_here", field="items", step=visit.key.step)
    if state.shown.intersection(items):
        raise Refused("already_public", field="items", step=visit.key.step)
    gone = frozenset(items)
    journey = Journey(sop, state, gone=gone)
    for other in state.open_visits:
        if gone.intersection(other.items):
            check_version(state, other, attempt.version)
        if other.key.item in gone or _emptied(state, other, gone):
            journey.close(other)
    for party in sorted({state.entries[item].party for item in items}):
        journey.join(party)
    journey.end_of_the_late()
    return Kind.ITEM_DROPPED, {"items": list(items), **journey.as_body()}


def _emptied(state: CaseState, visit: Visit, gone: frozenset[str]) -> bool:
    """Whether a list step has lost all its datasets and has nothing more to wait for.

    With nothing else on the list it stays open: somebody adds to it, or cancels the case.
    """
    if not visit.is_list or not visit.items or not gone.issuperset(visit.items):
        return False
    others = (entry for item, entry in state.entries.items() if item not in gone)
    return visit.decided is not None or any(not entry.late for entry in others)


def _set_closing(_s: Sop, _state: CaseState, _p: Person, attempt: Attempt, _v: Visit) -> _Facts:
    until, on = attempt.until, attempt.closes_on
    if until is None or on is None:
        return Kind.CLOSING_SET, {"until": None, "on": None}
    return Kind.CLOSING_SET, {"until": until.isoformat(), "on": on.isoformat()}


def _go_on(sop: Sop, state: CaseState, _p: Person, attempt: Attempt, visit: Visit) -> _Facts:
    """Go on without what was not delivered by the closing date."""
    if state.closes_at is None or attempt.at <= state.closes_at:
        raise Refused("not_closed_yet", step=visit.key.step, until=state.closes_at)
    party = state.party_of(visit)
    missing = tuple(
        item
        for item, entry in state.entries.items()
        if entry.party == party != LATE and entry.delivered_at is None and _walks(sop, state, item)
    )
    if not missing:
        raise Refused("nothing_missing", step=visit.key.step)
    if not any(e.party == party and i not in missing for i, e in state.entries.items()):
        raise Refused("nothing_delivered", step=visit.key.step)
    journey = Journey(sop, state, parties=dict.fromkeys(missing, LATE))
    journey.join(party)
    journey.end_of_the_late()
    return Kind.WENT_ON, {"late": list(missing), **journey.as_body()}


def _walks(sop: Sop, state: CaseState, item: str) -> bool:
    visits = [visit for visit in state.open_visits if visit.key.item == item]
    return any(sop.step(visit.key.step).lingkup is Lingkup.DATA for visit in visits)


def _invite(_s: Sop, _state: CaseState, _p: Person, _a: Attempt, _v: Visit) -> _Facts:
    return Kind.LINK_MADE, {}


def _cancel(_s: Sop, state: CaseState, _p: Person, _a: Attempt, visit: Visit) -> _Facts:
    if state.shown:
        raise Refused("already_public", step=visit.key.step)
    if any(one.decided is not None for one in state.open_visits):
        raise Refused("work_going_on", step=visit.key.step)
    closes = [one.key.as_dict() for one in state.open_visits]
    return Kind.CASE_CANCELLED, {"closes": closes, "statuses": dict.fromkeys(state.items)}


_ACTS: dict[Act, Callable[[Sop, CaseState, Person, Attempt, Visit], _Facts]] = {
    Act.CLAIM: _claim,
    Act.ASSIGN: _assign,
    Act.HAND_BACK: _hand_back,
    Act.APPROVE: _approve,
    Act.PAUSE: _pause,
    Act.RESUME: _resume,
    Act.COMMENT: _comment,
    Act.ADD: _add,
    Act.DROP: _drop,
    Act.SET_CLOSING: _set_closing,
    Act.GO_ON: _go_on,
    Act.INVITE: _invite,
    Act.CANCEL: _cancel,
}
