"""A table of a page as a grid: first its cells as written, then each where it is seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.words import plain

MOST_CELLS = 500_000
_WIDEST = 1000


@dataclass
class _Cell:
    across: int
    down: int
    text: list[str] = field(default_factory=list)


def grid_of(markup: str) -> list[list[str]]:
    """Rows of equal length, rows without a word left out. A cell that spans others is written
    into each of them. Raises Unexpected `table_too_large`."""
    reader = _Cells()
    reader.feed(markup)
    reader.close()
    rows = [row for row in _spread(reader.rows) if any(row)]
    width = max((len(row) for row in rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise Unexpected("table_too_large", count=width * len(rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _spread(rows: Iterable[list[_Cell]]) -> list[list[str]]:
    """Cells from above that reach down into a row take their places before its own cells."""
    found: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}
    count = 0
    for cells in rows:
        line: dict[int, str] = {place: text for place, (_, text) in above.items()}
        below = {place: (left - 1, text) for place, (left, text) in above.items() if left > 1}
        place = 0
        for cell in cells:
            text = plain("".join(cell.text))
            for _ in range(cell.across):
                while place in line:
                    place += 1
                line[place] = text
                if cell.down > 1:
                    below[place] = (cell.down - 1, text)
            if count + len(line) > MOST_CELLS:
                raise Unexpected("table_too_large", count=count + len(line))
        above = below
        width = max(line, default=-1) + 1
        count += width
        found.append([line.get(one, "") for one in range(width)])
    return found


class _Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[_Cell]] = []
        self._open: _Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._open = None
        elif tag in ("td", "th"):
            told = dict(attrs)
            self._open = _Cell(_span(told.get("colspan")), _span(told.get("rowspan")))
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self._open)
        elif tag == "br" and self._open:
            self._open.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open.text.append(data)


def _span(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
    return max(1, min(number, _WIDEST))
