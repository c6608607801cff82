"""Where the database stands within a test: at a beginning or at a way from it, as long as nobody
has written anything else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from ckan.tests import helpers
from sqlalchemy.engine import Engine

from tests.integration.counted import READS
from tests.integration.delivered import delivery

PATCHING = frozenset({"monkeypatch", "mocker", "freezer"})
"""Fixtures by which a test makes something otherwise; those of ours that do so ask for one."""

_call_action = helpers.call_action


class Standing:
    """`at`: the name of the way that led here, or None where nobody knows; `office`: whose."""

    def __init__(self) -> None:
        self.at: str | None = None
        self.office: Any = None
        self._allowed = False
        self._ours = False

    def let(self, fixtures: list[str]) -> None:
        """Before a test with these fixtures: whether it may be known where it stands."""
        self.at = None
        self._allowed = not PATCHING.intersection(fixtures)

    def begin(self, name: str, office: Any) -> None:
        """The database holds a beginning, and nothing else."""
        self.at = name if self._allowed else None
        self.office = office

    def wrote(self) -> None:
        """Somebody has written; whoever delivers only tells what was written before."""
        if not self._ours and not delivery.delivers:
            self.at = None

    @contextmanager
    def ours(self) -> Iterator[None]:
        """What is written within belongs to a way, or puts it aside."""
        self._ours = True
        try:
            yield
        finally:
            self._ours = False

    def is_known(self, office: Any) -> bool:
        """Whether an act of this office would begin where it is known to stand, with nobody who
        counts calls or holds back deliveries."""
        return (
            self.at is not None
            and not self._ours
            and office == self.office
            and not delivery.held
            and helpers.call_action is _call_action
            and threading.current_thread() is threading.main_thread()
        )


standing = Standing()


@sa.event.listens_for(Engine, "before_cursor_execute")
def _note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
    if standing.at is not None and ("setval" in statement or not READS.match(statement)):
        standing.wrote()
