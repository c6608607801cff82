"""The sheet as PDF for signature: A4, landscape, set by typst.

Typst gets the drawing as data and a program that never changes, so no text of a SOP file is ever
read as typst. Liberation Sans (Debian's `fonts-liberation`) is what the drawing is measured in;
without it and its like typst takes a font of its own, which is narrower.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typst

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.layout import A4, MARGIN, sheets_for_signature
from ckanext.satudata.sop.drawing.outlines import arrow_head, corners
from ckanext.satudata.sop.drawing.shapes import Cell, Figure, Kind, Page, Text, Way

FONTS = ("Liberation Sans", "Arial", "Arimo", "Libertinus Serif")

_PROGRAM = """
#let drawing = json(bytes(sys.inputs.drawing))
#set document(title: drawing.title, author: drawing.author, date: none)
#set page(width: drawing.width * 1pt, height: drawing.height * 1pt, margin: 0pt)
#set text(
  font: drawing.fonts, lang: "id", kerning: false, ligatures: false, hyphenate: false,
  top-edge: "baseline", bottom-edge: "baseline",
)
#let ink = rgb("#1b2733")
#let pen(one) = (
  paint: ink, thickness: one.pen * 1pt, dash: if one.dashed { (3pt, 2pt) } else { "solid" },
)
#let put(x, y, body) = place(top + left, dx: x * 1pt, dy: y * 1pt, body)
#let drawn(one) = {
  if one.kind == "text" {
    put(one.x, one.y, box(text(
      size: one.size * 1pt, weight: if one.bold { "bold" } else { "regular" }, one.text,
    )))
  } else if one.kind == "box" {
    put(one.x, one.y, pdf.artifact(rect(
      width: one.w * 1pt, height: one.h * 1pt, radius: one.radius * 1pt,
      fill: if one.fill == "" { none } else { rgb(one.fill) },
      stroke: if one.pen == 0 { none } else { pen(one) },
    )))
  } else if one.kind == "line" {
    put(0, 0, pdf.artifact(curve(
      stroke: pen(one),
      curve.move((one.points.at(0).at(0) * 1pt, one.points.at(0).at(1) * 1pt)),
      ..one.points.slice(1).map(to => curve.line((to.at(0) * 1pt, to.at(1) * 1pt))),
    )))
  } else {
    put(0, 0, pdf.artifact(polygon(
      fill: rgb(one.fill), stroke: if one.pen == 0 { none } else { pen(one) },
      ..one.points.map(to => (to.at(0) * 1pt, to.at(1) * 1pt)),
    )))
  }
}
#for (number, page) in drawing.pages.enumerate() {
  if number > 0 { pagebreak() }
  for one in page { drawn(one) }
}
"""


def pdf(sop: Sop, *, draft: bool = False) -> bytes:
    """The sheet as PDF; the same SOP gives the same bytes. `draft`: marked as not in force."""
    inputs = _inputs(sop, draft=draft)
    made = typst.compile(_PROGRAM.encode(), format="pdf", sys_inputs=inputs)
    return bytes(made)


def pictures(sop: Sop, *, dots_per_inch: float = 96) -> list[bytes]:
    """The pages of the PDF as PNG, to be looked at."""
    inputs = _inputs(sop)
    made = typst.compile(_PROGRAM.encode(), format="png", ppi=dots_per_inch, sys_inputs=inputs)
    return made if isinstance(made, list) else [made]


def _inputs(sop: Sop, *, draft: bool = False) -> dict[str, str]:
    return {"drawing": json.dumps(drawing_of(sop, draft=draft), ensure_ascii=False)}


def drawing_of(sop: Sop, *, draft: bool = False) -> dict[str, Any]:
    """What typst is given: sizes in points, and each page in the order of reading."""
    sheets = sheets_for_signature(sop, draft=draft)
    return {
        "title": sop.sop.nama,
        "author": sop.sop.instansi,
        "width": A4[0],
        "height": A4[1],
        "fonts": FONTS,
        "pages": [_Scaled(sheets.scale).all_of(page) for page in sheets.pages],
    }


class _Scaled:
    """The shapes of a page as typst's program takes them, from the margin on, at a scale."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def all_of(self, page: Page) -> list[dict[str, Any]]:
        # Borders first: a cell's ground must not hide what is drawn into its neighbour.
        found = [self._ground(cell) for cell in page.cells]
        found += [self._text(text) for cell in page.cells for text in cell.lines]
        found += [one for way in page.ways for one in self._way(way)]
        found += [one for figure in page.figures for one in self._figure(figure)]
        return [*found, *(self._text(text) for text in page.loose)]

    def _at(self, value: float) -> float:
        return round(MARGIN + value * self._scale, 3)

    def _long(self, value: float) -> float:
        return round(value * self._scale, 3)

    def _points(self, points: tuple[tuple[float, float], ...]) -> list[list[float]]:
        return [[self._at(x), self._at(y)] for x, y in points]

    def _box(self, frame: Any, *, fill: str, pen: float) -> dict[str, Any]:
        place = {"x": self._at(frame.x), "y": self._at(frame.y)}
        size = {"w": self._long(frame.w), "h": self._long(frame.h), "radius": 0}
        return {"kind": "box", **place, **size, "fill": fill, "pen": pen, "dashed": False}

    def _ground(self, cell: Cell) -> dict[str, Any]:
        fill = "#f1f3f5" if cell.shaded else ""
        return self._box(cell.frame, fill=fill, pen=0.6 if cell.ruled else 0)

    def _text(self, text: Text) -> dict[str, Any]:
        style = {"size": self._long(text.style.size), "bold": text.style.bold}
        place = {"x": self._at(text.x), "y": self._at(text.y)}
        return {"kind": "text", **place, **style, "text": text.text}

    def _way(self, way: Way) -> Iterator[dict[str, Any]]:
        points = self._points(way.points)
        yield {"kind": "line", "points": points, "pen": 0.9, "dashed": way.inferred}
        for ends in (way.points, way.points[::-1])[: 2 if way.mutual else 1]:
            head = self._points(arrow_head(ends))
            yield {"kind": "shape", "points": head, "fill": "#1b2733", "pen": 0, "dashed": False}
        yield from (self._text(text) for text in way.label)

    def _figure(self, one: Figure) -> Iterator[dict[str, Any]]:
        look = {"fill": "#ffffff", "pen": 1, "dashed": one.inferred}
        if one.kind in (Kind.BOX, Kind.CAPSULE):
            radius = min(one.frame.h, one.frame.w) / 2 if one.kind is Kind.CAPSULE else 0
            box = self._box(one.frame, fill="#ffffff", pen=1)
            yield {**box, **look, "radius": self._long(radius)}
        else:
            yield {"kind": "shape", "points": self._points(corners(one)), **look}
        if one.text is not None:
            yield self._text(one.text)
