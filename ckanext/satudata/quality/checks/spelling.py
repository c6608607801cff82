"""Patterns that Python and pyarrow read alike.

Letters are spelled out in both cases, because the two fold other letters; classes such as \\d are
not used, because they mean other signs. Blanks at both ends do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyarrow as pa

from ckanext.satudata.quality.fast.kernels import pc

BLANKS = " \t\r\n\u00a0"
_BLANKS = f"[{BLANKS}]"


def any_case(*words: str) -> str:
    """One of these words, in whatever case; a blank is one or more."""
    return "(?:" + "|".join("".join(map(_sign, word)) for word in words) + ")"


def _sign(sign: str) -> str:
    if sign == " ":
        return "[ \u00a0]+"
    lower, upper = sign.lower(), sign.upper()
    return re.escape(sign) if lower == upper else f"[{lower}{upper}]"


def plain_signs(pattern: str) -> str:
    r"""A pattern with \u00a0 and the like as the signs themselves, which pyarrow understands."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), pattern)


class Spelled:
    """A whole cell of this pattern, in both forms."""

    def __init__(self, pattern: str) -> None:
        plain = plain_signs(f"(?:{pattern})")
        self._python = re.compile(plain)
        self._arrow = f"\\A{_BLANKS}*{plain}{_BLANKS}*\\z"

    def fits(self, text: str) -> bool:
        # Taken off before: Python would try all blanks at the end of a cell again and again.
        return self._python.fullmatch(text.strip(BLANKS)) is not None

    def mask(self, array: pa.Array) -> pa.Array:
        return pc.match_substring_regex(array, self._arrow)


def either(patterns: Iterable[str]) -> Spelled:
    """One of several patterns."""
    return Spelled("|".join(f"(?:{one})" for one in patterns))


NUMBER = r"[-+]?[0-9][0-9.,]*"
CURRENCY = any_case("rp", "idr", "usd", "us$") + r"[.:]?"
DASHES = "[-\u2010\u2011\u2012\u2013\u2014\u2212]"
SCALES = any_case(
    "ribu",
    "rb",
    "ribuan",
    "juta",
    "jt",
    "jutaan",
    "miliar",
    "milyar",
    "triliun",
    "trilyun",
    "lusin",
)
UNITS = "(?:%|" + any_case(
    "persen", "kg", "kilogram", "gram", "ton", "kuintal", "kwintal", "ku", "kw", "ha", "hektar",
    "hektare", "km", "km2", "m2", "m3", "meter", "cm", "mm", "liter", "ltr", "orang", "org", "jiwa",
    "kk", "unit", "buah", "bh", "ekor", "batang", "butir", "hari", "jam", "menit", "tahun", "bulan",
    "rupiah", "poin", "kwh", "mw", "rumah tangga", "km²", "m²",
) + ")"  # fmt: skip
MONTHS = {
    "januari": 1, "jan": 1, "january": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2,
    "february": 2, "maret": 3, "mar": 3, "mrt": 3, "march": 3, "april": 4, "apr": 4, "mei": 5,
    "may": 5, "juni": 6, "jun": 6, "june": 6, "juli": 7, "jul": 7, "july": 7, "agustus": 8,
    "agt": 8, "agst": 8, "agu": 8, "ags": 8, "aug": 8, "august": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "october": 10, "oct": 10, "november": 11, "nopember": 11,
    "nov": 11, "nop": 11, "desember": 12, "des": 12, "december": 12, "dec": 12,
}  # fmt: skip
"""Names of months as they are met, English ones too."""
MONTH = any_case(*sorted(MONTHS, key=len, reverse=True)) + r"\.?"
DAYS = any_case(
    "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad"
)  # fmt: skip
