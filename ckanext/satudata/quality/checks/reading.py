"""The tables of a file, in lots of rows. What cannot be read raises Unread."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from frictionless import FrictionlessException
from frictionless.resources import TableResource
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from ckanext.satudata.quality.checks.cells import (
    DATE,
    EMPTY,
    FAULT,
    NUMBER,
    TEXT,
    Cell,
    Lot,
    Table,
    lot_of,
)
from ckanext.satudata.quality.checks.faults import Faults, faults_of
from ckanext.satudata.quality.fast.bytes_of import Bytes
from ckanext.satudata.quality.fast.opened import opened
from ckanext.satudata.quality.fast.pages import Kept, Page, pages_of
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.judge.slow import trusted
from ckanext.satudata.quality.limits import Deadline, Limits, Unread
from ckanext.satudata.quality.texts import rows_of

LIMITS = Limits(bytes=4_000_000_000, unpacked=1_000_000_000, rows=50_000_000, seconds=120.0)
SMALL = 200_000
"""Bytes of a text below which Python cuts it up as quickly."""
LOT = 5_000
"""Rows."""
MOST_CELLS = 8_000_000
"""Cells of a sheet, the empty ones too."""
WORKBOOKS = ("xlsx", "xls", "ods")
TEXTS = ("csv", "tsv")


def tables_of(
    path: str,
    kind: str,
    deadline: Deadline,
    *,
    by_rows: bool = False,
    kept: Kept | None = None,
) -> Iterator[Table]:
    """The tables of a file, one after the other: go through the lots of one before the next.

    `kind`: csv, tsv, xlsx, xls, ods or parquet. `by_rows`: cut up by Python alone. Raises Unread,
    also while lots are read, and Unsure where Python has to cut a text up. `kept`: a text that the
    fast engine has read.
    """
    if kind in WORKBOOKS:
        yield from _sheets(path, deadline, faults_of(path, kind))
    elif kind == "parquet":
        yield Table("", _parquet(path, deadline))
    elif kind not in TEXTS:
        raise Unread("kind_unknown")
    elif kept is not None and kept.pages:
        yield Table("", _kept(kept, deadline))
    elif by_rows or Path(path).stat().st_size < SMALL:
        yield Table("", _rows(path, deadline))
    else:
        yield Table("", _pages(path, kind, deadline))


def kind_of(path: str | os.PathLike[str], kind: str = "") -> str:
    """What a file is by what it was told to be, or by its name."""
    kind = kind or Path(path).suffix.lower().lstrip(".")
    return {"txt": "csv", "tab": "tsv", "xlsm": "xlsx", "pq": "parquet"}.get(kind, kind)


def _rows(path: str, deadline: Deadline) -> Iterator[Lot]:
    """A text, cut up by Python."""
    first = 1
    with (
        Path(path).open("rb") as stream,
        contextlib.closing(rows_of(stream, LIMITS, deadline)) as rows,
    ):
        while lot := list(islice(rows, LOT)):
            deadline.check()
            cells = [[(TEXT if text else EMPTY, text) for text in row] for row in lot]
            yield lot_of(first, cells)
            first += len(lot)


def _pages(path: str, kind: str, deadline: Deadline) -> Iterator[Lot]:
    """A text, cut up by pyarrow. Raises Unsure where that is not sure to be right."""
    with ThreadPoolExecutor(2) as threads:
        try:
            with trusted():
                file = opened(TableResource(path=path, format=kind))
        except FrictionlessException as error:
            raise Unsure("opening") from error
        file.first_record = 1
        data = Bytes(file, threads)
        for page in pages_of(file, data, threads):
            deadline.check()
            yield from lots_of_page(page)
        data.facts()


def _kept(kept: Kept, deadline: Deadline) -> Iterator[Lot]:
    """A text that is cut up already."""
    if kept.before:
        yield lot_of(1, [[(TEXT if text else EMPTY, text) for text in row] for row in kept.before])
    for page in kept.pages:
        deadline.check()
        yield from lots_of_page(page)


def lots_of_page(page: Page) -> Iterator[Lot]:
    """A page of the fast engine; rows of another width come as a lot of their own."""
    if len(page.numbers):
        yield Lot(page.numbers, page.columns, [None] * len(page.columns))
    if page.others:
        rows = [[(TEXT if text else EMPTY, text) for text in row] for _, row in page.others]
        lot = lot_of(1, rows)
        lot.numbers = np.array([number for number, _ in page.others])
        yield lot


def _parquet(path: str, deadline: Deadline) -> Iterator[Lot]:
    try:
        file = pq.ParquetFile(path)
        names = [(TEXT, str(name)) for name in file.schema_arrow.names]
        yield lot_of(1, [names])
        first = 2
        for batch in file.iter_batches(LOT * 10):
            deadline.check()
            rows = [list(map(_cell, row.values())) for row in batch.to_pylist()]
            yield lot_of(first, rows)
            first += len(rows)
    except (pa.ArrowException, OSError) as error:
        raise Unread("broken") from error


def _sheets(path: str, deadline: Deadline, faults: list[Faults]) -> Iterator[Table]:
    try:
        book = CalamineWorkbook.from_path(path)
        metadata = list(book.sheets_metadata)
    except (CalamineError, OSError) as error:
        raise Unread("broken") from error
    for index, one in enumerate(metadata):
        if one.typ != SheetTypeEnum.WorkSheet:
            continue
        deadline.check()
        try:
            sheet = book.get_sheet_by_index(index)
        except (CalamineError, IndexError) as error:
            raise Unread("broken") from error
        if sheet.height * sheet.width > MOST_CELLS:
            raise Unread("too_full")
        merged = [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in islice(sheet.merged_cell_ranges or (), 5_000)
        ]
        own = faults[index] if index < len(faults) else {}
        yield Table(str(one.name), _lots(sheet, deadline, own), merged)


def _lots(sheet: Any, deadline: Deadline, faults: Faults) -> Iterator[Lot]:
    start = sheet.start
    if start is None:
        return
    left: list[Cell] = [(EMPTY, "")] * start[1]
    first = start[0] + 1
    rows = iter(sheet.to_python(skip_empty_area=True))
    while lot := list(islice(rows, LOT)):
        deadline.check()
        cells = [left + list(map(_cell, row)) for row in lot]
        _put(faults, first, cells)
        yield lot_of(first, cells)
        first += len(lot)


def _put(faults: Faults, first: int, cells: list[list[Cell]]) -> None:
    for (row, column), text in faults.items():
        if first <= row < first + len(cells) and column <= len(cells[row - first]):
            cells[row - first][column - 1] = (FAULT, text)


_FAULTS = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!")


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return (FAULT if value in _FAULTS else TEXT if value else EMPTY), value
    if value is None:
        return EMPTY, ""
    if isinstance(value, bool):
        return TEXT, str(value)
    if isinstance(value, float):
        return NUMBER, str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    if isinstance(value, datetime):
        plain = value.date() == value.date() and value.time() == time(0)
        return DATE, value.date().isoformat() if plain else value.isoformat(" ")
    if isinstance(value, date):
        return DATE, value.isoformat()
    if isinstance(value, (time, timedelta)):
        return TEXT, str(value)
    return (NUMBER, str(value)) if isinstance(value, int) else (TEXT, str(value))


def regions_of(
    references: Mapping[str, str], systems: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    """The reference lists among the tables that were given: codes as digits, by their system."""
    found: dict[str, frozenset[str]] = {}
    for name, path in references.items():
        system = next((one for one in systems if one in name.lower()), "")
        if system:
            with contextlib.suppress(Unread, OSError):
                found[system] = _codes(path)
    return found


def _codes(path: str) -> frozenset[str]:
    """The first column of a table that holds codes."""
    deadline = Deadline(30.0)
    codes: set[str] = set()
    for table in tables_of(path, kind_of(path), deadline, by_rows=True):
        for lot in table.lots:
            for column in lot.columns[:3]:
                plain = [text.strip().replace(".", "") for text in column.to_pylist()]
                digits = {one for one in plain if one.isascii() and one.isdecimal()}
                if 2 * len(digits) > len(set(plain)):
                    codes |= digits
                    break
        break
    return frozenset(codes)
