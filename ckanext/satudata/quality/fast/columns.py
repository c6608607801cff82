"""A column: which of its values are wrong, and what its keys are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from frictionless import Field

from ckanext.satudata.quality.fast.accepting import (
    LONGEST,
    NOTHING,
    Accepted,
    Kernel,
    KnownGood,
    kernel_of,
    longest,
)
from ckanext.satudata.quality.fast.kernels import pc
from ckanext.satudata.quality.fast.readers import Reader
from ckanext.satudata.quality.fast.unsure import Unsure

KEYS = ("integer", "number", "string", "date", "datetime", "time", "year", "boolean", "any")
"""Types whose values Python compares as we do here."""


@dataclass
class Wrong:
    """Places of the wrong values of a page, and the codes of what is wrong."""

    places: np.ndarray
    codes: np.ndarray


RIGHT = Wrong(NOTHING, np.array([], np.int32))


class Column:
    """One field of the rows, page after page."""

    def __init__(
        self,
        field: Field,
        number: int,
        reader: Reader,
        missing: frozenset[str],
        lookups: list[set[tuple[Any, ...]]],
    ) -> None:
        self.field = field
        self.name = field.name
        self.number = number
        """The first column is 1."""
        self.reader = reader
        self.missing = missing
        self._longest = longest(missing)
        kernel = kernel_of(field, missing, lookups)
        self._learned = KnownGood() if kernel is None else None
        self._kernel: Kernel = kernel or self._learned or KnownGood()
        self._is_counted = kernel is not None and field.type in ("integer", "number")
        self.is_spelled = field.type == "string" and field.format == "default"
        self.is_exact = self.is_spelled or (self._is_counted and field.type == "integer")
        """Whether different values have different keys."""
        self._page: pa.Array = pa.array([], pa.string())
        self._accepted: Accepted = Accepted(None)

    def judge(self, array: pa.Array) -> Wrong:
        """The wrong values of a page."""
        self._page = array
        accepted = self._accepted = self._kernel(array)
        if accepted.left is not None and not len(accepted.left):
            return RIGHT
        values = array if accepted.left is None else array.take(pa.array(accepted.left))
        distinct = values.dictionary_encode()
        texts = distinct.dictionary.to_pylist()
        codes = self.reader.codes(texts)
        if self._learned is not None:
            good = np.flatnonzero(codes == 0)
            self._learned.learn([texts[at] for at in good])
        if not codes.any():
            return RIGHT
        each = codes[distinct.indices.to_numpy(zero_copy_only=False)]
        at = np.flatnonzero(each)
        return Wrong(at if accepted.left is None else accepted.left[at], each[at])

    def may_be_absent(self, array: pa.Array) -> np.ndarray:
        """Where a value is empty or may be a mark for a missing one."""
        short = pc.less_equal(pc.binary_length(array), max(0, self._longest))
        return np.flatnonzero(short.to_numpy(zero_copy_only=False))

    def is_absent(self, value: Any) -> bool:
        return value is None or value == "" or value in self.missing

    def keys(self) -> tuple[np.ndarray, np.ndarray | None]:
        """The keys of the page judged last, and where there are any (None: everywhere).

        Values that Python takes for equal have the same key; others may have, too.
        """
        if self._is_counted and self._accepted.numbers is not None:
            keys, valid = self._counted(self._accepted.numbers)
            # A zero may have a sign, which makes it no other number.
            return keys if keys.dtype == np.int64 else (keys + 0.0).view(np.int64), valid
        if self.is_spelled:
            return self._spelled(self._page)
        return self._read(self._page)

    def _counted(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
        left = self._accepted.left
        if left is None or not len(left):
            return numbers, None
        numbers, valid = numbers.copy(), np.ones(len(numbers), bool)
        for at, value in zip(left, self._page.take(pa.array(left)).to_pylist(), strict=True):
            target = self.reader.target(value)
            valid[at] = target is not None
            numbers[at] = 0 if target is None else _number(target, numbers.dtype)
        return numbers, valid

    def _spelled(self, array: pa.Array) -> tuple[np.ndarray, np.ndarray | None]:
        mask = pc.and_(pc.ascii_is_decimal(array), pc.less_equal(pc.binary_length(array), LONGEST))
        is_plain = pc.all(mask).as_py()
        source = array if is_plain else pc.if_else(mask, array, "1")
        keys = source.cast(pa.int64()).to_numpy(zero_copy_only=False)
        zeros = np.flatnonzero(pc.starts_with(source, "0").to_numpy(zero_copy_only=False))
        if len(zeros):
            keys = keys.copy()
            keys[zeros] -= [10 ** len(one) for one in source.take(pa.array(zeros)).to_pylist()]
        if is_plain and not self.missing:
            return keys, None
        if not is_plain:
            keys = keys.copy()
            rest = np.flatnonzero(~mask.to_numpy(zero_copy_only=False))
            texts = array.take(pa.array(rest)).to_pylist()
            keys[rest] = np.fromiter((hash(text) for text in texts), np.int64, len(rest))
        return keys, self._present(array)

    def _present(self, array: pa.Array) -> np.ndarray | None:
        short = self.may_be_absent(array)
        if not len(short):
            return None
        valid = np.ones(len(array), bool)
        texts = array.take(pa.array(short)).to_pylist()
        # What is wrong is None, as what is missing; only what is read has a key.
        valid[short] = [self.reader.target(text) is not None for text in texts]
        return valid

    def _read(self, array: pa.Array) -> tuple[np.ndarray, np.ndarray | None]:
        distinct = array.dictionary_encode()
        targets = [self.reader.target(text) for text in distinct.dictionary.to_pylist()]
        at = distinct.indices.to_numpy(zero_copy_only=False)
        keys = np.fromiter((key_of(one) for one in targets), np.int64, len(targets))
        valid = np.fromiter((one is not None for one in targets), bool, len(targets))
        return keys[at], valid[at]

    def key(self, target: Any) -> int:
        """The key of one value, the same as `keys` has it."""
        if self._is_counted and self.field.type == "integer":
            return int(_number(target, np.dtype(np.int64)))
        if self._is_counted:
            number = _number(target, np.dtype(np.float64))
            return int(np.array([number + 0.0]).view(np.int64)[0])
        if self.is_spelled:
            is_plain = target.isascii() and target.isdecimal() and len(target) <= LONGEST
            if not is_plain:
                return hash(target)
            # What begins with a zero is another text than the one without.
            return int(target) - (10 ** len(target) if target[0] == "0" else 0)
        return key_of(target)


def key_of(target: Any) -> int:
    """A key for a value that was read."""
    if target is None:
        return 0
    if is_nan(target):
        return 0
    if not isinstance(target, (int, float, Decimal, str, date)) and not hasattr(target, "hour"):
        raise Unsure("key")
    return hash(target)


def is_nan(target: Any) -> bool:
    """Whether a value is not even equal to itself. Raises Unsure where Python would break off."""
    if isinstance(target, Decimal):
        if target.is_snan():
            raise Unsure("raising")
        return target.is_nan()
    return isinstance(target, float) and target != target


def _number(target: Any, kind: np.dtype[Any]) -> Any:
    if is_nan(target):
        return 0
    if kind == np.int64:
        return target if abs(target) < 2**62 else hash(target)
    try:
        return float(target)
    except OverflowError:
        return float("inf")
