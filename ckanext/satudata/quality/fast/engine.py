"""A file judged column by column, to the same report as frictionless' own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from frictionless import FrictionlessException

from ckanext.satudata.quality.fast import books
from ckanext.satudata.quality.fast.bytes_of import Bytes
from ckanext.satudata.quality.fast.columns import Column, Wrong
from ckanext.satudata.quality.fast.keys import Keys, together
from ckanext.satudata.quality.fast.opened import Opened, opened
from ckanext.satudata.quality.fast.pages import BLOCK, SMALLER, Kept, Page, pages_of
from ckanext.satudata.quality.fast.plans import planned
from ckanext.satudata.quality.fast.rows import Repeated, Suspect, Walk
from ckanext.satudata.quality.fast.told import told_of
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.fast.wording import Wording
from ckanext.satudata.quality.judge.asked import Asked, resource_of
from ckanext.satudata.quality.judge.report import Counts, Report
from ckanext.satudata.quality.judge.slow import trusted

SMALL = 200_000
"""Bytes below which frictionless is as quick."""
KEPT = 200_000_000
"""Bytes of rows kept in memory; of a larger file, rows are read a second time when needed."""


def judged(
    asked: Asked,
    *,
    small: int = SMALL,
    page: int = BLOCK,
    kept: int = KEPT,
    left: Kept | None = None,
) -> Report:
    """The report of a CSV or TSV file. Raises Unsure where frictionless has to be asked.

    Sizes in bytes: of files that are left to frictionless, of a page, of rows kept in memory.
    `left`: gets the rows that were kept.
    """
    start = time.perf_counter()
    if Path(asked.path).stat().st_size < small:
        raise Unsure("small")
    with trusted(), ThreadPoolExecutor(3) as threads:
        try:
            resource = resource_of(asked, alone=True)
        except FrictionlessException as error:
            raise Unsure("schema") from error
        if resource.format == "xlsx":
            return books.judged(asked, resource, threads)
        file = opened(resource)
        run = _Run(asked, file, threads, page, kept)
        report = run.report(start)
        if left is not None:
            run.leave(left)
        return report


class _Run:
    """One file, from its first page to its report."""

    def __init__(
        self, asked: Asked, file: Opened, threads: ThreadPoolExecutor, page: int, kept: int
    ) -> None:
        self._page_size = page
        self._most_kept = kept
        self._asked = asked
        self._file = file
        self._threads = threads
        self._data = Bytes(file, threads)
        self._plan = planned(asked, file, threads)
        self._keys = {at: Keys() for at in self._plan.unique}
        # A primary key that is unique besides has its keys kept once.
        primary = self._plan.primary
        shared = self._keys.get(primary[0]) if len(primary) == 1 else None
        self._primary = shared or Keys()
        self._is_shared = shared is not None
        self._suspects: list[Suspect] = []
        # Pages take what the file takes: of one that is larger none would be left in the end.
        is_large = Path(asked.path).stat().st_size > kept
        self._kept: list[Page] | None = None if is_large else []
        if is_large:
            self._page_size = min(page, SMALLER)
        self._size = 0
        self._rows = 0
        self._wrong_rows = 0
        self._end: int | None = None
        self._counts = Counts()
        self._empty: set[int] | None = None

    def report(self, start: float) -> Report:
        for page in pages_of(self._file, self._data, self._threads, self._page_size):
            self._look(page)
        facts = self._data.facts()
        listed, is_stopped = self._errors()
        limit = self._asked.limit_errors if is_stopped else 0
        return told_of(self._file, facts, self._rows, listed, self._counts, limit, start)

    def leave(self, left: Kept) -> None:
        """Hand the rows on to whoever looks at them next."""
        left.keep(self._file, self._data, self._kept)

    def _look(self, page: Page) -> None:
        self._rows += len(page.numbers) + len(page.others)
        self._keep(page)
        if len(page.numbers):
            self._regular(page)
        for number, cells in page.others:
            suspect = Suspect(number, cells, None)
            self._suspects.append(suspect)
            self._key_of(suspect)

    def _regular(self, page: Page) -> None:
        columns = self._plan.columns
        wrong = [column.judge(page.columns[at]) for at, column in enumerate(columns)]
        absent = _absent(columns, page)
        keyless = self._page_keys(page)
        special = np.union1d(absent, keyless)
        marked = _by_row(self._only_counted(page, wrong, special), special)
        without = set(keyless.tolist())
        places = np.fromiter(marked, np.int64, len(marked))
        for at, cells in zip(places.tolist(), page.cells(places), strict=True):
            number = int(page.numbers[at])
            is_empty = not any(cells) and self._is_empty(number)
            where = None if is_empty else tuple(marked[at])
            cells = [] if is_empty else cells
            self._suspects.append(Suspect(number, cells, where, is_empty or at in without))

    def _only_counted(self, page: Page, wrong: list[Wrong], special: np.ndarray) -> list[Wrong]:
        """Count what comes after the last row that can be listed; what is left is gone through."""
        limit = self._asked.limit_errors
        if not limit:
            return wrong
        rows = np.unique(np.concatenate([one.places for one in wrong]))
        left = max(0, limit - self._wrong_rows)
        self._wrong_rows += len(rows)
        if len(rows) <= left:
            return wrong
        end = rows[left - 1] if left else -1
        if self._end is None:
            self._end = int(page.numbers[end]) if left else int(page.numbers[0])
        kept: list[Wrong] = []
        for column, one in zip(self._plan.columns, wrong, strict=True):
            is_kept = (one.places <= end) | np.isin(one.places, special)
            kept.append(Wrong(one.places[is_kept], one.codes[is_kept]))
            self._count(column, one.codes[~is_kept])
        return kept

    def _count(self, column: Column, codes: np.ndarray) -> None:
        for code, times in enumerate(np.bincount(codes).tolist()):
            if not times:
                continue
            outcome = column.reader.outcomes[code]
            if outcome.type_note:
                self._counts.add("type-error", column.number, column.name, times)
            if outcome.notes:
                times_each = times * len(outcome.notes)
                self._counts.add("constraint-error", column.number, column.name, times_each)
            if outcome.strangers:
                self._counts.add("foreign-key", times=times * outcome.strangers)

    def _page_keys(self, page: Page) -> np.ndarray:
        """Take the keys of a page; the places of the rows that have no primary key at all."""
        columns, plan = self._plan.columns, self._plan
        for at, keys in self._keys.items():
            found, valid = columns[at].keys()
            keys.add(found, page.numbers, valid)
        if not plan.primary:
            return np.array([], np.int64)
        parts = [columns[at].keys() for at in plan.primary]
        if len(parts) == 1:
            found, valid = parts[0]
            if not self._is_shared:
                self._primary.add(found, page.numbers, valid)
            return np.array([], np.int64) if valid is None else np.flatnonzero(~valid)
        found, some = together(parts)
        self._primary.add(found, page.numbers, some)
        return np.flatnonzero(~some)

    def _key_of(self, suspect: Suspect) -> None:
        """Take the keys of a row that is no part of a page's columns."""
        parts: list[tuple[np.ndarray, np.ndarray | None]] = []
        number = np.array([suspect.number])
        for at in {*self._keys, *self._plan.primary}:
            column = self._plan.columns[at]
            source = suspect.cells[at] if at < len(suspect.cells) else None
            target = column.reader.target(source)
            key = np.array([0 if target is None else column.key(target)], np.int64)
            valid = np.array([target is not None])
            if at in self._keys:
                self._keys[at].add(key, number, valid)
            if at in self._plan.primary:
                parts.append((key, valid))
        if self._is_shared:
            return
        if len(parts) == 1:
            self._primary.add(parts[0][0], number, parts[0][1])
        elif parts:
            found, some = together(parts)
            self._primary.add(found, number, some)

    def _is_empty(self, number: int) -> bool:
        """An empty line, which has no cells at all."""
        if self._empty is None:
            self._empty = self._data.empty_records()
        return number in self._empty

    def _keep(self, page: Page) -> None:
        if self._kept is None:
            return
        self._size += page.size
        if self._size > self._most_kept:
            self._kept = None
            pa.default_memory_pool().release_unused()
        else:
            self._kept.append(page)

    def _again(self, numbers: np.ndarray) -> Iterator[Suspect]:
        """Rows that turned out to be suspect when the file had been read."""
        if not len(numbers):
            return
        again = self._kept
        for page in again if again is not None else self._second_time():
            places = np.flatnonzero(np.isin(page.numbers, numbers))
            for at, cells in zip(places, page.cells(places), strict=True):
                yield Suspect(int(page.numbers[at]), cells, (), lacks_key=False)

    def _second_time(self) -> Iterator[Page]:
        return pages_of(self._file, self._data, self._threads, self._page_size)

    def _repeated(self) -> Repeated:
        """Records whose key may have been there before; what cannot be listed is only counted."""
        columns = self._plan.columns
        unique: dict[int, set[int]] = {}
        for at, keys in self._keys.items():
            numbers, more = self._until_end(keys, is_exact=columns[at].is_exact)
            unique[at] = set(numbers.tolist())
            if more:
                self._counts.add("unique-error", at + 1, columns[at].name, more)
        primary = self._plan.primary
        is_exact = len(primary) == 1 and columns[primary[0]].is_exact
        numbers, more = self._until_end(self._primary, is_exact=is_exact)
        if more:
            self._counts.add("primary-key", times=more)
        return Repeated(unique, set(numbers.tolist()))

    def _until_end(self, keys: Keys, *, is_exact: bool) -> tuple[np.ndarray, int]:
        if self._end is None or not is_exact:
            return keys.repeated(), 0
        return keys.repeated_until(self._end)

    def _ordered(self, repeated: Repeated) -> list[Suspect]:
        numbers = repeated.primary.union(*repeated.unique.values())
        numbers.difference_update(one.number for one in self._suspects)
        more = np.fromiter(numbers, np.int64, len(numbers))
        return sorted([*self._suspects, *self._again(more)], key=lambda one: one.number)

    def _errors(self) -> tuple[list[dict[str, Any]], bool]:
        """The errors that are listed, and whether the limit was reached; all are counted."""
        limit = self._asked.limit_errors
        listed = [error.to_descriptor() for error in self._file.start_errors]
        for error in listed:
            self._counts.add(error["type"], error.get("fieldNumber", 0), error.get("fieldName", ""))
        is_stopped = bool(limit and len(listed) >= limit and self._rows)
        repeated = self._repeated()
        walk, wording = Walk(self._plan, repeated), Wording(self._plan.columns)
        columns, counts = self._plan.columns, self._counts
        for suspect in self._ordered(repeated):
            for found in walk.row(suspect):
                is_own = 0 <= found.column < len(columns)
                name = columns[found.column].name if is_own else ""
                counts.add(found.kind, found.column + 1, name)
                if not is_stopped:
                    listed.append(wording.describe(found, suspect))
            is_stopped = is_stopped or bool(limit and len(listed) >= limit)
        return (listed[:limit] if is_stopped else listed), is_stopped


def _absent(columns: list[Column], page: Page) -> np.ndarray:
    """Places of the rows in which every value is empty or missing."""
    places: np.ndarray | None = None
    # Columns that say at once that no row is blank come first.
    for at in sorted(range(len(columns)), key=lambda at: not columns[at].field.required):
        array = page.columns[at]
        if places is None:
            places = columns[at].may_be_absent(array)
        else:
            places = places[columns[at].may_be_absent(array.take(places))]
        if not len(places):
            return places
    if places is None:
        return np.array([], np.int64)
    rows = page.cells(places)
    kept = [all(c.is_absent(cell) for c, cell in zip(columns, row, strict=True)) for row in rows]
    return places[np.array(kept, bool)]


def _by_row(wrong: list[Wrong], special: np.ndarray) -> dict[int, list[int]]:
    """Place of a row to the places of the columns that are wrong in it, both in their order."""
    found: dict[int, list[int]] = {at: [] for at in special.tolist()}
    for column, one in enumerate(wrong):
        for at in one.places.tolist():
            found.setdefault(at, []).append(column)
    return dict(sorted(found.items()))
