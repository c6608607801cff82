"""Lanes, symbols and ways of a SOP, before any of them has a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ckanext.satudata.sop import sheet
from ckanext.satudata.sop.definition import Cara, Hasil, Langkah, Sop
from ckanext.satudata.sop.drawing.shapes import Kind

ELSEWHERE = 0
"""Target of a way that leaves for another SOP."""


@dataclass(frozen=True)
class Lane:
    """One actor's lane. `inferred`: the printed sheet gives this actor none, but he has rows."""

    key: str
    name: str
    inferred: bool


@dataclass(frozen=True)
class Beside:
    """A symbol joined to that of a row: somebody else who ends or approves the same step."""

    lane: int
    inferred: bool


@dataclass(frozen=True)
class Node:
    """The symbol of a row."""

    step: int
    lane: int
    kind: Kind
    inferred: bool
    beside: tuple[Beside, ...]


@dataclass(frozen=True)
class Flow:
    """A way from step to step, with the words on it; forward to the next row it is `plain`."""

    source: int
    target: int
    label: str
    inferred: bool

    @property
    def plain(self) -> bool:
        return self.target == self.source + 1


@dataclass(frozen=True)
class Graph:
    """What the lanes of a sheet show."""

    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    def node(self, step: int) -> Node:
        return self.nodes[step - 1]


def graph_of(sop: Sop) -> Graph:
    """The graph of a SOP.

    An actor without a lane on the sheet gets one here, marked as inferred, where he ends steps;
    who only approves without a lane stays in the wording of his row.
    """
    lanes = _lanes(sop)
    at = {lane.key: place for place, lane in enumerate(lanes)}
    nodes = tuple(_node(sop, step, at) for step in sop.langkah)
    flows = tuple(flow for step in sop.langkah for flow in _flows(sop, step))
    return Graph(lanes, nodes, flows)


def _lanes(sop: Sop) -> tuple[Lane, ...]:
    busy = {key for step in sop.langkah for key in step.pelaksana}
    busy |= {key for step in sop.langkah for one in _outcomes(step) for key in one.bersama}
    return tuple(
        Lane(key, actor.nama, not actor.lajur)
        for key, actor in sop.pelaksana.items()
        if actor.lajur or key in busy
    )


def _outcomes(step: Langkah) -> tuple[Hasil, ...]:
    return (*step.keputusan, *step.kembali)


def _node(sop: Sop, step: Langkah, at: dict[str, int]) -> Node:
    inferred = "pelaksana" in step.keyakinan
    main = at[step.pelaksana[0]]
    found: dict[int, bool] = {at[key]: inferred for key in step.pelaksana[1:]}
    if step.persetujuan in at:
        found.setdefault(at[step.persetujuan], "persetujuan" in step.keyakinan)
    for outcome in (one for row in sop.langkah for one in _outcomes(row)):
        if outcome.ke == step.langkah:
            for key in outcome.bersama:
                found.setdefault(at[key], outcome.keyakinan is not None)
    found.pop(main, None)
    beside = tuple(Beside(lane, doubted) for lane, doubted in sorted(found.items()))
    kind = Kind(sheet.symbol(sop, step).value)
    return Node(step.langkah, main, kind, inferred, beside)


def _flows(sop: Sop, step: Langkah) -> Iterator[Flow]:
    """The ways out of a row: the one to the next row first, several to one row as one way."""
    if not step.keputusan and step.langkah < len(sop.langkah):
        yield Flow(step.langkah, step.langkah + 1, "", inferred=False)
    ways: dict[int, list[Hasil]] = {}
    for outcome in _outcomes(step):
        ways.setdefault(outcome.ke, []).append(outcome)
    for target, outcomes in sorted(ways.items(), key=lambda way: way[0] != step.langkah + 1):
        label = " / ".join(one.label for one in outcomes)
        inferred = all(one.keyakinan is not None for one in outcomes)
        yield Flow(step.langkah, target, label, inferred)
    joint = step.sambungan
    if joint is not None:
        verb = "ke" if joint.cara is Cara.SERAHKAN else "membuka"
        there = f", langkah {joint.langkah}" if joint.langkah else ""
        label = f"{verb} SOP {joint.subjek}{there}"
        yield Flow(step.langkah, ELSEWHERE, label, "sambungan" in step.keyakinan)
