"""frictionless' reader of a column, asked once for each distinct value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from frictionless import Field

from ckanext.satudata.quality.fast.unsure import Unsure

MOST_KNOWN = 400_000
"""Values remembered; a column of more different ones forgets and asks again."""


Quick = Callable[[str], Any]
"""Reads a value that is right for sure, and answers None to all others."""


def quick_of(field: Field, missing: frozenset[str]) -> Quick | None:
    """A quicker reader for dates; frictionless' own takes seven microseconds for each."""
    plain = _DATES.get(field.format) if field.type == "date" else None
    if plain is None or set(field.constraints) - {"required", "unique"}:
        return None
    form, year, month, day = plain

    def quick(value: str) -> date | None:
        if not form.fullmatch(value) or value in missing:
            return None
        try:
            return date(int(value[year]), int(value[month]), int(value[day]))
        except ValueError:
            return None

    return quick


_ISO = (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), slice(0, 4), slice(5, 7), slice(8, 10))
_LOCAL = (re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}"), slice(6, 10), slice(3, 5), slice(0, 2))
_DATES = {"default": _ISO, "%Y-%m-%d": _ISO, "%d/%m/%Y": _LOCAL}


@dataclass(frozen=True)
class Outcome:
    """What is wrong with a value, in frictionless' words."""

    type_note: str = ""
    notes: tuple[str, ...] = ()
    strangers: int = 0
    """How many foreign keys lead nowhere."""


class Reader:
    """What is wrong with the values of a column; codes are numbers of `outcomes`, 0 is nothing."""

    def __init__(
        self,
        read: Callable[[Any], tuple[Any, dict[str, str] | None]],
        lookups: list[set[tuple[Any, ...]]],
        quick: Quick | None = None,
    ) -> None:
        self._read = read
        self._quick = quick
        self._lookups = lookups
        self._known: dict[Any, tuple[int, Any]] = {}
        self._numbers: dict[Outcome, int] = {Outcome(): 0}
        self.outcomes: list[Outcome] = [Outcome()]

    def codes(self, values: Iterable[str]) -> np.ndarray:
        """The code of each value. Raises Unsure where frictionless would break off."""
        return np.fromiter((self.known(value)[0] for value in values), np.int32)

    def known(self, value: Any) -> tuple[int, Any]:
        """The code of a value and what it is read as."""
        found = self._known.get(value)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[value] = self._ask(value)
        return found

    def target(self, value: Any) -> Any:
        """What a value is read as; None where it is missing or wrong."""
        return self.known(value)[1]

    def _ask(self, value: Any) -> tuple[int, Any]:
        target = self._quick(value) if self._quick and isinstance(value, str) else None
        notes: dict[str, str] | None = None
        if target is None:
            target, notes = self._theirs(value)
        strangers = 0 if target is None else self._strangers(target)
        if not notes and not strangers:
            return 0, target
        others = dict(notes or {})
        outcome = Outcome(others.pop("type", ""), tuple(others.values()), strangers)
        code = self._numbers.get(outcome)
        if code is None:
            code = self._numbers[outcome] = len(self.outcomes)
            self.outcomes.append(outcome)
        return code, target

    def _theirs(self, value: Any) -> tuple[Any, dict[str, str] | None]:
        try:
            return self._read(value)
        except MemoryError:
            raise  # a second, larger judgement would not find more of it
        except Exception as error:  # noqa: BLE001 - whatever it is, frictionless shall raise it itself
            raise Unsure("raising") from error

    def _strangers(self, target: Any) -> int:
        try:
            return sum((target,) not in one for one in self._lookups) if self._lookups else 0
        except TypeError as error:  # a list or an object, which frictionless looks up too
            raise Unsure("raising") from error
