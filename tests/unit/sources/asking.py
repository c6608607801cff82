"""A client for tests: short limits, a pace whose sleeps are written down instead of slept."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.sources.addresses import AllowedHosts
from ckanext.satudata.sources.client import Client
from ckanext.satudata.sources.pace import Pace
from ckanext.satudata.sources.wire import Limits

SHORT = Limits(connect=2.0, read=0.4, total=1.2, size=1_000_000)
KEY = "kunci-buatan-0123456789abcdef"
"""Made up; what must not be found anywhere."""


class Slept:
    """A pace on a clock of its own."""

    def __init__(self, between: float = 0.0) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.pace = Pace(between=between, sleep=self._sleep, clock=lambda: self.now)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(*hosts: str, **changed: Any) -> Client:
    """Allowed to reach `hosts`."""
    given: dict[str, Any] = {
        "keys": {"key": KEY},
        "allowed": AllowedHosts.read(" ".join(hosts)),
        "limits": SHORT,
        "pace": Slept().pace,
        "attempts": 1,
    }
    return Client(**given | changed)
