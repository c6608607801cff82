"""Data of persons, found by the detector of this room.

It costs as much as all other checks of a large table together. So the first rows are handed to it
whole, and after them only cells that may hold something; a column in which it has found enough to
ask a person is not searched any further, and the finding says up to which row it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.cells import Distinct, Lot
from ckanext.satudata.quality.checks.said import PERINGATAN
from ckanext.satudata.quality.columns import SHORTEST, Sheet
from ckanext.satudata.quality.fast.kernels import pc
from ckanext.satudata.quality.findings import Finding

WHOLE = 1_000
"""Rows of a sheet that are handed on as they are."""
ENOUGH = 2_000
"""Rows after which a column is known: searched no more where it was worth a search so far."""
_LOUD = r"@|[0-9](?:[ .'\-]?[0-9]){8}|\(0[0-9]|[^ -~]"

NOTHING = np.array([], np.int64)


class Persons:
    """The sheets of a file, each looked through as its rows come."""

    def __init__(self) -> None:
        self._sheets: list[_Sheet] = []

    def sheet(self, name: str) -> Callable[[Lot], None]:
        """Look at another sheet."""
        self._sheets.append(_Sheet(name))
        return self._sheets[-1].look

    def findings(self) -> list[dict[str, Any]]:
        """What was found, in the form of all findings."""
        return [told for sheet in self._sheets for told in sheet.findings()]


class _Sheet:
    def __init__(self, name: str) -> None:
        self._sheet = Sheet(name)
        self._known: set[int] = set()
        self._until = 0

    def look(self, lot: Lot) -> None:
        """The next rows of the sheet."""
        whole = lot.between(1, WHOLE)
        if len(whole):
            self._hand_on(int(whole.numbers[0]), [one.to_pylist() for one in whole.columns])
        if len(whole) < len(lot):
            self._hand_loud(lot, len(whole))

    def findings(self) -> list[dict[str, Any]]:
        return [
            _told(one) | ({"until": self._until} if self._is_cut(one) else {})
            for one in self._sheet.findings()
        ]

    def _is_cut(self, one: Finding) -> bool:
        return bool(self._until and one.places and one.places[0].column in self._known)

    def _hand_loud(self, lot: Lot, start: int) -> None:
        columns = {
            at: rows for at in range(len(lot.columns)) if len(rows := self._rows(lot, at, start))
        }
        some = np.unique(np.concatenate(list(columns.values()))) if columns else NOTHING
        texts = [
            column.take(pa.array(some)).to_pylist() if at in columns else [""] * len(some)
            for at, column in enumerate(lot.columns)
        ]
        # Rows that follow each other are handed on together.
        for run in np.split(np.arange(len(some)), np.flatnonzero(np.diff(some) != 1) + 1):
            if len(run):
                held = [one[run[0] : run[-1] + 1] for one in texts]
                self._hand_on(int(lot.numbers[some[run[0]]]), held)

    def _rows(self, lot: Lot, at: int, start: int) -> np.ndarray:
        """The rows of a column that are handed on, from a place of the lot on."""
        early = int(np.searchsorted(lot.numbers, ENOUGH, side="right"))
        if start >= early and at + 1 in self._known:
            self._until = ENOUGH
            return NOTHING
        rows = _loud(lot.distinct(at))
        rows = rows[rows >= start]
        first = rows[rows < early]
        if 10 * len(first) <= early - start:
            return rows
        self._known.add(at + 1)
        self._until = ENOUGH if early < len(lot) else self._until
        return first

    def _hand_on(self, first: int, columns: list[list[str]]) -> None:
        rows = [list(row) for row in zip(*columns, strict=True)]
        if rows:
            self._sheet.look(first, rows)


def _loud(found: Distinct) -> np.ndarray:
    """The rows that may hold something."""
    size = pc.max(pc.binary_length(found.values)).as_py()
    if size is None or size < SHORTEST:
        return NOTHING
    mask = pc.match_substring_regex(found.values, _LOUD).to_numpy(zero_copy_only=False)
    if found.indices is not None and mask.any():
        mask = mask[found.indices]
    return np.flatnonzero(mask) if mask.any() else NOTHING


def _told(one: Finding) -> dict[str, Any]:
    first = one.places[0] if one.places else None
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
        "sentence": one.sentence("id"),
        "sentence_en": one.sentence("en"),
        "mend": "",
        "mend_en": "",
    }
