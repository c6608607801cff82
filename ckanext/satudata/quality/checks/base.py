"""What a check is: a declared class with a vectorised and a row form.

Both forms give each cell a label: 0 where there is nothing to say, else a number that the check
itself knows. Labels are counted by column, and `verdict` turns the counts into findings; it is
written once, so the two forms can differ in the labels alone, and the tests hold those equal.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.cells import TEXT, Cell
from ckanext.satudata.quality.checks.said import MAX_PLACES, Place, Problem, Words
from ckanext.satudata.quality.checks.spelling import Spelled, either
from ckanext.satudata.quality.fast.kernels import pc

NUMBERS, DATES, PERIODS, CODES, TEXTS = "number", "date", "period", "code", "text"
"""What a column holds."""
ROLES = (NUMBERS, DATES, PERIODS, CODES, TEXTS)


@dataclass
class Facts:
    """What is known of a column before its cells are looked at."""

    number: int
    """The first is 1."""
    heading: str = ""
    role: str = TEXTS
    field: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Of the Table Schema; empty where there is none."""
    missing: frozenset[str] = frozenset()
    """Marks for a missing value that the schema declares."""
    labelled: bool = False
    """Whether the schema says what each of these marks means."""
    has_numbers: bool = True
    """Whether any column of the table holds numbers."""
    regions: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """Name of a system of region codes to its codes, digits alone."""

    @property
    def group(self) -> str:
        """What parts thousands, as the schema declares it."""
        return str(self.field.get("groupChar", ""))

    @property
    def decimal(self) -> str:
        return str(self.field.get("decimalChar", "."))

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the number may stand in a cell."""
        return self.field.get("bareNumber", True) is not False


@dataclass
class Tally:
    """Cells of one label in one column."""

    count: int = 0
    places: list[Place] = dataclasses.field(default_factory=list)

    def add(self, count: int, places: Iterable[Place]) -> None:
        self.count += count
        self.places.extend(places)
        # Columns are read one after the other; the first places are those of the first rows.
        if len(self.places) > MAX_PLACES:
            self.places = sorted(self.places, key=_order)[:MAX_PLACES]


def _order(place: Place) -> tuple[int, int]:
    return place.row, place.column


Tallies = dict[int, Tally]


def pooled(tallies: Tallies, labels: Iterable[int] | None = None) -> Tally:
    """Several labels taken together."""
    wanted = list(tallies) if labels is None else [one for one in labels if one in tallies]
    places = [place for one in wanted for place in tallies[one].places]
    count = sum(tallies[one].count for one in wanted)
    return Tally(count, sorted(places, key=_order)[:MAX_PLACES])


class Check:
    """One check of the cells of a column. Subclasses declare what it is."""

    code: ClassVar[str]
    severity: ClassVar[str]
    title: ClassVar[tuple[str, str]]
    """What it looks for: Indonesian, English."""
    words: ClassVar[Words]
    true: ClassVar[tuple[str | Cell, ...]]
    """Cells of a column about which it speaks; texts, where nothing else is said."""
    false: ClassVar[tuple[str | Cell, ...]]
    """Cells of a column about which it does not."""
    sample: ClassVar[Mapping[str, Any]] = {}
    """What is known of the columns of both examples: arguments of Facts."""
    roles: ClassVar[tuple[str, ...]] = (NUMBERS,)
    kinds: ClassVar[tuple[int, ...]] = (TEXT,)
    needs: ClassVar[str] = ""
    """A sign without which no cell gets a label."""
    by_table: ClassVar[bool] = False
    """Whether the columns of a sheet are told together."""

    def applies(self, facts: Facts) -> bool:
        """Whether a column is looked at; of a column that its role lets in."""
        return True

    def label(self, text: str, kind: int, facts: Facts) -> int:
        """The row form: of a cell that is not empty and of one of `kinds`."""
        raise NotImplementedError

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        """The vectorised form: the same for all of them. Distinct values are read once."""
        distinct = array.dictionary_encode()
        texts = distinct.dictionary.to_pylist()
        found = np.fromiter((self.label(one, kind, facts) for one in texts), np.int16, len(texts))
        return found[distinct.indices.to_numpy(zero_copy_only=False)]

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        """What there is to say of a column with these labels."""
        tally = pooled(tallies)
        if tally.count:
            yield self.problem(tally, facts)

    def problem(self, tally: Tally, facts: Facts, **more: Any) -> Problem:
        return Problem(
            self.code,
            self.severity,
            self.words,
            tally.count,
            tally.places,
            column=0 if self.by_table else facts.number,
            heading="" if self.by_table else facts.heading,
            facts=more,
        )


class SpelledCheck(Check):
    """A check whose labels are patterns: the first that fits counts."""

    patterns: ClassVar[Mapping[int, str]]
    _spelled: ClassVar[dict[int, Spelled]]
    _any: ClassVar[Spelled]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "patterns" in cls.__dict__:
            cls._spelled = {label: Spelled(one) for label, one in cls.patterns.items()}
            cls._any = either(cls.patterns.values())

    def label(self, text: str, kind: int, facts: Facts) -> int:
        return next((label for label, one in self._spelled.items() if one.fits(text)), 0)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        found = np.zeros(len(array), np.int16)
        left = np.flatnonzero(self._any.mask(array).to_numpy(zero_copy_only=False))
        for label, one in self._spelled.items():
            if not len(left):
                break
            fits = one.mask(array.take(pa.array(left))).to_numpy(zero_copy_only=False)
            found[left[fits]] = label
            left = left[~fits]
        return found


def filled(array: pa.Array) -> np.ndarray:
    """Where a text is not empty."""
    return np.array(pc.greater(pc.binary_length(array), 0).to_numpy(zero_copy_only=False))


def has(array: pa.Array, sign: str) -> bool:
    """Whether any of these texts holds a sign of ASCII; texts beside a slice may deceive."""
    held = array.buffers()[2]
    return held is not None and bool((np.frombuffer(held, np.uint8) == ord(sign)).any())
