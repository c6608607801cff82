"""Delivers what is due: leased for a while, handed to its topic, then forgotten or tried again.

At least once: who dies between lease and end leaves rows that the next one takes when the lease is
over. So every handler does the same thing twice without harm.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ckan import model

from ckanext.satudata.logic.outbox.failures import Away, Failures
from ckanext.satudata.logic.outbox.handlers import HANDLERS, nobody
from ckanext.satudata.model import outbox
from ckanext.satudata.model.outbox import Leased

BATCH = 20
"""Rows that are delivered and made visible together."""

LEASE_SECONDS = 120
"""More than a whole batch takes when each of its requests takes as long as it may."""

AWAY_SECONDS = 30
"""At most so long until a service that does not answer is asked again."""

FAILED_SECONDS = outbox.LONGEST_PAUSE
"""At most so long until what fails by itself is tried again."""

ERROR_LENGTH = 500

_SECRET = re.compile(r"://[^/\s@]*@")

log = logging.getLogger(__name__)


@dataclass
class Dispatched:
    """How many rows were delivered, and how many will be tried again."""

    done: int = 0
    failed: int = 0

    def __iadd__(self, other: Dispatched) -> Dispatched:
        self.done += other.done
        self.failed += other.failed
        return self


def new_name() -> str:
    """Who leases: this process, once."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def all_due(who: str) -> Dispatched:
    """Deliver until nothing is due; what failed is due later."""
    dispatched = Dispatched()
    for part in (outbox.CATALOGUE, outbox.POST):
        while (batch := one_batch(who, part)) is not None:
            dispatched += batch
    return dispatched


def one_batch(who: str, part: str = outbox.CATALOGUE) -> Dispatched | None:
    """Deliver what is due of a part, the longest due first, up to a batch; None when nothing is."""
    model.Session.rollback()
    leased = outbox.lease(who, BATCH, LEASE_SECONDS, part)
    model.Session.commit()
    if not leased:
        return None
    dispatched = Dispatched()
    for topic in (*HANDLERS, *sorted({row.topic for row in leased} - HANDLERS.keys())):
        rows = [row for row in leased if row.topic == topic]
        if rows:
            dispatched += _deliver(who, topic, rows)
    return dispatched


def _deliver(who: str, topic: str, rows: Sequence[Leased]) -> Dispatched:
    """One topic of a batch; what came of it is written in one commit."""
    handler = HANDLERS.get(topic, nobody)
    keys = list(dict.fromkeys(row.key for row in rows))
    try:
        failures = handler(keys)
    except Away as away:
        model.Session.rollback()
        log.warning("%s waits, %d to deliver: %s", topic, len(keys), said(away))
        _try_again(who, rows, away, AWAY_SECONDS)
        model.Session.commit()
        return Dispatched(failed=len(rows))
    bad = [row for row in rows if row.key in failures]
    for row in bad:
        log.error("%s %s was not delivered: %s", topic, row.key, said(failures[row.key]))
    _settle(who, rows, failures)
    model.Session.commit()
    return Dispatched(done=len(rows) - len(bad), failed=len(bad))


def _settle(who: str, rows: Sequence[Leased], failures: Failures) -> None:
    outbox.done(who, [row for row in rows if row.key not in failures])
    for key, error in failures.items():
        _try_again(who, [row for row in rows if row.key == key], error, FAILED_SECONDS)


def _try_again(who: str, rows: Iterable[Leased], error: Exception, longest: int) -> None:
    """Later each time: after 1, 2, 4 … seconds, up to the longest."""
    by_attempts: dict[int, list[Leased]] = {}
    for row in rows:
        by_attempts.setdefault(min(row.attempts - 1, 20), []).append(row)
    for attempts, some in by_attempts.items():
        outbox.failed(who, some, said(error), min(2**attempts, longest))


def said(error: Exception) -> str:
    """What an error says, without the name and password that an address may hold."""
    text = f"{type(error).__name__}: {error}" if not isinstance(error, Away) else str(error)
    return _SECRET.sub("://", text)[:ERROR_LENGTH]
