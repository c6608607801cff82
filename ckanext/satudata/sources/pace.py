"""Politeness to each host: so long between two questions, longer when it pushes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

Sleep = Callable[[float], None]
Clock = Callable[[], float]


@dataclass
class Pace:
    """Shared by every source that asks the same hosts. All times are seconds.

    `between`: from one question to the next. `first` is waited after the first push back and
    doubled with each one that follows, up to `longest`; an answer ends the row. A host that asks
    for more than `longest` is left alone for now, which is the caller's to decide.
    """

    between: float = 0.5
    first: float = 2.0
    longest: float = 60.0
    sleep: Sleep = time.sleep
    clock: Clock = time.monotonic
    _free_at: dict[str, float] = field(default_factory=dict)
    _pushed: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> None:
        """Sleep until the host may be asked, and take the turn."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._free_at.get(host, 0.0))
            self._free_at[host] = turn + self.between
        if turn > now:
            self.sleep(turn - now)

    def answered(self, host: str) -> None:
        """The host answered as it should."""
        with self._lock:
            self._pushed.pop(host, None)

    def pushed_back(self, host: str, asked: float | None) -> float:
        """The host failed or asked for patience: returns the seconds until it may be asked."""
        with self._lock:
            times = self._pushed.get(host, 0)
            self._pushed[host] = times + 1
            pause = min(self.longest, self.first * 2.0 ** min(times, 30))
            pause = max(pause, asked or 0.0)
            waited = min(pause, self.longest)
            free = self.clock() + waited
            self._free_at[host] = max(self._free_at.get(host, 0.0), free)
        return pause


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds in a `Retry-After` header, in either of its forms; None when it says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        told = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    if told.tzinfo is None:
        told = told.replace(tzinfo=timezone.utc)
    return max(0.0, (told - now).total_seconds())
