"""Gives a process the time that a file says, in ISO 8601 UTC; Python reads this first.

On the path of the processes of a bench alone (`bench/lebaran.py`). What takes time takes it truly:
`time.monotonic` is left alone.
"""

import os
import threading
import time
from datetime import datetime, timezone
from pathlib import Path

import time_machine

FILE = Path(os.environ["SATUDATA_BENCH_CLOCK"])
LOOK_SECONDS = 0.05


def _now() -> datetime:
    return datetime.fromisoformat(FILE.read_text()).replace(tzinfo=timezone.utc)


def _follow() -> None:
    known = _now()
    while FILE.exists():
        time.sleep(LOOK_SECONDS)
        if FILE.exists() and (now := _now()) != known:
            known = now
            _clock.move_to(now)


def _begin() -> None:
    threading.Thread(target=_follow, daemon=True).start()


_clock = time_machine.travel(_now(), tick=False).start()
_begin()
os.register_at_fork(after_in_child=_begin)
