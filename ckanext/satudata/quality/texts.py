"""Rows of a text table: any encoding, any separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterator
from typing import BinaryIO

from ckanext.satudata.quality.limits import Deadline, Limits, Unread

BLOCK = 1 << 18
SAMPLE_LINES = 60
CELL = 131_072
"""Characters of a cell; a quote that is never closed ends so."""
SEPARATORS = (",", ";", "\t", "|", "^", "~", "\x1f", ":")
"""The first that parts the lines most evenly is taken."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TOLD = re.compile(r"sep=(.)\r?\n?")


def rows_of(
    stream: BinaryIO, limits: Limits, deadline: Deadline
) -> Generator[list[str], None, None]:
    """The rows as a spreadsheet would number them, blank ones as empty lists. Raises Unread."""
    encoding = _encoding(stream, deadline)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    try:
        yield from _rows(text, limits)
    except csv.Error as error:
        # A quote that is never closed ends so, too.
        raise Unread("too_wide" if "field limit" in str(error) else "broken") from error
    except UnicodeError as error:
        raise Unread("broken") from error
    finally:
        text.detach()  # the stream belongs to whoever gave it


def _encoding(stream: BinaryIO, deadline: Deadline) -> str:
    """The mark at the beginning says it, or zeros at every second byte, or the whole file.

    Raises Unread where zero bytes say that this is no text.
    """
    stream.seek(0)
    head = stream.read(BLOCK)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    if b"\0" in head:
        return _wide(head)
    return _narrow(stream, deadline)


def _wide(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.8 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.8 * half and odd < 0.1 * half:
        return "utf-16-be"
    raise Unread("binary")


def _narrow(stream: BinaryIO, deadline: Deadline) -> str:
    """UTF-8 where the whole file is; else what Windows writes. Raises Unread over a zero byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    stream.seek(0)
    while block := stream.read(BLOCK):
        deadline.check()
        if b"\0" in block:
            raise Unread("binary")
        is_utf8 = is_utf8 and _decodes(decoder, block)
    return "utf-8" if is_utf8 and _decodes(decoder, b"") else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: io.TextIOWrapper, limits: Limits) -> Iterator[list[str]]:
    lines = _lines(text, limits.line)
    sample: list[str] = []
    for line in lines:
        sample.append(line)
        if len(sample) == SAMPLE_LINES:
            break
    told = _TOLD.fullmatch(sample[0]) if sample else None
    if told:
        sample = sample[1:]  # spreadsheet programs neither show nor count this line
    separator = told[1] if told else _separator(sample)
    for row in csv.reader(_again(sample, lines), delimiter=separator):
        # Python's own limit is the whole process', and others change it.
        if row and max(map(len, row)) > CELL:
            raise Unread("too_wide")
        yield row


def _lines(text: io.TextIOWrapper, longest: int) -> Iterator[str]:
    while lines := text.readlines(BLOCK):
        if max(map(len, lines)) > longest:
            raise Unread("too_wide")
        yield from lines


def _again(sample: list[str], lines: Iterator[str]) -> Iterator[str]:
    yield from sample
    yield from lines


def _separator(sample: list[str]) -> str:
    best, most = ",", 0
    for one in SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=one) if row)
        except csv.Error:
            continue
        score = max((count * (width > 1) for width, count in widths.items()), default=0)
        if score > most:
            best, most = one, score
    return best
