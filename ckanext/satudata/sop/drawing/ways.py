"""The ways between symbols that stand on one page, and those that lead to another.

A way whose other end stands on another page ends at a connector, the fifth symbol of the sheet,
with the same letter on both pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from ckanext.satudata.sop.drawing import routing
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, Flow, Node
from ckanext.satudata.sop.drawing.metrics import width
from ckanext.satudata.sop.drawing.plan import BAND, Placed, Plan, edge_of, middle_of
from ckanext.satudata.sop.drawing.shapes import Canvas, Figure, Frame, Kind, Text, Way
from ckanext.satudata.sop.drawing.symbols import word_inside


def draw_flow(canvas: Canvas, plan: Plan, flow: Flow, here: Mapping[int, Placed]) -> None:
    both = flow.source in here and flow.target in here
    if both and flow.plain:
        _draw_plain(canvas, plan, flow, here)
    elif both:
        _draw_in_track(canvas, plan, flow, here)
    else:
        if flow.source in here:
            _draw_leaving(canvas, plan, flow, here[flow.source])
        if flow.target in here:
            _draw_coming(canvas, plan, flow, here[flow.target])


def _draw_plain(canvas: Canvas, plan: Plan, flow: Flow, here: Mapping[int, Placed]) -> None:
    """Down to the next row; across the lanes in the band at the end of the row."""
    source, target = here[flow.source], here[flow.target]
    (x, y), (to_x, to_y) = middle_of(plan, source), middle_of(plan, target)
    start = y + plan.ports[flow.source].height / 2
    end = to_y - plan.ports[flow.target].height / 2
    across = source.bottom - BAND / 2
    points = ((x, start), (x, across), (to_x, across), (to_x, end))
    straight = ((x, start), (x, end))
    way = straight if x == to_x else points
    label = _words_below(plan, flow.source, x, start)
    canvas.ways.append(Way(way, flow.source, flow.target, flow.inferred, label=label))


def _words_below(plan: Plan, step: int, x: float, y: float) -> tuple[Text, ...]:
    lead, size = routing.LABEL.lead, routing.LABEL.size
    return tuple(
        Text(x + 3, y + 1 + at * lead + size * 0.9, line, routing.LABEL)
        for at, line in enumerate(plan.ports[step].below)
    )


def _draw_in_track(canvas: Canvas, plan: Plan, flow: Flow, here: Mapping[int, Placed]) -> None:
    source, target = here[flow.source], here[flow.target]
    (x, y), (to_x, to_y) = middle_of(plan, source), middle_of(plan, target)
    leaves = plan.ports[flow.source].slot(flow, leaves=True)
    comes = plan.ports[flow.target].slot(flow, leaves=False)
    lane = plan.columns.lanes[plan.graph.node(flow.source).lane]
    track = lane.track(plan.tracks[flow])
    start = x + edge_of(plan.graph.node(flow.source), plan, leaves.dy)
    edge = edge_of(plan.graph.node(flow.target), plan, comes.dy)
    end = to_x - edge if comes.from_left else to_x + edge
    points = (
        (start, y + leaves.dy),
        (track, y + leaves.dy),
        (track, to_y + comes.dy),
        (end, to_y + comes.dy),
    )
    label = _words_beside(leaves, x, y)
    canvas.ways.append(Way(points, flow.source, flow.target, flow.inferred, label=label))


def _words_beside(slot: routing.Slot, x: float, y: float) -> tuple[Text, ...]:
    lead = routing.LABEL.lead
    first = y + slot.dy - 3.2 - (len(slot.label) - 1) * lead
    return tuple(
        Text(x + routing.HALF + 2, first + at * lead, line, routing.LABEL)
        for at, line in enumerate(slot.label)
    )


def _draw_leaving(canvas: Canvas, plan: Plan, flow: Flow, one: Placed) -> None:
    """To a connector: below for the next row, at the right for any other."""
    node = plan.graph.node(flow.source)
    x, y = middle_of(plan, one)
    wide, high = routing.SIZE[Kind.CONNECTOR]
    if flow.plain:
        start = y + plan.ports[node.step].height / 2
        top = one.bottom - high - 1.5
        points, label = ((x, start), (x, top)), _words_below(plan, flow.source, x, start)
        frame = Frame(x - wide / 2, top, wide, high)
    else:
        slot = plan.ports[node.step].slot(flow, leaves=True)
        at = y + slot.dy
        words = max((width(line, routing.LABEL.size) for line in slot.label), default=0.0)
        left = x + routing.HALF + max(words + routing.LABEL_APART, routing.STUB)
        points = ((x + edge_of(node, plan, slot.dy), at), (left, at))
        label = _words_beside(slot, x, y)
        frame = Frame(left, at - high / 2, wide, high)
    canvas.ways.append(Way(points, flow.source, flow.target, flow.inferred, label=label))
    _connector(canvas, plan, flow, node, frame)


def _draw_coming(canvas: Canvas, plan: Plan, flow: Flow, one: Placed) -> None:
    node = plan.graph.node(flow.target)
    x, y = middle_of(plan, one)
    wide, high = routing.SIZE[Kind.CONNECTOR]
    if flow.plain:
        end = y - plan.ports[node.step].height / 2
        frame = Frame(x - wide / 2, one.top + 1.5, wide, high)
        points = ((x, frame.bottom), (x, end))
    else:
        slot = plan.ports[node.step].slot(flow, leaves=False)
        at = y + slot.dy
        side = -1 if slot.from_left else 1
        near = x + side * (routing.HALF + routing.STUB)
        frame = Frame(near - wide if slot.from_left else near, at - high / 2, wide, high)
        points = ((near, at), (x + side * edge_of(node, plan, slot.dy), at))
    canvas.ways.append(Way(points, flow.source, flow.target, flow.inferred))
    _connector(canvas, plan, flow, node, frame)


def _connector(canvas: Canvas, plan: Plan, flow: Flow, node: Node, frame: Frame) -> None:
    letter = "" if flow.target == ELSEWHERE else plan.letters[flow]
    text = word_inside(letter, *frame.middle) if letter else None
    figure = Figure(Kind.CONNECTOR, frame, node.step, node.lane, text)
    canvas.figures.append(figure)
