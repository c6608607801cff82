"""The words in which the printed sheets are written down by hand.

A mark is how sure a reading is ("tinggi", "sedang", "rendah"); None: the sheet prints it. Where
the sheet is silent the levels are those of the project's reading of the five seeds.
"""

from __future__ import annotations

from dataclasses import dataclass

END = 0
"""Target of the last row."""


@dataclass(frozen=True)
class Time:
    """A time norm: as printed, and as read; `shared`: the other rows of the same norm."""

    text: str
    least: int | None
    most: int | None
    unit: str
    shared: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """Where an outcome leads, how surely, and who then act together."""

    to: int
    mark: str | None = None
    together: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row; `actor` is the heading of its lane, `instead` who else may be meant."""

    step: int
    wording: str
    actor: str
    mark: str | None
    ways: dict[str, Way]
    instead: str | None = None
    stage: str | None = None
    needs: tuple[str, ...] | None = None
    time: Time | None = None
    output: str | None = None
    remark: str | None = None


def done(to: int) -> dict[str, Way]:
    """The ways of a row that leaves nothing to choose."""
    return {"selesai": Way(to)}


@dataclass(frozen=True, eq=False)
class Sheet:
    """A printed SOP.

    `head`: every cell, None where the sheet has none. `doubted`: head cells that bear a mark.
    `laneless`: actors the sheet mentions (001: its sister sheet) and gives no lane.
    """

    file: str
    head: dict[str, object]
    doubted: frozenset[str]
    laneless: tuple[str, ...]
    rows: tuple[Row, ...]
