"""The first rows of a CSV file, for people who want to see before they download.

Only the first kilobytes are read. What is no plain UTF-8 table gives no preview: a wrong guess
would show wrong figures, and the file itself is one click away.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files

MAX_BYTES = 64 * 1024
MAX_ROWS = 10
MAX_COLUMNS = 30
MAX_CELL = 200
_NUMBER = re.compile(r"-?\d[\d.,\s]*%?")


@dataclass(frozen=True)
class Preview:
    """Titles of columns, the first rows, and for each column whether it holds numbers only."""

    columns: list[str]
    rows: list[list[str]]
    numbers: list[bool]


def preview_of(resource: dict[str, Any]) -> Preview | None:
    """The first rows of an uploaded CSV; None for every other file.

    The caller has been allowed to read `resource`.
    """
    if resource.get("url_type") != "upload" or (resource.get("format") or "").upper() != "CSV":
        return None
    head = _head(resource)
    return table(head, whole=len(head) < MAX_BYTES) if head else None


def table(head: bytes, *, whole: bool) -> Preview | None:
    """The table that begins a file; `whole`: nothing of the file is missing in `head`."""
    if not whole:
        head = head[: head.rfind(b"\n") + 1]
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(text))
    try:
        lines = [line for line, _number in zip(reader, range(MAX_ROWS + 1), strict=False)]
    except csv.Error:
        return None
    if len(lines) < 2 or len(lines[0]) > MAX_COLUMNS or any("\0" in "".join(one) for one in lines):
        return None
    width = len(lines[0])
    columns, *rows = [[cell[:MAX_CELL] for cell in (line + [""] * width)[:width]] for line in lines]
    numbers = [_all_numbers([row[place] for row in rows]) for place in range(width)]
    return Preview(columns, rows, numbers)


def delimiter_of(text: str) -> str:
    """What stands between the cells of a CSV, judged by how it begins."""
    try:
        return csv.Sniffer().sniff(text[:4096], ",;\t|").delimiter
    except csv.Error:
        return ","


def _all_numbers(cells: list[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(_NUMBER.fullmatch(cell) for cell in filled)


def _head(resource: dict[str, Any]) -> bytes:
    row = resource_files.file_of(resource["id"])
    if row is None:
        return b""
    try:
        return store.head(row.sha256, MAX_BYTES)
    except store.Missing:
        return b""
