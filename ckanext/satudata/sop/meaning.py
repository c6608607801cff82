"""Faults that only the whole sheet shows: targets, ways through, approval before publication."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.satudata.sop.cells import faults_of_cells, faults_of_names
from ckanext.satudata.sop.definition import Efek, Sop
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
    """Publication must be unreachable by any way that leaves the content unapproved.

    Asked for both readings of a `sambungan`: bound to another SOP of the office, and to none.
    """
    for bound in (frozenset[int](), _joints(sop)):
        unapproved = _left_unapproved(sop, bound)
        for move in moves(sop, bound):
            if Efek.SETUJUI in move.effects and not move.four_eyes and not _excused(sop, move):
                path: Path = ("langkah", move.step - 1)
                yield _at(source, path, "tanpa-empat-mata", langkah=move.step)
            published = Efek.TERBITKAN in move.effects
            if published and (move in unapproved or _publishes_first(move)):
                path = ("langkah", move.step - 1, "efek")
                yield _at(source, path, "terbit-sebelum-setuju", langkah=move.step)


def _joints(sop: Sop) -> frozenset[int]:
    return frozenset(step.langkah for step in sop.langkah if step.sambungan)


def _excused(sop: Sop, move: Move) -> bool:
    """Whether the file says why this office cannot have four eyes at an approving step."""
    return isinstance(sop.step(move.step).empat_mata, str)


def _publishes_first(move: Move) -> bool:
    """Whether a way that does both makes public before it approves; effects keep their order."""
    both = [effect for effect in move.effects if effect in (Efek.SETUJUI, Efek.TERBITKAN)]
    return Efek.SETUJUI in both and both[0] is Efek.TERBITKAN


def _left_unapproved(sop: Sop, bound: frozenset[int]) -> set[Move]:
    """The ways on that may be taken while no approval of the present content stands after them.

    Walks every pair of step and the step whose approval stands there (END: none does), for one
    dataset, for each follows its own way even where a list step waits for all. Passing an
    approval once is not enough: a step that lets somebody write, or a return to or beyond the
    approving step, undoes it.
    """
    table = moves(sop, bound)
    reached = frontier = {(1, END)}
    unapproved: set[Move] = set()
    while frontier:
        arrivals: set[tuple[int, int]] = set()
        for move in table:
            for approval in (a for step, a in frontier if step == move.step):
                stands = _approval_after(sop, move, approval)
                if stands == END and move.goes_on:
                    unapproved.add(move)
                if move.target != END:
                    arrivals.add((move.target, stands))
        frontier = arrivals - reached
        reached = reached | frontier
    return unapproved


def _approval_after(sop: Sop, move: Move, approval: int) -> int:
    """The step whose approval stands after `move`, when that of `approval` stood before."""
    if Efek.SETUJUI in move.effects:
        return move.step
    written = bool(sop.step(move.step).penulis)
    undone = move.is_return and move.target <= approval
    return END if written or undone else approval
