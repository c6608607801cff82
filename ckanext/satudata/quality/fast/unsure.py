"""Why frictionless itself is asked."""

from __future__ import annotations


class Unsure(Exception):
    """The fast engine cannot promise the same report. `reason` is a short, stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
