"""Whether a workbook is written so that calamine and openpyxl read the same in it.

Only what is known to be read alike passes: everything else is Unsure, also what is right and only
written otherwise. Where the two differ, one may see a value that the other does not.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

import numpy as np

from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.unreadable import DOCTYPE, UNREADABLE

BLOCK = 1 << 22
SMALL = 1 << 20
"""Bytes of the parts that say where the others lie."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TARGET = re.compile(r"(?:/xl/)?(worksheets/[A-Za-z0-9_.-]+\.xml)")
_NAMESPACE = f'xmlns="{_MAIN[1:-1]}"'.encode()
_BOX = re.compile(rb'<dimension\s+ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')
_ASTRAY = re.compile(rb"<(?:[^\s<>/]+:)?(?:row|c|sheetData|si|sst)[\s/>]|<[!?]")
"""What belongs to the table, where the table is not; comments and the like."""
_DECLARED = re.compile(
    rb'(?:\xef\xbb\xbf)?<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="yes")?'
    rb" ?\?>\s*"
)
_ODD = re.compile(rb"_x[0-9A-Fa-f]{4}_|x005F_|&(?!amp;|lt;|gt;|quot;|apos;)|\r|\0")
_SIGNS = (b"&", b"_x", b"x005F_", b"\r", b"\0")
"""Signs in code, and what is sooner looked for: one of these is in each of them."""
_TEXT = (
    rb"<t(?:>[^<\s][^<]*(?<!\s)"  # without the attribute, one of the two cuts off blanks
    rb'| xml:space="preserve">[^<]+)</t>'
)
_TOKEN = re.compile(
    # What there is most of stands first.
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]{1,5}")?'
    rb'(?: t="inlineStr"><is>' + _TEXT + rb"</is></c>"
    rb'| t="s"><v>[0-9]{1,9}</v></c>'
    rb'|(?: t="n")?(?: ?/>|>(?:<f>[^<]*</f>)?'
    rb"<v>(?:-?[0-9]{1,15}|(-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,3})?))</v></c>))"
    rb'|<row r="([0-9]{1,7})"(?: (?!xmlns)[A-Za-z0-9:]+="[^"<>]*")* ?/?>'
)
"""A whole cell, or a row as it begins: letters, digits, a number that is not plain; row."""
_SHARED = re.compile(rb"<si>" + _TEXT + rb"</si>")


def box_of(path: Path) -> tuple[int, int] | None:
    """How far the first sheet says it reaches, columns and rows; None where it does not say.

    Raises Unsure over anything that the two may read otherwise.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len({name.lower() for name in names}) != len(names):
                raise Unsure("sheet")
            name = _first_sheet(archive)
            _look_at_strings(archive)
            return _look_at_sheet(archive, name)
    except (*UNREADABLE, ParseError) as error:
        raise Unsure("sheet") from error


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The part of the first sheet, which both find by these files alone."""
    kinds = {
        one.get("PartName", ""): one.get("ContentType", "")
        for one in _document(archive, "[Content_Types].xml")
        if one.tag.endswith("}Override")
    }
    _only(kinds, "sheet.main+xml", _BOOK, {_BOOK})
    _only(kinds, "sharedStrings+xml", _STRINGS, set(archive.namelist()) & {_STRINGS})
    book = _document(archive, _BOOK)
    options, first = book.find(f"{_MAIN}workbookPr"), book.find(f"{_MAIN}sheets/{_MAIN}sheet")
    if first is None or (options is not None and options.get("date1904") is not None):
        raise Unsure("sheet")
    rels = [
        one
        for one in _document(archive, "xl/_rels/workbook.xml.rels")
        if one.get("Id") == first.get(_REL_ID)
    ]
    if len(rels) != 1 or not rels[0].get("Type", "").endswith("/worksheet"):
        raise Unsure("sheet")
    target = _TARGET.fullmatch(rels[0].get("Target", ""))
    if target is None or rels[0].get("TargetMode") is not None:
        raise Unsure("sheet")
    return f"xl/{target[1]}"


def _only(kinds: dict[str, str], kind: str, name: str, there: set[str]) -> None:
    """One finds a part by its kind, the other by its name: both have to come to the same."""
    told = {part for part in kinds if kinds[part].endswith(kind)}
    if told != {f"/{one}" for one in there} or any(
        part.lower() == f"/{name}".lower() for part in kinds.keys() - told
    ):
        raise Unsure("sheet")


