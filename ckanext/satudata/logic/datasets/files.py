"""The files of a dataset: which bytes its resources have, and whether these are still whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files
from ckanext.satudata.model.resource_files import ResourceFileRow

UPLOAD = "upload"


@dataclass(frozen=True)
class Opened:
    """A file as it was at one moment: its name, its content (sha256 in hex, bytes)."""

    name: str
    sha256: str
    size: int
    chunks: Iterator[bytes]


def digests(package: model.Package, at: datetime) -> list[tuple[str, str, str, int]]:
    """(resource id, file name, sha256 in hex, bytes) of each uploaded file of a dataset.

    Every file is read and compared, at `at` (UTC): what cannot be read cannot be approved.
    Raises Refused `file_missing` when the storage does not hold one of them, `file_broken` when
    it holds other bytes.
    """
    rows = {row.resource_id: row for row in resource_files.files_of(package.id)}
    uploaded = [one for one in package.resources if one.url_type == UPLOAD]
    return [_digest(one, rows.get(one.id), at) for one in uploaded]


def opened(resource: model.Resource) -> Opened:
    """The file of a resource as it is now. Raises Refused `file_missing`."""
    row = resource_files.file_of(str(resource.id))
    if row is None or not store.exists(row.sha256):
        raise Refused("file_missing", name=_called(resource))
    return Opened(row.name, row.sha256, row.size, _told(row.sha256, _called(resource)))


def _told(sha256: str, name: str) -> Iterator[bytes]:
    try:
        yield from store.chunks(sha256)
    except store.Missing as error:
        raise Refused("file_missing", name=name) from error


def _digest(
    resource: model.Resource, row: ResourceFileRow | None, at: datetime
) -> tuple[str, str, str, int]:
    if row is None:
        raise Refused("file_missing", name=_called(resource))
    try:
        whole = store.is_whole(row.sha256)
    except store.Missing as error:
        raise Refused("file_missing", name=_called(resource)) from error
    if not whole:
        raise Refused("file_broken", name=_called(resource))
    resource_files.note_checked(row.sha256, None, at)
    return row.resource_id, row.name, row.sha256, row.size


def _called(resource: model.Resource) -> str:
    return resource.name or resource.url or str(resource.id)
