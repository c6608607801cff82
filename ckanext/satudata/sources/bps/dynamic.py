"""Values of one variable.

A key of `datacontent` is vervar, var, turvar, tahun and turtahun written one after the other,
without padding: `1218011713` is 1, 218, 0, 117, 13. So no key is taken apart. Every combination of
the lists is written out and looked up. Two combinations can be written alike; the value of such a
key is refused, for it cannot be known whose it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.record import Notice
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, slug

MOST_COMBINATIONS = 3_000_000
SHOWN = 5
_LISTS = ("vervar", "turvar", "tahun", "turtahun")


@dataclass(frozen=True)
class Mark:
    """One item of a list: its number as it stands in keys, and its label."""

    number: str
    label: str

    @property
    def order(self) -> tuple[int, str]:
        """By number, where it is one."""
        return (int(self.number), "") if self.number.isdigit() else (10**18, self.number)


@dataclass(frozen=True)
class Value:
    """A value and where it belongs: row, breakdown, year, part of the year."""

    row: Mark
    breakdown: Mark
    year: Mark
    part: Mark
    value: Decimal | int


def values_of(document: Mapping[str, Any]) -> tuple[list[Value], list[Notice]]:
    """The values of one answer of `model=data`. Raises Unexpected."""
    content = document.get("datacontent")
    variable = _marks(document, "var")
    if not isinstance(content, dict) or len(variable) != 1:
        if content == []:
            return [], []  # an empty object, as PHP writes it
        raise Unexpected("shape_unexpected", where="datacontent")
    lists = [_marks(document, name) for name in _LISTS]
    matched = _match(content, variable[0].number, lists)
    values, twofold = [], []
    for key, places in matched.items():
        if len(places) > 1:
            twofold.append(key)
        elif (number := _number(key, content[key])) is not None:
            row, breakdown, year, part = places[0]
            values.append(Value(row, breakdown, year, part, number))
    unknown = [key for key in content if key not in matched]
    if content and len(unknown) == len(content):
        raise Unexpected("keys_unexplained", count=len(unknown), keys=", ".join(unknown[:SHOWN]))
    return values, _notices(twofold, unknown)


def _match(
    content: Mapping[str, Any], variable: str, lists: list[list[Mark]]
) -> dict[str, list[tuple[Mark, ...]]]:
    count = 1
    for one in lists:
        count *= len(one)
    if count > MOST_COMBINATIONS:
        raise Unexpected("table_too_large", count=count)
    matched: dict[str, list[tuple[Mark, ...]]] = {}
    for row, breakdown, year, part in itertools.product(*lists):
        key = f"{row.number}{variable}{breakdown.number}{year.number}{part.number}"
        if key in content:
            matched.setdefault(key, []).append((row, breakdown, year, part))
    return matched


def _marks(document: Mapping[str, Any], name: str) -> list[Mark]:
    """A list of the answer; an item that is there twice counts once."""
    items = document.get(name)
    if not isinstance(items, list) or not items:
        raise Unexpected("shape_unexpected", where=name)
    found = {}
    for one in items:
        number = one.get("val") if isinstance(one, dict) else None
        if isinstance(number, bool) or not isinstance(number, str | int):
            raise Unexpected("shape_unexpected", where=f"{name}.val")
        found[Mark(str(number).strip(), plain(one.get("label")))] = None
    return list(found)


def _number(key: str, value: Any) -> Decimal | int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Unexpected("value_unexpected", key=key, value=str(value))
    return value


def _notices(twofold: list[str], unknown: list[str]) -> list[Notice]:
    found = []
    for code, keys in (("keys_ambiguous", twofold), ("keys_unexplained", unknown)):
        if keys:
            facts = {"count": len(keys), "keys": ", ".join(keys[:SHOWN])}
            found.append(Notice(code, facts))
    return found


def table_of(values: Iterable[Value], about: Mapping[str, Any]) -> Table:
    """One row for each value, ordered by year, row, breakdown and part of the year.

    `about` is the answer for any of the periods. A breakdown or a part of the year has its columns
    only where the variable has any.
    """
    ordered = sorted(
        values,
        key=lambda one: (one.year.order, one.row.order, one.breakdown.order, one.part.order),
    )
    variable = about["var"][0]
    title, unit = plain(variable.get("label")), plain(variable.get("unit"))
    broken_down = any(one.breakdown.number != "0" for one in ordered)
    parted = any(one.part.number != "0" for one in ordered)
    in_years = all(one.year.label.isdigit() and len(one.year.label) == 4 for one in ordered)
    columns = [Column("kode_baris"), Column("baris", title=plain(about.get("labelvervar")))]
    columns += [Column("kode_rincian"), Column("rincian")] if broken_down else []
    columns += [Column("tahun", "integer" if in_years else "string")]
    columns += [Column("kode_periode"), Column("periode")] if parted else []
    columns += [Column("nilai", "number", title=title, unit=unit)]

    def row_of(one: Value) -> tuple[Cell, ...]:
        cells: list[Cell] = [one.row.number, one.row.label or None]
        cells += [one.breakdown.number, one.breakdown.label or None] if broken_down else []
        cells += [int(one.year.label) if in_years else one.year.label or one.year.number]
        cells += [one.part.number, one.part.label or None] if parted else []
        return (*cells, one.value)

    key = ["kode_baris", *(["kode_rincian"] if broken_down else []), "tahun"]
    key += ["kode_periode"] if parted else []
    rows = tuple(map(row_of, ordered))
    return Table(slug(f"{variable.get('val')} {title}"), title, tuple(columns), rows, tuple(key))
