"""Cells as the checks see them: texts and what they were in the file, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.fast.kernels import pc

EMPTY, TEXT, NUMBER, DATE, FAULT = range(5)
"""What a cell is. A CSV has texts alone; FAULT is what a spreadsheet shows as #REF!."""

SAMPLE = 8_000
"""Values by which it is seen whether a column repeats itself."""
LAST = 1 << 40
"""A row that no table has."""

Cell = tuple[int, str]
"""What it is, and how it reads: a number as 1234.5, a date as 2024-01-31."""
Row = tuple[int, list[Cell]]
"""The number that a spreadsheet shows, and the cells."""


@dataclass(frozen=True)
class Distinct:
    """Values, and which of them stands in each row; None where they are the rows themselves."""

    values: pa.Array
    indices: np.ndarray | None = None


def distinct_of(array: pa.Array) -> Distinct:
    """Look whether it is worth while to look at each value once."""
    sample = array.slice(0, SAMPLE)
    if 2 * pc.count_distinct(sample).as_py() > len(sample):
        return Distinct(array)
    encoded = array.dictionary_encode()
    return Distinct(encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False))


@dataclass
class Lot:
    """Rows that are looked at together."""

    numbers: np.ndarray
    """The number of each row, as a spreadsheet shows it."""
    columns: list[pa.Array]
    kinds: list[np.ndarray | None]
    """What each cell of a column is; None where all are texts or empty."""

    _distinct: dict[int, Distinct] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.numbers)

    def distinct(self, at: int) -> Distinct:
        """The values of a column, each once where many stand there again and again."""
        known = self._distinct.get(at)
        if known is None:
            known = self._distinct[at] = distinct_of(self.columns[at])
        return known

    def rows(self, most: int | None = None) -> Iterator[Row]:
        """The same row by row."""
        count = len(self) if most is None else min(most, len(self))
        texts = [column.slice(0, count).to_pylist() for column in self.columns]
        kinds = [
            [TEXT if text else EMPTY for text in texts[at]] if kind is None else kind.tolist()
            for at, kind in enumerate(self.kinds)
        ]
        for at in range(count):
            cells = [(kinds[c][at], texts[c][at]) for c in range(len(texts))]
            yield int(self.numbers[at]), cells

    def between(self, first: int, last: int) -> Lot:
        """The rows of these numbers, both included."""
        start = int(np.searchsorted(self.numbers, first))
        end = int(np.searchsorted(self.numbers, last, side="right"))
        if not start and end == len(self):
            return self
        kinds = [None if kind is None else kind[start:end] for kind in self.kinds]
        columns = [one.slice(start, end - start) for one in self.columns]
        return Lot(self.numbers[start:end], columns, kinds)


@dataclass
class Table:
    """A sheet, or a whole CSV. `lots` can be gone through once."""

    sheet: str
    lots: Iterator[Lot]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column of cells that were joined; from 1."""


def lot_of(first: int, rows: list[list[Cell]]) -> Lot:
    """Rows of cells, filled up to the widest of them."""
    width = max(map(len, rows), default=0)
    columns: list[pa.Array] = []
    kinds: list[np.ndarray | None] = []
    blank: Cell = (EMPTY, "")
    for at in range(width):
        cells = [row[at] if at < len(row) else blank for row in rows]
        columns.append(pa.array([text for _, text in cells], pa.string()))
        found = np.array([kind for kind, _ in cells], np.uint8)
        is_text = all(kind == (TEXT if text else EMPTY) for kind, text in cells)
        kinds.append(None if is_text else found)
    return Lot(np.arange(first, first + len(rows)), columns, kinds)


def letters(column: int) -> str:
    """The letters of a column; 1 is A."""
    found = ""
    while column:
        column, one = divmod(column - 1, 26)
        found = chr(65 + one) + found
    return found