def _document(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as packed:
        text = packed.read(SMALL + 1)
    if len(text) > SMALL or b"\0" in text or DOCTYPE.search(text):
        raise Unsure("sheet")
    return fromstring(text)  # noqa: S314 - no entities


def _look_at_strings(archive: zipfile.ZipFile) -> None:
    if _STRINGS not in archive.namelist():
        return
    between: list[bytes] = []
    for block in _blocks(archive, _STRINGS, b"</si>"):
        _plain(block)
        between += filter(None, _SHARED.split(block))
    if len(between) != 2 or between[1].strip() != b"</sst>":
        raise Unsure("cells")
    if _root(between[0], b"<sst ") != between[0]:
        raise Unsure("cells")


def _look_at_sheet(archive: zipfile.ZipFile, name: str) -> tuple[int, int] | None:
    head, last = b"", 0
    foot: list[bytes] = []
    for block in _blocks(archive, name, b"</row>"):
        _plain(block)
        rows = block
        if not head:
            head, begins, rows = block.partition(b"<sheetData>")
            if not begins:
                raise Unsure("cells")
        rows, ends, after = rows.partition(b"</sheetData>")
        if foot and rows:
            after = rows + ends + after
        else:
            last = _look_at_rows(rows, last)
        if ends or foot:
            foot.append(after)
    _root(head, b"<worksheet ")
    if _ASTRAY.search(head) or _ASTRAY.search(b"".join(foot)):
        raise Unsure("cells")
    boxes = _BOX.findall(head)
    if len(boxes) != head.count(b"dimension") or len(boxes) > 1:
        raise Unsure("width")
    return (_column(boxes[0][0]), int(boxes[0][1])) if boxes else None


def _root(text: bytes, begin: bytes) -> bytes:
    """The first tag, which tells whose names all others are."""
    root = text[: text.find(b">") + 1]
    if not root.startswith(begin) or _NAMESPACE not in root or b"'" in root:
        raise Unsure("cells")
    return root


def _look_at_rows(text: bytes, last: int) -> int:
    """The number of the last row. Each follows the one before, and its cells each other."""
    parts = _TOKEN.split(text)
    if not set(parts[0::5]) <= {b"", b"</row>"}:
        raise Unsure("cells")
    # One of the two tells such a number as a whole one.
    if any(map(float.is_integer, map(float, filter(None, parts[3::5])))):
        raise Unsure("cells")
    letters, digits, rows = parts[1::5], parts[2::5], parts[4::5]
    begun = np.array([last, *filter(None, rows)]).astype(np.int64)
    if (np.diff(begun) <= 0).any() or (rows and rows[0] is None):
        raise Unsure("cells")
    if not (_is_even(rows, letters, digits) or _is_in_order(rows, letters, digits)):
        raise Unsure("cells")
    return int(begun[-1])


Parts = list["bytes | None"]


def _is_even(rows: Parts, letters: Parts, digits: Parts) -> bool:
    """Whether all rows have the same cells, in order: most sheets have, and it is soon seen."""
    numbers = list(filter(None, rows))
    width = len(rows) // max(1, len(numbers))
    places = [_column(one) for one in letters[:width] if one]
    return (
        letters == letters[:width] * len(numbers)
        and letters[:1] == [None]
        and places == sorted(set(places))
        and all(digits[at::width] == numbers for at in range(1, width))
    )


def _is_in_order(rows: Parts, letters: Parts, digits: Parts) -> bool:
    row, place = b"", 0
    for begun, column, of_row in zip(rows, letters, digits, strict=True):
        if column is None:
            row, place = begun, 0
        elif of_row != row or _column(column) <= place:
            return False
        else:
            place = _column(column)
    return True


@lru_cache(1000)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _plain(block: bytes) -> None:
    if any(sign in block for sign in _SIGNS) and _ODD.search(block):
        raise Unsure("cells")


def _blocks(archive: zipfile.ZipFile, name: str, end: bytes) -> Iterator[bytes]:
    """A part in pieces that end where a row or a text does, without its declaration."""
    with archive.open(name) as packed:
        tail = packed.read(BLOCK)
        declared = _DECLARED.match(tail)
        tail = tail[declared.end() :] if declared else tail
        while True:
            cut = tail.rfind(end) + len(end)
            if cut >= len(end):
                yield tail[:cut]
                tail = tail[cut:]
            elif len(tail) > 2 * BLOCK:
                raise Unsure("cells")
            block = packed.read(BLOCK)
            if not block:
                break
            tail += block
    yield tail
