"""Duties done: each by one process at a time, again where one was cut off, late where all stood.

What fails is written down and tried again; it stops neither the other duties nor anybody else.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection

from ckan import model
from sqlalchemy.exc import InterfaceError, OperationalError

from ckanext.satudata.logic.duties import table
from ckanext.satudata.logic.duties.table import Duty
from ckanext.satudata.logic.outbox.dispatch import said
from ckanext.satudata.model import duties
from ckanext.satudata.model.duties import Begun

LEASE_SECONDS = 900
"""More than one piece of a duty takes: to read the largest file once."""

RENEW_SECONDS = 60
"""How often a duty that goes on is held for longer."""

AGAIN_SECONDS, LONGEST_SECONDS = 60, 3600
"""Pause after a first failure, and after many."""

log = logging.getLogger(__name__)


class Lost(Exception):  # noqa: N818 - named after what happened
    """Somebody else does this duty by now: our lease was over."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


def all_due(who: str, stopped: Callable[[], bool] = never) -> list[str]:
    """Do every duty that is due, each at most once; the names of those that came to an end."""
    by_name = {one.name: one for one in table.DUTIES}
    duties.plan(by_name)
    model.Session.commit()
    ended = []
    left = set(by_name)
    while not stopped() and (begun := _begin(who, left)) is not None:
        left.discard(begun.name)
        if _do(who, begun, by_name[begun.name], stopped):
            ended.append(begun.name)
    return ended


def now(who: str, name: str) -> bool:
    """Do one duty now, due or not; False where it failed or somebody else does it."""
    by_name = {one.name: one for one in table.DUTIES}
    duties.plan(by_name)
    model.Session.commit()
    begun = _begin(who, [name], anyhow=True)
    return begun is not None and _do(who, begun, by_name[name], never)


def _begin(who: str, names: Collection[str], *, anyhow: bool = False) -> Begun | None:
    model.Session.rollback()
    begun = duties.begin(who, names, LEASE_SECONDS, anyhow=anyhow)
    model.Session.commit()
    return begun


def _do(who: str, begun: Begun, duty: Duty, stopped: Callable[[], bool]) -> bool:
    try:
        count = _pieces(who, duty, stopped)
    except (InterfaceError, OperationalError):
        raise
    except Lost:
        model.Session.rollback()
        log.warning("duty %s: somebody else does it by now", duty.name)
        return False
    # A duty runs code of every room; whatever it raises must not end the dispatcher. It is kept
    # with the duty and told there.
    except Exception as error:
        model.Session.rollback()
        log.exception("duty %s failed", duty.name)
        pause = min(AGAIN_SECONDS * 2 ** min(begun.failures, 10), LONGEST_SECONDS)
        duties.failed(who, duty.name, said(error), pause)
        model.Session.commit()
        return False
    model.Session.rollback()
    if count is None:
        duties.hand_back(who, duty.name)
        model.Session.commit()
        return False
    duties.done(who, duty.name, count, duty.next_after(begun.at))
    model.Session.commit()
    return True


def _pieces(who: str, duty: Duty, stopped: Callable[[], bool]) -> int | None:
    """Piece by piece, the lease held; how many, or None where it was left before its end."""
    count, held = 0, time.monotonic()
    for _piece in duty.run():
        count += 1
        if stopped():
            return None
        if time.monotonic() - held > RENEW_SECONDS:
            if not duties.renew(who, duty.name, LEASE_SECONDS):
                raise Lost
            model.Session.commit()
            held = time.monotonic()
    return count
