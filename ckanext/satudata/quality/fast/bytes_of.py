"""What the bytes of a file say: its hashes, and whether pyarrow may be trusted to cut it up."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ckanext.satudata.quality.fast.opened import UTF8, Opened
from ckanext.satudata.quality.fast.unsure import Unsure

BLOCK = 1 << 20
MOST_DECODED = 1 << 28
"""Bytes of a file in another encoding than UTF-8, which is held in memory whole."""


@dataclass(frozen=True)
class Facts:
    """What a run through a file's bytes found."""

    md5: str
    sha256: str
    size: int
    quotes: int
    zeros: bool
    blanks: bool
    """Blanks stand beside quotes where blanks after separators do not count."""


class Bytes:
    """A file: its facts are gathered by a second thread while the rows are looked at."""

    def __init__(self, file: Opened, threads: ThreadPoolExecutor) -> None:
        self._file = file
        self._utf8 = _rewritten(file)
        self._facts: Future[Facts] = threads.submit(_gather, file, self._utf8)

    def source(self) -> io.BufferedReader | io.BytesIO:
        """What pyarrow reads, in UTF-8."""
        return self._binary()

    def text(self) -> io.TextIOWrapper:
        """The same for Python."""
        encoding = self._file.encoding if self._utf8 is None else "utf-8"
        return io.TextIOWrapper(self._binary(), encoding, newline="")

    def _binary(self) -> io.BufferedReader | io.BytesIO:
        return Path(self._file.path).open("rb") if self._utf8 is None else io.BytesIO(self._utf8)

    def facts(self) -> Facts:
        """Waits for them. Raises Unsure where they say that pyarrow cuts otherwise than Python."""
        facts = self._facts.result()
        if facts.zeros:
            raise Unsure("zero_bytes")
        if facts.blanks:
            raise Unsure("blanks")
        return facts

    def may_have_empty_lines(self) -> bool:
        """False only where no line of the file is empty."""
        tail = b""
        with self._binary() as stream:
            while block := stream.read(BLOCK):
                seen = tail + block
                if b"\n\n" in seen or b"\r\r" in seen or b"\n\r" in seen:
                    return True
                tail = block[-1:]
        return False

    def last_record(self) -> list[str]:
        """The last record, as Python reads it."""
        with self.text() as text:
            last = deque(csv.reader(text, dialect=self._file.dialect), maxlen=1)
        return last[0] if last else []

    def empty_records(self) -> set[int]:
        """The records that are empty lines, as Python's reader numbers them."""
        if not self.may_have_empty_lines():
            return set()
        with self.text() as text:
            rows = csv.reader(text, dialect=self._file.dialect)
            return {number for number, row in enumerate(rows, 1) if not row}


def _rewritten(file: Opened) -> bytes | None:
    """The file in UTF-8 and with the newlines frictionless sees; None where it is so already."""
    path = Path(file.path)
    if file.encoding in UTF8 and not (file.folds_newlines and _has(path, b"\r")):
        return None
    if path.stat().st_size > MOST_DECODED:
        raise Unsure("encoding")
    try:
        text = path.read_bytes().decode(file.encoding)
    except UnicodeError as error:
        raise Unsure("encoding") from error
    if text.startswith("\ufeff"):
        raise Unsure("encoding")
    if file.folds_newlines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "surrogatepass")


def _has(path: Path, sign: bytes) -> bool:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            if sign in block:
                return True
    return False


def hashes(path: Path) -> Facts:
    """What there is to be told of a file that is no text."""
    md5, sha256 = hashlib.new("md5"), hashlib.new("sha256")  # noqa: S324 - the judge tells it
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            md5.update(block)
            sha256.update(block)
            size += len(block)
    return Facts(md5.hexdigest(), sha256.hexdigest(), size, quotes=0, zeros=False, blanks=False)


def _gather(file: Opened, utf8: bytes | None) -> Facts:
    md5, sha256 = hashlib.new("md5"), hashlib.new("sha256")  # noqa: S324 - the judge tells it
    size = quotes = 0
    zeros = blanks = False
    tail = b""
    with Path(file.path).open("rb") as stream:
        while block := stream.read(BLOCK):
            md5.update(block)
            sha256.update(block)
            size += len(block)
            if utf8 is not None:
                continue
            quotes += block.count(b'"')
            zeros = zeros or b"\0" in block
            if file.skips_blanks:
                blanks = blanks or _blank_by_quote(tail + block)
                tail = block[-1:]
    if utf8 is not None:
        quotes, zeros = utf8.count(b'"'), b"\0" in utf8
        blanks = file.skips_blanks and _blank_by_quote(utf8)
    return Facts(md5.hexdigest(), sha256.hexdigest(), size, quotes, zeros, blanks)


def _blank_by_quote(text: bytes) -> bool:
    return b' "' in text or b'" ' in text
