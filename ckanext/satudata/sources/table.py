"""A tidy table: one row for each value, typed columns; written as CSV with its Table Schema."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, Decimal),
}


@dataclass(frozen=True)
class Column:
    """`type` is one of Table Schema's: string, integer, number. `unit` is in the source's words."""

    name: str
    type: str = "string"
    title: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """`name` is the stem of its file. An empty cell is None; there is no empty text."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [one.name for one in self.columns]
        if len(set(names)) != len(names) or not set(self.key) <= set(names):
            raise ValueError(names)
        wanted = [_TYPES[one.type] for one in self.columns]
        for row in self.rows:
            if len(row) != len(wanted) or not all(map(_fits, row, wanted)):
                raise ValueError(row)

    def csv(self) -> bytes:
        """UTF-8, commas, a row of names; numbers with a point and every digit they came with."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(one.name for one in self.columns)
        writer.writerows(map(_written, self.rows))
        return text.getvalue().encode()

    def schema(self) -> dict[str, Any]:
        """The Table Schema (Frictionless), as JSON can hold it."""
        schema: dict[str, Any] = {
            "fields": [_field(one) for one in self.columns],
            "missingValues": [""],
        }
        if self.key:
            schema["primaryKey"] = list(self.key)
        return schema


def _fits(cell: Cell, types: tuple[type, ...]) -> bool:
    return cell is None or (isinstance(cell, types) and not isinstance(cell, bool) and cell != "")


def _written(row: Iterable[Cell]) -> list[str]:
    return [
        "" if one is None else format(one, "f") if isinstance(one, Decimal) else str(one)
        for one in row
    ]


def _field(column: Column) -> dict[str, Any]:
    told = {"name": column.name, "type": column.type, "title": column.title, "unit": column.unit}
    return {name: value for name, value in told.items() if value}
