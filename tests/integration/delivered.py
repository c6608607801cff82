"""What a dispatcher does after a commit, done within the test: search is up to date at once.

After the commit of a session that noted something, the outbox is emptied in a thread with a
session and connections of its own, and the test goes on when it is. It counts as somebody else:
commits and statements that a test counts are not its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.engine import Engine

from ckanext.satudata.logic.outbox import dispatch

_DUE = sa.text("SELECT EXISTS (SELECT FROM satudata_outbox WHERE next_at <= satudata_now())")


class Delivery:
    """Listens to every session; `held` is set where a test wants the rows to wait."""

    def __init__(self) -> None:
        self.held = False
        self._one = threading.Lock()
        self._own = threading.local()
        self._engine: Engine | None = None

    def after_commit(self, session: Any) -> None:
        """Deliver after the commit of a whole transaction, not after that of a savepoint."""
        whole = session.get_nested_transaction() is None and isinstance(session.get_bind(), Engine)
        if whole and not self.held and not self.delivers:
            self.deliver()

    def deliver(self) -> None:
        """Deliver what is due now."""
        with self._one:
            with self._connections().connect() as connection:
                if not connection.scalar(_DUE):
                    return
            with ThreadPoolExecutor(1) as apart:
                apart.submit(self._all_due).result()

    @contextmanager
    def on_hold(self) -> Iterator[None]:
        """Nothing is delivered within, as without a dispatcher; one may stand within another."""
        before, self.held = self.held, True
        try:
            yield
        finally:
            self.held = before

    @contextmanager
    def at_the_end(self) -> Iterator[None]:
        """What comes within is delivered once, when all of it is done: the way to a scene."""
        if self.held:
            yield
            return
        with self.on_hold():
            yield
        self.deliver()

    @property
    def delivers(self) -> bool:
        """Whether who asks is the delivery itself."""
        return getattr(self._own, "delivers", False)

    def _all_due(self) -> None:
        self._own.delivers = True
        model.Session.remove()
        model.Session(bind=self._connections())
        try:
            dispatch.all_due("test")
        finally:
            model.Session.remove()

    def _connections(self) -> Engine:
        url = model.meta.engine.url
        if self._engine is None or self._engine.url != url:
            self._engine = sa.create_engine(url, pool_pre_ping=True)
        return self._engine


delivery = Delivery()
