"""A file on its way to the portal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Upload:
    """A file as a browser sends it."""

    filename: str
    content: bytes
