"""The dispatcher as a process: woken by the commit of a note, and looking by itself besides.

Beside it, each in a thread of its own so that none waits for another, notices are sent and daily
duties are done.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ckanext.satudata.logic.duties import doing
from ckanext.satudata.logic.outbox import dispatch
from ckanext.satudata.model import outbox

LOOK_SECONDS = 30
"""How long nobody looks when nothing is heard."""

SOON = 0.1
"""What is due and is not to be had is just being delivered by somebody else."""

GATHER_SECONDS = 0.25
"""Batches that are not full begin at least so far apart: what comes in a row is made visible
together, for that is what costs the search server most. The first of a row waits for nothing."""

DATABASE_SECONDS = 2
"""Pause before a database that has gone is asked again."""

DUTY_SECONDS = 60
"""How often somebody looks whether a duty is due."""

END_SECONDS = 20
"""How long a duty may take to come to the end of a piece when the process is asked to end."""

NAME = "satudata dispatch"
"""What PostgreSQL knows the listening connection by."""

NAMES = {outbox.CATALOGUE: NAME, outbox.POST: "satudata post"}
"""Each part is delivered by a thread that listens for itself."""

log = logging.getLogger(__name__)


class Stop:
    """Says that the process was asked to end, and interrupts whoever waits for something else."""

    def __init__(self) -> None:
        self.asked = False
        self.heard, self._bell = socket.socketpair()
        self._bell.setblocking(False)
        self.heard.setblocking(False)

    def listen(self) -> None:
        """End at SIGTERM and SIGINT, after the batch that is being delivered."""
        signal.set_wakeup_fd(self._bell.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_signal: Any) -> None:
        self.asked = True


def serve(stop: Stop) -> None:
    """Deliver for ever; a database that goes away is waited for."""
    # It logs the whole address of a Solr that is away, password included; we say what failed.
    logging.getLogger("pysolr").setLevel(logging.CRITICAL)
    who = dispatch.new_name()
    with _beside(_do_duties, who, stop), _beside(_send_notices, who, stop):
        _deliver_for_ever(outbox.CATALOGUE, who, stop)


@contextmanager
def _beside(work: Callable[..., None], who: str, stop: Stop) -> Iterator[None]:
    over = threading.Event()
    # A daemon: what it is in the middle of is left as after a kill, and begun again.
    beside = threading.Thread(target=work, args=(who, stop, over), daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join(END_SECONDS)


def _send_notices(who: str, stop: Stop, _over: threading.Event) -> None:
    try:
        _deliver_for_ever(outbox.POST, who, stop)
    finally:
        model.Session.remove()


def _deliver_for_ever(part: str, who: str, stop: Stop) -> None:
    while not stop.asked:
        try:
            with _listening(NAMES[part]) as driver:
                _deliver_and_wait(part, who, driver, stop)
        except (DBAPIError, psycopg2.Error):
            log.exception("the database does not answer")
            model.Session.remove()
            select.select([stop.heard], [], [], DATABASE_SECONDS)


def _do_duties(who: str, stop: Stop, over: threading.Event) -> None:
    while not stop.asked and not over.is_set():
        try:
            doing.all_due(who, lambda: stop.asked or over.is_set())
        except DBAPIError:
            log.exception("duties wait for the database")
        finally:
            model.Session.remove()
        over.wait(DUTY_SECONDS)


def _deliver_and_wait(part: str, who: str, driver: Any, stop: Stop) -> None:
    while not stop.asked:
        _deliver_what_is_due(part, who, stop)
        pause = outbox.seconds_to_next(part)
        model.Session.rollback()
        pause = LOOK_SECONDS if pause is None else min(max(pause, SOON), LOOK_SECONDS)
        _listen(part, driver, stop, pause)


def _listen(part: str, driver: Any, stop: Stop, seconds: float) -> None:
    """Until something is noted that this part delivers, at most so long."""
    end = time.monotonic() + seconds
    while not stop.asked and (left := end - time.monotonic()) > 0:
        select.select([driver, stop.heard], [], [], left)
        driver.poll()
        heard = {one.payload for one in driver.notifies}
        driver.notifies.clear()
        if any(outbox.concerns(part, topic) for topic in heard):
            return


def _deliver_what_is_due(part: str, who: str, stop: Stop) -> None:
    while not stop.asked:
        began = time.monotonic()
        batch = dispatch.one_batch(who, part)
        if batch is None:
            return
        left = GATHER_SECONDS - (time.monotonic() - began)
        if left > 0 and batch.done + batch.failed < dispatch.BATCH:
            select.select([stop.heard], [], [], left)


@contextmanager
def _listening(name: str) -> Iterator[Any]:
    """A connection of its own on which commits of notes are heard."""
    named = {"application_name": f"{name} {os.getpid()}"}
    url = tk.config["sqlalchemy.url"]
    engine = sa.create_engine(url, poolclass=NullPool, connect_args=named)
    connection = engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        driver.autocommit = True
        with driver.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")
        yield driver
    finally:
        connection.close()
