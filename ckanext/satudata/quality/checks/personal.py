"""Data of persons, found by the detector of this room; columns without any are left out.

The detector takes rows as texts. Of a lot, only columns with a long number or an @ are handed on;
all of them are where headings may stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from ckanext.satudata.quality.checks.cells import Lot
from ckanext.satudata.quality.checks.said import PERINGATAN
from ckanext.satudata.quality.columns import Sheet
from ckanext.satudata.quality.fast.kernels import pc
from ckanext.satudata.quality.findings import Finding

HEADINGS = 60
"""Rows that are handed on whole."""
CHUNK = 1_000
MOST = 2_000_000
"""Cells that are handed on; a person's data are found in so many, or are not there."""
_LOUD = r"@|[0-9](?:[ .'\-]?[0-9]){8}|\(0[0-9]|[^ -~]"


class Persons:
    """The sheets of a file, each looked through as its rows come."""

    def __init__(self, *, by_rows: bool = False) -> None:
        self._sheets: list[Sheet] = []
        self._by_rows = by_rows
        self._cells = 0

    def sheet(self, name: str) -> Callable[[Lot], None]:
        """Look at another sheet."""
        self._sheets.append(Sheet(name))
        return self._look

    def findings(self) -> list[dict[str, Any]]:
        """What was found, in the form of all findings."""
        return [_told(one) for sheet in self._sheets for one in sheet.findings()]

    def _look(self, lot: Lot) -> None:
        if not len(lot):
            return
        first = int(lot.numbers[0])
        is_heading = first <= HEADINGS
        columns: list[list[str]] = []
        blank = [""] * len(lot)
        for array in lot.columns:
            # Both forms leave out the same columns, as the search of them tells nothing.
            loud = is_heading or self._by_rows or _is_loud(array)
            columns.append(array.to_pylist() if loud and self._cells < MOST else blank)
            self._cells += len(lot) if loud else 0
        rows = [list(row) for row in zip(*columns, strict=True)]
        for at in range(0, len(rows), CHUNK):
            self._sheets[-1].look(first + at, rows[at : at + CHUNK])


def _is_loud(array: pa.Array) -> bool:
    return bool(pc.any(pc.match_substring_regex(array, _LOUD)).as_py())


def _told(one: Finding) -> dict[str, Any]:
    first = one.places[0] if one.places else None
    said, said_en = one.sentence("id"), one.sentence("en")
    return {
        "code": one.code,
        "severity": PERINGATAN,
        "sheet": first.sheet if first else "",
        "column": first.column if first else 0,
        "heading": one.heading or "",
        "count": one.count,
        "places": [
            {"row": place.row, "column": place.column, "cell": place.cell, "value": one.example}
            for place in one.places
        ],
        "example": one.example,
        "sentence": said,
        "sentence_en": said_en,
        "mend": "",
        "mend_en": "",
    }
