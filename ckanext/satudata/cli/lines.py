"""Text for a terminal: lines and tables, in which data can do nothing to the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDTH = 60
"""Columns that one cell may take; what is longer is cut."""

GAP = "  "


def one_line(text: str) -> str:
    """A text on one line, without a character that a terminal would obey."""
    words = " ".join(str(text).split())
    return "".join(one if one.isprintable() else "�" for one in words)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows below their headings, each column as wide as what stands in it."""
    cells = [[_cell(one) for one in row] for row in (headings, *rows)]
    widths = [max(len(row[number]) for row in cells) for number in range(len(headings))]
    lines = [
        GAP.join(one.ljust(wide) for one, wide in zip(row, widths, strict=True)) for row in cells
    ]
    rule = GAP.join("-" * wide for wide in widths)
    return "\n".join(line.rstrip() for line in (lines[0], rule, *lines[1:]))


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """Labels and what they are about, one to a line."""
    shown = [(label, one_line(str(value))) for label, value in pairs if value not in (None, "")]
    wide = max((len(label) for label, _value in shown), default=0)
    return "\n".join(f"{label.ljust(wide)}{GAP}{value}" for label, value in shown)


def _cell(value: object) -> str:
    text = one_line("" if value is None else str(value))
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
