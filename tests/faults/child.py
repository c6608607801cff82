"""A process of its own for each request: made by a fork, so that it costs no start of CKAN."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckanext.datastore.backend import postgres as datastore

from tests.integration import proof_owner

FELL = 70
"""Exit code of a child in which something else went wrong than what was asked for."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: by SIGKILL, or with what its work returned."""

    killed: bool
    told: Any = None


@dataclass(frozen=True)
class Child:
    """A child that may still run."""

    pid: int
    pipe: int

    def ended(self) -> Ended:
        """Wait for its end. Fails when it neither returns nor dies by SIGKILL."""
        with os.fdopen(self.pipe, "rb") as pipe:
            said = pipe.read()
        _pid, status = os.waitpid(self.pid, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            return Ended(killed=True)
        assert os.waitstatus_to_exitcode(status) == 0, said.decode() or f"status {status}"
        return Ended(killed=False, told=json.loads(said))


class Pause:
    """A point at which a child waits until its parent has done something."""

    def __init__(self) -> None:
        self._reached, self._go = os.pipe(), os.pipe()

    def wait(self) -> None:
        """In the child: say that it is there, and wait."""
        os.write(self._reached[1], b"x")
        os.read(self._go[0], 1)

    def until_reached(self) -> None:
        """In the parent; fails when the child ends before."""
        os.close(self._reached[1])
        assert os.read(self._reached[0], 1), "the child came to its end"

    def let_go_on(self) -> None:
        os.write(self._go[1], b"x")
        for one in (self._reached[0], *self._go):
            os.close(one)


def let_go() -> None:
    """Close every connection to a database: a fork must not share one with its parent."""
    model.Session.remove()
    assert model.meta.engine is not None
    model.meta.engine.dispose()
    datastore._dispose_engines()
    if proof_owner._engine.cache_info().currsize:
        proof_owner._engine().dispose()


def start(work: Callable[[], Any]) -> Child:
    """Let a child do `work`, whose result JSON can hold."""
    let_go()
    sys.stdout.flush()
    sys.stderr.flush()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _work(work, write)
    os.close(write)
    return Child(pid, read)


def run(work: Callable[[], Any]) -> Ended:
    """The same, to its end."""
    return start(work).ended()


def _work(work: Callable[[], Any], write: int) -> None:
    """In the child; never returns, so that nothing of the parent's is cleaned up here."""
    said, code = "", FELL
    try:
        said, code = json.dumps(work()), 0
    except BaseException as error:  # noqa: BLE001 - told to the parent, which fails
        said = f"{type(error).__name__}: {error}"
    finally:
        os.write(write, said.encode())
        os._exit(code)
