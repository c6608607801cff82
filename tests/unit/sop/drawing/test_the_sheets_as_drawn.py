"""The five sheets as PDF and as SVG say what the printed sheets say, cell by cell, and no row more.

The sheets stand in `tests/unit/sop/sheets`, written down by hand and not read from the files.
"""

from __future__ import annotations

from functools import cache
from xml.etree import ElementTree as ET

import pytest

from ckanext.satudata.sop.drawing.graph import graph_of
from ckanext.satudata.sop.drawing.layout import DRAFT, long_drawing
from ckanext.satudata.sop.drawing.metrics import width
from ckanext.satudata.sop.drawing.pdf import drawing_of, pdf
from ckanext.satudata.sop.drawing.svg import Words, svg
from tests.unit.sop.drawing.pdf_table import compact, fragments, table_of
from tests.unit.sop.sheets.five import SHEETS, file_of, named
from tests.unit.sop.sheets.row import Row, Sheet

SVG = "{http://www.w3.org/2000/svg}"
each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=named)
each_row = pytest.mark.parametrize(
    ("sheet", "row"),
    [(sheet, row) for sheet in SHEETS for row in sheet.rows],
    ids=[f"{named(sheet)}/{row.step}" for sheet in SHEETS for row in sheet.rows],
)

Table = dict[tuple[int, str], str]


@cache
def from_pdf(sheet: Sheet) -> Table:
    return table_of(file_of(sheet))


@cache
def drawing(sheet: Sheet) -> ET.Element:
    return ET.fromstring(svg(file_of(sheet), Words("Lembar", "Lembar")))


@cache
def from_svg(sheet: Sheet) -> Table:
    found: Table = {}
    for group in drawing(sheet).iter(f"{SVG}g"):
        if group.get("data-row", "0") != "0":
            key = (int(group.get("data-row", "")), group.get("data-cell", ""))
            found[key] = compact("".join(one.text or "" for one in group.iter(f"{SVG}text")))
    return found


def expected(sheet: Sheet, row: Row) -> dict[str, str]:
    """The cells of a row of the printed sheet. A time for several rows stands in the first."""
    time = row.time
    later = time is not None and any(
        other < row.step and sheet.rows[other - 1].time for other in time.shared
    )
    cells = {
        "no": str(row.step),
        "uraian": (row.stage or "") + row.wording,
        "kelengkapan": "; ".join(row.needs or ()),
        "waktu": time.text if time and not later else "",
        "output": row.output or "",
        "keterangan": row.remark or "",
    }
    return {name: compact(text) for name, text in cells.items()}


def drawn(table: Table, row: Row) -> dict[str, str]:
    names = ("no", "uraian", "kelengkapan", "waktu", "output", "keterangan")
    return {name: table.get((row.step, name), "") for name in names}


@each_row
def test_a_row_of_the_pdf_is_the_row_of_the_sheet(sheet: Sheet, row: Row) -> None:
    assert drawn(from_pdf(sheet), row) == expected(sheet, row)


@each_row
def test_a_row_of_the_svg_is_the_row_of_the_sheet(sheet: Sheet, row: Row) -> None:
    assert drawn(from_svg(sheet), row) == expected(sheet, row)


@each_sheet
def test_neither_has_a_row_more(sheet: Sheet) -> None:
    steps = {row.step for row in sheet.rows}
    assert [{step for step, _name in table} for table in (from_pdf(sheet), from_svg(sheet))] == [
        steps,
        steps,
    ]


@each_row
def test_the_symbol_of_a_row_stands_in_the_lane_of_its_actor(sheet: Sheet, row: Row) -> None:
    page = long_drawing(file_of(sheet))
    (figure,) = (one for one in page.figures if one.main and one.step == row.step)
    (heading,) = (
        cell
        for cell in page.cells
        if cell.name == "lajur" and cell.frame.x < figure.frame.x < cell.frame.right
    )
    assert compact("".join(line.text for line in heading.lines)) == compact(row.actor)


@each_row
def test_who_hears_the_drawing_is_told_the_actor_and_the_wording(sheet: Sheet, row: Row) -> None:
    (name,) = (
        one.get("aria-label", "")
        for one in drawing(sheet).iter(f"{SVG}g")
        if one.get("data-step") == str(row.step)
    )
    assert name.startswith(f"Langkah {row.step}, {row.actor}")
    assert row.wording.rstrip(".") in name


@each_sheet
def test_the_pdf_names_every_lane_on_every_page_of_the_table(sheet: Sheet) -> None:
    pages: dict[int, str] = {}
    for page, _x, _y, text in fragments(pdf(file_of(sheet))):
        pages[page] = pages.get(page, "") + text
    tables = [compact(text) for text in pages.values() if "Uraian Kegiatan" in text]
    names = [compact(lane.name) for lane in graph_of(file_of(sheet)).lanes]
    assert [name for text in tables for name in names if name not in text] == []


@each_sheet
def test_the_pdf_has_every_cell_of_the_head(sheet: Sheet) -> None:
    whole = compact("".join(text for *_, text in fragments(pdf(file_of(sheet)))))
    cells = [value for name, value in sheet.head.items() if name != "tanggal"]
    texts = [one for value in cells for one in (value if isinstance(value, tuple) else (value,))]
    assert [t for t in texts if isinstance(t, str) and compact(t) not in whole] == []


@each_sheet
def test_the_ways_of_the_drawing_are_those_of_the_sheet(sheet: Sheet) -> None:
    ways = {(way.source, way.target) for way in long_drawing(file_of(sheet)).ways if way.source}
    ways -= {(step, step) for step, _ in ways if step not in _loops(sheet)}
    printed = {(row.step, way.to) for row in sheet.rows for way in row.ways.values()}
    assert {way for way in ways if way[1]} == {way for way in printed if way[1]}


def _loops(sheet: Sheet) -> set[int]:
    return {row.step for row in sheet.rows for way in row.ways.values() if way.to == row.step}


@each_sheet
def test_the_same_file_gives_the_same_pdf(sheet: Sheet) -> None:
    assert pdf(file_of(sheet)) == pdf(file_of(sheet))


@each_sheet
@pytest.mark.parametrize("draft", [True, False])
def test_every_page_of_a_draft_says_so_and_no_other(sheet: Sheet, draft: bool) -> None:
    pages = drawing_of(file_of(sheet), draft=draft)["pages"]
    marked = [any(one.get("text") == DRAFT for one in page) for page in pages]
    assert marked == [draft] * len(pages)


@each_sheet
def test_the_mark_of_a_draft_stands_on_the_paper(sheet: Sheet) -> None:
    shown = drawing_of(file_of(sheet), draft=True)
    mark = next(one for one in shown["pages"][0] if one.get("text") == DRAFT)
    right = mark["x"] + width(DRAFT, mark["size"], bold=True)
    assert (mark["y"] > mark["size"], right < shown["width"]) == (True, True)
