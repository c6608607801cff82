"""The symbols of a row: its own, the start above a choice, and those joined to it."""

from __future__ import annotations

from itertools import pairwise

from ckanext.satudata.sop.drawing import routing
from ckanext.satudata.sop.drawing.graph import Beside, Node
from ckanext.satudata.sop.drawing.metrics import width
from ckanext.satudata.sop.drawing.plan import BAND, Placed, Plan, edge_of, middle_of
from ckanext.satudata.sop.drawing.shapes import Canvas, Figure, Frame, Kind, Point, Style, Text, Way

IN_SYMBOL = Style(6.5, 7.4, bold=True)


def draw_symbols(canvas: Canvas, plan: Plan, one: Placed) -> None:
    node, ports = plan.graph.node(one.step), plan.ports[one.step]
    x, y = middle_of(plan, one)
    wide = routing.SIZE[node.kind][0]
    frame = Frame(x - wide / 2, y - ports.height / 2, wide, ports.height)
    words = _word(plan, node)
    text = word_inside(words, x, y) if words else None
    canvas.figures.append(
        Figure(node.kind, frame, node.step, node.lane, text, node.inferred, main=True)
    )
    if node.step == 1 and node.kind is Kind.DIAMOND:
        _draw_start(canvas, node, x, frame.y)
    if node.beside:
        _draw_beside(canvas, plan, node, (x, y))


def _word(plan: Plan, node: Node) -> str:
    if node.kind is not Kind.CAPSULE:
        return ""
    return "Mulai" if node.step == 1 else "Selesai"


def word_inside(words: str, x: float, y: float) -> Text:
    return Text(x - width(words, IN_SYMBOL.size, bold=True) / 2, y + 2.3, words, IN_SYMBOL)


def _draw_start(canvas: Canvas, node: Node, x: float, top: float) -> None:
    """A sheet that begins with a choice: the capsule stands above it in the same row."""
    wide, high = 30.0, 11.0
    frame = Frame(x - wide / 2, top - BAND - high, wide, high)
    text = word_inside("Mulai", x, frame.middle[1])
    canvas.figures.append(Figure(Kind.CAPSULE, frame, node.step, node.lane, text))
    canvas.ways.append(Way(((x, frame.bottom), (x, top)), node.step, node.step))


def _draw_beside(canvas: Canvas, plan: Plan, node: Node, middle: Point) -> None:
    """The symbols joined to that of a row, each to the next lane's, as on a string."""
    y = middle[1] + plan.ports[node.step].link.dy
    wide, high = routing.SIZE[Kind.BOX][0], routing.BESIDE_HEIGHT
    chain = sorted([*node.beside, Beside(node.lane, inferred=False)], key=lambda one: one.lane)
    for left, right in pairwise(chain):
        start, end = (plan.columns.lanes[one.lane].middle for one in (left, right))
        sides = [
            edge_of(node, plan, y - middle[1]) if one.lane == node.lane else wide / 2
            for one in (left, right)
        ]
        points = ((start + sides[0], y), (end - sides[1], y))
        doubted = left.inferred or right.inferred
        canvas.ways.append(Way(points, node.step, node.step, doubted, mutual=True))
    for one in node.beside:
        x = plan.columns.lanes[one.lane].middle
        frame = Frame(x - wide / 2, y - high / 2, wide, high)
        canvas.figures.append(Figure(Kind.BOX, frame, node.step, one.lane, None, one.inferred))
