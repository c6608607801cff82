"""Census data: one row for each value, with a pair of columns for each category."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, slug

CATEGORIES = range(1, 6)


def table_of(inner: Any, title: str) -> Table:
    """The answer of number 41 as a table. Raises Unexpected."""
    items = inner.get("data") if isinstance(inner, dict) else None
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Unexpected("shape_unexpected", where="data[1].data")
    used = [n for n in CATEGORIES if any(_category(one, n) for one in items)]
    columns = [
        Column("kode_wilayah"),
        Column("id_wilayah"),
        Column("wilayah"),
        Column("indikator"),
        *(Column(name) for n in used for name in (f"kategori_{n}", f"isi_kategori_{n}")),
        Column("periode"),
        Column("nilai", "number"),
    ]
    rows = tuple(_row(one, used) for one in items)
    return Table(slug(title), title, tuple(columns), rows)


def _row(item: dict[str, Any], used: list[int]) -> tuple[Cell, ...]:
    region = regions.of_area(plain(item.get("kode_wilayah")))
    cells: list[Cell] = [
        region or None,
        plain(item.get("id_wilayah")) or None,
        plain(item.get("nama_wilayah")) or None,
        plain(item.get("nama_indikator")) or None,
    ]
    for n in used:
        cells += [_category(item, n) or None, _content(item, n) or None]
    return (*cells, plain(item.get("period")) or None, _value(item))


def _category(item: dict[str, Any], number: int) -> str:
    return plain(item.get(f"nama_kategori_{number}"))


def _content(item: dict[str, Any], number: int) -> str:
    """The source writes two underscores here; one is read as well."""
    two, one = f"nama_item__kategori_{number}", f"nama_item_kategori_{number}"
    return plain(item.get(two)) or plain(item.get(one))


def _value(item: dict[str, Any]) -> int | Decimal | None:
    value = item.get("nilai")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Unexpected("value_unexpected", key="nilai", value=str(value))
    return value
