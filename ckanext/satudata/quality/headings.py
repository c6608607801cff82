"""Which cells of a sheet are headings, and what they ask for.

Headings seldom stand in row 1, so the first rows are all looked at, and the row after each blank
one, where another table may begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ckanext.satudata.quality.findings import Place
from ckanext.satudata.quality.heading_words import (
    LONGEST,
    kind_of,
    names_a_place,
    plain,
    value_kind_of,
)
from ckanext.satudata.quality.tally import Column

FIRST_ROWS = 50
MAX_LATER = 500
"""Rows after blank ones that are looked at."""
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LIKE_DATA = re.compile(r"[0-9]{5}|@")
_OF_NUMBERS = {"nik": 9, "kk": 9, "nip": 9, "npwp": 9, "phone": 6}
"""Numbers shorter than this below such a heading are counts."""


class Headings:
    """Finds the headings of one sheet as its rows come."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._seen = 0
        self._later = 0
        self._fullest = 0
        self._ends_blank = False

    def look(
        self, first_row: int, rows: Sequence[Sequence[str]], column: Callable[[int], Column]
    ) -> None:
        """Note what the headings among these rows ask for, at their columns."""
        for at in self._candidates(rows):
            if _is_of_texts(rows[at]):
                if self._seen + at < FIRST_ROWS:
                    self._name_columns(rows[at], column)
                self._ask(first_row, at, rows, column)
        self._seen += len(rows)

    def _candidates(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """Which of these rows may be one of headings, by where they stand."""
        first = max(0, min(len(rows), FIRST_ROWS - self._seen))
        blank = [at for at, row in enumerate(rows) if not any(row)]
        after = [0] if self._ends_blank else []
        after += [at + 1 for at in blank]
        self._ends_blank = after[-1:] == [len(rows)]
        later = [at for at in after if first <= at < len(rows)]
        later = later[: MAX_LATER - self._later]
        self._later += len(later)
        return [*range(first), *later]

    def _name_columns(self, row: Sequence[str], column: Callable[[int], Column]) -> None:
        """The fullest of the first rows gives the columns their names, where it has no data."""
        if any(_LIKE_DATA.search(cell) for cell in row):
            return
        texts = {index: cell.strip() for index, cell in enumerate(row) if cell.strip()}
        if len(texts) > self._fullest:
            self._fullest = len(texts)
            for index, text in texts.items():
                column(index).heading = " ".join(text[:LONGEST].split())

    def _ask(
        self,
        first_row: int,
        at: int,
        rows: Sequence[Sequence[str]],
        column: Callable[[int], Column],
    ) -> None:
        for index, cell in enumerate(rows[at]):
            kind = value_kind_of(cell.strip()) if cell else None
            if kind is None or column(index).asks:
                continue
            asked = column(index)
            asked.asks = kind
            asked.asked_at = Place(self._sheet, first_row + at, index + 1)
            asked.asked_heading = " ".join(cell.split())
            below = [row[index].strip() for row in rows[at + 1 :] if index < len(row)]
            filled = [one for one in below if one]
            asked.weak = (
                kind_of(cell.strip()) is not None
                and not _is_statistic(kind, filled)
                and not (kind == "name" and _is_of_coded(rows[at], index))
            )


def _is_of_texts(row: Sequence[str]) -> bool:
    """Whether no cell is a number, years apart."""
    return not any(
        _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell)
        for cell in map(str.strip, row)
        if cell[:1] in "-+0123456789"
    )


def _is_of_coded(row: Sequence[str], index: int) -> bool:
    """Whether the heading to the left is of a code: regions and bodies have codes, not people."""
    left = [cell for cell in row[:index] if cell.strip()]
    return bool(left) and plain(left[-1]).startswith("kode")


def _is_statistic(kind: str, cells: Sequence[str]) -> bool:
    """Whether what stands below a heading are counts, or names of places."""
    if not cells:
        return False
    numbers = sum(_is_count(kind, cell) for cell in cells)
    if 10 * numbers >= 9 * len(cells):
        return True
    return kind == "name" and 2 * sum(map(names_a_place, cells)) >= len(cells)


def _is_count(kind: str, cell: str) -> bool:
    if not _NUMBER.fullmatch(cell):
        return False
    return kind not in _OF_NUMBERS or sum(map(str.isdigit, cell)) < _OF_NUMBERS[kind]
