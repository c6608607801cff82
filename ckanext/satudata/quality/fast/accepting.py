"""Which values of a column are right for sure, found by kernels over the whole column.

A kernel here may refuse what frictionless takes: the rest goes to frictionless' reader. It may
never accept what frictionless would refuse, or read as something else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from frictionless import Field

from ckanext.satudata.quality.fast.kernels import pc
from ckanext.satudata.quality.fast.patterns import only_digits, safe

LONGEST = 18
"""Digits of a whole number that surely fits 64 bits."""
FEW = 500
"""Left values that are not worth another kernel."""
MOST_GOOD = 50_000


@dataclass
class Accepted:
    """`left`: places of the values that are not accepted; None: all of them are left.

    `numbers`: what the values were read as, where that is a number; at the places left, anything.
    """

    left: np.ndarray | None
    numbers: np.ndarray | None = None


Kernel = Callable[[pa.Array], Accepted]

NOTHING = np.array([], np.int64)


def kernel_of(
    field: Field, missing: Collection[str], lookups: Sequence[Collection[tuple[Any, ...]]]
) -> Kernel | None:
    """The kernel for a field; None where each distinct value is to be asked for.

    `lookups`: the values that it may have as a foreign key.
    """
    missing = frozenset(missing)
    if "enum" in field.constraints:
        return None
    if lookups:
        is_text = field.type == "string" and field.format == "default"
        return _foreign(_texts(field, missing), missing, lookups) if is_text else None
    if field.type == "any":
        return None if field.constraints else _everything
    if field.type == "string" and field.format == "default":
        return _texts(field, missing)
    if field.type == "integer":
        return _integers(field, missing)
    if field.type == "number":
        return _numbers(field, missing)
    return None


def places(mask: pa.Array) -> np.ndarray:
    """Where a mask is false."""
    return np.flatnonzero(~mask.to_numpy(zero_copy_only=False))


def longest(missing: Collection[str]) -> int:
    """Bytes of the longest mark for a missing value."""
    return max((len(one.encode()) for one in missing), default=-1)


def _everything(array: pa.Array) -> Accepted:
    return Accepted(NOTHING)


def _texts(field: Field, missing: frozenset[str]) -> Kernel | None:
    rules = field.constraints
    tests: list[Callable[[pa.Array], pa.Array]] = []
    if rules.get("required") and missing:
        most = longest(missing)
        tests.append(lambda array: pc.greater(pc.binary_length(array), most))
    for name, compare in (("minLength", pc.greater_equal), ("maxLength", pc.less_equal)):
        if (bound := rules.get(name)) is not None:
            tests.append(_length(compare, bound))
    if (pattern := rules.get("pattern")) is not None:
        matches = _matches(pattern)
        if matches is None:
            return None
        tests.append(matches)
    if not tests:
        return _everything

    def accept(array: pa.Array) -> Accepted:
        mask = tests[0](array)
        for test in tests[1:]:
            mask = pc.and_(mask, test(array))
        return Accepted(_left(mask))

    return accept


def _foreign(
    kernel: Kernel | None, missing: frozenset[str], lookups: Sequence[Collection[tuple[Any, ...]]]
) -> Kernel | None:
    """What is right in itself and stands in every table that it refers to."""
    known = {one[0] for one in lookups[0]}.intersection(*({v[0] for v in one} for one in lookups))
    texts = [one for one in known if isinstance(one, str) and one not in missing]
    if kernel is None or not texts or len(texts) > MOST_GOOD:
        return None
    array = pa.array(texts, pa.string())
    left = kernel(array).left
    good = (
        array
        if left is None or not len(left)
        else pa.array(np.delete(texts, left).tolist(), pa.string())
    )
    return lambda values: Accepted(_left(pc.is_in(values, good)))


def _length(compare: Callable[..., pa.Array], bound: int) -> Callable[[pa.Array], pa.Array]:
    return lambda array: compare(pc.utf8_length(array), bound)


def _matches(pattern: str) -> Callable[[pa.Array], pa.Array] | None:
    if count := only_digits(pattern):
        return lambda array: pc.and_(
            pc.equal(pc.binary_length(array), count), pc.ascii_is_decimal(array)
        )
    if found := safe(pattern):
        return lambda array: pc.match_substring_regex(array, found)
    return None


def _left(mask: pa.Array) -> np.ndarray:
    return NOTHING if pc.all(mask).as_py() else places(mask)


def _integers(field: Field, missing: frozenset[str]) -> Kernel | None:
    bounds = bounds_of(field, int)
    if bounds is None:
        return None
    digits = _with_digits(missing)

    def accept(array: pa.Array) -> Accepted:
        mask = pc.and_(pc.ascii_is_decimal(array), pc.less_equal(pc.binary_length(array), LONGEST))
        if digits is not None:
            mask = pc.and_not(mask, pc.is_in(array, digits))
        left = _left(mask)
        source = pc.if_else(mask, array, "0") if len(left) else array
        numbers = source.cast(pa.int64()).to_numpy(zero_copy_only=False)
        if len(left) > FEW:
            numbers, left = _second(array, numbers, left, digits, r"^[ \t]*[-+]?[0-9]{1,17}[ \t]*$")
        return Accepted(_outside(numbers, left, bounds), numbers)

    return accept


def _second(
    array: pa.Array, numbers: np.ndarray, left: np.ndarray, digits: pa.Array | None, pattern: str
) -> tuple[np.ndarray, np.ndarray]:
    """Take what has a sign or blanks around it, too."""
    rest = array.take(pa.array(left))
    mask = pc.match_substring_regex(rest, pattern)
    if digits is not None:
        mask = pc.and_not(mask, pc.is_in(rest, digits))
    taken = mask.to_numpy(zero_copy_only=False)
    if not taken.any():
        return numbers, left
    plain = pc.ascii_ltrim(pc.ascii_trim_whitespace(rest.filter(mask)), characters="+")
    numbers = numbers.copy()
    kind = pa.int64() if numbers.dtype == np.int64 else pa.float64()
    numbers[left[taken]] = plain.cast(kind).to_numpy(zero_copy_only=False)
    return numbers, left[~taken]


def _with_digits(missing: Collection[str]) -> pa.Array | None:
    """Marks for a missing value that are numbers themselves, such as -99."""
    found = [one for one in missing if any(sign.isdigit() for sign in one)]
    return pa.array(found, pa.string()) if found else None


_SIDES = {
    "minimum": (np.less, -1),
    "maximum": (np.greater, 1),
    "exclusiveMinimum": (np.less_equal, -1),
    "exclusiveMaximum": (np.greater_equal, 1),
}
_Bounds = list[tuple[Callable[..., np.ndarray], Any]]


def bounds_of(field: Field, kind: type[int] | type[float]) -> _Bounds | None:
    """What is outside; None where a bound is not what it should be."""
    read = field.create_value_reader()
    found: _Bounds = []
    for name, (is_outside, side) in _SIDES.items():
        bound = field.constraints.get(name)
        if bound is None:
            continue
        value = read(bound)
        if value is None or value != value:
            return None
        if kind is int:
            if not isinstance(value, int) or abs(value) >= 2**62:
                return None
        else:
            # A number as near to its bound as floats are inexact is left to be read exactly.
            value = float(value)
            value -= side * max(1.0, abs(value)) * 1e-9
        found.append((is_outside, value))
    return found


def _outside(numbers: np.ndarray, left: np.ndarray, bounds: _Bounds) -> np.ndarray:
    for is_outside, bound in bounds:
        wrong = np.flatnonzero(is_outside(numbers, bound))
        if len(wrong):
            left = np.union1d(left, wrong)
    return left


def _numbers(field: Field, missing: frozenset[str]) -> Kernel | None:
    bounds = bounds_of(field, float)
    plain = _plain(field)
    if bounds is None or plain is None:
        return None
    most, digits = longest(missing), _with_digits(missing)

    def accept(array: pa.Array) -> Accepted:
        sure = pc.greater(pc.binary_length(array), most)
        if 2 * (pc.sum(sure).as_py() or 0) < len(array):
            sure = pc.invert(pc.is_in(array, pa.array(sorted(missing), pa.string())))
        text, fits = plain(array)
        sure = sure if fits is None else pc.and_(sure, fits)
        numbers, left = _floats(text, sure)
        if len(left) > FEW and len(left) > len(array) // 20:
            pattern = r"^[ \t]*[-+]?[0-9]+(\.[0-9]*)?[ \t]*$"
            # A short value that is no mark for a missing one is as good as any.
            taken = pc.is_in(array.take(pa.array(left)), pa.array(sorted(missing), pa.string()))
            keep = taken.to_numpy(zero_copy_only=False)
            if fits is not None:
                keep = keep | ~fits.take(pa.array(left)).to_numpy(zero_copy_only=False)
            numbers, rest = _second(text, numbers, left[~keep], digits, pattern)
            left = np.union1d(left[keep], rest)
        unsure = np.flatnonzero(~np.isfinite(numbers))
        left = np.union1d(left, unsure) if len(unsure) else left
        return Accepted(_outside(numbers, left, bounds), numbers)

    return accept


def _floats(text: pa.Array, sure: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The numbers, and the places that are none for sure."""
    left = _left(sure)
    source = pc.if_else(sure, text, "0") if len(left) else text
    try:
        return source.cast(pa.float64()).to_numpy(zero_copy_only=False), left
    except pa.ArrowInvalid:
        mask = pc.and_(sure, pc.match_substring_regex(text, r"^-?[0-9]+(\.[0-9]*)?$"))
        source = pc.if_else(mask, text, "0")
        return source.cast(pa.float64()).to_numpy(zero_copy_only=False), places(mask)


