"""A row gone through as frictionless does: its errors, in its order.

frictionless reads the cells of keys first, and all others when it is first asked for the errors of
the row; a blank row has no other error of its cells; keys come after cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.quality.fast.columns import Column, is_nan
from ckanext.satudata.quality.fast.references import Foreign


@dataclass(frozen=True)
class Found:
    """One error. `column` is the place of its column, -1 where it is of no one column."""

    kind: str
    note: str = ""
    column: int = -1
    cell: str = ""
    foreign: Foreign | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suspect:
    """A row in which something may be wrong."""

    number: int
    cells: list[str]
    wrong: tuple[int, ...] | None
    """Places of the columns whose value is wrong; None: any may be."""
    lacks_key: bool = True
    """Whether its primary key may be missing as a whole."""

    def may_be_wrong(self, at: int) -> bool:
        return self.wrong is None or at in self.wrong


@dataclass
class Repeated:
    """Numbers of the records whose key may have been there before."""

    unique: dict[int, set[int]]
    primary: set[int]


@dataclass
class Plan:
    """What a row is held against."""

    columns: list[Column]
    unique: list[int]
    """Places of the columns whose values may come only once."""
    primary: list[int]
    foreign: list[tuple[int, Foreign]]


@dataclass
class Walk:
    """Goes through rows from first to last, and remembers their keys as frictionless does."""

    plan: Plan
    repeated: Repeated
    _seen: dict[int, dict[Any, int]] = field(default_factory=dict)
    _primary: dict[tuple[Any, ...], int] = field(default_factory=dict)

    def row(self, suspect: Suspect) -> list[Found]:
        """The errors of a row. Every row whose key may come twice must have been here, in order."""
        cells = _Cells(self.plan.columns, suspect)
        keys: list[Found] = []
        self._unique(suspect, cells, keys)
        self._primary_key(suspect, cells, keys)
        self._foreign(suspect, cells, keys)
        return cells.all() + keys

    def _unique(self, suspect: Suspect, cells: _Cells, keys: list[Found]) -> None:
        for at in self.plan.unique:
            cells.touch(at)
            if suspect.number not in self.repeated.unique[at]:
                continue
            value = cells.value(at)
            if value is None or is_nan(value):
                continue
            seen = self._seen.setdefault(at, {})
            match = seen.get(value)
            seen[value] = suspect.number
            if match:
                cells.all()
                note = f"the same as in the row at position {match}"
                keys.append(Found("unique-error", note, at, str(value)))

    def _primary_key(self, suspect: Suspect, cells: _Cells, keys: list[Found]) -> None:
        for at in self.plan.primary:
            cells.touch(at)
        if not suspect.lacks_key and suspect.number not in self.repeated.primary:
            return
        values = tuple(cells.value(at) for at in self.plan.primary)
        if not values:
            return
        if set(values) == {None}:
            cells.all()
            note = 'cells composing the primary keys are all "None"'
            keys.append(Found("primary-key", note))
            return
        if any(is_nan(value) for value in values):
            return
        match = self._primary.get(values)
        self._primary[values] = suspect.number
        if match:
            cells.all()
            keys.append(Found("primary-key", f"the same as in the row at position {match}"))

    def _foreign(self, suspect: Suspect, cells: _Cells, keys: list[Found]) -> None:
        for at, foreign in self.plan.foreign:
            cells.touch(at)
            value = cells.value(at) if suspect.may_be_wrong(at) else None
            if value is None or (value,) in foreign.lookup:
                continue
            cells.all()
            note = (
                f'for "{foreign.own}": values "{value}" not found in the lookup table '
                f'"{foreign.table}" as "{foreign.other}"'
            )
            keys.append(Found("foreign-key", note, foreign=foreign, values=(str(value),)))


class _Cells:
    """The cells of a row, read in the order in which they are asked for."""

    def __init__(self, columns: list[Column], suspect: Suspect) -> None:
        self._columns = columns
        self._suspect = suspect
        self._read: set[int] = set()
        self._found: list[Found] = []
        self._is_whole = False

    def touch(self, at: int) -> None:
        """Read a cell before the others."""
        if self._suspect.may_be_wrong(at):
            self._look(at, self._source(at))

    def value(self, at: int) -> Any:
        return self._columns[at].reader.target(self._source(at))

    def all(self) -> list[Found]:
        """The errors of all cells; those read first come first."""
        if self._is_whole:
            return self._found
        self._is_whole = True
        wrong = self._suspect.wrong
        for at in range(len(self._columns)) if wrong is None else wrong:
            self._look(at, self._source(at))
        self._width()
        if self._is_blank():
            self._found = [Found("blank-row")]
        return self._found

    def _source(self, at: int) -> str | None:
        cells = self._suspect.cells
        return cells[at] if at < len(cells) else None

    def _look(self, at: int, source: str | None) -> None:
        if at in self._read:
            return
        self._read.add(at)
        reader = self._columns[at].reader
        code = reader.known(source)[0]
        if not code:
            return
        outcome = reader.outcomes[code]
        if outcome.type_note:
            self._found.append(Found("type-error", outcome.type_note, at, str(source)))
        for note in outcome.notes:
            self._found.append(Found("constraint-error", note, at, str(source)))

    def _width(self) -> None:
        cells, width = self._suspect.cells, len(self._columns)
        for at in range(width, len(cells)):
            self._found.append(Found("extra-cell", "", at, cells[at]))
        for at in range(len(cells), width):
            self._found.append(Found("missing-cell", "", at))

    def _is_blank(self) -> bool:
        return all(
            (source := self._source(at)) is None or source in column.missing
            for at, column in enumerate(self._columns)
        )


Reading = Callable[[Suspect], list[Found]]
