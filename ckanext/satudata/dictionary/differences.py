"""What changed between two versions of a kamus data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckanext.satudata.dictionary.table import Column, Dictionary


@dataclass(frozen=True)
class Change:
    """One property of one column, or of the table (`column` is ""); None where it was not there."""

    column: str
    part: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Differences:
    """By names of columns, which are told in the order of the newer version."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changes or self.reordered)


def differences(before: Dictionary, after: Dictionary) -> Differences:
    """What `after` says in another way than `before`."""
    old = {one.name: one for one in before.columns}
    new = {one.name: one for one in after.columns}
    changes = [change for name in new if name in old for change in _changes(old[name], new[name])]
    changes += _of_values("", before.others, after.others)
    return Differences(
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple(changes),
        [one for one in old if one in new] != [one for one in new if one in old],
    )


def _changes(before: Column, after: Column) -> list[Change]:
    return _of_values(after.name, before.values, after.values)


def _of_values(column: str, before: Any, after: Any) -> list[Change]:
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Change(column, key, before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    ]
