"""Rows on a page: headings, and the text of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ckanext.satudata.sop.drawing import rows as r
from ckanext.satudata.sop.drawing.columns import (
    HEADING,
    HEADINGS,
    LANE_NAME,
    LANE_PAD,
    Columns,
)
from ckanext.satudata.sop.drawing.metrics import wrapped
from ckanext.satudata.sop.drawing.plan import Part, Placed, Plan
from ckanext.satudata.sop.drawing.shapes import Canvas, Cell, Frame, Style, Text, set_lines
from ckanext.satudata.sop.drawing.symbols import draw_symbols
from ckanext.satudata.sop.drawing.ways import draw_flow

_TOP_HEADING = 14.0


def heading_height(columns: Columns) -> float:
    """The height of the two rows of headings."""
    lines = max((len(lane.name_lines) for lane in columns.lanes), default=1)
    return _TOP_HEADING + lines * LANE_NAME.lead + 2 * r.PAD


def draw_heading(canvas: Canvas, columns: Columns, top: float) -> float:
    """The rows of headings from `top` on; where they end."""
    whole = heading_height(columns)
    second = top + _TOP_HEADING
    for name, column in columns.texts.items():
        split = name in (r.NEEDS, r.TIME, r.OUTPUT)
        y, high = (second, whole - _TOP_HEADING) if split else (top, whole)
        _heading(canvas, HEADINGS[name], Frame(column.x, y, column.w, high), HEADING)
    lanes = columns.lanes
    across = Frame(lanes[0].x, top, lanes[-1].right - lanes[0].x, _TOP_HEADING)
    _heading(canvas, "Pelaksana", across, HEADING)
    needs, output = columns.texts[r.NEEDS], columns.texts[r.OUTPUT]
    norm = Frame(needs.x, top, output.right - needs.x, _TOP_HEADING)
    _heading(canvas, "Mutu Baku", norm, HEADING)
    for lane in lanes:
        frame = Frame(lane.x, second, lane.right - lane.x, whole - _TOP_HEADING)
        text = set_lines(lane.name_lines, frame, LANE_NAME, LANE_PAD, centred=True)
        canvas.cells.append(Cell(frame, "lajur", 0, text, shaded=True))
    return top + whole


def _heading(canvas: Canvas, text: str, frame: Frame, style: Style) -> None:
    lines = set_lines(wrapped(text, style.size, frame.w - 4, bold=True), frame, style, r.PAD,
                      centred=True)  # fmt: skip
    canvas.cells.append(Cell(frame, "judul", 0, lines, shaded=True))


def draw_rows(canvas: Canvas, plan: Plan, placed: Sequence[Placed]) -> None:
    """The cells, symbols and ways of the rows of one page."""
    for at, one in enumerate(placed):
        _draw_texts(canvas, plan, placed, at)
        for number, lane in enumerate(plan.columns.lanes):
            frame = Frame(lane.x, one.top, lane.right - lane.x, one.part.height)
            canvas.cells.append(Cell(frame, f"lajur {number}", one.step, ()))
    here = {one.step: one for one in placed if one.part.first}
    for one in here.values():
        draw_symbols(canvas, plan, one)
    for flow in plan.graph.flows:
        draw_flow(canvas, plan, flow, here)


def _draw_texts(canvas: Canvas, plan: Plan, placed: Sequence[Placed], at: int) -> None:
    one = placed[at]
    for name, column in plan.columns.texts.items():
        frame = Frame(column.x, one.top, column.w, one.part.height)
        if name == r.NUMBER:
            words = (str(one.step),) if one.part.first else (str(one.step), "(lanj.)")
            style = replace(r.CELL, size=6.0) if not one.part.first else r.CELL
            texts = set_lines(words, frame, style, r.PAD, centred=True)
        elif name == r.TIME and _shares(placed, at - 1, at):
            continue
        else:
            if name == r.TIME:
                frame = _over_shared(placed, at, frame)
            texts = _with_stage(one.part, name, frame)
        canvas.cells.append(Cell(frame, name, one.step, texts))


def _with_stage(part: Part, name: str, frame: Frame) -> tuple[Text, ...]:
    texts = set_lines(part.lines[name], frame, r.CELL, r.PAD)
    if name != r.WORDING:
        return texts
    bold = (replace(text, style=r.STRONG) for text in texts[: part.stage_lines])
    return (*bold, *texts[part.stage_lines :])


def _shares(placed: Sequence[Placed], before: int, at: int) -> bool:
    """Whether two parts that follow each other on a page have one time."""
    if before < 0 or at >= len(placed):
        return False
    upper, lower = placed[before].part, placed[at].part
    return upper.first and lower.first and upper.row.shares_time == lower.row.shares_time and (
        lower.row.step in upper.row.shares_time
    )  # fmt: skip


def _over_shared(placed: Sequence[Placed], at: int, frame: Frame) -> Frame:
    last = at
    while _shares(placed, last, last + 1):
        last += 1
    return replace(frame, h=placed[last].bottom - frame.y)
