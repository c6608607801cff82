"""How wide the columns of the table are: lanes as they need, the rest shared out by its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from ckanext.satudata.sop.drawing import rows as r
from ckanext.satudata.sop.drawing.graph import Graph
from ckanext.satudata.sop.drawing.metrics import longest_piece, width
from ckanext.satudata.sop.drawing.routing import HALF, TRACK, LaneRoom
from ckanext.satudata.sop.drawing.shapes import Frame, Style

HEADINGS = {
    r.NUMBER: "No",
    r.WORDING: "Uraian Kegiatan",
    r.NEEDS: "Kelengkapan",
    r.TIME: "Waktu",
    r.OUTPUT: "Output",
    r.REMARK: "Keterangan",
}
HEADING = Style(8, 9.6, bold=True)
LANE_NAME = Style(7, 8.2, bold=True)
LANE_PAD = 2.0
_NUMBER_WIDE = 22.0
_LONGEST_WORD = 66.0
_LEAST_WORDING = 110.0


@dataclass(frozen=True)
class LaneColumn:
    """A lane: its frame's sides, the middle of its symbols, and where its first track runs."""

    x: float
    right: float
    middle: float
    first_track: float
    name_lines: tuple[str, ...]

    def track(self, number: int) -> float:
        return self.first_track + number * TRACK


@dataclass(frozen=True)
class Columns:
    """The columns of the table between x = 0 and `wide`."""

    texts: dict[str, Frame]
    lanes: tuple[LaneColumn, ...]
    wide: float


def columns_of(
    table: Sequence[r.Row],
    graph: Graph,
    rooms: Sequence[LaneRoom],
    names: Sequence[tuple[str, ...]],
    wide: float,
) -> Columns:
    """The columns of a table that is to be `wide` points wide, wider where it cannot be.

    `names`: the name of each lane as `lane_widths` wrapped it.
    """
    lanes = lane_widths(graph, rooms)
    least = {name: _least(table, name) for name in r.TEXT_COLUMNS}
    rest = wide - _NUMBER_WIDE - sum(lanes) - sum(least.values())
    shares = {name: _weight(table, name) for name in r.TEXT_COLUMNS}
    widths = {
        name: least[name] + max(rest, 0.0) * shares[name] / sum(shares.values())
        for name in r.TEXT_COLUMNS
    }
    texts = {r.NUMBER: Frame(0, 0, _NUMBER_WIDE, 0)}
    x = _NUMBER_WIDE
    texts[r.WORDING] = Frame(x, 0, widths[r.WORDING], 0)
    x += widths[r.WORDING]
    columns = []
    for room, lane_wide, lines in zip(rooms, lanes, names, strict=True):
        extra = (lane_wide - room.wide) / 2
        middle = x + extra + room.left
        columns.append(LaneColumn(x, x + lane_wide, middle, middle + room.right + 2, lines))
        x += lane_wide
    for name in (r.NEEDS, r.TIME, r.OUTPUT, r.REMARK):
        texts[name] = Frame(x, 0, widths[name], 0)
        x += widths[name]
    return Columns(texts, tuple(columns), x)


def lane_widths(graph: Graph, rooms: Sequence[LaneRoom]) -> list[float]:
    """A lane is as wide as its ways need, and as the longest word of its name if that is fair."""
    found = []
    for lane, room in zip(graph.lanes, rooms, strict=True):
        word = longest_piece(lane_name(lane.name, lane.inferred), LANE_NAME.size, bold=True)
        found.append(max(room.wide, 2 * HALF + 8, min(word, _LONGEST_WORD) + 2 * LANE_PAD + 0.5))
    return found


def lane_name(name: str, inferred: bool) -> str:  # noqa: FBT001 - says what the lane is
    return name + (r.MARK if inferred else "")


def _cells(table: Sequence[r.Row], name: str) -> list[str]:
    return [row.texts[name] for row in table if row.texts[name]]


def _least(table: Sequence[r.Row], name: str) -> float:
    heading = longest_piece(HEADINGS[name], HEADING.size, bold=True)
    measure = width if name == r.TIME else longest_piece
    longest = max((measure(text, r.CELL.size) for text in _cells(table, name)), default=0.0)
    least = max(heading, min(longest, _LONGEST_WORD)) + 2 * r.PAD + 0.5
    return max(least, _LEAST_WORDING) if name == r.WORDING else least


def _weight(table: Sequence[r.Row], name: str) -> float:
    """What a column would like beyond its least: an empty one next to nothing."""
    longest = max((width(text, r.CELL.size) for text in _cells(table, name)), default=0.0)
    return sqrt(max(longest - _least(table, name), 0.0)) + 0.01
