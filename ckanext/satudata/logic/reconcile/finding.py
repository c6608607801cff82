"""What a check finds, in words that are translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One disagreement. `key` says of what: a dataset's id, a case's id, a topic.

    `sentence` is a msgid with places for `facts`, `%(name)s`. `by_hand`: what a person has to do
    where it cannot be mended here, a msgid; empty where it can, or where it may at another time.
    """

    key: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)
    by_hand: str = ""


@dataclass(frozen=True)
class Check:
    """One row of the table of checks.

    `title` (a msgid) says what is compared. `find` reads only. `mend` mends one finding and
    returns whether it could, and the caller commits; without it, a person has to decide.
    """

    name: str
    title: str
    find: Callable[[], Iterable[Finding]]
    mend: Callable[[Finding], bool] | None = None
