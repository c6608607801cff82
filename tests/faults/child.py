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


def let_go() -> None:
    """Close every connection to a database: a fork must not share one with its parent."""
    model.Session.remove()
    assert model.meta.engine is not None
    model.meta.engine.dispose()
    datastore._dispose_engines()
    if proof_owner._engine.cache_info().currsize:
        proof_owner._engine().dispose()


def run(work: Callable[[], Any], beside: Callable[[int], None] | None = None) -> Ended:
    """Do `work`, whose result JSON can hold, in a child; `beside` is called with its id meanwhile.

    Fails when the child neither returns nor dies by SIGKILL.
    """
    let_go()
    sys.stdout.flush()
    sys.stderr.flush()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _work(work, write)
    os.close(write)
    if beside is not None:
        beside(pid)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return Ended(killed=True)
    assert os.waitstatus_to_exitcode(status) == 0, said.decode() or f"status {status}"
    return Ended(killed=False, told=json.loads(said))


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
