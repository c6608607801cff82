"""What can go wrong at the portal's door."""

from __future__ import annotations

from typing import Any


class Unreachable(Exception):
    """The portal does not answer, or not as a portal."""


class Refusal(Exception):
    """An action was refused: `status` of HTTP, and what the portal said."""

    def __init__(self, action: str, status: int, error: Any) -> None:
        super().__init__(f"{action}: {status} {error}")
        self.status = status
        self.error = error
