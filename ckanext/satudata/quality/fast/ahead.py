"""A stream that is not read far ahead of what was made of it.

pyarrow's reader takes thirty-two blocks in advance, whatever their size; of eight megabytes each
that is as much memory as all else together.
"""

from __future__ import annotations

import threading
from typing import BinaryIO

AHEAD = 3
"""Blocks read in advance: one that is cut up, one in which its last row ends, and one to come."""
PATIENCE = 1.0
"""Seconds after which a block is given all the same, should a page need more of them."""


class Ahead:
    """A stream for pyarrow, which reads it from a thread of its own."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._turn = threading.Condition()
        self._read = self._taken = 0

    def read(self, size: int = -1) -> bytes:
        """The next block, when it is not too early for it."""
        with self._turn:
            self._turn.wait_for(self._may_read, PATIENCE)
            self._read += 1
            return b"" if self.closed else self._stream.read(size)

    def _may_read(self) -> bool:
        return self.closed or self._read - self._taken < AHEAD

    def take(self) -> None:
        """A page was made of what was read."""
        with self._turn:
            self._taken += 1
            self._turn.notify_all()

    def close(self) -> None:
        """Whoever waits is sent on; there is nothing more."""
        with self._turn:
            self.closed = True
            self._turn.notify_all()
            self._stream.close()
