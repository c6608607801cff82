"""A period told twice for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from ckanext.satudata.quality.checks.base import CODES, DATES, NUMBERS, PERIODS, Facts, filled
from ckanext.satudata.quality.checks.cells import Lot, Row, Table
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.said import (
    MAX_PLACES,
    PERINGATAN,
    Place,
    Problem,
    Words,
    example,
)
from ckanext.satudata.quality.checks.sheets import SheetCheck, Watch

_NUMBERING = re.compile(r"(?:no|nomor|no\.|#|id|index|indeks|unnamed.*|ket(?:erangan)?)", re.I)
_ALL = 2**64 - 1
LONG = 13
"""Signs of a code."""
MOST = 5_000_000
"""Rows that are held against each other, eight bytes for each."""


class Repeated(SheetCheck):
    code = "period_repeated"
    severity = PERINGATAN
    title = ("periode yang sama dua kali", "one period told twice")
    words = Words(
        (
            "{count} baris mengulang periode yang sudah ada untuk hal yang sama, pertama baris "
            "{row} ({cell}: {example}).",
            "{count} rows repeat a period that is there for the same thing, first row {row} "
            "({cell}: {example}).",
        ),
        (
            "Periksa mana yang benar, lalu hapus yang lain; bila keduanya benar, tambahkan kolom "
            "yang membedakannya.",
            "Find out which is right and delete the other; if both are, add the column that tells "
            "them apart.",
        ),
    )
    true = (
        ("Kabupaten", "Tahun", "Nilai"),
        ("Bandung", "2022", "12"),
        ("Bandung", "2023", "13"),
        ("Bogor", "2022", "14"),
        ("Bogor", "2023", "15"),
        ("Bekasi", "2022", "14"),
        ("Bekasi", "2023", "15"),
        ("Bogor", "2022", "16"),
    )
    false = true[:7]

    def watch(self, layout: Layout, head: Sequence[Row], table: Table) -> Watch:
        return _Keys(self, layout, head, table)


class _Keys(Watch):
    def __init__(
        self, check: SheetCheck, layout: Layout, head: Sequence[Row], table: Table
    ) -> None:
        super().__init__(check, layout, head, table)
        self._columns = _key(layout, head)
        self._period = next((one for one in self._columns if one.role in (PERIODS, DATES)), None)
        if self._period is None:
            self._columns = []
        self._keys: list[np.ndarray] = []
        self._numbers: list[np.ndarray] = []
        self._shown: dict[int, str] = {}
        self._rows = 0

    def take(self, lot: Lot) -> None:
        if self._period is None:
            return
        self._rows += len(lot)
        if self._rows > MOST:
            self._columns, self._period = [], None
            self._keys.clear()
            self._numbers.clear()
            return
        if any(facts.number > len(lot.columns) for facts in self._columns):
            return
        keys = np.zeros(len(lot), np.uint64)
        is_told = np.ones(len(lot), bool)
        for facts in self._columns:
            found = lot.distinct(facts.number - 1)
            texts = found.values.to_pylist()
            hashes = np.array(list(map(hash, texts)), np.int64).view(np.uint64)
            if found.indices is not None:
                hashes = hashes[found.indices]
            keys = keys * np.uint64(1_000_003) ^ hashes
            if facts is self._period:
                is_told = filled(lot.columns[facts.number - 1])
        self._keys.append(keys[is_told])
        self._numbers.append(np.asarray(lot.numbers)[is_told])
        self._show(lot)

    def take_rows(self, lot: Lot) -> None:
        """The row form of `take`."""
        for number, cells in lot.rows():
            if self._period is None or self._period.number > len(cells):
                continue
            key = 0
            for facts in self._columns:
                text = cells[facts.number - 1][1] if facts.number <= len(cells) else None
                if text is None:
                    break
                key = (key * 1_000_003 & _ALL) ^ (hash(text) & _ALL)
            else:
                told = cells[self._period.number - 1][1]
                if told:
                    self._keys.append(np.array([key], np.uint64))
                    self._numbers.append(np.array([number]))
                self._shown[number] = told

    def _show(self, lot: Lot) -> None:
        """Keep what the first rows show, for the example."""
        if self._period is not None and len(self._shown) < 20_000:
            texts = lot.columns[self._period.number - 1].slice(0, 20_000).to_pylist()
            self._shown.update(zip(lot.numbers.tolist(), texts, strict=False))

    def problems(self) -> Iterator[Problem]:
        if self._period is None or not self._keys:
            return
        keys, numbers = np.concatenate(self._keys), np.concatenate(self._numbers)
        order = np.lexsort((numbers, keys))
        keys, numbers = keys[order], numbers[order]
        again = np.sort(numbers[1:][keys[1:] == keys[:-1]])
        # So many say that what tells the rows apart is a number.
        if not len(again) or 10 * len(again) > 2 * len(keys):
            return
        column = self._period.number
        places = [
            Place(row, column, example(self._shown.get(row, "")))
            for row in again[:MAX_PLACES].tolist()
        ]
        yield self.check.problem(len(again), places)


def _key(layout: Layout, head: Sequence[Row]) -> list[Facts]:
    """The columns that say what a row is about; none where one of them tells all rows apart."""
    columns = [
        one
        for one in layout.columns
        if one.role != NUMBERS and one.heading and not _NUMBERING.fullmatch(one.heading.strip())
    ]
    data = [cells for number, cells in head if number >= layout.data]
    for one in columns:
        texts = [cells[one.number - 1][1] for cells in data if one.number <= len(cells)]
        # A mark for a missing value may stand there more than once.
        is_own = len(texts) > 20 and 50 * len(set(texts)) >= 49 * len(texts)
        # A long code is that of a person or a thing; what repeats are codes of kinds and regions.
        if is_own and (one.role not in (PERIODS, DATES, CODES) or max(map(len, texts)) >= LONG):
            return []
    return columns


PERIOD_CHECKS: tuple[SheetCheck, ...] = (Repeated(),)
