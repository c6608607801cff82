"""Whether stored bytes are still what they were: each file is read again within 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from ckan import model

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import named_files, resource_files
from ckanext.satudata.model.named_files import Place

DAYS = 30
SPARE = 2
"""Days by which a round is shorter, for runs that did not take place."""
MISSING, DIFFERS = "missing", "differs"


@dataclass(frozen=True)
class Checked:
    """A file that was read and compared: its sha256, what is wrong (None: nothing), and where it
    is named (only told of a broken one)."""

    sha256: str
    broken: str | None
    places: tuple[Place, ...] = ()


def check(now: datetime, *, everything: bool = False) -> Iterator[Checked]:
    """Read and compare the share of files that is due in a daily run, each kept with a commit.

    The share is one part in 28 of all files, at least one, oldest check first; and whatever was
    broken, or was not checked for 28 days. `everything`: all files. A broken file is marked and
    left where it is.
    """
    share = None if everything else max(1, ceil(named_files.count() / (DAYS - SPARE)))
    due = named_files.by_age(share, now - timedelta(days=DAYS - SPARE))
    model.Session.rollback()
    for sha256 in due:
        broken = check_one(sha256, now)
        model.Session.commit()
        yield Checked(sha256, broken, tuple(named_files.places(sha256)) if broken else ())
        model.Session.rollback()


def check_one(sha256: str, now: datetime) -> str | None:
    """Read and compare one file, and keep what was found; what is wrong. The caller commits."""
    broken = _broken(sha256)
    resource_files.note_checked(sha256, broken, now)
    return broken


def _broken(sha256: str) -> str | None:
    try:
        return None if store.is_whole(sha256) else DIFFERS
    except store.Missing:
        return MISSING
