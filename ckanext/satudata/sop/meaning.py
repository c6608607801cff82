"""Faults that only the whole sheet shows: targets, ways through, approval before publication."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.satudata.sop.cells import faults_of_cells, faults_of_names
from ckanext.satudata.sop.definition import Efek, Lingkup, Sop
from ckanext.satudata.sop.faults import Fault, fault
from ckanext.satudata.sop.moves import END, Move, moves
from ckanext.satudata.sop.source import Path, Source


def faults_of_meaning(sop: Sop, source: Source) -> list[Fault]:
    """Every fault of a well-formed SOP; ways are walked only once every name leads somewhere."""
    names, cells = list(faults_of_names(sop, source)), list(faults_of_cells(sop, source))
    if names:
        return names + cells
    # Several ways of one step may have the same fault at the same place; it is told once.
    return cells + list(dict.fromkeys([*_ways(sop, source), *_approval(sop, source)]))


def _at(source: Source, path: Path, code: str, **facts: object) -> Fault:
    return fault(source.file, source.place(path), code, **facts)


def _ways(sop: Sop, source: Source) -> Iterator[Fault]:
    table = moves(sop)
    reached = frontier = {1}
    while frontier:
        frontier = {move.target for move in table if move.step in frontier} - reached
        reached = reached | frontier
    for index, step in enumerate(sop.langkah):
        if step.langkah not in reached:
            yield _at(source, ("langkah", index), "tak-terjangkau", langkah=step.langkah)


def _approval(sop: Sop, source: Source) -> Iterator[Fault]:
    """Publication must be unreachable by any way that leaves the content unapproved."""
    unapproved = _left_unapproved(sop)
    for move in moves(sop):
        if Efek.SETUJUI in move.effects and not move.four_eyes:
            path = ("langkah", move.step - 1)
            yield _at(source, path, "tanpa-empat-mata", langkah=move.step)
        published = Efek.TERBITKAN in move.effects
        if published and (move in unapproved or _publishes_first(move)):
            path = ("langkah", move.step - 1, "efek")
            yield _at(source, path, "terbit-sebelum-setuju", langkah=move.step)


def _publishes_first(move: Move) -> bool:
    """Whether a way that does both makes public before it approves; effects keep their order."""
    both = [effect for effect in move.effects if effect in (Efek.SETUJUI, Efek.TERBITKAN)]
    return Efek.SETUJUI in both and both[0] is Efek.TERBITKAN


def _left_unapproved(sop: Sop) -> set[Move]:
    """The ways on that may be taken while no approval of the present content stands after them.

    Walks every pair of step and the step whose approval stands there (END: none does). Passing
    an approval once is not enough: a step that lets somebody write, or a return to or beyond the
    approving step, undoes it.
    """
    table = moves(sop)
    reached = frontier = {(1, END)}
    unapproved: set[Move] = set()
    while frontier:
        arrivals: set[tuple[int, int]] = set()
        for move in table:
            for approval in (a for step, a in frontier if step == move.step):
                stands = _approval_after(sop, move, approval)
                if stands == END and not move.is_return:
                    unapproved.add(move)
                arrivals.update((target, stands) for target in _opened_by(sop, move))
        frontier = arrivals - reached
        reached = reached | frontier
    return unapproved


def _opened_by(sop: Sop, move: Move) -> set[int]:
    """The steps that may open after `move`.

    A dataset that joins its list goes on from the earliest list step that one of them came to.
    """
    came_to = {move.target} - {END}
    joins = move.target == END or sop.step(move.target).lingkup is Lingkup.DAFTAR
    if not joins or sop.step(move.step).lingkup is Lingkup.DAFTAR:
        return came_to
    for other in moves(sop):
        if other.target == END or sop.step(other.step).lingkup is Lingkup.DAFTAR:
            continue
        earlier = move.target == END or other.target < move.target
        if earlier and sop.step(other.target).lingkup is Lingkup.DAFTAR:
            came_to.add(other.target)
    return came_to


def _approval_after(sop: Sop, move: Move, approval: int) -> int:
    """The step whose approval stands after `move`, when that of `approval` stood before."""
    if Efek.SETUJUI in move.effects:
        return move.step
    written = bool(sop.step(move.step).penulis)
    undone = move.is_return and move.target <= approval
    return END if written or undone else approval
