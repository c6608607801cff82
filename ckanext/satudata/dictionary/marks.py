"""Signs that offices write where there is no value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

NOT_AVAILABLE = "data tidak tersedia"
MEANINGS: Mapping[str, str] = {
    "": "",
    "-": "nol atau tidak ada",
    "–": "nol atau tidak ada",
    "—": "nol atau tidak ada",
    "...": NOT_AVAILABLE,
    "…": NOT_AVAILABLE,
    "..": NOT_AVAILABLE,
    "n/a": NOT_AVAILABLE,
    "N/A": NOT_AVAILABLE,
    "NA": NOT_AVAILABLE,
    "#N/A": NOT_AVAILABLE,
    "NULL": NOT_AVAILABLE,
    "null": NOT_AVAILABLE,
}
"""Sign to what it commonly means. A proposal: the office corrects it where it means another."""


def is_mark(text: str) -> bool:
    """Whether a cell, without blanks around it, stands for no value."""
    return text in MEANINGS


def found(cells: Iterable[str]) -> list[str]:
    """The signs among some cells, as they stand there, always with the empty one."""
    return ["", *sorted({cell for cell in cells if cell and is_mark(cell.strip())})]


def meanings(marks: Iterable[str]) -> dict[str, str]:
    """What the signs mean, for the readers of a table."""
    return {mark: MEANINGS[mark.strip()] for mark in marks if MEANINGS.get(mark.strip())}
