"""A table gone through by the checks: column by column, or row by row with the same outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import (
    Check,
    Facts,
    Tallies,
    Tally,
    filled,
    has,
)
from ckanext.satudata.quality.checks.cells import (
    EMPTY,
    LAST,
    TEXT,
    Distinct,
    Lot,
    Row,
    Table,
    distinct_of,
)
from ckanext.satudata.quality.checks.layout import HEAD, Layout, laid_out
from ckanext.satudata.quality.checks.plain import Plain
from ckanext.satudata.quality.checks.said import MAX_PLACES, Place, Problem, example
from ckanext.satudata.quality.checks.sheets import SheetCheck, Watch

Found = dict[tuple[int, int], Tallies]
"""Place of the check and number of the column (0: the sheet) to what was counted."""
FEW = 100
"""Rows that are looked at one by one as quickly."""


def look_through(
    table: Table,
    checks: Sequence[Check],
    sheet_checks: Sequence[SheetCheck],
    *,
    schema: Mapping[str, Any] | None = None,
    regions: Mapping[str, frozenset[str]] | None = None,
    by_rows: bool = False,
    few: int = FEW,
    others: Callable[[Layout], Iterable[Watch]] | None = None,
) -> tuple[list[Problem], Layout]:
    """What the checks say of a table. `by_rows` is the row form of all of them, which lots of fewer
    rows than `few` are looked at with, too.

    `others`: what else is to look on, made when the layout is known.
    """
    lots = iter(table.lots)
    first, head = _head(lots)
    layout = laid_out(head, schema, table.merged, regions)
    watches = [one.watch(layout, head, table) for one in sheet_checks]
    if others is not None:
        watches += others(layout)
    problems = walked(chain(first, lots), layout, checks, watches, by_rows=by_rows, few=few)
    for one in problems:
        one.sheet = table.sheet
    return problems, layout


def walked(
    lots: Iterable[Lot],
    layout: Layout,
    checks: Sequence[Check],
    watches: Sequence[Watch] = (),
    *,
    by_rows: bool = False,
    few: int = FEW,
) -> list[Problem]:
    """The same where the layout is known."""
    walk = _Walk(layout, checks, watches, by_rows=by_rows, few=few)
    for lot in lots:
        walk.take(lot)
    return [*walk.problems(), *(one for watch in watches for one in watch.problems())]


def _head(lots: Iterator[Lot]) -> tuple[list[Lot], list[Row]]:
    taken: list[Lot] = []
    head: list[Row] = []
    for lot in lots:
        taken.append(lot)
        head.extend(lot.rows(HEAD - len(head)))
        if len(head) >= HEAD:
            break
    return taken, sorted(head, key=lambda row: row[0])


class _Walk:
    def __init__(
        self,
        layout: Layout,
        checks: Sequence[Check],
        watches: Sequence[Watch],
        *,
        by_rows: bool,
        few: int,
    ) -> None:
        self._few = few
        self._layout = layout
        self._checks = checks
        self._watches = watches
        self._by_rows = by_rows
        self._found: Found = {}
        self._columns = {one.number: one for one in layout.columns}
        self._wanted: dict[int, list[int]] = {}
        self._plain = Plain(checks)

    def take(self, lot: Lot) -> None:
        lot = lot.between(self._layout.data, LAST)
        if not len(lot):
            return
        for watch in self._watches:
            watch.take_rows(lot) if self._by_rows else watch.take(lot)
        if self._by_rows or len(lot) < self._few:
            self._take_rows(lot)
        else:
            self._take_columns(lot)

    def problems(self) -> Iterator[Problem]:
        for (at, number), tallies in sorted(self._found.items()):
            facts = self._columns.get(number) or Facts(number)
            # In the order of the labels, whichever was met first.
            yield from self._checks[at].verdict(dict(sorted(tallies.items())), facts)

    def _facts(self, number: int) -> Facts:
        # A row may be wider than all of the first ones.
        return self._columns.setdefault(number, Facts(number))

    def _checks_of(self, facts: Facts) -> list[int]:
        known = self._wanted.get(facts.number)
        if known is None:
            known = self._wanted[facts.number] = [
                at
                for at, one in enumerate(self._checks)
                if facts.role in one.roles and one.applies(facts)
            ]
        return known

    def _take_rows(self, lot: Lot) -> None:
        for number, cells in lot.rows():
            for column, (kind, text) in enumerate(cells, 1):
                if kind == EMPTY:
                    continue
                facts = self._facts(column)
                for at in self._checks_of(facts):
                    check = self._checks[at]
                    label = check.label(text, kind, facts) if kind in check.kinds else 0
                    if label:
                        place = Place(number, column, example(text))
                        self._tally(at, check, facts, label).add(1, [place])

    def _tally(self, at: int, check: Check, facts: Facts, label: int) -> Tally:
        key = (at, 0 if check.by_table else facts.number)
        return self._found.setdefault(key, {}).setdefault(label, Tally())

    def _take_columns(self, lot: Lot) -> None:
        for at, kinds in enumerate(lot.kinds):
            facts = self._facts(at + 1)
            wanted = self._checks_of(facts)
            if not wanted:
                continue
            if kinds is None:
                self._take_kind(lot.numbers, lot.distinct(at), TEXT, facts, wanted)
                continue
            for kind in np.unique(kinds).tolist():
                rows = np.flatnonzero(kinds == kind)
                if kind != EMPTY:
                    found = distinct_of(lot.columns[at].take(pa.array(rows)))
                    self._take_kind(lot.numbers[rows], found, kind, facts, wanted)

    def _take_kind(
        self, numbers: np.ndarray, found: Distinct, kind: int, facts: Facts, wanted: list[int]
    ) -> None:
        checks = [at for at in wanted if kind in self._checks[at].kinds]
        if not checks or not len(found.values):
            return
        loud = [at for at in checks if at in self._plain.counting]
        quiet = [at for at in checks if at not in self._plain.counting]
        some = filled(found.values)
        self._label(numbers, found, np.flatnonzero(some), kind, facts, loud)
        if quiet:
            some &= self._plain.left(found.values, facts)
            self._label(numbers, found, np.flatnonzero(some), kind, facts, quiet)

    def _label(
        self,
        numbers: np.ndarray,
        found: Distinct,
        some: np.ndarray,
        kind: int,
        facts: Facts,
        checks: list[int],
    ) -> None:
        """Have some of the values labelled, and count the rows that hold them."""
        if not checks or not len(some):
            return
        values = found.values
        if len(some) < len(values):
            values = values.take(pa.array(some))
        for at in checks:
            check = self._checks[at]
            if check.needs and not has(values, check.needs):
                continue
            labels = check.labels(values, kind, facts)
            for label in np.unique(labels[labels > 0]).tolist():
                rows = _rows(found, some[labels == label])
                tally = self._tally(at, check, facts, label)
                # Rows come in their order; the first places of a column are known then.
                is_full = len(tally.places) >= MAX_PLACES and not check.by_table
                first = rows[: 0 if is_full else MAX_PLACES]
                places = [
                    Place(row, facts.number, example(text))
                    for row, text in zip(numbers[first].tolist(), _texts(found, first), strict=True)
                ]
                tally.add(len(rows), places)


def _rows(found: Distinct, values: np.ndarray) -> np.ndarray:
    """The rows that hold some of the values."""
    if found.indices is None:
        return values
    wanted = np.zeros(len(found.values), bool)
    wanted[values] = True
    return np.flatnonzero(wanted[found.indices])


def _texts(found: Distinct, rows: np.ndarray) -> list[str]:
    at = rows if found.indices is None else found.indices[rows]
    return found.values.take(pa.array(at)).to_pylist()
