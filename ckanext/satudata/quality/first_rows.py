"""The headings of a table and its first rows, for those who want to know what its columns are.

The cells come as the file has them: texts of a CSV, numbers and days of a workbook.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, BinaryIO

import openpyxl

from ckanext.satudata.quality.limits import Deadline, Limits, Unread
from ckanext.satudata.quality.texts import rows_of
from ckanext.satudata.quality.workbooks import weigh_workbook
from ckanext.satudata.unreadable import UNREADABLE

ROWS = 1000
MOST_COLUMNS = 1000
TITLE_ROWS = 20
"""Rows among which the headings are looked for."""
FULL = 0.6
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class FirstRows:
    """`headings`: the first row that is about as full as those below it. `rows`: what follows,
    blank rows left out."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def column(self, at: int) -> list[Any]:
        """The cells below one heading; None where a row is too short."""
        return [row[at] if at < len(row) else None for row in self.rows]


def first_rows(stream: BinaryIO, limits: Limits, most: int = ROWS) -> FirstRows:
    """Read the begin of a CSV, or of the first sheet of an XLSX. Raises Unread."""
    if stream.seek(0, os.SEEK_END) > limits.bytes:
        raise Unread("too_large")
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    deadline = Deadline(limits.seconds)
    if head.startswith(_ZIP):
        return _told(_of_workbook(stream, limits, deadline), most)
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith((b"<", b"{", b"[", b"%pdf", b"\xd0\xcf\x11\xe0")):
        raise Unread("kind_unknown")
    return _told(rows_of(stream, limits, deadline), most)


def _told(rows: Iterator[Sequence[Any]], most: int) -> FirstRows:
    filled = (row for row in rows if any(_is_filled(cell) for cell in row))
    above = list(islice(filled, TITLE_ROWS))
    if not above:
        raise Unread("empty")
    at = _headings_at(above)
    if len(above[at]) > MOST_COLUMNS:
        raise Unread("too_wide")
    below = chain(above[at + 1 :], filled)
    return FirstRows([_text(cell) for cell in above[at]], list(islice(below, most)))


def _headings_at(rows: Sequence[Sequence[Any]]) -> int:
    """The first row that is about as full as the fullest: above it stand title and place."""
    counts = [sum(map(_is_filled, row)) for row in rows]
    enough = FULL * max(counts)
    return next(at for at, count in enumerate(counts) if count >= enough)


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _of_workbook(stream: BinaryIO, limits: Limits, deadline: Deadline) -> Iterator[list[Any]]:
    try:
        weigh_workbook(stream, limits, deadline)
        stream.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's words on what it leaves out
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            if not book.worksheets:
                raise Unread("broken")
            page = book.worksheets[0]
            page.reset_dimensions()  # the sheet's own word on its size may be false
            for row in page.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1):
                deadline.check()
                yield _without_tail(row)
        finally:
            book.close()
    except UNREADABLE as error:
        raise Unread("broken") from error


def _without_tail(row: Sequence[Any]) -> list[Any]:
    """The cells up to the last that is filled: a sheet has columns that nobody sees."""
    last = max((at for at, cell in enumerate(row, 1) if _is_filled(cell)), default=0)
    return list(row[:last])
