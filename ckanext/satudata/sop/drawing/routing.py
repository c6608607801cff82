"""Where the ways of a row leave its symbol and come to it, and which track each takes.

A way to the next row leaves below and comes from above. Every other way leaves to the right,
runs in a track between its lane's symbols and the lane's border, and comes to its target from
the side. Symbols never stand in a track, and what passes beside a symbol has a height of its
own, so no line runs through a symbol that is not its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ckanext.satudata.sop.drawing.graph import ELSEWHERE, Flow, Graph, Node
from ckanext.satudata.sop.drawing.metrics import width, wrapped
from ckanext.satudata.sop.drawing.shapes import Kind, Style

LABEL = Style(6.5, 7.4)
LABEL_ROOM = 50.0
SIZE: Mapping[Kind, tuple[float, float]] = {
    Kind.CAPSULE: (36.0, 18.0),
    Kind.BOX: (32.0, 18.0),
    Kind.DIAMOND: (32.0, 22.0),
    Kind.CONNECTOR: (11.0, 12.0),
}
HALF = 18.0
"""Half the width of the widest symbol of a row."""
BESIDE_HEIGHT = 12.0
TRACK = 4.5
LABEL_APART = 7.0
"""How much longer than its words a line is that leaves a symbol."""
STUB = 9.0
"""Room for an arrow between a symbol and whatever stands beside it."""
_ARRIVAL, _LINK, _APART = 6.0, 14.0, 13.5
_CONNECTOR = SIZE[Kind.CONNECTOR][0] + 2


@dataclass(frozen=True)
class Slot:
    """One way at one side of a symbol: `dy` from its middle; `top` and `end` what it takes up."""

    flow: Flow | None
    leaves: bool
    from_left: bool
    dy: float
    top: float
    end: float
    label: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ports:
    """The symbol of a row with its ways: how high it is, and what it takes up above and below."""

    height: float
    slots: tuple[Slot, ...]
    below: tuple[str, ...]

    @property
    def above_middle(self) -> float:
        return max([self.height / 2, *(-slot.top for slot in self.slots)])

    @property
    def below_middle(self) -> float:
        return max([self.height / 2, *(slot.end for slot in self.slots)])

    def slot(self, flow: Flow, *, leaves: bool) -> Slot:
        return next(s for s in self.slots if s.flow == flow and s.leaves == leaves)

    @property
    def link(self) -> Slot:
        return next(slot for slot in self.slots if slot.flow is None)


@dataclass(frozen=True)
class LaneRoom:
    """How far a lane reaches left and right of the middle of its symbols, and its tracks."""

    left: float
    right: float
    tracks: int

    @property
    def wide(self) -> float:
        return self.left + self.right + self.tracks * TRACK + (2 if self.tracks else 0)


def ports_of(graph: Graph, node: Node, apart: frozenset[Flow]) -> Ports:
    """The slots of a symbol; `apart` are the ways whose ends stand on different pages."""
    plans: list[tuple[Flow | None, bool, bool, tuple[str, ...], float, float]] = []
    for flow in graph.flows:
        if flow.target == node.step and _sideways(flow):
            left = graph.node(flow.source).lane < node.lane
            high = _APART if flow in apart else _ARRIVAL
            plans.append((flow, False, left, (), high / 2, high / 2))
    if node.beside:
        plans.append((None, True, False, (), _LINK / 2, _LINK / 2))
    for flow in graph.flows:
        if flow.source == node.step and _sideways(flow):
            label = label_of(flow)
            above = len(label) * LABEL.lead + 4
            below = 2.0
            if flow in apart or flow.target == ELSEWHERE:
                above, below = max(above, _APART / 2), _APART / 2
            plans.append((flow, True, False, label, above, below))
    return _stacked(node, plans, _below(graph, node))


def _below(graph: Graph, node: Node) -> tuple[str, ...]:
    """The words on the way to the next row."""
    plain = (flow for flow in graph.flows if flow.source == node.step and flow.plain)
    return next((label_of(flow) for flow in plain), ())


def _sideways(flow: Flow) -> bool:
    return not flow.plain


def label_of(flow: Flow) -> tuple[str, ...]:
    """The words on a way, in lines."""
    return wrapped(flow.label, LABEL.size, LABEL_ROOM)


def _stacked(node: Node, plans: list, below: tuple[str, ...]) -> Ports:
    y, lines = 0.0, []
    for *_, above, under in plans:
        lines.append(y + above)
        y += above + under
    middle = (lines[0] + lines[-1]) / 2 if lines else 0.0
    slots = tuple(
        Slot(flow, leaves, left, line - middle, line - middle - above, line - middle + under, label)
        for line, (flow, leaves, left, label, above, under) in zip(lines, plans, strict=True)
    )
    reach = max((abs(slot.dy) for slot in slots), default=0.0)
    least = SIZE[node.kind][1]
    # A line must still meet the slope of a diamond, and the straight part of a box.
    need = reach * 2 / 0.7 if node.kind is Kind.DIAMOND else reach * 2 + 8
    return Ports(max(least, need), slots, below)


def lane_rooms(
    graph: Graph, ports: Mapping[int, Ports], tracks: Mapping[Flow, int], apart: frozenset[Flow]
) -> tuple[LaneRoom, ...]:
    """What each lane needs, from all its rows."""
    rooms = []
    for lane in range(len(graph.lanes)):
        left = right = HALF + 4
        for node in (one for one in graph.nodes if one.lane == lane):
            for slot in ports[node.step].slots:
                left = max(left, _left_of(slot, node, apart))
                right = max(right, _right_of(slot, apart))
            right = max(right, 3 + _widest(ports[node.step].below) + 2)
        used = [track for flow, track in tracks.items() if _lane(graph, flow) == lane]
        rooms.append(LaneRoom(left, right, max(used, default=-1) + 1))
    return tuple(rooms)


def _left_of(slot: Slot, node: Node, apart: frozenset[Flow]) -> float:
    if slot.flow is None:
        return HALF + STUB if any(one.lane < node.lane for one in node.beside) else 0.0
    if not slot.from_left:
        return 0.0
    return HALF + STUB + (_CONNECTOR if slot.flow in apart else 0.0)


def _right_of(slot: Slot, apart: frozenset[Flow]) -> float:
    if slot.flow is None or slot.from_left:
        return HALF + STUB
    ends_here = slot.flow in apart or slot.flow.target == ELSEWHERE
    if not slot.leaves:
        return HALF + STUB + (_CONNECTOR if ends_here else 0)
    return HALF + max(_widest(slot.label) + LABEL_APART, STUB) + (_CONNECTOR if ends_here else 0)


def _widest(lines: Iterable[str]) -> float:
    return max((width(line, LABEL.size) for line in lines), default=0.0)


def _lane(graph: Graph, flow: Flow) -> int:
    return graph.node(flow.source).lane


def tracks_of(graph: Graph) -> dict[Flow, int]:
    """The track of each way that runs in one, counted from the symbols outwards.

    Two ways of one lane that pass the same row have different tracks; short ways run inside.
    """
    running = [f for f in graph.flows if _sideways(f) and f.target != ELSEWHERE]
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    found: dict[Flow, int] = {}
    for flow in sorted(running, key=lambda one: abs(one.target - one.source)):
        rows = min(flow.source, flow.target), max(flow.source, flow.target)
        track = 0
        while any(
            rows[0] <= last and first <= rows[1]
            for first, last in taken.get((_lane(graph, flow), track), ())
        ):
            track += 1
        taken.setdefault((_lane(graph, flow), track), []).append(rows)
        found[flow] = track
    return found
