"""A look at a file before anything opens it: what it is, and whether it may be opened at all."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ckanext.satudata.quality.judge.troubles import Trouble
from ckanext.satudata.quality.limits import Deadline, Limits, Unread
from ckanext.satudata.quality.workbooks import opened_archive, weigh_archive
from ckanext.satudata.unreadable import UNREADABLE

BLOCK = 1 << 18
LIMITS = Limits(bytes=4_000_000_000, unpacked=1_000_000_000, seconds=30.0)
MOST_CELLS = 20_000_000
"""Cells of a sheet's box, if most of them are empty; below that it is only slow."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WEB = (b"<!doctype html", b"<html", b"<head", b"<table", b"<script", b"<meta")
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"MZ",
    b"\x7fELF",
)
_TEXTS = ("csv", "tsv", "json", "jsonl", "geojson")
_BOX = re.compile(rb'<dimension\s+ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')
_CELL = re.compile(rb'<c\s+r="([A-Z]{1,3})([0-9]{1,7})"')


@dataclass
class Container:
    """What a file is."""

    format: str
    """csv, tsv, json, geojson, xlsx, xls, ods or parquet, whatever its name says."""
    notes: list[str] = field(default_factory=list)
    """"macros", "external_links": told, and no reason to refuse."""


def look(path: str | os.PathLike[str], limits: Limits = LIMITS) -> Container:
    """What a file is. Raises Trouble where nothing may open it, OSError where it is not there."""
    ending = Path(path).suffix.lower().lstrip(".")
    with Path(path).open("rb") as stream:
        if stream.seek(0, os.SEEK_END) > limits.bytes:
            raise Trouble("too_large")
        stream.seek(0)
        head = stream.read(4096)
        if head.startswith(b"PK\3\4"):
            return _archive(stream, limits)
        if head.startswith(_OLD):
            return _old(stream)
    if head.startswith(b"PAR1"):
        return Container("parquet")
    if head.startswith(_OTHERS):
        raise Trouble("kind_unknown")
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(_WEB):
        raise Trouble("web_page")
    if begins.startswith(b"<?xml"):
        raise Trouble("kind_unknown")
    return Container(_text(begins, ending))


def _text(begins: bytes, ending: str) -> str:
    is_json = begins[:1] in (b"{", b"[") and begins.replace(b" ", b"")[1:2] in b'"{[\r\n]}'
    if is_json and ending not in ("csv", "tsv"):
        return "geojson" if ending == "geojson" or b'"featurecollection"' in begins else "json"
    return ending if ending in _TEXTS else "csv"


def _old(stream: BinaryIO) -> Container:
    """A workbook with a password lies in the same container as one of the old kind."""
    stream.seek(0)
    tail = b""
    while block := stream.read(1 << 20):
        if _LOCKED in tail + block:
            raise Trouble("encrypted")
        tail = block[-len(_LOCKED) :]
    return Container("xls")


def _archive(stream: BinaryIO, limits: Limits) -> Container:
    deadline = Deadline(limits.seconds)
    try:
        with opened_archive(stream, limits) as archive:
            weigh_archive(archive, limits, deadline)
            kind = _kind(archive)
            if kind == "xlsx":
                for one in archive.infolist():
                    if one.filename.lower().startswith("xl/worksheets/"):
                        _sheet(archive, one, limits.line, deadline)
            names = [one.filename.lower() for one in archive.infolist()]
    except Unread as unread:
        raise Trouble(_CODES.get(unread.reason, unread.reason), seconds=limits.seconds) from unread
    except UNREADABLE as error:
        raise Trouble("broken") from error
    found = Container(kind)
    if any(name.endswith("vbaproject.bin") for name in names):
        found.notes.append("macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        found.notes.append("external_links")
    return found


_CODES = {"too_slow": "time_over"}


def _kind(archive: zipfile.ZipFile) -> str:
    by_name = {one.filename.lower(): one for one in archive.infolist()}
    if "[content_types].xml" in by_name and any(name.startswith("xl/") for name in by_name):
        return "xlsx"
    if "mimetype" in by_name and "content.xml" in by_name:
        with archive.open(by_name["mimetype"]) as told:
            if told.read(60).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
    raise Trouble("kind_unknown")


def _sheet(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, longest: int, deadline: Deadline
) -> None:
    """Refuse a sheet that reaches, or says it reaches, far beyond what is in it."""
    cells, right, below, tail = 0, 0, 0, b""
    with archive.open(part) as packed:
        while block := packed.read(BLOCK):
            deadline.check()
            seen = tail + block
            cut = seen.rfind(b"<")
            seen, tail = (seen, b"") if cut < 0 else (seen[:cut], seen[cut:])
            if len(tail) > longest:
                raise Unread("too_wide")
            for pattern in (_BOX, _CELL):
                found = pattern.findall(seen)
                cells += len(found)
                for column, row in found[-1:] if pattern is _CELL else found:
                    right, below = max(right, _number(column)), max(below, int(row))
    if right * below > MOST_CELLS and right * below > 20 * cells:
        raise Trouble("stray_cell", cell=f"{_letters(right)}{below}")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
