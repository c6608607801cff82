"""Rows of a text table: the encodings and separators that offices write."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from ckanext.satudata.sources.failures import Unexpected

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 50
MOST_CELLS = 20_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def rows_of(body: bytes) -> Iterator[list[str]]:
    """Rows, blanks around cells left out; blank rows are empty lists. Raises Unexpected."""
    text = _text(body)
    separator, begin = _separator(text)
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text[begin:], newline=""), delimiter=separator):
            line = [" ".join(one.split()) for one in row]
            while line and not line[-1]:
                line.pop()
            cells += len(line) + 1
            if cells > MOST_CELLS:
                raise Unexpected("table_too_large", count=cells)
            yield line
    except csv.Error:
        raise Unexpected("table_unreadable", why="CSV") from None


def _text(body: bytes) -> str:
    """A mark at the beginning tells the encoding; else UTF-8, or what Windows writes."""
    marked = next((name for mark, name in _MARKS if body.startswith(mark)), "")
    try:
        return body.decode(marked or "utf-8")
    except UnicodeDecodeError:
        if marked:
            raise Unexpected("table_unreadable", why=marked) from None
        return body.decode("cp1252", errors="replace")


def _separator(text: str) -> tuple[str, int]:
    """The separator, and where the table begins: `sep=;` on the first line says it."""
    if text[:4] == "sep=" and text[5:6] in ("\n", "\r"):
        return text[4], 5
    lines = text[:100_000].splitlines()[:SAMPLE]
    return max(SEPARATORS, key=lambda one: _evenness(lines, one)), 0


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    """In how many lines the separator stands equally often, and how often."""
    counts = Counter(
        len(row) - 1 for row in csv.reader(lines, delimiter=separator, strict=False) if row
    )
    counts.pop(0, None)
    if not counts:
        return (0, 0)
    often, many = max(counts.items(), key=lambda one: (one[1], one[0]))
    return many, often
