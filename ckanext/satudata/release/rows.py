"""What differs between the rows of two tables: counts, and the first rows of each kind.

Rows are compared as text over the columns that both tables have. With key columns a row that has
the same key and other values is changed; without, it is removed and another one added, and equal
rows count as often as they stand there. Neither table has to fit into memory: digests of the rows
go to temporary files by their first bits, and one part after the other is compared.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import blake2b
from heapq import heappush, heapreplace
from itertools import chain
from struct import Struct
from tempfile import TemporaryFile
from typing import IO, BinaryIO

FIRST = 100
"""Rows of each kind that are shown."""
PARTS = 64
_RECORD = Struct(">16s16sq")
_BATCH = 4096

Row = Mapping[str, "str | None"]
Source = Callable[[], tuple[Sequence[str], Iterable[Sequence["str | None"]]]]
"""Opens a table from its beginning: the names of its columns, and its rows."""


@dataclass(frozen=True)
class ChangedRow:
    """A row of the same key, as it was and as it is."""

    old: Row
    new: Row


@dataclass(frozen=True)
class RowDifferences:
    """How many rows differ, the first of each kind in the order of their table, and columns.

    `keys`: the columns that say which row is which; without any no row is ever `changed`.
    Rows hold the columns that both tables have.
    """

    added: int
    removed: int
    changed: int
    first_added: tuple[Row, ...]
    first_removed: tuple[Row, ...]
    first_changed: tuple[ChangedRow, ...]
    keys: tuple[str, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        rows = self.added or self.removed or self.changed
        return bool(rows or self.columns_added or self.columns_removed)


def csv_source(opened: Callable[[], BinaryIO], delimiter: str = ",") -> Source:
    """A CSV file in UTF-8 whose first line names the columns.

    A short row is filled up; cells beyond the last column count as part of it.
    """

    def source() -> tuple[Sequence[str], Iterator[Sequence[str | None]]]:
        reader = csv.reader(
            io.TextIOWrapper(opened(), "utf-8-sig", newline=""), delimiter=delimiter
        )
        columns = _unique(next(reader, []))
        return columns, (_fitted(row, len(columns), delimiter) for row in reader if row)

    return source


def _unique(names: Iterable[str]) -> list[str]:
    seen: dict[str, int] = defaultdict(int)
    unique: list[str] = []
    for name in names:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique


def _fitted(row: list[str], width: int, delimiter: str) -> list[str]:
    if len(row) > width:
        return [*row[: width - 1], delimiter.join(row[width - 1 :])]
    return row + [""] * (width - len(row))


def row_differences(
    old: Source, new: Source, keys: Sequence[str] = (), first: int = FIRST
) -> RowDifferences:
    """Compare two tables. Keys that one of them lacks are left out of account."""
    before, after = old()[0], new()[0]
    common = [name for name in after if name in before]
    used = tuple(keys) if keys and set(keys) <= set(common) else ()
    with ExitStack() as open_files:
        parts = [_parts(open_files, source, common, used) for source in (old, new)]
        found = _Found(first)
        for number in range(PARTS):
            _compare(_read(parts[0][number]), _read(parts[1][number]), found)
    olds = _rows(old, common, {*found.removed.numbers(), *(a for a, _ in found.changed.pairs())})
    news = _rows(new, common, {*found.added.numbers(), *(b for _, b in found.changed.pairs())})
    return RowDifferences(
        found.added.count,
        found.removed.count,
        found.changed.count,
        tuple(news[one] for one in found.added.numbers()),
        tuple(olds[one] for one in found.removed.numbers()),
        tuple(ChangedRow(olds[a], news[b]) for a, b in found.changed.pairs()),
        used,
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )


class _First:
    """Counts, and keeps the lowest `limit` positions (with the position in the other table)."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.count = 0
        self.heap: list[tuple[int, int]] = []

    def add(self, position: int, other: int = 0) -> None:
        self.count += 1
        if len(self.heap) < self.limit:
            heappush(self.heap, (-position, other))
        elif self.limit and -position > self.heap[0][0]:
            heapreplace(self.heap, (-position, other))

    def numbers(self) -> list[int]:
        return sorted(-position for position, _ in self.heap)

    def pairs(self) -> list[tuple[int, int]]:
        """Positions in the old and the new table, in the order of the new one."""
        return sorted(((other, -position) for position, other in self.heap), key=lambda p: p[1])


class _Found:
    def __init__(self, first: int) -> None:
        self.added, self.removed, self.changed = _First(first), _First(first), _First(first)


Digests = Iterator[tuple[bytes, bytes, int]]


def _parts(
    open_files: ExitStack, source: Source, common: Sequence[str], keys: Sequence[str]
) -> list[IO[bytes]]:
    """Digests of key and row with their position, in a temporary file for each first bits."""
    files: list[IO[bytes]] = [_temporary(open_files) for _ in range(PARTS)]
    columns, rows = source()
    places = [columns.index(name) for name in common]
    key_places = [columns.index(name) for name in keys]
    for number, row in enumerate(rows):
        whole = _digest([row[place] for place in places])
        key = _digest([row[place] for place in key_places]) if key_places else whole
        files[key[0] % PARTS].write(_RECORD.pack(key, whole, number))
    return files


def _temporary(open_files: ExitStack) -> IO[bytes]:
    return open_files.enter_context(TemporaryFile())


def _digest(cells: Sequence[str | None]) -> bytes:
    digest = blake2b(digest_size=16)
    for cell in cells:
        data = b"" if cell is None else cell.encode("utf-8", "surrogatepass")
        digest.update(b"-" if cell is None else b"%d:" % len(data))
        digest.update(data)
    return digest.digest()


def _read(file: IO[bytes]) -> Digests:
    file.seek(0)
    while batch := file.read(_RECORD.size * _BATCH):
        yield from _RECORD.iter_unpack(batch)


def _compare(old: Digests, new: Digests, found: _Found) -> None:
    """One part: equal rows cancel each other, then what is left under the same key is changed."""
    left: dict[bytes, dict[bytes, deque[int]]] = {}
    for key, whole, number in old:
        left.setdefault(key, {}).setdefault(whole, deque()).append(number)
    came: dict[bytes, list[int]] = defaultdict(list)
    for key, whole, number in new:
        same = left.get(key, {}).get(whole)
        if same:
            same.popleft()
        else:
            came[key].append(number)
    for key in left.keys() | came.keys():
        gone = sorted(chain.from_iterable(left.get(key, {}).values()))
        rows = came.get(key, [])
        for before, after in zip(gone, rows, strict=False):
            found.changed.add(after, before)
        for after in rows[len(gone) :]:
            found.added.add(after)
        for before in gone[len(rows) :]:
            found.removed.add(before)


def _rows(source: Source, common: Sequence[str], wanted: set[int]) -> dict[int, Row]:
    """The rows at some positions; reads no further than the last of them."""
    if not wanted:
        return {}
    columns, rows = source()
    last, places = max(wanted), [(name, columns.index(name)) for name in common]
    found: dict[int, Row] = {}
    for number, row in enumerate(rows):
        if number in wanted:
            found[number] = {name: row[place] for name, place in places}
        if number >= last:
            break
    return found
