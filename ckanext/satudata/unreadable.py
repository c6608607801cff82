"""What is known of spreadsheets that are not what they should be, for every room that opens one.

An archive is weighed before anything is built of it: a file of a kilobyte can unpack to gigabytes,
list millions of parts, or name entities that grow.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.exceptions import InvalidFileException

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    InvalidFileException,
    SyntaxError,  # both XML parsers say this of XML that is not well-formed
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
    EOFError,
)
"""What zipfile, the XML parsers and openpyxl raise over such a file."""

DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
"""What no spreadsheet needs, and what makes a parser grow or fetch."""
BLOCK = 1 << 18
SMALL = 1_000_000
"""Bytes of a part below which it does not matter how well it was packed."""
_LINE = 1000
"""Bytes of the directory for each part; a spreadsheet's have a hundred."""
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Weights:
    """What an archive may hold at most."""

    parts: int
    unpacked: int
    """Bytes of all parts together, as the directory declares them."""
    ratio: int = 200
    """How many times larger than packed a part of more than a megabyte may be."""
    run: int = 1_000_000
    """Bytes of a text in XML."""


class Refused(Exception):
    """An archive that is not opened. `reason`: encrypted, too_full, too_wide, entities."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Bites:
    """A stream that gives no more at once than a directory may have."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._most = stream, most
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise Refused("too_full")
        return self._stream.read(size)


def opened(stream: IO[bytes], most: Weights) -> zipfile.ZipFile:
    """The archive, if its directory is no longer than one of so many parts. Raises Refused, or
    what is in UNREADABLE.

    zipfile reads the directory at once and makes an object of each part; how many there are is not
    to be learned from it before.
    """
    bites: IO[bytes] = _Bites(stream, most.parts * _LINE)  # type: ignore[assignment]
    zipfile.ZipFile(bites).close()
    return zipfile.ZipFile(stream)


def weigh(archive: zipfile.ZipFile, most: Weights, tick: Callable[[], None]) -> None:
    """Run through all parts without keeping them. Raises Refused, or what `tick` raises, which is
    called again and again meanwhile."""
    parts = archive.infolist()
    if any(one.flag_bits & 1 for one in parts):
        raise Refused("encrypted")
    if len(parts) > most.parts or sum(one.file_size for one in parts) > most.unpacked:
        raise Refused("too_full")
    for one in parts:
        if one.file_size > max(SMALL, most.ratio * one.compress_size):
            raise Refused("too_full")
    for one in parts:
        _run_through(archive, one, most.run, tick)


def _run_through(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, longest: int, tick: Callable[[], None]
) -> None:
    """Refuse entities, and texts that would have to be held in memory whole."""
    is_xml = part.filename.lower().endswith(_XML)
    run, tail = 0, b""
    with archive.open(part) as packed:
        while block := packed.read(BLOCK):
            tick()
            if DOCTYPE.search((tail + block).replace(b"\0", b"")):
                raise Refused("entities")
            tail = block[-20:]
            last = block.rfind(b"<")
            run = run + len(block) if last < 0 else len(block) - last
            if is_xml and run > longest:
                raise Refused("too_wide")
