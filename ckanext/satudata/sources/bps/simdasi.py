"""Tables of "Daerah Dalam Angka" (SIMDASI).

Unproven: no whole recorded answer of a table was found. Its shape is put together from what four
other programs read of it. The lists of tables are recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.numbers import read_indonesian
from ckanext.satudata.sources.record import Notice
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, slug

COLUMNS = (
    Column("kode_wilayah"),
    Column("baris"),
    Column("tahun", "integer"),
    Column("kode_variabel"),
    Column("variabel"),
    Column("nilai", "number"),
    Column("nilai_tertulis", title="Nilai seperti tertulis di sumber"),
)


def rows_of(inner: Mapping[str, Any], year: int) -> tuple[list[tuple[Cell, ...]], list[Notice]]:
    """The rows of one year. A text that is no number stays beside the empty value."""
    titles = _titles(inner.get("kolom"))
    lines = inner.get("data")
    if not isinstance(lines, list):
        raise Unexpected("shape_unexpected", where="data[1].data")
    rows: list[tuple[Cell, ...]] = []
    unread: list[str] = []
    for line in lines:
        variables = line.get("variables") if isinstance(line, dict) else None
        if not isinstance(variables, dict):
            raise Unexpected("shape_unexpected", where="data[1].data.variables")
        label = plain(line.get("label_raw")) or plain(line.get("label"))
        region = regions.of_area(str(line.get("kode_wilayah") or ""))
        for number, cell in variables.items():
            written = _written(cell)
            value, readable = _value(written)
            if not readable:
                unread.append(written)
            title = titles.get(number)
            rows.append(
                (region or None, label or None, year, number, title, value, written or None)
            )
    return rows, _notices(unread, sorted({str(row[3]) for row in rows} - titles.keys()))


def table_of(number: str, title: str, rows: list[tuple[Cell, ...]]) -> Table:
    """All years of a table; `number` is its number in the book, such as 1.1.1."""
    return Table(slug(f"{number} {title}"), title, COLUMNS, tuple(rows))


def _titles(found: Any) -> dict[str, str]:
    if not isinstance(found, dict):
        raise Unexpected("shape_unexpected", where="data[1].kolom")
    named = {
        number: plain(one.get("nama_variabel")) for number, one in found.items()
        if isinstance(one, dict)
    }  # fmt: skip
    return {number: title for number, title in named.items() if title}


def _written(cell: Any) -> str:
    if not isinstance(cell, dict):
        raise Unexpected("shape_unexpected", where="data[1].data.variables")
    raw = cell.get("value_raw")
    return plain(raw if raw not in (None, "") else cell.get("value"))


def _value(written: str) -> tuple[Decimal | None, bool]:
    try:
        return read_indonesian(written), True
    except ValueError:
        return None, False


def _notices(unread: list[str], untitled: list[str]) -> list[Notice]:
    found = []
    if unread:
        example = {"count": len(unread), "example": unread[0]}
        found.append(Notice("numbers_unreadable", example))
    if untitled:
        found.append(Notice("columns_untitled", {"columns": ", ".join(untitled[:5])}))
    return found
