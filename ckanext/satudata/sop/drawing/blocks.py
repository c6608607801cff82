"""Blocks of text beside each other, which a page may cut between any two lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ckanext.satudata.sop.drawing.metrics import wrapped
from ckanext.satudata.sop.drawing.shapes import Canvas, Cell, Frame, Style, Text, set_lines

BODY = Style(8.5, 10.6)
PAD = 4.0
_INDENT = 13.0


@dataclass(frozen=True)
class Line:
    """A line of a column; `opens` a cell of its own where it is true."""

    text: str
    bold: bool = False
    indent: float = 0.0
    opens: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a block: its name, sides, lines, and whether they stand in its middle."""

    name: str
    x: float
    w: float
    lines: tuple[Line, ...]
    centred: bool = False

    @property
    def room(self) -> float:
        return self.w - 2 * PAD


@dataclass(frozen=True)
class Block:
    """Columns beside each other, as high as the longest. `whole`: not to be cut if it can be."""

    columns: tuple[Column, ...]
    style: Style = BODY
    ruled: bool = True
    whole: bool = False

    @property
    def lines(self) -> int:
        return max(len(column.lines) for column in self.columns)

    @property
    def height(self) -> float:
        return self.lines * self.style.lead + 2 * PAD - self._slack

    @property
    def _slack(self) -> float:
        """What a line is higher than its letters."""
        return self.style.lead - self.style.size

    def cut(self, room: float) -> tuple[Block, Block]:
        """What fits into `room`, and the rest."""
        most = max(int((room - 2 * PAD + self._slack) // self.style.lead), 1)
        pieces = (
            replace(self, columns=tuple(replace(c, lines=c.lines[part]) for c in self.columns))
            for part in (slice(None, most), slice(most, None))
        )
        return next(pieces), next(pieces)

    def draw(self, canvas: Canvas, top: float) -> float:
        """Draw the block from `top` on; where it ends."""
        for column in self.columns:
            for first, last in _cells(column, self.lines):
                self._draw_cell(canvas, column, top, first, last)
        return top + self.height

    def _draw_cell(self, canvas: Canvas, column: Column, top: float, first: int, last: int) -> None:
        lead = self.style.lead
        y = top + first * lead + (PAD - self._slack / 2 if first else 0)
        end = top + (last * lead + PAD - self._slack / 2 if last < self.lines else self.height)
        frame = Frame(column.x, y, column.w, end - y)
        inside = replace(frame, y=top + first * lead)
        texts = tuple(
            self._text(column, inside, at, line)
            for at, line in enumerate(column.lines[first:last])
            if line.text
        )
        canvas.cells.append(Cell(frame, column.name, 0, texts, self.ruled))

    def _text(self, column: Column, frame: Frame, at: int, line: Line) -> Text:
        style = replace(self.style, bold=line.bold)
        there = replace(frame, y=frame.y + at * style.lead)
        text = set_lines((line.text,), there, style, PAD, centred=column.centred)[0]
        return replace(text, x=text.x + line.indent)


def _cells(column: Column, count: int) -> list[tuple[int, int]]:
    """First and past-last line of each cell of a column."""
    opened = [at for at, line in enumerate(column.lines) if line.opens and at]
    starts = [0, *opened]
    return list(zip(starts, [*starts[1:], count], strict=True))


def paragraph(
    text: str, room: float, *, bold: bool = False, style: Style = BODY
) -> tuple[Line, ...]:
    """A text in lines."""
    return tuple(Line(one, bold) for one in wrapped(text, style.size, room, bold=bold))


def numbered(items: Sequence[str], room: float, style: Style = BODY) -> tuple[Line, ...]:
    """Items in lines, numbered where there are several, each line under the first indented."""
    if len(items) == 1:
        return paragraph(items[0], room, style=style)
    lines: list[Line] = []
    for number, item in enumerate(items, 1):
        for at, one in enumerate(wrapped(item, style.size, room - _INDENT)):
            first = at == 0
            lines.append(Line(f"{number}. {one}" if first else one, indent=0 if first else _INDENT))
    return tuple(lines)


def stacked(blocks: Iterable[Block], canvas: Canvas, top: float) -> float:
    """Draw blocks below each other; where the last ends."""
    for block in blocks:
        top = block.draw(canvas, top)
    return top