_Plain = Callable[[pa.Array], tuple[pa.Array, pa.Array | None]]


def _plain(field: Field) -> _Plain | None:
    """What makes a number as people write it one as programs do; and where that is possible."""
    group, decimal = str(getattr(field, "group_char", "")), str(getattr(field, "decimal_char", "."))
    is_bare = bool(getattr(field, "bare_number", True))
    if group not in ("", ".", ",", " ", "'") or decimal not in (".", ",") or group == decimal:
        return None

    def plain(array: pa.Array) -> tuple[pa.Array, pa.Array | None]:
        text, fits = array, None
        if not is_bare:
            # Only a part of what frictionless strips; a value with another sign is left.
            text = pc.ascii_ltrim(text, characters="RpIDR. ")
            if pc.any(pc.ends_with(text, "-")).as_py():
                text = pc.ascii_rtrim(text, characters=" ,.-")
        if group:
            text = pc.replace_substring(text, group, "")
        if decimal == ",":
            if group != ".":
                points = pc.match_substring(text, ".")
                fits = pc.invert(points) if pc.any(points).as_py() else None
            text = pc.replace_substring(text, ",", ".")
        return text, fits

    return plain


class KnownGood:
    """A kernel for fields without one: what frictionless' reader took once is right again."""

    def __init__(self) -> None:
        self._good: dict[str, None] = {}
        self._array: pa.Array | None = None

    def __call__(self, array: pa.Array) -> Accepted:
        if self._array is None and self._good:
            self._array = pa.array(list(self._good), pa.string())
        if self._array is None:
            return Accepted(None)
        return Accepted(_left(pc.is_in(array, self._array)))

    def learn(self, values: list[str]) -> None:
        """Remember values; a column of too many is not remembered at all."""
        if len(self._good) + len(values) > MOST_GOOD:
            self._good.clear()
        elif values:
            self._good.update(dict.fromkeys(values))
        self._array = None
