"""Faults that only the whole sheet shows: targets, ways through, approval before publication."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.satudata.sop.definition import Efek, Langkah, Sop
from ckanext.satudata.sop.faults import Fault, fault
from ckanext.satudata.sop.moves import END, Move, moves
from ckanext.satudata.sop.source import Path, Source


def faults_of_meaning(sop: Sop, source: Source) -> list[Fault]:
    """Every fault of a well-formed SOP; graph checks run only once all targets exist."""
    local = [*_order(sop, source), *_actors(sop, source), *_outcomes(sop, source)]
    return local or [*_ways(sop, source), *_approval(sop, source)]


def _at(source: Source, path: Path, code: str, **facts: object) -> Fault:
    return fault(source.file, source.place(path), code, **facts)


def _order(sop: Sop, source: Source) -> Iterator[Fault]:
    for index, step in enumerate(sop.langkah):
        if step.langkah != index + 1:
            path = ("langkah", index, "langkah")
            yield _at(source, path, "urutan-langkah", langkah=step.langkah)


def _actors(sop: Sop, source: Source) -> Iterator[Fault]:
    used: set[str] = set()
    for index, step in enumerate(sop.langkah):
        used.update(step.pelaksana)
        named: list[tuple[Path, str]] = [
            (("langkah", index, "pelaksana", at), key) for at, key in enumerate(step.pelaksana)
        ]
        named += [
            (("langkah", index, "penulis", at), writer.pelaksana)
            for at, writer in enumerate(step.penulis)
        ]
        for path, key in named:
            if key not in sop.pelaksana:
                yield _at(source, path, "pelaksana-asing", pelaksana=key)
    for key, actor in sop.pelaksana.items():
        if actor.lajur and key not in used:
            yield _at(source, ("pelaksana", key), "lajur-kosong", pelaksana=key)


def _outcomes(sop: Sop, source: Source) -> Iterator[Fault]:
    for index, step in enumerate(sop.langkah):
        seen: set[str] = set()
        for key, outcomes in (("keputusan", step.keputusan), ("kembali", step.kembali)):
            for at, outcome in enumerate(outcomes):
                path: Path = ("langkah", index, key, at)
                if outcome.hasil in seen:
                    yield _at(source, path, "hasil-ganda", hasil=outcome.hasil, langkah=index + 1)
                seen.add(outcome.hasil)
                if outcome.ke > len(sop.langkah):
                    yield _at(source, path, "tujuan-asing", ke=outcome.ke)
                elif (outcome.ke <= step.langkah) != (key == "kembali"):
                    yield _wrong_direction(source, path, key, outcome.hasil, outcome.ke)
        if step.kembali and not step.keputusan:
            path = ("langkah", index, "kembali")
            yield _at(source, path, "keputusan-tunggal", langkah=step.langkah)


def _wrong_direction(source: Source, path: Path, key: str, hasil: str, ke: int) -> Fault:
    way, other = ("mundur", "kembali") if key == "keputusan" else ("maju", "keputusan")
    return _at(source, path, "arah-salah", hasil=hasil, ke=ke, arah=way, seharusnya=other)


def _ways(sop: Sop, source: Source) -> Iterator[Fault]:
    table = moves(sop)
    reached = _closure({1}, table, forward=True)
    ending = _closure({END}, table, forward=False)
    for index, step in enumerate(sop.langkah):
        path = ("langkah", index)
        if step.langkah not in reached:
            yield _at(source, path, "tak-terjangkau", langkah=step.langkah)
        if step.langkah not in ending:
            yield _at(source, path, "jalan-buntu", langkah=step.langkah)


def _closure(start: set[int], table: tuple[Move, ...], *, forward: bool) -> set[int]:
    pairs = [(m.step, m.target) if forward else (m.target, m.step) for m in table]
    reached, frontier = set(start), set(start)
    while frontier:
        frontier = {b for a, b in pairs if a in frontier} - reached
        reached |= frontier
    return reached


def _approval(sop: Sop, source: Source) -> Iterator[Fault]:
    """Publication must be unreachable by any way that has not passed an approval."""
    for index, step in enumerate(sop.langkah):
        if Efek.SETUJUI in step.efek and not step.empat_mata:
            yield _at(source, ("langkah", index), "tanpa-empat-mata", langkah=step.langkah)
        if Efek.TERBITKAN in step.efek and not _approved_when_leaving(sop, step):
            path = ("langkah", index, "efek")
            yield _at(source, path, "terbit-sebelum-setuju", langkah=step.langkah)


def _approved_when_leaving(sop: Sop, publishing: Langkah) -> bool:
    if Efek.SETUJUI in publishing.efek:
        return True
    approving = {step.langkah for step in sop.langkah if Efek.SETUJUI in step.efek}
    table = [move for move in moves(sop) if move.is_return or move.step not in approving]
    # Without the approving steps' ways forward, the publishing step must be out of reach.
    return publishing.langkah not in _closure({1}, tuple(table), forward=True)
