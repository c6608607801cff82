"""The rows of a file, column by column, cut up by pyarrow; rows of another width one by one."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from ckanext.satudata.quality.fast.ahead import Ahead
from ckanext.satudata.quality.fast.bytes_of import Bytes
from ckanext.satudata.quality.fast.kernels import pc
from ckanext.satudata.quality.fast.opened import Opened
from ckanext.satudata.quality.fast.unsure import Unsure

BLOCK = 1 << 22
"""Bytes of a page. A record that is longer is left to frictionless."""
SMALLER = 1 << 21
"""Bytes of a page of a large file: what is made of a page takes ten times as much for a while."""

Row = tuple[int, list[str]]
"""Number of a record, and its cells."""


@dataclass
class Page:
    """Records that follow each other."""

    numbers: np.ndarray
    """Number of the record of each row of `columns`."""
    columns: list[pa.Array]
    """Texts of the rows that are as wide as they should be."""
    others: list[Row] = field(default_factory=list)
    """The rows between them that are wider or narrower."""

    def cells(self, rows: np.ndarray) -> list[list[str]]:
        """The cells of some rows, by their place in `columns`."""
        if not len(rows):
            return []
        at = pa.array(rows)
        texts = [column.take(at).to_pylist() for column in self.columns]
        return [list(row) for row in zip(*texts, strict=True)]

    @property
    def size(self) -> int:
        return sum(column.nbytes for column in self.columns)


@dataclass
class Kept:
    """A file that was read, for whoever looks at it next; empty where it was too large to keep."""

    before: list[list[str]] = field(default_factory=list)
    """The records above the first of the pages."""
    pages: list[Page] = field(default_factory=list)

    def keep(self, file: Opened, data: Bytes, pages: list[Page] | None) -> None:
        """Take over what was read."""
        if pages:
            self.pages = pages
            with data.text() as text:
                rows = csv.reader(text, dialect=file.dialect)
                self.before = list(islice(rows, file.first_record - 1))


def pages_of(
    file: Opened, data: Bytes, threads: ThreadPoolExecutor, size: int = BLOCK
) -> Iterator[Page]:
    """The rows of a file; the next page is cut up while the last is looked at. Raises Unsure."""
    cutter = _Cutter(file, data, size)
    try:
        coming = threads.submit(cutter.next)
        while (page := coming.result()) is not None:
            coming = threads.submit(cutter.next)
            yield page
    finally:
        cutter.close()
    cutter.look_at_end()


class _Cutter:
    def __init__(self, file: Opened, data: Bytes, size: int) -> None:
        self._size = size
        self._file = file
        self._data = data
        self._source = Ahead(data.source())
        self._reader: pacsv.CSVStreamingReader | None = None
        self._others: deque[Row] = deque()
        self._record = 1
        self._last: Row = (0, [])
        self._is_over = False

    def next(self) -> Page | None:
        if self._is_over:
            return None
        try:
            reader = self._reader = self._reader or self._open()
            batch = reader.read_next_batch()
            self._source.take()
        except StopIteration:
            self._is_over = True
            return self._rest()
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise Unsure("cutting") from error
        return self._page(batch)

    def close(self) -> None:
        """Also where the rows are not read to their end."""
        self._source.close()

    def _open(self) -> pacsv.CSVStreamingReader:
        names = [str(number) for number in range(len(self._file.fields))]
        return pacsv.open_csv(
            self._source,
            pacsv.ReadOptions(column_names=names, block_size=self._size, use_threads=False),
            pacsv.ParseOptions(
                delimiter=self._file.separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=self._other,
            ),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[],
                strings_can_be_null=False,
            ),
        )

    def _other(self, row: pacsv.InvalidRow) -> str:
        reader = csv.reader(io.StringIO(row.text, newline=""), dialect=self._file.dialect)
        self._last = (row.number, next(reader))
        self._others.append(self._last)
        return "skip"

    def _page(self, batch: pa.RecordBatch) -> Page:
        first, last = self._record, self._record + batch.num_rows - 1
        others: list[Row] = []
        # Rows of another width are numbered, too, and so shift what comes after them.
        while self._others and self._others[0][0] <= last:
            others.append(self._others.popleft())
            last += 1
        self._record = last + 1
        numbers = np.arange(first, last + 1)
        if others:
            numbers = np.setdiff1d(numbers, [number for number, _ in others], assume_unique=True)
        columns = [self._trimmed(column) for column in batch.columns]
        if len(numbers) and numbers[-1] > self._last[0]:
            self._last = (int(numbers[-1]), [column[-1].as_py() for column in columns])
        return self._without_heading(Page(numbers, columns, others))

    def _trimmed(self, column: pa.Array) -> pa.Array:
        return pc.ascii_ltrim(column, characters=" ") if self._file.skips_blanks else column

    def _without_heading(self, page: Page) -> Page:
        first = self._file.first_record
        if page.others:
            page.others = [row for row in page.others if row[0] >= first]
        if len(page.numbers) and page.numbers[0] < first:
            skip = int(np.searchsorted(page.numbers, first))
            page.numbers = page.numbers[skip:]
            page.columns = [column.slice(skip) for column in page.columns]
        return page

    def _rest(self) -> Page | None:
        if not self._others:
            return None
        empty = pa.array([], pa.string())
        rest = Page(np.arange(0), [empty] * len(self._file.fields), list(self._others))
        self._others.clear()
        return self._without_heading(rest)

    def look_at_end(self) -> None:
        """A quote that is never closed loses pyarrow the last newline. Raises Unsure."""
        last = self._last[1]
        is_odd = self._data.facts().quotes % 2 == 1
        if not is_odd and not any("\n" in cell or "\r" in cell or '"' in cell for cell in last):
            return
        if (self._data.last_record() or [""]) != (last or [""]):
            raise Unsure("quotes")
