"""Whether a running case may go on by another revision of its SOP, and which one each event has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ckanext.satudata.errors import Refused
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Efek, Langkah, Sop
from ckanext.satudata.sop.events import Event, Kind
from ckanext.satudata.sop.moves import END, moves


def is_gone(old: Sop, new: Sop, number: int) -> bool:
    """Whether a step is not there any more: same number, another name or scope, is another step."""
    here, there = _row(old, number), _row(new, number)
    if here is None or there is None:
        return True
    return (here.nama, here.lingkup) != (there.nama, there.lingkup)


def check_move(old: Sop, new: Sop, state: CaseState, bound: frozenset[int] = frozenset()) -> None:
    """Raise Refused unless the case can go on where it stands by `new`.

    `bound` are the steps of `new` whose `sambungan` leads into another SOP of the office.
    """
    if state.is_closed:
        raise Refused("case_closed")
    for visit in state.open_visits:
        _check_still(visit)
    for number in standing(state):
        if is_gone(old, new, number):
            name = _name(old, number)
            raise Refused("revision_step_gone", field="sop", step=number, name=name)
    for visit in state.open_visits:
        _check_people(old, new, visit)
    for number in _unapproved(state):
        if _publishes_unapproved(new, number, bound):
            raise Refused("revision_skips_approval", field="sop", step=number)


def standing(state: CaseState) -> tuple[int, ...]:
    """The steps at which a case stands: those that are open, and those where datasets wait."""
    numbers = {visit.key.step for visit in state.open_visits}
    numbers |= {entry.waits_at for entry in state.entries.values() if entry.waits_at}
    return tuple(sorted(numbers))


def sop_at(events: Iterable[Event]) -> dict[int, str]:
    """Sequence of each event to the sha256 of the revision that it was done by."""
    found: dict[int, str] = {}
    current = ""
    for event in events:
        if event.kind in (Kind.CASE_OPENED, Kind.REVISION_CHANGED):
            current = event.body["sop"]
        found[event.sequence] = current
    return found


def _check_still(visit: Visit) -> None:
    """What is half done was begun by the old sheet and must be ended by it."""
    if visit.together:
        raise Refused("revision_joint_open", step=visit.key.step)
    if visit.decided is not None:
        raise Refused("work_going_on", step=visit.key.step)


def _check_people(old: Sop, new: Sop, visit: Visit) -> None:
    number = visit.key.step
    unknown = [actor for actor in old.step(number).pelaksana if actor not in new.pelaksana]
    if unknown:
        names = tuple(old.pelaksana[actor].nama for actor in unknown)
        raise Refused("revision_actor_gone", field="sop", step=number, actors=names)
    # An approval on record is that of whom the old sheet asked; the new one must ask the same.
    asked = old.step(number).persetujuan
    if visit.approval and new.step(number).persetujuan != asked:
        raise Refused("revision_approval_other", field="sop", step=number)


def _unapproved(state: CaseState) -> Iterator[int]:
    """The steps at which something stands that this case has not approved yet."""
    for visit in state.open_visits:
        if not visit.items or any(item not in state.released for item in visit.items):
            yield visit.key.step
    for item, entry in state.entries.items():
        if entry.waits_at and item not in state.released:
            yield entry.waits_at


def _publishes_unapproved(sop: Sop, start: int, bound: frozenset[int]) -> bool:
    """Whether a way leads from `start` to publication past every approving row."""
    table = [move for move in moves(sop, bound) if Efek.SETUJUI not in move.effects]
    reached = frontier = {start}
    while frontier:
        ways = [move for move in table if move.step in frontier]
        if any(Efek.TERBITKAN in move.effects for move in ways):
            return True
        frontier = {move.target for move in ways if move.target != END} - reached
        reached = reached | frontier
    return False


def _row(sop: Sop, number: int) -> Langkah | None:
    return next((row for row in sop.langkah if row.langkah == number), None)


def _name(sop: Sop, number: int) -> str:
    row = _row(sop, number)
    return row.nama if row else ""
