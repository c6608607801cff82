"""frictionless' reader of a column, asked once for each distinct value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ckanext.satudata.quality.fast.unsure import Unsure

MOST_KNOWN = 400_000
"""Values remembered; a column of more different ones forgets and asks again."""


@dataclass(frozen=True)
class Outcome:
    """What is wrong with a value, in frictionless' words."""

    type_note: str = ""
    notes: tuple[str, ...] = ()
    is_stranger: bool = False
    """A foreign key that leads nowhere."""


class Reader:
    """What is wrong with the values of a column; codes are numbers of `outcomes`, 0 is nothing."""

    def __init__(
        self,
        read: Callable[[Any], tuple[Any, dict[str, str] | None]],
        lookups: list[set[tuple[Any, ...]]],
    ) -> None:
        self._read = read
        self._lookups = lookups
        self._known: dict[str | None, tuple[int, Any]] = {}
        self._numbers: dict[Outcome, int] = {Outcome(): 0}
        self.outcomes: list[Outcome] = [Outcome()]

    def codes(self, values: Iterable[str]) -> np.ndarray:
        """The code of each value. Raises Unsure where frictionless would break off."""
        return np.fromiter((self.known(value)[0] for value in values), np.int32)

    def known(self, value: str | None) -> tuple[int, Any]:
        """The code of a value and what it is read as."""
        found = self._known.get(value)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[value] = self._ask(value)
        return found

    def target(self, value: str | None) -> Any:
        """What a value is read as; None where it is missing or wrong."""
        return self.known(value)[1]

    def _ask(self, value: str | None) -> tuple[int, Any]:
        try:
            target, notes = self._read(value)
            stranger = target is not None and any((target,) not in one for one in self._lookups)
        except Exception as error:  # noqa: BLE001 - frictionless shall raise it itself
            raise Unsure("raising") from error
        others = dict(notes or {})
        outcome = Outcome(others.pop("type", ""), tuple(others.values()), stranger)
        code = self._numbers.get(outcome)
        if code is None:
            code = self._numbers[outcome] = len(self.outcomes)
            self.outcomes.append(outcome)
        return code, target
