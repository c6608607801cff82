"""What the person at the terminal sees: one line a step, with its seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(text: str) -> Iterator[None]:
    """A line for what happens inside; the line is finished when it is done."""
    print(f"  {text:<58}", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:4.0f} s", flush=True)
