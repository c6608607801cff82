"""The error tree of the rooms. An error carries facts; the doors render them.

SatuDataError
├── InvalidSop        a SOP file has faults; it does not run
├── Refused           an act is not allowed now; `code` is stable, `facts` fill the sentence
│   └── Conflict      somebody else acted first; nothing was done
└── BrokenHistory     stored events contradict each other
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class SatuDataError(Exception):
    """Anything the rooms refuse."""


class InvalidSop(SatuDataError):
    """A SOP file has faults, listed in the order of the file."""

    def __init__(self, faults: Sequence[Any]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class Refused(SatuDataError):
    """An act is not allowed now.

    `code` names the rule that refused (stable, for programs); `facts` are the values its
    sentence needs (for people). `field` is the input that can be mended, if there is one.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.field = field
        self.facts: Mapping[str, Any] = facts


class Conflict(Refused):
    """Somebody else acted on the case after the caller last read it."""


class BrokenHistory(SatuDataError):
    """Stored events contradict each other: the projection cannot be made."""
