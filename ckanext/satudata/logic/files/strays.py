"""Where the storage and the rows disagree: bytes that nothing names, rows without bytes.

Nothing is mended here: what is found is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from typing import Any

from ckan.lib import files
from file_keeper.default.adapters.fs import FsStorage

from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import named_files
from ckanext.satudata.model.named_files import Place

GRACE = timedelta(hours=6)
"""How old bytes must be before they count: an upload stores them before its commit."""


class Kind(Enum):
    """Why bytes are not where they belong.

    UNNAMED: no resource and no release names them. TEMPORARY: left by a write that did not end.
    SET_ASIDE: broken bytes in whose place the right ones came. FOREIGN: not stored by us.
    """

    UNNAMED = "unnamed"
    TEMPORARY = "temporary"
    SET_ASIDE = "set_aside"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Orphan:
    """Bytes in the storage that nothing names; `location` as the storage calls it."""

    location: str
    kind: Kind
    size: int


@dataclass(frozen=True)
class Lost:
    """Bytes that are named and not there."""

    sha256: str
    places: tuple[Place, ...]


def orphans(now: datetime, grace: timedelta = GRACE) -> Iterator[Orphan]:
    """Bytes of resources and attachments that nothing names, and what was left of writing.

    `now` in UTC. On a file system younger ones than `grace` are passed over; other storages do
    not tell an age, so there a running upload may be among them.
    """
    where: Any = store.storage()
    # The storage before the rows: what is stored meanwhile is not seen, and cannot be unnamed.
    found = sorted(where.scan())
    named, attached = named_files.named_digests(), named_files.attached_digests()
    for location in found:
        kind = _kind(location, named, attached)
        # What went while we looked is astray no more.
        with suppress(files.exc.MissingFileError, FileNotFoundError):
            if kind is not None and not _is_young(where, location, now - grace):
                yield Orphan(location, kind, where.size(files.Location(location)))


def missing() -> Iterator[Lost]:
    """Files that a resource or a release names and that the storage does not hold."""
    for sha256 in sorted(named_files.named_digests()):
        if not store.exists(sha256):
            yield Lost(sha256, tuple(named_files.places(sha256)))


def _kind(location: str, named: set[str], attached: set[str]) -> Kind | None:
    """Why bytes are astray; None where they are not."""
    folder, _, rest = location.partition("/")
    name = rest.rsplit("/", 1)[-1]
    if folder == attachments.FOLDER:
        if "." in name:
            return Kind.TEMPORARY
        return None if name in attached else Kind.UNNAMED
    if location.startswith(f"{store.ON_THE_WAY}/"):
        return Kind.TEMPORARY
    if location.startswith(f"{store.SET_ASIDE}/"):
        return Kind.SET_ASIDE
    if location != store.location_of(name):
        return Kind.FOREIGN
    return None if name in named else Kind.UNNAMED


def _is_young(where: Any, location: str, before: datetime) -> bool:
    if not isinstance(where, FsStorage):
        return False
    return stored_at(store.path_of(where, location)) > before


def stored_at(path: Path) -> datetime:
    """When bytes were written, or brought again (UTC)."""
    stamp = path.stat().st_mtime
    return datetime.fromtimestamp(stamp, timezone.utc).replace(tzinfo=None)
