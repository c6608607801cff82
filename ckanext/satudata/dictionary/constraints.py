"""What the values of a column must be (`constraints` of Table Schema)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from ckanext.satudata.dictionary.faults import Problem, shown
from ckanext.satudata.dictionary.kinds import KINDS
from ckanext.satudata.dictionary.table import Column

KNOWN = frozenset(one for kind in KINDS.values() for one in kind.constraints)
FORMS: Mapping[str, str] = {
    "required": "true / false",
    "unique": "true / false",
    "enum": '["A", "B"]',
    "minLength": "1, 2, 3",
    "maxLength": "1, 2, 3",
    "minimum": "1, 2.5",
    "maximum": "1, 2.5",
    "pattern": '"[0-9]+"',
}
"""What is shown of the form that a constraint needs."""
LONGEST_PATTERN = 500
_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")
"""Flags inside: the judge puts a sign before the pattern, and Python then refuses them."""


def constraint_problems(at: int, column: Column) -> Iterator[Problem]:
    """What is wrong with the constraints of the column at `at`."""
    told = column.values.get("constraints", {})
    if not isinstance(told, Mapping):
        facts = {"option": "constraints", "form": '{"required": true}'}
        yield Problem("option_form", at, "constraints", facts)
        return
    for name, value in told.items():
        yield from _one(at, column, str(name), value)
    yield from _crossed(at, column)


def _one(at: int, column: Column, name: str, value: Any) -> Iterator[Problem]:
    place = f"constraints.{name}"
    if name not in KNOWN:
        yield Problem("constraint_unknown", at, place, {"constraint": shown(name)})
    elif name not in KINDS[column.type].constraints:
        facts = {"constraint": name, "type": column.type}
        yield Problem("constraint_unsuited", at, place, facts)
    elif not _fits(name, value, column):
        yield Problem("constraint_form", at, place, {"constraint": name, "form": FORMS[name]})
    elif name == "pattern" and not is_pattern(value):
        yield Problem("pattern_broken", at, place, {"value": shown(value)})


def is_pattern(text: str) -> bool:
    """Whether the judge can use a pattern."""
    if len(text) > LONGEST_PATTERN or _FLAGS.search(text):
        return False
    try:
        re.compile(f"^{text}$")
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _fits(name: str, value: Any, column: Column) -> bool:
    if name in ("required", "unique"):
        return isinstance(value, bool)
    if name in ("minLength", "maxLength"):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if name == "enum":
        return isinstance(value, list) and bool(value) and not any(map(_is_deep, value))
    if name == "pattern":
        return isinstance(value, str)
    return number(value) is not None if column.is_numeric else _is_plain(value)


def _is_deep(value: Any) -> bool:
    return isinstance(value, (list, Mapping))


def _is_plain(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def number(value: Any) -> Decimal | None:
    """A bound as a number; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _crossed(at: int, column: Column) -> Iterator[Problem]:
    told = column.constraints
    pairs = [("minLength", "maxLength")]
    pairs += [("minimum", "maximum")] if column.is_numeric else []
    for low_name, high_name in pairs:
        low, high = number(told.get(low_name)), number(told.get(high_name))
        if low is not None and high is not None and low > high:
            facts = {"low": low, "high": high}
            yield Problem("bounds_crossed", at, f"constraints.{low_name}", facts)
