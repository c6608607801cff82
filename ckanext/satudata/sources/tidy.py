"""Rows as somebody wrote them made a table with typed columns. Nothing is guessed about numbers.

Cells of a workbook that are numbers stay numbers. In texts, whole numbers without a sign between
their digits are numbers; `1.234` is one only where the declaration says who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.numbers import READERS
from ckanext.satudata.sources.record import Notice
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.workbook import MOST_COLUMNS, Written

MOST_CELLS = 20_000_000
"""With those that short rows are filled up with."""
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_CODE = re.compile(r"0[0-9]+")
_DIVIDED = re.compile(r"-?[0-9][0-9.,]*[.,][0-9]+")
Reader = Callable[[str], "Decimal | None"]


def table_of(
    name: str, title: str, rows: Iterable[Sequence[Written]], style: str | None, heading: int
) -> tuple[Table, list[Notice]]:
    """The table below row `heading` (from 1; 0: the first that is not blank). Raises Unexpected
    `table_empty`, `table_too_large`."""
    lines = [list(row) for n, row in enumerate(rows, 1) if row and n >= heading]
    if len(lines) < 2:
        raise Unexpected("table_empty")
    head, body = lines[0], lines[1:]
    uneven = sum(len(row) != len(head) for row in body)
    width = max(map(len, lines))
    if width > MOST_COLUMNS or width * len(lines) > MOST_CELLS:
        raise Unexpected("table_too_large", count=width * len(lines))
    names, renamed = _names([*head, *[""] * (width - len(head))])
    cells = [[*row, *[""] * (width - len(row))] for row in body]
    made = [_column(one, [row[n] for row in cells], style) for n, one in enumerate(names)]
    undeclared = [column.name for column, _, ambiguous in made if ambiguous]
    table = Table(
        name,
        title,
        tuple(column for column, _, _ in made),
        tuple(zip(*(values for _, values, _ in made), strict=True)),
    )
    return table, _notices(renamed, undeclared, uneven)


def _names(head: list[Written]) -> tuple[list[str], list[str]]:
    """Headings as they are; what is empty or twofold gets a name."""
    names: list[str] = []
    renamed = []
    for place, one in enumerate(head, 1):
        written = str(one).strip()
        name, n = written or f"kolom_{place}", 2
        while name in names:
            name, n = f"{written or f'kolom_{place}'}_{n}", n + 1
        if name != written:
            renamed.append(name)
        names.append(name)
    return names, renamed


def _column(name: str, cells: list[Written], style: str | None) -> tuple[Column, list[Cell], bool]:
    """The typed column, its values, and whether its numbers are nobody's to read."""
    filled = [one for one in cells if one != ""]
    texts = [one for one in filled if isinstance(one, str)]
    reader: Reader | None = READERS[style] if style else None
    if filled and all(map(_WHOLE.fullmatch, texts)):
        return _typed(name, [_read_whole(one) for one in cells])
    if any(map(_CODE.fullmatch, texts)):
        reader = None  # 007 is a code
    if filled and reader is not None and any(any(map(str.isdigit, one)) for one in texts):
        try:
            return _typed(name, [_read(one, reader) for one in cells])
        except ValueError:
            pass
    ambiguous = style is None and any(map(_DIVIDED.fullmatch, texts))
    return Column(name), [str(one) if one != "" else None for one in cells], ambiguous


def _typed(name: str, values: list[Cell]) -> tuple[Column, list[Cell], bool]:
    whole = all(one is None or isinstance(one, int) for one in values)
    return Column(name, "integer" if whole else "number"), values, False


def _read_whole(cell: Written) -> Cell:
    if not isinstance(cell, str):
        return cell
    return int(cell) if cell else None


def _read(cell: Written, reader: Reader) -> Cell:
    if not isinstance(cell, str):
        return cell
    number = reader(cell)
    if number is None or number != number.to_integral_value() or "." in str(number):
        return number
    return int(number)


def _notices(renamed: list[str], undeclared: list[str], uneven: int) -> list[Notice]:
    found = []
    if renamed:
        found.append(Notice("columns_renamed", {"columns": ", ".join(renamed[:10])}))
    if undeclared:
        found.append(Notice("number_style_undeclared", {"columns": ", ".join(undeclared[:10])}))
    if uneven:
        found.append(Notice("rows_uneven", {"count": uneven}))
    return found
