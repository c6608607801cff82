"""Cells about which no check has anything to say, found at once so that the rest is little."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import (
    CODES,
    DATES,
    NUMBERS,
    PERIODS,
    TEXTS,
    Check,
    Facts,
)
from ckanext.satudata.quality.checks.codes import AllNumbers, AsNumber, LostZero, Rounded
from ckanext.satudata.quality.checks.dates import DayAndMonth, Impossible, TwoForms
from ckanext.satudata.quality.checks.numbers import (
    DecimalComma,
    DotDoubtful,
    ThousandsComma,
    ThousandsDot,
)
from ckanext.satudata.quality.checks.regions import REGION_CHECKS
from ckanext.satudata.quality.checks.spelling import any_case, plain_signs
from ckanext.satudata.quality.fast.kernels import pc

_COUNTING = (
    LostZero,
    Rounded,
    AsNumber,
    AllNumbers,
    DayAndMonth,
    TwoForms,
    Impossible,
    ThousandsDot,
    DotDoubtful,
    ThousandsComma,
    DecimalComma,
)
"""They label most cells, and so have to see all of them."""
_BEGINNINGS = (
    "juml", "jml", "tota", "sub", "gr", "ind", "umum", "u m", "nas", "pd", "prod", "sumb", "sou",
    "cat", "ket", "note", "nb", "n.b",
)  # fmt: skip
_BLANK = r"[ \t\r\n\u00a0]"
_LOUD_TEXT = plain_signs(
    rf"\A{_BLANK}*(?:{any_case(*_BEGINNINGS)}|[^A-Za-z \t\r\n\u00a0]"
    rf"|[nN][/\\.]?[aA](?:{_BLANK}|\.)*\z)"
)
"""How a text begins of which there may be something to say."""


class Plain:
    """Leaves out what is plain."""

    def __init__(self, checks: Sequence[Check]) -> None:
        regions = tuple(type(one) for one in REGION_CHECKS)
        self.counting = {
            at for at, one in enumerate(checks) if isinstance(one, (*_COUNTING, *regions))
        }

    def left(self, array: pa.Array, facts: Facts) -> np.ndarray:
        """Which of the cells must be looked at."""
        return ~_KERNELS[facts.role](array, facts).to_numpy(zero_copy_only=False)


def _numbers(array: pa.Array, facts: Facts) -> pa.Array:
    plain = pc.ascii_is_decimal(array)
    if pc.all(plain).as_py():
        return plain
    whole = "[0-9]+"
    if facts.group:
        whole += rf"|[0-9]{{1,3}}(?:\{facts.group}[0-9]{{3}})+"
    sign = "" if facts.is_bare else "(?:Rp ?)?"
    return pc.match_substring_regex(array, rf"\A-?{sign}(?:{whole})(?:\{facts.decimal}[0-9]+)?\z")


def _texts(array: pa.Array, facts: Facts) -> pa.Array:
    return pc.invert(pc.match_substring_regex(array, _LOUD_TEXT))


def _codes(array: pa.Array, facts: Facts) -> pa.Array:
    plain = pc.ascii_is_decimal(array)
    if not pc.all(plain).as_py():
        plain = pc.or_(plain, pc.match_substring_regex(array, r"\A[0-9]{2}(?:\.[0-9]{2,4})+\z"))
    return pc.and_(plain, pc.invert(pc.starts_with(array, "8")))


def _digits(array: pa.Array, facts: Facts) -> pa.Array:
    # A number of five digits may be a date.
    return pc.and_(pc.ascii_is_decimal(array), pc.not_equal(pc.binary_length(array), 5))


_Kernel = Callable[[pa.Array, Facts], pa.Array]
_KERNELS: dict[str, _Kernel] = {
    NUMBERS: _numbers,
    TEXTS: _texts,
    CODES: _codes,
    DATES: _digits,
    PERIODS: _digits,
}
