"""Rows whose key may have been there before; whether it was, is told when they are gone through."""

from __future__ import annotations

import numpy as np

from ckanext.satudata.quality.fast.accepting import NOTHING

CHUNK = 1 << 19
"""Keys for which room is made at once."""


class Keys:
    """The keys of a column, or of several together, with the numbers of their records."""

    def __init__(self) -> None:
        self._keys: list[np.ndarray] = []
        self._room = NOTHING
        self._numbers: list[np.ndarray | range] = []
        self._is_rising = True
        self._last: int | None = None

    def add(self, keys: np.ndarray, numbers: np.ndarray, valid: np.ndarray | None) -> None:
        """Keys of a page; those that are not `valid` are no keys."""
        if valid is not None and not valid.all():
            keys, numbers = keys[valid], numbers[valid]
        if not len(keys):
            return
        if self._is_rising:
            is_first = self._last is None or int(keys[0]) > self._last
            self._is_rising = is_first and bool((keys[1:] > keys[:-1]).all())
            self._last = int(keys[-1])
        self._keys.append(self._put_away(keys))
        first, last = int(numbers[0]), int(numbers[-1])
        is_row = last - first + 1 == len(numbers)  # one after the other, as they nearly always are
        self._numbers.append(range(first, last + 1) if is_row else np.asarray(numbers, np.int64))

    def _put_away(self, keys: np.ndarray) -> np.ndarray:
        """A copy beside those before: kept as they came, small ones would hold large pieces of
        memory between them."""
        if len(keys) > len(self._room):
            self._room = np.empty(max(CHUNK, len(keys)), np.int64)
        put, self._room = self._room[: len(keys)], self._room[len(keys) :]
        put[:] = keys
        return put

    def repeated(self) -> np.ndarray:
        """Numbers of the records whose key another one has, too; with all of its kind."""
        return self._twice()[1]

    def repeated_until(self, end: int) -> tuple[np.ndarray, int]:
        """The same up to record `end`, and how many later ones come a second time or more.

        Only for keys that are as different as the values they stand for.
        """
        keys, numbers = self._twice()
        order = np.lexsort((numbers, keys))
        is_later = np.zeros(len(keys), bool)
        is_later[order[1:]] = keys[order][1:] == keys[order][:-1]
        return numbers[numbers <= end], int((is_later & (numbers > end)).sum())

    def _twice(self) -> tuple[np.ndarray, np.ndarray]:
        if self._is_rising or not self._keys:
            return NOTHING, NOTHING
        ordered = np.concatenate(self._keys)
        ordered.sort()
        twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
        del ordered  # as large as all keys
        if not len(twice):
            return NOTHING, NOTHING
        found = [
            (keys[is_twice], np.asarray(numbers, np.int64)[is_twice])
            for keys, numbers in zip(self._keys, self._numbers, strict=True)
            if (is_twice := twice[np.searchsorted(twice[:-1], keys)] == keys).any()
        ]
        keys, numbers = zip(*found, strict=True)
        return np.concatenate(keys), np.concatenate(numbers)


def together(parts: list[tuple[np.ndarray, np.ndarray | None]]) -> tuple[np.ndarray, np.ndarray]:
    """One key for several columns; the second says in which rows any of them has a value."""
    keys = np.zeros(len(parts[0][0]), np.int64)
    some = np.zeros(len(keys), bool)
    with np.errstate(over="ignore"):
        for part, valid in parts:
            values = part if valid is None else np.where(valid, part, np.int64(-7_046_029))
            keys = keys * np.int64(1_000_003) + values
            some |= True if valid is None else valid
    return keys, some
