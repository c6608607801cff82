"""Rows of a workbook, XLSX or ODS. It is weighed before it is opened; nothing is computed.

openpyxl reads XLSX row by row. ODS is read here: a row of a few bytes may say that it stands for a
million, and a reader that writes them all out takes the process with it.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from time import monotonic
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, iterparse

import openpyxl

from ckanext.satudata.sources.content import WEIGHTS, Kind
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.numbers import exact
from ckanext.satudata.unreadable import UNREADABLE, Refused, opened, weigh

Written = str | int | Decimal
"""A cell; "" is an empty one."""
SECONDS = 60.0
MOST_ROWS = 1_048_576
"""What spreadsheet programs take."""
MOST_IN_ROW = 50_000
DEEPEST = 100
MOST_CELLS = 5_000_000
MOST_COLUMNS = 2000
LONGEST_CELL = 32_767
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ROW, _SHEET = f"{_TABLE}table-row", f"{_TABLE}table"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def rows_of(
    body: bytes, kind: Kind, sheet: str | None, seconds: float = SECONDS
) -> Iterator[list[Written]]:
    """Rows of one sheet, the first where none is named; blank ones are empty lists. Raises
    Unexpected, also while rows are read."""
    tick = _until(seconds)
    try:
        _weigh(body, tick)
        rows = _xlsx(body, sheet) if kind is Kind.XLSX else _ods(body, sheet)
        cells = 0
        for number, row in enumerate(rows, 1):
            tick()
            while row and row[-1] == "":
                row.pop()
            cells += len(row) + 1
            if cells > MOST_CELLS or len(row) > MOST_COLUMNS or number > MOST_ROWS:
                raise Unexpected("table_too_large", count=cells)
            yield row
    except (*UNREADABLE, ParseError) as error:
        raise Unexpected("table_unreadable", why=type(error).__name__) from None


def _until(seconds: float) -> Callable[[], None]:
    """What is called again and again, and raises when the time is over."""
    end = monotonic() + seconds

    def tick() -> None:
        if monotonic() > end:
            raise Unexpected("reading_too_long", seconds=seconds)

    return tick


def _weigh(body: bytes, tick: Callable[[], None]) -> None:
    try:
        with opened(io.BytesIO(body), WEIGHTS) as archive:
            weigh(archive, WEIGHTS, tick)
    except Refused as refused:
        if refused.reason == "encrypted":
            raise Unexpected("workbook_locked") from None
        if refused.reason == "entities":
            raise Unexpected("table_unreadable", why="DOCTYPE") from None
        raise Unexpected("workbook_too_full") from None


def _xlsx(body: bytes, sheet: str | None) -> Iterator[list[Written]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on what openpyxl leaves out
        book = openpyxl.load_workbook(
            io.BytesIO(body), read_only=True, data_only=True, keep_links=False
        )
    try:
        pages = {str(one.title): one for one in book.worksheets}
        page = pages.get(sheet) if sheet else next(iter(pages.values()), None)
        if page is None:
            raise Unexpected("sheet_missing", sheet=sheet or "")
        page.reset_dimensions()  # a sheet's own word on its size may be false
        blank: Any = None  # openpyxl gives the same one for every row that is left out
        for row in page.iter_rows(
            values_only=True, max_col=MOST_COLUMNS + 1, max_row=MOST_ROWS + 1
        ):
            if row is not blank and any(one is not None for one in row):
                yield [_written(one) for one in row]
            else:
                blank = row
                yield []
    finally:
        book.close()


def _written(value: Any) -> Written:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**15 else Decimal(repr(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return " ".join(str(value)[:LONGEST_CELL].split())


def _ods(body: bytes, sheet: str | None) -> Iterator[list[Written]]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive, archive.open("content.xml") as content:
        found, inside = False, False
        for element, begins in _rows_and_tables(content):
            if element.tag != _ROW:
                inside = begins and not found and sheet in (None, element.get(f"{_TABLE}name"))
                found = found or inside
            elif inside:
                yield from _repeated(element)
    if not found:
        raise Unexpected("sheet_missing", sheet=sheet or "")


def _rows_and_tables(content: IO[bytes]) -> Iterator[tuple[Element, bool]]:
    """Whole rows, and tables as they begin and end. What was read is let go at once."""
    above: list[Element] = []
    within = 0  # elements of the row that is being read
    for event, element in iterparse(content, events=("start", "end")):  # noqa: S314 no DOCTYPE
        if event == "start":
            above.append(element)
            within += bool(within) or element.tag == _ROW
            if within > MOST_IN_ROW or len(above) > DEEPEST:
                raise Unexpected("table_too_large", count=within)
            if element.tag == _SHEET:
                yield element, True
            continue
        above.pop()
        if element.tag in (_ROW, _SHEET):
            yield element, False
            within = 0
        if above and not within:
            above[-1].remove(element)


def _repeated(element: Element) -> Iterator[list[Written]]:
    """A row as often as it says; a blank one once, for blank rows run to the end of a sheet."""
    row = _cells(element)
    times = _count(element.get(f"{_TABLE}number-rows-repeated")) if row else 1
    for _ in range(times):
        yield list(row)


def _cells(element: Element) -> list[Written]:
    row: list[Written] = []
    blank = 0
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _count(cell.get(f"{_TABLE}number-columns-repeated"))
        value = _value(cell)
        if value == "":
            blank += times
            continue
        if len(row) + blank + times > MOST_COLUMNS:
            raise Unexpected("table_too_large", count=len(row) + blank + times)
        row += [""] * blank + [value] * times
        blank = 0
    return row


def _value(cell: Element) -> Written:
    kind = cell.get(f"{_OFFICE}value-type")
    told = cell.get(f"{_OFFICE}value")
    if kind in ("float", "percentage", "currency") and told:
        number = exact(told)  # or the whole is refused
        return int(number) if abs(number) < 10**15 and number == int(number) else number
    if kind == "date":
        return (cell.get(f"{_OFFICE}date-value") or "")[:40].removesuffix("T00:00:00")
    lines = (" ".join("".join(one.itertext()).split()) for one in cell.iter(f"{_TEXT}p"))
    return " ".join(filter(None, lines))[:LONGEST_CELL]


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
