"""A client for tests: a pace whose sleeps are written down instead of slept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ckanext.satudata.sources.addresses import AllowedHosts
from ckanext.satudata.sources.client import Client
from ckanext.satudata.sources.pace import Pace
from ckanext.satudata.sources.wire import Limits

PATIENT = Limits(connect=10.0, read=20.0, total=60.0, size=1_000_000)
"""A busy machine must not fail a test; only faults that are about time get less of it."""
HANG = replace(PATIENT, read=0.3)
DRIP = replace(PATIENT, total=1.0)
KEY = "kunci-buatan-0123456789abcdef"
"""Made up; what must not be found anywhere."""


def limits_for(fault: str) -> Limits:
    """What a fault needs to be seen soon."""
    return {"hang": HANG, "slow_headers": DRIP, "slow_body": DRIP}.get(fault, PATIENT)


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
        "limits": PATIENT,
        "pace": Slept().pace,
        "attempts": 1,
    }
    return Client(**given | changed)
