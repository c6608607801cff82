"""What lies astray is written down when it is seen, and removed when it has lain long enough.

Long enough for a database that was restored from an older copy to name its files again. What was
not stored by us is left to a person, as is a storage that does not tell how old a file is.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from file_keeper.default.adapters.fs import FsStorage

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.files import store
from ckanext.satudata.logic.files import strays as astray
from ckanext.satudata.logic.files.strays import Kind
from ckanext.satudata.model import datastore, resource_tables, strays
from ckanext.satudata.model.strays import FILE, TABLE

LEFT_OVER = timedelta(days=1)
"""How long what a write left behind lies since it was seen."""

UNNAMED = timedelta(days=30)
"""How long bytes and tables that nothing names lie since they were seen."""

AGES = {Kind.TEMPORARY: LEFT_OVER, Kind.UNNAMED: UNNAMED, Kind.SET_ASIDE: UNNAMED}

log = logging.getLogger(__name__)


def stray_files(now: datetime) -> dict[str, Kind]:
    """What lies astray in the storage and is no upload under way, by location."""
    return {one.location: one.kind for one in astray.orphans(now)}


def stray_tables(now: datetime) -> set[str]:
    """The tables that nothing names and nobody is just loading."""
    return set(resource_tables.orphan_tables(now - astray.GRACE))


def tidy(now: datetime) -> Iterator[str]:
    """Write down what lies astray and remove what has lain long enough; each thing removed, with
    a commit of its own."""
    found = stray_files(now)
    yield from _round(FILE, {name: AGES[kind] for name, kind in found.items() if kind in AGES}, now)
    yield from _round(TABLE, dict.fromkeys(stray_tables(now), UNNAMED), now)


def due(place: str, ages: dict[str, timedelta], now: datetime) -> list[str]:
    """What of it has been known for long enough."""
    known = strays.known(place)
    return sorted(one for one, age in ages.items() if one in known and known[one] <= now - age)


def remove(place: str, name: str) -> bool:
    """Remove one thing that lies astray; False where it is not to be removed."""
    if not (_drop_table(name) if place == TABLE else _remove_file(name)):
        return False
    strays.forget(place, [name])
    log.warning("Removed %s %s: nothing named it for long", place, name)
    return True


def _round(place: str, ages: dict[str, timedelta], now: datetime) -> Iterator[str]:
    strays.forget(place, strays.known(place).keys() - ages.keys())
    strays.note(place, ages.keys(), now)
    model.Session.commit()
    for name in due(place, ages, now):
        if remove(place, name):
            model.Session.commit()
            yield name
        model.Session.rollback()


def _drop_table(name: str) -> bool:
    if name not in resource_tables.orphan_tables():
        return False
    datastore.drop_table(name)
    return True


def _remove_file(location: str) -> bool:
    """Only where the storage tells an age: an upload may be bringing the same bytes just now."""
    where: Any = store.storage()
    if not isinstance(where, FsStorage):
        return False
    path = store.path_of(where, location)
    doomed = store.path_of(where, f"{store.ON_THE_WAY}/{uuid.uuid4().hex}")
    doomed.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.rename(doomed)
    except FileNotFoundError:
        return True
    # Brought again before it went: whoever brought it is about to name it.
    if clock.now() - astray.stored_at(doomed) < astray.GRACE:
        doomed.rename(path)
        return False
    doomed.unlink()
    return True
