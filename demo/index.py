"""The search index, which the portal brings up to date after each commit."""

from __future__ import annotations

from demo.command import ckan

SECONDS = 120


def told() -> None:
    """Wait until search has been told of everything. Raises CommandFailed where it was not."""
    ckan("satudata", "outbox", "--wait", str(SECONDS))
