"""Events in, state out. A projection needs nothing but the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ckanext.satudata.errors import BrokenHistory
from ckanext.satudata.sop.case import FIRST, CaseState, Item, Said, Visit, Why
from ckanext.satudata.sop.events import Event, Kind, VisitKey


def project(events: Iterable[Event]) -> CaseState:
    """The state after `events`, which start with the opening of the case.

    Raises BrokenHistory when they are not the history of one case.
    """
    state: CaseState | None = None
    for event in events:
        state = opened(event) if state is None else apply(state, event)
    if state is None:
        raise BrokenHistory("a case without events")
    return state


def opened(event: Event) -> CaseState:
    """The state after the first event."""
    if event.kind is not Kind.CASE_OPENED or event.sequence != 1:
        raise BrokenHistory(f"a case begins with {event.kind.value} {event.sequence}")
    body = event.body
    entries = {one["id"]: _entry(one) for one in body["entries"]}
    listed = bool(entries) and any(one["item"] is None for one in body["opens"])
    state = CaseState(
        sop=body["sop"],
        entries=entries,
        bound=frozenset(body.get("bound", ())),
        list_makers=frozenset({event.actor}) if listed else frozenset(),
    )
    return replace(_moved(state, event), version=1, changed=1)


def apply(state: CaseState, event: Event) -> CaseState:
    """The state after one more event."""
    if event.sequence != state.version + 1:
        raise BrokenHistory(f"event {event.sequence} after {state.version}")
    change = _CHANGES.get(event.kind)
    if change is None:
        raise BrokenHistory(f"{event.kind.value} after the opening")
    after = replace(change(state, event), version=event.sequence)
    if event.kind in _SILENT:
        return after
    return replace(after, changed=event.sequence)


def _entry(values: Mapping[str, Any]) -> Item:
    return Item(
        id=values["id"],
        title=values.get("title", ""),
        organization=values.get("organization", ""),
        release_date=values.get("release_date"),
        is_request=values.get("request", False),
        product=values.get("product", False),
        contributors=frozenset(values.get("contributors", ())),
    )


def _moved(state: CaseState, event: Event) -> CaseState:
    """The part that every kind of event shares: visits closed and opened, datasets that wait."""
    body = event.body
    state = replace(state, entries=_entries_moved(state.entries, body, event))
    visits = _visits_closed(state, body, event)
    for opening in body.get("opens", ()):
        visit = _opened(state, opening, event)
        if visit.key in {one.key for one in visits}:
            raise BrokenHistory(f"event {event.sequence} opens a visit that was there before")
        visits.append(visit)
    statuses = dict(state.statuses)
    for item, status in body.get("statuses", {}).items():
        statuses.pop(item, None)
        if status is not None:
            statuses[item] = (status, event.at)
    return replace(state, visits=tuple(visits), statuses=statuses)


def _entries_moved(
    entries: Mapping[str, Item], body: Mapping[str, Any], event: Event
) -> dict[str, Item]:
    moved = dict(entries)

    def change(item: str, **values: Any) -> None:
        if item not in moved:
            raise BrokenHistory(f"event {event.sequence} tells of a dataset that is not there")
        moved[item] = replace(moved[item], **values)

    for item, party in body.get("parties", {}).items():
        change(item, party=party)
    for item in body.get("delivered", ()):
        change(item, delivered_at=event.at)
    for opening in body.get("opens", ()):
        for item in _items_of(opening):
            change(item, waits_at=None, waits_together=())
    together = body.get("together", {})
    for item, step in body.get("waits", {}).items():
        change(item, waits_at=step, waits_together=tuple(together.get(item, ())))
    return moved


def _items_of(opening: Mapping[str, Any]) -> tuple[str, ...]:
    if opening["item"] is not None:
        return (opening["item"],)
    return tuple(opening.get("items", ()))


def _opened(state: CaseState, opening: Mapping[str, Any], event: Event) -> Visit:
    item = opening["item"]
    party = state.entries[item].party if item else opening.get("party", 1)
    return Visit(
        key=VisitKey.from_dict(opening),
        opened_at=event.at,
        opened_by=event.sequence,
        items=_items_of(opening),
        party=party,
        together=tuple(opening.get("together", ())),
        touched=event.sequence,
    )


def _visits_closed(state: CaseState, body: Mapping[str, Any], event: Event) -> list[Visit]:
    closes = {VisitKey.from_dict(key) for key in body.get("closes", ())}
    missing = closes - {visit.key for visit in state.open_visits}
    if missing:
        raise BrokenHistory(f"event {event.sequence} closes a visit that is not open")
    return [_closed(visit, event) if visit.key in closes else visit for visit in state.visits]


def _closed(visit: Visit, event: Event) -> Visit:
    paper = event.body.get("paper")
    return replace(
        visit,
        closed_at=event.at,
        closed_by=event.sequence,
        outcome=event.body.get("outcome") or event.kind.value,
        counted_on=date.fromisoformat(paper["on"]) if paper else None,
        decided=None,
        pending=frozenset(),
        scheduled={},
    )


def _at_visit(state: CaseState, event: Event, change: Callable[[Visit], Visit]) -> CaseState:
    """The state with the open visit that the event names changed, and marked as touched."""
    key = VisitKey.from_dict(event.body["visit"])
    if key not in {visit.key for visit in state.open_visits}:
        raise BrokenHistory(f"event {event.sequence} is about a visit that is not open")
    visits = tuple(
        replace(change(visit), touched=event.sequence) if visit.key == key else visit
        for visit in state.visits
    )
    return replace(state, visits=visits)


def _content_changed(state: CaseState, event: Event) -> CaseState:
    """Somebody had a hand in a dataset; an approval of what it was before no longer stands."""
    item = event.body["item"]
    entry = state.entries.get(item)
    if entry is None:
        raise BrokenHistory(f"event {event.sequence} tells of a dataset that is not there")
    entries = dict(state.entries)
    entries[item] = replace(entry, contributors=entry.contributors | {event.actor})
    return replace(state, entries=entries, visits=_judged_anew(state.visits, item, event))


def _judged_anew(visits: Iterable[Visit], item: str, event: Event) -> tuple[Visit, ...]:
    """The visits, where nothing that was said so far of a dataset stands any more."""
    return tuple(
        replace(visit, touched=event.sequence, approval=None, confirmed={})
        if visit.is_open and item in visit.items
        else visit
        for visit in visits
    )


def _confirmed(state: CaseState, event: Event) -> CaseState:
    body = event.body
    said = Said(tuple(body["actors"]), body["outcome"], tuple(body["items"]), body["rest"])
    return _at_visit(
        state, event, lambda v: replace(v, confirmed={**v.confirmed, event.actor: said})
    )


def _decided(state: CaseState, event: Event) -> CaseState:
    said = {"decided": event.body, "pending": frozenset(event.body["work"])}
    return _at_visit(state, event, lambda v: v.stopped(Why.DECIDED, event, **said))


def _worked(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: _no_longer(v, {event.body["item"]}, v.touched))


def _no_longer(visit: Visit, items: set[str], touched: int) -> Visit:
    """A visit whose act has nothing to do to these datasets any more."""
    left = {item: at for item, at in visit.scheduled.items() if item not in items}
    return replace(visit, pending=visit.pending - items, scheduled=left, touched=touched)


def _claimed(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: replace(v, claimed_by=event.actor))


def _assigned(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: replace(v, claimed_by=event.body["to"]))


def _handed_back(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: replace(v, claimed_by=None))


def _approved(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: replace(v, approval=event.body["approval"]))


def _paused(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: v.stopped(Why.PAUSED, event, paused_since=event.at))


def _resumed(state: CaseState, event: Event) -> CaseState:
    return _at_visit(state, event, lambda v: v.resumed(Why.PAUSED, event.at, paused_since=None))


def _item_added(state: CaseState, event: Event) -> CaseState:
    values = event.body["entry"]
    if values["id"] in state.entries:
        raise BrokenHistory(f"event {event.sequence} adds a dataset that is there")
    key = VisitKey.from_dict(event.body["visit"])
    party = next((visit.party for visit in state.open_visits if visit.key == key), FIRST)
    entry = replace(_entry(values), party=party, delivered_at=_made_at(values, event))
    entries = {**state.entries, entry.id: entry}
    state = replace(state, entries=entries, list_makers=state.list_makers | {event.actor})
    state = _at_visit(state, event, lambda v: _with(v, entry.id))
    return _moved(state, event)


def _made_at(values: Mapping[str, Any], event: Event) -> datetime | None:
    """A product of the walidata is there from the moment it is added; no producer delivers it."""
    return event.at if values.get("product") else None


def _with(visit: Visit, item: str) -> Visit:
    """With one dataset more it is another list than the one that was approved so far."""
    return replace(visit, items=(*visit.items, item), approval=None, confirmed={})


def _item_dropped(state: CaseState, event: Event) -> CaseState:
    dropped = set(event.body["items"])
    visits = tuple(
        _without(visit, dropped, event.sequence) if visit.is_open and visit.is_list else visit
        for visit in state.visits
    )
    state = _moved(replace(state, visits=visits), event)
    entries = {item: entry for item, entry in state.entries.items() if item not in dropped}
    statuses = {item: one for item, one in state.statuses.items() if item not in dropped}
    return replace(state, entries=entries, statuses=statuses)


def _without(visit: Visit, dropped: set[str], sequence: int) -> Visit:
    left = tuple(item for item in visit.items if item not in dropped)
    touched = sequence if left != visit.items else visit.touched
    return _no_longer(replace(visit, items=left), dropped, touched)


def _fulfilled(state: CaseState, event: Event) -> CaseState:
    """A request turns into a dataset: the same entry, from now on by the dataset's id.

    Who had a hand in the dataset has one in the entry; who only puts it there has none.
    """
    old, new = event.body["item"], event.body["dataset"]
    if old not in state.entries or new in state.entries:
        raise BrokenHistory(f"event {event.sequence} fulfils what is not asked for")
    hands = frozenset(event.body.get("contributors", (event.actor,)))
    entry = state.entries[old]
    made = replace(entry, id=new, is_request=False, contributors=entry.contributors | hands)
    entries = {
        (new if item == old else item): (made if item == old else entry)
        for item, entry in state.entries.items()
    }
    statuses = {(new if item == old else item): one for item, one in state.statuses.items()}
    visits = (_renamed(visit, old, new, event.sequence) for visit in state.visits)
    visits = _judged_anew(visits, new, event)
    answers = {**state.answers, old: new}
    return replace(state, entries=entries, statuses=statuses, visits=visits, answers=answers)


def _renamed(visit: Visit, old: str, new: str, sequence: int) -> Visit:
    if old not in visit.items:
        return visit
    items = tuple(new if item == old else item for item in visit.items)
    key = replace(visit.key, item=new) if visit.key.item == old else visit.key
    return replace(
        visit,
        key=key,
        items=items,
        pending=frozenset(new if item == old else item for item in visit.pending),
        touched=sequence if visit.is_open else visit.touched,
    )


def _release_made(state: CaseState, event: Event) -> CaseState:
    return replace(state, released=state.released | {event.body["item"]})


def _release_shown(state: CaseState, event: Event) -> CaseState:
    return replace(state, shown=state.shown | {event.body["item"]})


def _scheduled(state: CaseState, event: Event) -> CaseState:
    """An approved dataset waits for its minute; told again when that is moved."""
    at = {event.body["item"]: datetime.fromisoformat(event.body["at"])}
    state = _at_visit(state, event, lambda v: replace(v, scheduled={**v.scheduled, **at}))
    return _moved(state, event)


def _called_off(state: CaseState, event: Event) -> CaseState:
    """The act that was to publish is undone: its step waits for a decision again."""
    undone = {"decided": None, "pending": frozenset(), "scheduled": {}}
    state = _at_visit(state, event, lambda v: v.resumed(Why.DECIDED, event.at, **undone))
    released = state.released.difference(event.body["unapproved"])
    return _moved(replace(state, released=released), event)


def _closing_set(state: CaseState, event: Event) -> CaseState:
    until, on = event.body["until"], event.body["on"]
    if until is None:
        return replace(state, closes_at=None, closes_on=None)
    closes_on = date.fromisoformat(on)
    return replace(state, closes_at=datetime.fromisoformat(until), closes_on=closes_on)


def _revision_changed(state: CaseState, event: Event) -> CaseState:
    bound = frozenset(event.body.get("bound", state.bound))
    return replace(state, sop=event.body["sop"], bound=bound)


def _cancelled(state: CaseState, event: Event) -> CaseState:
    return replace(_moved(state, event), cancelled=True)


def _noted(state: CaseState, _event: Event) -> CaseState:
    return state


_CHANGES: dict[Kind, Callable[[CaseState, Event], CaseState]] = {
    Kind.CONTENT_CHANGED: _content_changed,
    Kind.STEP_ENDED: _moved,
    Kind.STEP_CONFIRMED: _confirmed,
    Kind.STEP_DECIDED: _decided,
    Kind.ITEM_WORKED: _worked,
    Kind.RELEASE_MADE: _release_made,
    Kind.RELEASE_SHOWN: _release_shown,
    Kind.RELEASE_SCHEDULED: _scheduled,
    Kind.RELEASE_MOVED: _scheduled,
    Kind.RELEASE_CALLED_OFF: _called_off,
    Kind.RELEASE_HELD: _noted,
    Kind.COPY_REBASED: _noted,
    Kind.CLAIMED: _claimed,
    Kind.ASSIGNED: _assigned,
    Kind.HANDED_BACK: _handed_back,
    Kind.APPROVED: _approved,
    Kind.PAUSED: _paused,
    Kind.RESUMED: _resumed,
    Kind.COMMENTED: _noted,
    Kind.ITEM_ADDED: _item_added,
    Kind.ITEM_DROPPED: _item_dropped,
    Kind.REQUEST_FULFILLED: _fulfilled,
    Kind.CLOSING_SET: _closing_set,
    Kind.WENT_ON: _moved,
    Kind.HANDED_OVER: _noted,
    Kind.LINK_MADE: _noted,
    Kind.LINK_OPENED: _noted,
    Kind.LINK_DOWNLOADED: _noted,
    Kind.LINK_WITHDRAWN: _noted,
    Kind.REVISION_CHANGED: _revision_changed,
    Kind.CASE_CANCELLED: _cancelled,
}

_SILENT = frozenset(
    {
        Kind.COMMENTED,
        Kind.RELEASE_HELD,
        Kind.COPY_REBASED,
        Kind.LINK_MADE,
        Kind.LINK_OPENED,
        Kind.LINK_DOWNLOADED,
        Kind.LINK_WITHDRAWN,
        Kind.HANDED_OVER,
    }
)
"""Kinds that move nothing, and so make nobody's view of the case out of date."""
