"""Rows of a workbook. It is weighed before it is opened, and nothing in it is computed.

First the directory of the archive is read, then each part is run through without keeping it, and
only then openpyxl gets it.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import openpyxl

from ckanext.satudata.quality.limits import Deadline, Limits, Unread
from ckanext.satudata.unreadable import UNREADABLE, Refused, Weights, opened, weigh

_WHOLE = range(10**14, 10**16)
"""Floats that are whole and long enough to be a number of a person, and still exact."""

Page = tuple[str, Iterator[list[str]]]


def pages_of(stream: BinaryIO, limits: Limits, deadline: Deadline) -> Iterator[Page]:
    """Title and rows of each sheet, hidden ones too. Raises Unread, also while rows are read."""
    try:
        weigh_workbook(stream, limits, deadline)
        stream.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's words on what it leaves out
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            if not book.worksheets:
                raise Unread("broken")
            for page in book.worksheets:
                # The sheet's own word on its size may be false either way.
                page.reset_dimensions()
                yield str(page.title), _rows(page, limits, deadline)
        finally:
            book.close()
    except UNREADABLE as error:
        raise Unread("broken") from error


def weigh_workbook(stream: BinaryIO, limits: Limits, deadline: Deadline) -> None:
    """Refuse what is no workbook, or more of one than is looked at. Raises Unread."""
    stream.seek(0)
    with opened_archive(stream, limits) as archive:
        names = {one.filename for one in archive.infolist()}
        if "[Content_Types].xml" not in names or not any(
            name.lower().startswith("xl/") and name.lower().endswith(".xml") for name in names
        ):
            raise Unread("kind_unknown")
        weigh_archive(archive, limits, deadline)


def opened_archive(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, if its directory is not too long. Raises Unread, or what is in UNREADABLE."""
    try:
        return opened(stream, _weights(limits))
    except Refused as refused:
        raise Unread(_REASONS.get(refused.reason, refused.reason)) from refused


def weigh_archive(archive: zipfile.ZipFile, limits: Limits, deadline: Deadline) -> None:
    """Run through all parts of an archive without keeping them. Raises Unread."""
    try:
        weigh(archive, _weights(limits), deadline.check)
    except Refused as refused:
        raise Unread(_REASONS.get(refused.reason, refused.reason)) from refused


_REASONS = {"entities": "broken"}


def _weights(limits: Limits) -> Weights:
    return Weights(limits.parts, limits.unpacked, limits.ratio, limits.line)


def _rows(page: Any, limits: Limits, deadline: Deadline) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(page.iter_rows(values_only=True)):
            if number % 256 == 0:
                deadline.check()
            if len(row) > limits.columns:
                raise Unread("too_wide")
            yield [_text(value) for value in row]
    except UNREADABLE as error:
        raise Unread("broken") from error


def _text(value: Any) -> str:
    """A cell as it is searched: texts and whole numbers as they are, decimals as a decimal."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, (bool, date, datetime)):
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        # A column of sixteen digits with a gap in it is written as floats by many programs.
        whole = value.is_integer() and int(value) in _WHOLE
        return str(int(value)) if whole else "0.5"
    return ""
