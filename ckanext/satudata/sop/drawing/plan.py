"""A table whose measures are known: what its rows take up, and where a symbol stands in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from ckanext.satudata.sop.drawing import routing
from ckanext.satudata.sop.drawing import rows as r
from ckanext.satudata.sop.drawing.columns import Columns
from ckanext.satudata.sop.drawing.graph import Flow, Graph, Node
from ckanext.satudata.sop.drawing.metrics import wrapped
from ckanext.satudata.sop.drawing.shapes import Kind, Point

BAND = 8.0
"""Room above the topmost and below the lowest thing of a row; the way to the next row crosses
the lanes in it."""
_CONNECTOR_BAND = 22.0
_START = 24.0


@dataclass(frozen=True)
class Plan:
    """Everything about a table but where its rows stand."""

    graph: Graph
    rows: tuple[r.Row, ...]
    ports: Mapping[int, routing.Ports]
    tracks: Mapping[Flow, int]
    columns: Columns
    apart: frozenset[Flow]
    letters: Mapping[Flow, str]


@dataclass(frozen=True)
class Part:
    """A row, or a part of one that no page is long enough for; only the first has the symbol."""

    row: r.Row
    lines: Mapping[str, tuple[str, ...]]
    stage_lines: int
    height: float
    first: bool = True


@dataclass(frozen=True)
class Placed:
    """A part on its page, from `top` on."""

    part: Part
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.part.height

    @property
    def step(self) -> int:
        return self.part.row.step


def parts_of(plan: Plan, row: r.Row, room: float) -> list[Part]:
    """A row as one part, or as several of at most `room` points."""
    lines = {name: _wrapped(plan, row, name) for name in r.TEXT_COLUMNS}
    stage = len(wrapped(row.stage, r.STRONG.size, _room(plan, r.WORDING), bold=True))
    least = least_height(plan, row.step)
    most = max(int((room - 2 * r.PAD) // r.CELL.lead), 1)
    longest = max(len(found) for found in lines.values())
    found = []
    for start in range(0, max(longest, 1), most):
        cut = {name: one[start : start + most] for name, one in lines.items()}
        high = max(len(one) for one in cut.values()) * r.CELL.lead + 2 * r.PAD
        first = start == 0
        bold = max(stage - start, 0)
        # A part that goes on says so below its number.
        floor = least if first else 2 * r.CELL.lead + 2 * r.PAD
        found.append(Part(row, cut, bold, max(high, floor), first))
    return found


def _wrapped(plan: Plan, row: r.Row, name: str) -> tuple[str, ...]:
    room = _room(plan, name)
    stage = wrapped(row.stage, r.STRONG.size, room, bold=True) if name == r.WORDING else ()
    return (*stage, *wrapped(row.texts[name], r.CELL.size, room))


def _room(plan: Plan, name: str) -> float:
    return plan.columns.texts[name].w - 2 * r.PAD


def _bands(plan: Plan, step: int) -> tuple[float, float]:
    """What a row needs above and below what stands at its symbol."""
    ports, node = plan.ports[step], plan.graph.node(step)
    above = below = BAND
    for flow in plan.apart:
        above = _CONNECTOR_BAND if flow.plain and flow.target == step else above
        below = _CONNECTOR_BAND if flow.plain and flow.source == step else below
    if step == 1 and node.kind is Kind.DIAMOND:
        above = max(above, _START)
    words = len(ports.below) * routing.LABEL.lead
    return above, below + (words + 1 if words else 0)


def least_height(plan: Plan, step: int) -> float:
    ports = plan.ports[step]
    return sum(_bands(plan, step)) + ports.above_middle + ports.below_middle


def middle_of(plan: Plan, one: Placed) -> Point:
    """The middle of a row's symbol: in the middle of what its bands leave."""
    ports = plan.ports[one.step]
    above, below = _bands(plan, one.step)
    spare = one.part.height - least_height(plan, one.step)
    y = one.top + above + ports.above_middle + spare / 2
    return plan.columns.lanes[plan.graph.node(one.step).lane].middle, y


def edge_of(node: Node, plan: Plan, dy: float) -> float:
    """How far from the middle the side of a symbol stands at the height `dy`."""
    half = routing.SIZE[node.kind][0] / 2
    high = plan.ports[node.step].height / 2
    if node.kind is Kind.DIAMOND:
        return half * (1 - abs(dy) / high)
    if node.kind is Kind.CAPSULE:
        radius = min(high, half)
        past = max(abs(dy) - (high - radius), 0.0)
        return half - radius + sqrt(max(radius**2 - past**2, 0.0))
    return half
