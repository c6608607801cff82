"""How the numbers of a column are written: which sign parts thousands, which decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WRITINGS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "1.234,5": {"decimalChar": ",", "groupChar": "."},
    "1234,5": {"decimalChar": ","},
    "1,234.5": {"groupChar": ","},
    "1 234,5": {"decimalChar": ",", "groupChar": " "},
}
"""An example that people choose, to what Table Schema says of it; "" is Table Schema's own way."""
INTEGER = re.compile(r"[+-]?[0-9]+")
_DOTS = re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_COMMAS = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_BLANKS = re.compile(r"[+-]?(?:[0-9]{1,3}(?:[ \u00a0][0-9]{3})+|[0-9]+)(?:,[0-9]+)?")
_EITHER = re.compile(r"[+-]?[0-9]{1,3}[.,][0-9]{3}")
"""What both ways of writing take for a number, and not for the same."""
_MONEY = re.compile(r"(?:Rp|IDR)\.?\s*", re.IGNORECASE)
_PERCENT = re.compile(r"\s*%")
SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
BRACKETS = re.compile(r"\([0-9][0-9.,]*\)")


@dataclass(frozen=True)
class Writing:
    """How a column is written. `type` integer or number; "" for a sign that does not occur.

    `doubtful`: a value that the other way of writing reads as another number.
    """

    type: str
    decimal: str = ""
    group: str = ""
    unit: str = ""
    doubtful: str = ""

    def options(self) -> dict[str, object]:
        """As Table Schema says it."""
        told: dict[str, object] = {}
        if self.decimal == ",":
            told["decimalChar"] = ","
        if self.group:
            told["groupChar"] = self.group
        if self.unit:
            told["bareNumber"] = False
        return told


def writing_of(values: Sequence[str]) -> Writing | None:
    """How all of these values are written; None where they are not all numbers of one writing."""
    unit, bare = _without_unit(values)
    if all(map(INTEGER.fullmatch, bare)):
        return Writing("number" if unit else "integer", unit=unit)
    dots, commas = (all(map(form.fullmatch, bare)) for form in (_DOTS, _COMMAS))
    if dots and commas:
        # Every sign stands before three digits: hardly anybody writes three decimals everywhere.
        thousands = "." if any("." in one for one in bare) else ","
        decimal = "," if thousands == "." else "."
        return _told(bare, decimal, thousands, unit, next(filter(_EITHER.fullmatch, bare), ""))
    if dots:
        return _told(bare, ",", ".", unit, "")
    if commas:
        return _told(bare, ".", ",", unit, "")
    if all(map(_BLANKS.fullmatch, bare)):
        blank = " " if any(" " in one for one in bare) else "\u00a0"
        return _told(bare, ",", blank, unit, "")
    return None


def share_of_numbers(values: Sequence[str]) -> float:
    """How many of the values are numbers in some writing, from 0 to 1."""
    if not values:
        return 0.0
    _unit, bare = _without_unit(values)
    return sum(map(is_number, bare)) / len(values)


def is_number(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_DOTS, _COMMAS, _BLANKS))


def _told(bare: Sequence[str], decimal: str, group: str, unit: str, doubtful: str) -> Writing:
    has_decimal = any(decimal in one for one in bare)
    has_group = any(group in one for one in bare)
    return Writing(
        "number",
        decimal if has_decimal or has_group else "",
        group if has_group else "",
        unit,
        doubtful,
    )


def _without_unit(values: Sequence[str]) -> tuple[str, list[str]]:
    """The unit that stands in every value, in words, and the values without it."""
    if all(map(_MONEY.match, values)):
        return "rupiah", [_MONEY.sub("", one, count=1).removesuffix(",-") for one in values]
    if all(one.endswith("%") for one in values):
        return "persen", [_PERCENT.sub("", one) for one in values]
    return "", list(values)
