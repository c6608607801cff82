"""Of any sheet: no text leaves its cell, no line runs through a symbol, nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.graph import ELSEWHERE, graph_of
from ckanext.satudata.sop.drawing.layout import long_drawing, sheets_for_signature
from ckanext.satudata.sop.drawing.shapes import Cell, Figure, Frame, Kind, Page, Point, Text, Way
from tests.unit.sop.drawing.any_sheet import sheets
from tests.unit.sop.sheets.five import SHEETS, file_of

SOPS = st.one_of(sheets(), st.sampled_from([file_of(sheet) for sheet in SHEETS]))
HAIR = 0.01
any_sheet = given(SOPS)
# A failing sheet is large, and to make it smaller takes minutes that tell nothing.
few = settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])


def pages(sop: Sop) -> Iterator[Page]:
    yield long_drawing(sop)
    yield from sheets_for_signature(sop).pages


def holds(frame: Frame, x: float, y: float, more: float = HAIR) -> bool:
    return frame.x - more <= x <= frame.right + more and frame.y - more <= y <= frame.bottom + more


def box_of(text: Text) -> Frame:
    """What the letters of a text take up: from their height down to the tails."""
    size = text.style.size
    return Frame(text.x, text.y - 0.73 * size, text.wide, 0.94 * size)


def inside(frame: Frame, room: Frame) -> bool:
    return holds(room, frame.x, frame.y) and holds(room, frame.right, frame.bottom)


def steps_along(way: Way) -> Iterator[Point]:
    """Points of a way, less than a point apart."""
    for (x, y), (to_x, to_y) in pairwise(way.points):
        count = int(max(abs(to_x - x), abs(to_y - y)) / 0.7) + 1
        for at in range(count + 1):
            yield x + (to_x - x) * at / count, y + (to_y - y) * at / count


def within(figure: Figure, point: Point) -> bool:
    """Whether a point lies inside a symbol and not just on its edge."""
    (x, y), (mid_x, mid_y) = point, figure.frame.middle
    dx, dy = abs(x - mid_x) + 0.8, abs(y - mid_y) + 0.8
    half, high = figure.frame.w / 2, figure.frame.h / 2
    if figure.kind is Kind.DIAMOND:
        return dx / half + dy / high < 1
    if figure.kind is Kind.CAPSULE:
        round_ = min(half, high)
        return max(dx - half + round_, 0) ** 2 + max(dy - high + round_, 0) ** 2 < round_**2
    return dx < half and dy < high


def lane_cell(page: Page, figure: Figure) -> Cell:
    (found,) = (
        cell
        for cell in page.cells
        if cell.name == f"lajur {figure.lane}"
        and cell.row == figure.step
        and holds(cell.frame, *figure.frame.middle)
    )
    return found


def in_the_table(page: Page) -> list[Figure]:
    return [figure for figure in page.figures if figure.step]


@few
@any_sheet
def test_no_text_leaves_its_cell(sop: Sop) -> None:
    assert [
        (cell.name, line.text)
        for page in pages(sop)
        for cell in page.cells
        for line in cell.lines
        if not inside(box_of(line), cell.frame)
    ] == []


@few
@any_sheet
def test_no_cell_leaves_its_page(sop: Sop) -> None:
    assert [
        cell.name
        for page in pages(sop)
        for cell in page.cells
        if not inside(cell.frame, Frame(0, 0, page.width, page.height))
    ] == []


@few
@any_sheet
def test_no_line_runs_through_a_symbol(sop: Sop) -> None:
    assert [
        (way.source, way.target, figure.kind.value, figure.step)
        for page in pages(sop)
        for way in page.ways
        for figure in page.figures
        if any(within(figure, point) for point in steps_along(way))
    ] == []


@few
@any_sheet
def test_no_line_runs_through_the_words_on_a_way(sop: Sop) -> None:
    assert [
        (way.source, way.target, text.text)
        for page in pages(sop)
        for text in (line for one in page.ways for line in one.label)
        for way in page.ways
        if any(holds(box_of(text), *point, more=-0.3) for point in steps_along(way))
    ] == []


@few
@any_sheet
def test_each_symbol_stands_in_the_cell_of_its_row_and_lane(sop: Sop) -> None:
    assert [
        (figure.kind, figure.step)
        for page in pages(sop)
        for figure in in_the_table(page)
        if not inside(figure.frame, lane_cell(page, figure).frame)
    ] == []


@few
@any_sheet
def test_the_words_on_a_way_stay_in_the_lane_they_begin_in(sop: Sop) -> None:
    lanes = {node.step: node.lane for node in graph_of(sop).nodes}
    assert [
        text.text
        for page in pages(sop)
        for way in page.ways
        for text in way.label
        if not any(
            inside(box_of(text), cell.frame)
            for cell in page.cells
            if (cell.name, cell.row) == (f"lajur {lanes[way.source]}", way.source)
        )
    ] == []


@few
@any_sheet
def test_no_two_symbols_overlap(sop: Sop) -> None:
    assert [
        (one.step, other.step)
        for page in pages(sop)
        for number, one in enumerate(page.figures)
        for other in page.figures[number + 1 :]
        if one.frame.x < other.frame.right
        and other.frame.x < one.frame.right
        and one.frame.y < other.frame.bottom
        and other.frame.y < one.frame.bottom
    ] == []


@few
@any_sheet
def test_every_lane_has_its_heading_on_every_page_of_the_table(sop: Sop) -> None:
    lanes = len(graph_of(sop).lanes)
    counts = {
        sum(cell.name == "lajur" for cell in page.cells)
        for page in pages(sop)
        if any(cell.row for cell in page.cells)
    }
    assert counts == {lanes}


@few
@any_sheet
def test_every_row_has_one_symbol(sop: Sop) -> None:
    steps = [step.langkah for step in sop.langkah]
    long = [one.step for one in long_drawing(sop).figures if one.main]
    paged = [o.step for page in sheets_for_signature(sop).pages for o in page.figures if o.main]
    assert (long, paged) == (steps, steps)


@few
@any_sheet
def test_every_way_is_drawn(sop: Sop) -> None:
    flows = {(flow.source, flow.target) for flow in graph_of(sop).flows}
    for found in ([long_drawing(sop)], sheets_for_signature(sop).pages):
        assert flows <= {(way.source, way.target) for page in found for way in page.ways}


@few
@any_sheet
def test_a_way_to_another_page_has_a_connector_with_the_same_letter_on_both(sop: Sop) -> None:
    lettered: dict[str, list[int]] = {}
    for number, page in enumerate(sheets_for_signature(sop).pages):
        for figure in in_the_table(page):
            if figure.kind is Kind.CONNECTOR and figure.text is not None:
                lettered.setdefault(figure.text.text, []).append(number)
    assert [pair for pair in lettered.values() if len(pair) != 2 or pair[0] == pair[1]] == []


@few
@any_sheet
def test_only_the_five_symbols_are_drawn(sop: Sop) -> None:
    joints = sum(flow.target == ELSEWHERE for flow in graph_of(sop).flows)
    long = [figure.kind for figure in in_the_table(long_drawing(sop))]
    assert long.count(Kind.CONNECTOR) == joints
    assert set(long) <= set(Kind)


@pytest.mark.parametrize("wide", [False, True], ids=["svg", "pdf"])
def test_a_text_of_four_thousand_letters_is_drawn_whole(wide: bool) -> None:
    sop = file_of(SHEETS[0])
    step = sop.langkah[0].model_copy(update={"uraian": "kata " * 800})
    longer = sop.model_copy(update={"langkah": (step, *sop.langkah[1:])})
    found = sheets_for_signature(longer).pages if wide else (long_drawing(longer),)
    lines = [
        line.text
        for page in found
        for cell in page.cells
        if (cell.name, cell.row) == ("uraian", 1)
        for line in cell.lines
    ]
    assert " ".join(lines).split().count("kata") == 800
