"""What a drawing is made of. Lengths are points (1/72 inch); x grows to the right, y downwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from ckanext.satudata.sop.drawing.metrics import width

Point = tuple[float, float]


class Kind(str, Enum):
    """The symbols of the sheet (PermenPAN-RB 35/2012); the fifth, the arrow, is a `Way`."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"
    CONNECTOR = "connector"


@dataclass(frozen=True)
class Frame:
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> Point:
        return self.x + self.w / 2, self.y + self.h / 2


@dataclass(frozen=True)
class Style:
    """How a text is set; `lead` is the height of a line."""

    size: float
    lead: float
    bold: bool = False


@dataclass(frozen=True)
class Text:
    """One line of text; `x` is where it begins, `y` its baseline."""

    x: float
    y: float
    text: str
    style: Style

    @property
    def wide(self) -> float:
        return width(self.text, self.style.size, bold=self.style.bold)


@dataclass(frozen=True)
class Cell:
    """A cell of the sheet with its text. `row` is a step, 0 outside the table; `name` its column.

    `ruled`: it has a border.
    """

    frame: Frame
    name: str
    row: int
    lines: tuple[Text, ...]
    ruled: bool = True
    shaded: bool = False


@dataclass(frozen=True)
class Figure:
    """A symbol. `step` is the row it belongs to, 0 in the legend; `inferred`: drawn dashed.

    `main`: the symbol of a row itself, not one beside it or a connector.
    """

    kind: Kind
    frame: Frame
    step: int
    lane: int
    text: Text | None = None
    inferred: bool = False
    main: bool = False


@dataclass(frozen=True)
class Way:
    """A line with an arrow at its end, at both ends where it is `mutual`, and what it is called.

    `source` and `target` are steps; a way to a connector ends there and names its true target.
    """

    points: tuple[Point, ...]
    source: int
    target: int
    inferred: bool = False
    mutual: bool = False
    label: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Page:
    """A page, or the one long drawing: its size, and what stands on it."""

    width: float
    height: float
    cells: tuple[Cell, ...] = ()
    figures: tuple[Figure, ...] = ()
    ways: tuple[Way, ...] = ()
    loose: tuple[Text, ...] = ()


@dataclass
class Canvas:
    """A page that is being drawn."""

    cells: list[Cell] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    loose: list[Text] = field(default_factory=list)

    def page(self, wide: float, high: float) -> Page:
        """What was drawn, as a page of this size."""
        drawn = tuple(self.cells), tuple(self.figures), tuple(self.ways), tuple(self.loose)
        return Page(wide, high, *drawn)


def set_lines(
    lines: tuple[str, ...], frame: Frame, style: Style, pad: float, *, centred: bool = False
) -> tuple[Text, ...]:
    """Lines from the top of a frame down, from its left side or in its middle."""
    texts = []
    for at, line in enumerate(lines):
        x = frame.x + pad
        if centred:
            x = frame.x + (frame.w - width(line, style.size, bold=style.bold)) / 2
        texts.append(Text(x, frame.y + pad + at * style.lead + style.size * 0.9, line, style))
    return tuple(texts)
