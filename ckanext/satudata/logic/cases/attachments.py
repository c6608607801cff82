"""Files that belong to a case or to a decree and not to a dataset: evidence of paper, letters.

Bytes are kept by content: the storage that holds the resources has a folder of ours in which a
file is named by its sha256. Nothing is ever written over or taken away there, so what an event
names by id stays what it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ckan import model
from ckan.lib import files
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases.file_kinds import kind_of, safe_name
from ckanext.satudata.model import attachments
from ckanext.satudata.model.tables import AttachmentRow

FOLDER = "satudata-attachments"
CHUNK = 1 << 16


def check(ids: Sequence[str], case_id: str | None) -> list[AttachmentRow]:
    """The attachments named by `ids`, in that order, each of them of the case `case_id`.

    With None: of no case, as decrees are. Raises Refused `attachment_unknown` where one is not
    there or belongs to another case; the two must not be told apart.
    """
    wanted = [one for one in ids if isinstance(one, str) and "\0" not in one]
    if len(wanted) != len(ids):
        raise Refused("attachment_unknown", field="attachments")
    found = {row.id: row for row in attachments.among(wanted, case_id)}
    if any(one not in found for one in wanted):
        raise Refused("attachment_unknown", field="attachments")
    return [found[one] for one in wanted]


def store(upload: Any, case_id: str | None, user: model.User) -> AttachmentRow:
    """Keep an uploaded file; its bytes are on the disk before the row can be committed.

    Raises Refused `attachment_missing`, `attachment_empty`, `attachment_too_big`,
    `attachment_kind`, `attachment_mislabelled`.
    """
    if not isinstance(upload, FileStorage) or not upload.filename:
        raise Refused("attachment_missing", field="upload")
    stream: Any = upload.stream
    size = _size(stream)
    name = safe_name(upload.filename)
    kind = kind_of(name, stream)
    sha256 = _sha256(stream)
    _keep(sha256, stream, kind.mimetype)
    row = AttachmentRow(
        case_id=case_id,
        name=name,
        mimetype=kind.mimetype,
        sha256=sha256,
        size=size,
        uploaded_by=user.id,
        uploaded_at=clock.now(),
    )
    model.Session.add(row)
    model.Session.flush()
    return row


def stream(sha256: str, name: str) -> Iterator[bytes]:
    """The bytes of an attachment. Raises Refused `file_missing` before the first of them."""
    storage, data = _storage(), files.FileData(location_of(sha256))
    try:
        opened = storage.stream(data)
    except (files.exc.MissingFileError, OSError) as error:
        raise Refused("file_missing", name=name) from error
    return _chunks(opened)


def attachment_dict(row: AttachmentRow) -> dict[str, Any]:
    """An attachment as plain values."""
    return {
        "id": row.id,
        "case_id": row.case_id,
        "name": row.name,
        "mimetype": row.mimetype,
        "sha256": row.sha256,
        "size": row.size,
        "uploaded_by": row.uploaded_by,
        "uploaded_at": row.uploaded_at.isoformat(),
    }


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    limit = config.attachment_limit()
    if size == 0:
        raise Refused("attachment_empty", field="upload")
    if size > limit:
        raise Refused("attachment_too_big", field="upload", limit=limit // 1_000_000)
    return size


def _sha256(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def _keep(sha256: str, stream: BinaryIO, mimetype: str) -> None:
    """Write the bytes under their own name, whole or not at all."""
    storage, location = _storage(), location_of(sha256)
    if storage.exists(files.FileData(location)):
        return
    moves = storage.supports(files.Capability.MOVE)
    first = _part(sha256) if moves else location
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    written = storage.upload(first, files.Upload(stream, sha256, size, mimetype))
    _sync(storage, first)
    if moves:
        with contextlib.suppress(files.exc.ExistingFileError):
            storage.move(location, written)
        _sync(storage, location)


def _sync(storage: Any, location: files.Location) -> None:
    """Put file and folder on the disk, where the storage is one; others answer for themselves."""
    if not hasattr(storage, "full_path"):
        return
    path = storage.full_path(location)
    folder = os.path.dirname(path)
    for one in (path, folder, os.path.dirname(folder)):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def stored_size(sha256: str) -> int | None:
    """How many bytes lie under the hash of an attachment; None where there are none."""
    data = files.FileData(location_of(sha256))
    return _storage().size(data.location) if _storage().exists(data) else None


def _storage() -> files.Storage:
    return files.get_storage(tk.config["ckan.files.default_storages.resource"])  # type: ignore[return-value]


def location_of(sha256: str) -> files.Location:
    """Where the bytes of an attachment lie in the storage."""
    return files.Location(f"{FOLDER}/{sha256[:2]}/{sha256}")


def _part(sha256: str) -> files.Location:
    """A name of its own for bytes on their way, beside the name that they get."""
    return files.Location(f"{FOLDER}/{sha256[:2]}/{sha256}.{uuid.uuid4().hex}")


def _chunks(opened: Any) -> Iterator[bytes]:
    if not hasattr(opened, "read"):
        yield from opened
        return
    with contextlib.closing(opened):
        while chunk := opened.read(CHUNK):
            yield chunk
