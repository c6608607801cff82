"""The drawing as SVG that can be read by eye, by ear and by keyboard.

Each symbol of a row is a link to that row of a table beside the drawing, and its name says in
words what the symbol shows; lines and cells are hidden from screen readers, which have the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from xml.sax.saxutils import escape, quoteattr

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.describe import told
from ckanext.satudata.sop.drawing.graph import Graph, graph_of
from ckanext.satudata.sop.drawing.layout import long_drawing
from ckanext.satudata.sop.drawing.outlines import arrow_head, corners
from ckanext.satudata.sop.drawing.shapes import Cell, Figure, Frame, Kind, Page, Text, Way

INK, QUIET, PAPER, SHADE = "#1b2733", "#55606b", "#ffffff", "#f1f3f5"
FONT = "Liberation Sans, Arial, Arimo, Helvetica, sans-serif"
_MARGIN = 6.0


class At(str, Enum):
    """Where a case stands in a row."""

    VISITED = "visited"
    CURRENT = "current"
    OVERDUE = "overdue"


_LOOK: Mapping[At, tuple[str, str]] = {
    At.VISITED: ("#e5f3ea", "#176b3a"),
    At.CURRENT: ("#e6f0f9", "#0b4f8a"),
    At.OVERDUE: ("#fbe9e7", "#a3231a"),
}


@dataclass(frozen=True)
class Words:
    """What the SVG says in the reader's language. `states` stands beside a symbol's name."""

    title: str
    description: str
    states: Mapping[At, str] = field(default_factory=dict)


def svg(
    sop: Sop,
    words: Words,
    *,
    position: Mapping[int, At] | None = None,
    with_head: bool = True,
    link: Callable[[int], str] | None = None,
    standalone: bool = False,
    page: Page | None = None,
) -> str:
    """The sheet as an SVG document.

    `position`: step to where the case stands there. `link`: step to the address its symbol leads
    to. `standalone`: as a file of its own. `page`: this very sheet as it was laid out before.
    """
    page = page or long_drawing(sop, with_head=with_head)
    wide, high = page.width + 2 * _MARGIN, page.height + 2 * _MARGIN
    writer = _Writer(sop, graph_of(sop), position or {}, words, link)
    # 96 pixels to the inch: a text of 8 points is read at 10.7 pixels.
    size = f'width="{_n(wide * 4 / 3)}" height="{_n(high * 4 / 3)}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_n(wide)} {_n(high)}"'
        f' role="group" aria-labelledby="sop-drawing-title sop-drawing-desc" lang="id"'
        f' font-family={quoteattr(FONT)} fill="{INK}" class="sd-drawing">',
        f'<title id="sop-drawing-title">{escape(words.title)}</title>',
        f'<desc id="sop-drawing-desc">{escape(words.description)}</desc>',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        f'<g transform="translate({_n(_MARGIN)} {_n(_MARGIN)})">',
        *writer.written(page),
        "</g></svg>",
    ]
    declared = ['<?xml version="1.0" encoding="UTF-8"?>'] if standalone else []
    return "\n".join([*declared, *parts]) + "\n"


@dataclass(frozen=True)
class _Writer:
    sop: Sop
    graph: Graph
    position: Mapping[int, At]
    words: Words
    link: Callable[[int], str] | None

    def written(self, page: Page) -> list[str]:
        return [
            '<g aria-hidden="true">',
            *(self._cell(cell) for cell in page.cells),
            *(_way(way) for way in page.ways),
            *(_text(text) for text in page.loose),
            *(self._figure(one) for one in page.figures if not one.main),
            "</g>",
            *(self._linked(one) for one in page.figures if one.main),
        ]

    def _cell(self, cell: Cell) -> str:
        f = cell.frame
        fill = SHADE if cell.shaded else "none"
        stroke = f' stroke="{QUIET}" stroke-width="0.6"' if cell.ruled else ""
        about = f' data-cell="{escape(cell.name)}" data-row="{cell.row}"'
        rect = f'<rect {_sides(f)} fill="{fill}"{stroke}/>'
        return f"<g{about}>{rect}{''.join(_text(text) for text in cell.lines)}</g>"

    def _linked(self, figure: Figure) -> str:
        state = self.position.get(figure.step)
        name = told(self.sop, self.graph, figure.step)
        if state is not None:
            name = f"{name} {self.words.states[state]}."
        drawn = self._figure(figure)
        about = f'data-step="{figure.step}"' + (f' data-state="{state.value}"' if state else "")
        if self.link is None:
            return f'<g role="img" aria-label={quoteattr(name)} {about}>{drawn}</g>'
        to = quoteattr(self.link(figure.step))
        return f"<a href={to} aria-label={quoteattr(name)} {about}>{drawn}</a>"

    def _figure(self, one: Figure) -> str:
        state = self.position.get(one.step) if one.main else None
        fill, ink = _LOOK[state] if state else (PAPER, INK)
        heavy = 2.0 if state in (At.CURRENT, At.OVERDUE) else 1.0
        dashes = ' stroke-dasharray="3 2"' if one.inferred else ""
        look = f'fill="{fill}" stroke="{ink}" stroke-width="{heavy}"{dashes}'
        return f"{_outline(one, look)}{_text(one.text) if one.text else ''}{_sign(one, state)}"


def _outline(one: Figure, look: str) -> str:
    f = one.frame
    if one.kind in (Kind.BOX, Kind.CAPSULE):
        round_ = f' rx="{_n(min(f.h, f.w) / 2)}"' if one.kind is Kind.CAPSULE else ""
        return f"<rect {_sides(f)}{round_} {look}/>"
    return f'<polygon points="{_points(corners(one))}" {look}/>'


def _sign(one: Figure, state: At | None) -> str:
    """What a state looks like without colour: a tick, a dot, an exclamation mark."""
    if state is None:
        return ""
    x, y = one.frame.middle
    if one.text:
        # A capsule holds a word already; the sign sits on its upper edge.
        x, y = one.frame.right - 5, one.frame.y
    ink = _LOOK[state][1]
    place = f'cx="{_n(x)}" cy="{_n(y)}"'
    disc = f'<circle {place} r="4.4" fill="{PAPER}" stroke="{ink}" stroke-width="0.8"/>'
    if state is At.VISITED:
        tick = f"M{_n(x - 2.3)} {_n(y)}l1.7 1.9 3-3.8"
        return f'{disc}<path d="{tick}" fill="none" stroke="{ink}" stroke-width="1.2"/>'
    if state is At.CURRENT:
        return f'{disc}<circle {place} r="2.2" fill="{ink}"/>'
    bang = f"M{_n(x)} {_n(y - 2.8)}v3.2"
    dot = f'<circle cx="{_n(x)}" cy="{_n(y + 2.2)}" r="0.8" fill="{ink}"/>'
    return f'{disc}<path d="{bang}" stroke="{ink}" stroke-width="1.3"/>{dot}'


def _way(way: Way) -> str:
    dashes = ' stroke-dasharray="3 2"' if way.inferred else ""
    about = f' data-from="{way.source}" data-to="{way.target}"'
    look = f'fill="none" stroke="{INK}" stroke-width="0.9"{dashes}'
    line = f'<polyline points="{_points(way.points)}" {look}/>'
    heads = [arrow_head(way.points)] + ([arrow_head(way.points[::-1])] if way.mutual else [])
    arrows = "".join(f'<polygon points="{_points(head)}" fill="{INK}"/>' for head in heads)
    return f"<g{about}>{line}{arrows}{''.join(_text(text) for text in way.label)}</g>"


def _text(text: Text) -> str:
    """A line of text, held to its measure whatever font the reader's machine takes."""
    bold = ' font-weight="700"' if text.style.bold else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.style.size)}"{bold}'
        f' textLength="{_n(text.wide)}" lengthAdjust="spacingAndGlyphs">{escape(text.text)}</text>'
    )


def _sides(f: Frame) -> str:
    return f'x="{_n(f.x)}" y="{_n(f.y)}" width="{_n(f.w)}" height="{_n(f.h)}"'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """A length with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
