"""How much of a file is looked at, and for how long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Where reading ends. What lies beyond is not looked at, and the finding says so."""

    bytes: int = 100_000_000
    """Size of the file as it was uploaded."""
    unpacked: int = 500_000_000
    """Bytes of all parts of a workbook together, as its directory declares them."""
    ratio: int = 200
    """How many times larger than packed a part of more than a megabyte may be."""
    parts: int = 2_000
    rows: int = 5_000_000
    """Rows of all sheets together."""
    columns: int = 16_384
    """What spreadsheet programs take."""
    line: int = 1_000_000
    """Characters of a line, and bytes of a text in a workbook; a cell holds 32,767 at most."""
    seconds: float = 60.0


class Unread(Exception):
    """Reading ends here. `reason` is a key of findings.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Deadline:
    """The moment at which reading ends, counted from when this is made."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def check(self) -> None:
        """Raise Unread when the time is over."""
        if self._clock() >= self._end:
            raise Unread("too_slow")
