"""Whether a file holds data of persons: one check, for the gate and for the report alike.

It looks at cells and headings, not at what they mean. What it finds is a reason to ask a person,
and so is a file that it could not read to its end.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ckanext.satudata.quality.columns import Sheet
from ckanext.satudata.quality.findings import Finding, Findings
from ckanext.satudata.quality.limits import Deadline, Limits, Unread
from ckanext.satudata.quality.texts import rows_of
from ckanext.satudata.quality.workbooks import pages_of

VERSION = 1
"""Raise it when the same file may get another answer; stored answers are told apart by it."""
MAX_FINDINGS = 200
CHUNK_CELLS = 60_000
CHUNK_ROWS = 1_000
TEXT_ENDINGS = frozenset(("", ".csv", ".tsv", ".tab", ".txt", ".dat", ".psv", ".xls", ".xlsx"))
"""Names under which a text is taken for a table; offices save text under .xls too."""
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<table", b"<meta", b"<script", b"<!--")
_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"PAR1",
    b"7z\xbc\xaf",
    b"Rar!",
)
_JSON = (b'{"', b"[{", b'["', b"[[")


def check_file(
    file: str | os.PathLike[str] | BinaryIO,
    name: str = "",
    limits: Limits | None = None,
    *,
    regions: Collection[str] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Findings:
    """Look through a CSV or XLSX for data of persons. Whatever it holds, the answer is Findings.

    `file`: a path, or a binary stream that can be wound back; it is left open. `name`: what the
    file is called, of which only the ending counts. `limits`: sizes in bytes, time in seconds of
    `clock`. `regions`: known codes of regencies, see `identifiers.is_nik`. Raises OSError where
    the path cannot be opened.
    """
    used = limits or Limits()
    with contextlib.ExitStack() as stack:
        if isinstance(file, (str, os.PathLike)):
            name = name or os.fspath(file)
            stream: BinaryIO = stack.enter_context(Path(file).open("rb"))
        else:
            stream = file
        return _Check(Path(name).name, used, Deadline(used.seconds, clock), regions).of(stream)


class _Check:
    """One run over one file: what was read so far, and what was found in it."""

    def __init__(
        self, name: str, limits: Limits, deadline: Deadline, regions: Collection[str] | None
    ) -> None:
        self._name = name
        self._limits = limits
        self._deadline = deadline
        self._regions = regions
        self._format = ""
        self._sheets: list[Sheet] = []
        self._rows = 0

    def of(self, stream: BinaryIO) -> Findings:
        reason = ""
        try:
            self._read(stream)
        except Unread as unread:
            reason = unread.reason
        found = [one for sheet in self._sheets for one in sheet.findings()]
        found.sort(key=lambda one: not one.certain)
        told = found[:MAX_FINDINGS]
        if reason:
            told.insert(0, Finding("cannot_be_read", certain=False, reason=reason))
        return Findings(
            name=self._name,
            format=self._format,
            sheets=len(self._sheets),
            rows=self._rows,
            findings=tuple(told),
            version=VERSION,
            more=max(0, len(found) - MAX_FINDINGS),
        )

    def _read(self, stream: BinaryIO) -> None:
        if stream.seek(0, os.SEEK_END) > self._limits.bytes:
            raise Unread("too_large")
        stream.seek(0)
        self._format = _format(stream, Path(self._name).suffix.lower())
        if self._format == "csv":
            self._look("", rows_of(stream, self._limits, self._deadline))
            return
        for title, rows in pages_of(stream, self._limits, self._deadline):
            self._look(title, rows)

    def _look(self, title: str, rows: Iterator[list[str]]) -> None:
        sheet = Sheet(title, self._regions)
        self._sheets.append(sheet)
        first = 1
        for chunk in self._chunks(rows):
            self._deadline.check()
            sheet.look(first, chunk)
            first += len(chunk)

    def _chunks(self, rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
        """Rows in lots. What was read before an Unread is handed out first, to be looked at."""
        over: Unread | None = None
        while over is None:
            lot: list[list[str]] = []
            try:
                lot.extend(islice(rows, CHUNK_ROWS))  # keeps what came before an exception
            except Unread as unread:
                over = unread
            left = self._limits.rows - self._rows
            if len(lot) > left:
                lot, over = lot[:left], Unread("too_many_rows")
            widest = max(map(len, lot), default=0)
            if widest > self._limits.columns:
                raise Unread("too_wide")
            self._rows += len(lot)
            # A lot is filled up to its widest row.
            size = max(1, CHUNK_CELLS // max(1, widest))
            yield from (lot[at : at + size] for at in range(0, len(lot), size))
            if not lot and over is None:
                return
        raise over


def _format(stream: BinaryIO, ending: str) -> str:
    """csv or xlsx, by what the file holds rather than by its name. Raises Unread."""
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(b"PK\3\4"):
        return "xlsx"
    if head.startswith(_OLD_WORKBOOK):
        raise Unread(_old_workbook(stream))
    if head.startswith(_KINDS):
        raise Unread("kind_unknown")
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(_WEB):
        raise Unread("web_page")
    if ending not in TEXT_ENDINGS or begins.replace(b" ", b"").startswith(_JSON):
        raise Unread("kind_unknown")
    return "csv"


def _old_workbook(stream: BinaryIO) -> str:
    """A workbook with a password lies in the same container as one of the old kind."""
    locked = "EncryptedPackage".encode("utf-16-le")
    tail = b""
    while block := stream.read(1 << 20):
        if locked in tail + block:
            return "encrypted"
        tail = block[-len(locked) :]
    return "old_workbook"
