"""A SOP as one long drawing, or as pages of A4 on which it can be signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ckanext.satudata.sop import sheet
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing import head, routing, table
from ckanext.satudata.sop.drawing import rows as r
from ckanext.satudata.sop.drawing.blocks import Block, stacked
from ckanext.satudata.sop.drawing.columns import (
    LANE_NAME,
    LANE_PAD,
    columns_of,
    lane_name,
    lane_widths,
)
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, Flow, Graph, graph_of
from ckanext.satudata.sop.drawing.legend import LEGEND_HEIGHT, draw_legend
from ckanext.satudata.sop.drawing.metrics import wrapped
from ckanext.satudata.sop.drawing.plan import Part, Placed, Plan, least_height, parts_of
from ckanext.satudata.sop.drawing.shapes import Canvas, Page, Style, Text

A4 = (841.89, 595.28)
MARGIN = 28.0
FOOT = 24.0
WIDE = A4[0] - 2 * MARGIN
_GAP = 10.0
_ENDLESS = 1e9
_ROUNDING = 1e-6
FOOTER = Style(7, 8.4)
DRAFT, DRAFT_STYLE = "DRAF: belum diberlakukan", Style(10, 16, bold=True)
"""What stands over every page of a text that nobody has put in force."""


@dataclass(frozen=True)
class Sheets:
    """Pages; `scale` is what makes a sheet that is wider than the paper fit."""

    pages: tuple[Page, ...]
    scale: float


def long_drawing(sop: Sop, *, with_head: bool = True, draft: bool = False) -> Page:
    """The whole sheet without a page break: its head block unless it is not wanted, its table."""
    plan = _plan(sop, frozenset())
    wide = plan.columns.wide
    canvas = Canvas()
    top = 0.0
    if draft:
        canvas.loose.append(_draft_mark(wide, DRAFT_STYLE.size, 1.0))
        top += DRAFT_STYLE.lead
    if with_head:
        top = stacked(head.head_blocks(sop, wide), canvas, top) + _GAP
    top = table.draw_heading(canvas, plan.columns, top)
    parts = [part for row in plan.rows for part in parts_of(plan, row, _ENDLESS)]
    placed, top = _place(parts, top)
    table.draw_rows(canvas, plan, placed)
    if with_head and (closing := head.closing_blocks(sop, wide)):
        top = stacked(closing, canvas, top + _GAP)
    top = draw_legend(canvas, top + _GAP, inferred=_any_inferred(sop))
    return canvas.page(wide, top)


def sheets_for_signature(sop: Sop, *, draft: bool = False) -> Sheets:
    """The sheet on pages of A4, landscape: head, table, closing parts, signature, notes."""
    plan, pages = _paged_table(sop)
    wide = plan.columns.wide
    scale = _scale(plan)
    before = _Pager(scale)
    before.add(head.head_blocks(sop, wide))
    canvases = before.canvases
    for placed in pages:
        canvas = Canvas()
        table.draw_heading(canvas, plan.columns, 0.0)
        table.draw_rows(canvas, plan, placed)
        canvases.append(canvas)
    after = _Pager(scale, canvases[-1], pages[-1][-1].bottom)
    after.add(head.closing_blocks(sop, wide))
    after.sign(head.signature_block(sop, wide), inferred=_any_inferred(sop))
    after.add(head.note_blocks(sop, wide), fresh=True)
    canvases += after.canvases[1:]
    high = _room(scale)
    drawn = [canvas.page(wide, high) for canvas in canvases]
    footed = tuple(_footed(sop, drawn, scale))
    return Sheets(tuple(_as_draft(page, scale) for page in footed) if draft else footed, scale)


def _scale(plan: Plan) -> float:
    """What makes the table fit: its columns side by side, and its highest symbol on one page."""
    highest = max(least_height(plan, node.step) for node in plan.graph.nodes)
    need = table.heading_height(plan.columns) + highest
    return min(1.0, WIDE / plan.columns.wide, _room(1.0) / need)


def _room(scale: float) -> float:
    """The height that a page has for its content, in the points of the drawing."""
    return (A4[1] - 2 * MARGIN - FOOT) / scale


class _Pager:
    """Puts blocks below each other, and on the next page when they do not fit."""

    def __init__(self, scale: float, canvas: Canvas | None = None, top: float = 0.0) -> None:
        self.canvases = [canvas or Canvas()]
        self._room = _room(scale)
        self._top = top

    def add(self, blocks: Iterable[Block], *, fresh: bool = False) -> None:
        """Add blocks; `fresh`: on a page of their own."""
        for number, block in enumerate(blocks):
            if fresh and number == 0:
                self._turn()
            elif number == 0 and self._top > 0:
                self._top += _GAP
            self._put(block)

    def sign(self, block: Block, *, inferred: bool) -> None:
        """The legend, and at its right the signature."""
        high = max(block.height, LEGEND_HEIGHT)
        if self._top > 0:
            self._top += _GAP
        if self._top + high > self._room:
            self._turn()
        draw_legend(self.canvases[-1], self._top, inferred=inferred)
        block.draw(self.canvases[-1], self._top)
        self._top += high

    def _put(self, block: Block) -> None:
        left = self._room - self._top
        if block.whole and left < block.height <= self._room:
            self._turn()
        while block.height > self._room - self._top:
            if self._room - self._top > 5 * block.style.lead:
                part, block = block.cut(self._room - self._top)
                part.draw(self.canvases[-1], self._top)
            self._turn()
        self._top = block.draw(self.canvases[-1], self._top)

    def _turn(self) -> None:
        self.canvases.append(Canvas())
        self._top = 0.0


def _footed(sop: Sop, pages: Sequence[Page], scale: float) -> Iterable[Page]:
    """Each page with its number and the name of the SOP below it."""
    y = _room(scale) + 14 / scale
    style = Style(FOOTER.size / scale, FOOTER.lead / scale)
    for number, page in enumerate(pages, 1):
        place = f"Halaman {number} dari {len(pages)}"
        right = Text(page.width, y, place, style)
        right = replace(right, x=page.width - right.wide)
        name = wrapped(sop.sop.nama, style.size, page.width - right.wide - 20)
        short = name[0] + (" …" if len(name) > 1 else "")
        yield replace(page, loose=(*page.loose, Text(0, y, short, style), right))


def _as_draft(page: Page, scale: float) -> Page:
    """A page that says in its upper margin that nothing is in force by it."""
    return replace(page, loose=(*page.loose, _draft_mark(page.width, -8 / scale, scale)))


def _draft_mark(wide: float, y: float, scale: float) -> Text:
    style = replace(DRAFT_STYLE, size=DRAFT_STYLE.size / scale)
    mark = Text(wide, y, DRAFT, style)
    return replace(mark, x=wide - mark.wide)


def _any_inferred(sop: Sop) -> bool:
    return bool(sheet.marks(sop))


def _plan(sop: Sop, apart: frozenset[Flow]) -> Plan:
    """Lanes, ports, tracks and columns, when the ends of `apart` stand on different pages."""
    graph = graph_of(sop)
    rows = r.rows_of(sop)
    ports = {node.step: routing.ports_of(graph, node, apart) for node in graph.nodes}
    tracks = routing.tracks_of(graph)
    rooms = routing.lane_rooms(graph, ports, tracks, apart)
    columns = columns_of(rows, graph, rooms, _names(graph, rooms), WIDE)
    return Plan(graph, rows, ports, tracks, columns, apart, {})


def _names(graph: Graph, rooms: Sequence[routing.LaneRoom]) -> list[tuple[str, ...]]:
    return [
        wrapped(lane_name(lane.name, lane.inferred), LANE_NAME.size, wide - 2 * LANE_PAD, bold=True)
        for lane, wide in zip(graph.lanes, lane_widths(graph, rooms), strict=True)
    ]


def _letters(graph: Graph, crossing: frozenset[Flow]) -> dict[Flow, str]:
    """A letter for each way from page to page, in the order of the sheet: A … Z, AA …"""
    found = [flow for flow in graph.flows if flow in crossing]
    return {flow: _letter(number) for number, flow in enumerate(found)}


def _letter(number: int) -> str:
    rest, last = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + last)


def _paged_table(sop: Sop) -> tuple[Plan, list[list[Placed]]]:
    """The plan and the rows of each page.

    Which ways need connectors depends on where the pages end, and that on the room connectors
    take; so ways are set apart until no other one crosses a page. It ends, as none comes back.
    """
    apart: frozenset[Flow] = frozenset()
    while True:
        plan = _plan(sop, apart)
        pages = _pages(plan)
        page_of = {
            one.step: number
            for number, placed in enumerate(pages)
            for one in placed
            if one.part.first
        }
        crossing = frozenset(
            flow
            for flow in plan.graph.flows
            if flow.target != ELSEWHERE and page_of[flow.source] != page_of[flow.target]
        )
        if crossing <= apart:
            return replace(plan, letters=_letters(plan.graph, crossing)), pages
        apart |= crossing


def _pages(plan: Plan) -> list[list[Placed]]:
    top = table.heading_height(plan.columns)
    room = _room(_scale(plan)) + _ROUNDING
    pages: list[list[Part]] = [[]]
    y = top
    for part in (one for row in plan.rows for one in parts_of(plan, row, room - top)):
        if pages[-1] and y + part.height > room:
            pages.append([])
            y = top
        pages[-1].append(part)
        y += part.height
    return [_place(parts, top)[0] for parts in pages]


def _place(parts: Sequence[Part], top: float) -> tuple[list[Placed], float]:
    tops = [top]
    for part in parts:
        tops.append(tops[-1] + part.height)
    return [Placed(part, y) for part, (y, _) in zip(parts, pairwise(tops), strict=True)], tops[-1]
