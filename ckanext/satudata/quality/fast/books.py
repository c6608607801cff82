"""A workbook without any error, found so by calamine; all others are left to frictionless.

calamine tells some values otherwise than openpyxl, through which frictionless reads: an error such
as #N/A as nothing, a whole number as a float. Nothing it says is repeated here: either every cell
is right for sure, whichever of the two reads it, or frictionless is asked.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from frictionless.formats.excel import ExcelControl
from frictionless.resources import TableResource
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ckanext.satudata.quality.fast.accepting import bounds_of
from ckanext.satudata.quality.fast.alike import box_of
from ckanext.satudata.quality.fast.bytes_of import hashes
from ckanext.satudata.quality.fast.columns import Column
from ckanext.satudata.quality.fast.opened import opened_as
from ckanext.satudata.quality.fast.plans import planned
from ckanext.satudata.quality.fast.rows import Plan
from ckanext.satudata.quality.fast.told import told_valid
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.judge.asked import Asked
from ckanext.satudata.quality.judge.report import Report

Values = list[Any]


def judged(asked: Asked, resource: TableResource, threads: ThreadPoolExecutor) -> Report:
    """The report of an XLSX file in which nothing is wrong. Raises Unsure over every other."""
    start = time.perf_counter()
    file = opened_as(resource)
    if file.start_errors or _control(resource) or file.first_record != 2:
        raise Unsure("heading")
    facts = threads.submit(hashes, Path(asked.path))
    box = threads.submit(box_of, Path(asked.path))
    rows = _rows(Path(asked.path), len(file.fields))
    _check_box(box.result(), rows, len(file.fields))
    plan = planned(asked, file, threads)
    _look(plan, rows)
    return told_valid(file, facts.result(), len(rows), start)


def _control(resource: TableResource) -> bool:
    control = ExcelControl.from_dialect(resource.dialect)
    is_plain = control.sheet == 1 and not control.fill_merged_cells
    return not is_plain or control.preserve_formatting or control.stringified


def _rows(path: Path, width: int) -> list[Values]:
    """The rows below the heading, each as wide as the heading."""
    try:
        book = CalamineWorkbook.from_path(path)
        first = book.sheets_metadata[0]
        if first.typ != SheetTypeEnum.WorkSheet or first.visible != SheetVisibleEnum.Visible:
            raise Unsure("sheet")
        sheet = book.get_sheet_by_index(0)
        if sheet.start != (0, 0) or sheet.end is None or sheet.end[1] + 1 != width:
            raise Unsure("width")
        rows = sheet.to_python(skip_empty_area=False)[1:]
    except (CalamineError, IndexError, OSError) as error:
        raise Unsure("opening") from error
    return rows


def _check_box(box: tuple[int, int] | None, rows: list[Values], width: int) -> None:
    """Without a box around the sheet, openpyxl ends a row at its last cell."""
    if box != (width, len(rows) + 1) and (box or any(row[-1] == "" for row in rows)):
        raise Unsure("width")


def _look(plan: Plan, rows: list[Values]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else []
    first = plan.columns[0]
    for row in rows:
        if first.is_absent(row[0]) and _is_blank(plan.columns, row):
            raise Unsure("blank")
    targets: dict[int, Values] = {}
    for at, (column, values) in enumerate(zip(plan.columns, columns, strict=bool(rows))):
        is_key = at in plan.unique or at in plan.primary
        targets[at] = _targets(column, values, is_key=is_key)
    for at in plan.unique if rows else ():
        present = [value for value in targets[at] if value is not None]
        if len(set(present)) != len(present):
            raise Unsure("key")
    if plan.primary and rows:
        keys = list(zip(*(targets[at] for at in plan.primary), strict=True))
        if len(set(keys)) != len(keys) or any(set(key) == {None} for key in keys):
            raise Unsure("key")


def _is_blank(columns: list[Column], row: Values) -> bool:
    return all(column.is_absent(value) for column, value in zip(columns, row, strict=True))


def _targets(column: Column, values: Values, *, is_key: bool) -> Values:
    """What the values are read as, where they are keys. Raises Unsure over the first wrong one."""
    kinds = set(map(type, values))
    if any(any(sign.isdigit() for sign in mark) for mark in column.missing):
        raise Unsure("missing")  # a mark such as -99 may be told as -99.0
    if "" not in column.missing and str in kinds and "" in values:
        raise Unsure("missing")
    if kinds == {str}:
        return _texts(column, values, is_key=is_key)
    if (
        kinds == {float}
        and column.field.type == "integer"
        and "enum" not in column.field.constraints
    ):
        return _whole(column, values)
    if kinds - {str, float, datetime, date}:
        raise Unsure("cells")
    read: dict[Any, Any] = {}
    for value in set(values):
        code, read[value] = column.reader.known(_theirs(value))
        if code:
            raise Unsure("wrong")
    return [read[value] for value in values] if is_key else []


def _whole(column: Column, values: Values) -> Values:
    numbers = np.array(values)
    bounds = bounds_of(column.field, int)
    is_right = np.isfinite(numbers).all() and (numbers == np.floor(numbers)).all()
    if bounds is None or not is_right or any(out(numbers, bound).any() for out, bound in bounds):
        raise Unsure("wrong")
    return values


def _theirs(value: Any) -> Any:
    """The value as openpyxl tells it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a cell has no zone
    return value if value != "" else None


def _texts(column: Column, values: Values, *, is_key: bool) -> Values:
    wrong = column.judge(pa.array(values, pa.string()))
    if len(wrong.places):
        raise Unsure("wrong")
    if not is_key:
        return []
    if column.is_spelled and not (column.missing and not column.missing.isdisjoint(values)):
        return values
    return [column.reader.target(value) for value in values]
