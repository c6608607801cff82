"""Bytes in the storage of the resources, each under its sha256: `sha256/ab/abcd…`.

Nothing is ever written over or taken away here. On a file system bytes get their name when they
are whole and on the disk, so that nothing half written ever stands under a hash, whenever the
machine stops; other storages answer for themselves.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from ckan.lib import files
from ckan.plugins import toolkit as tk
from file_keeper.default.adapters.fs import FsStorage

FOLDER = "sha256"
ON_THE_WAY = f"{FOLDER}/part"
"""Where bytes lie while they are written; what stays there was left by a stopped machine."""
SET_ASIDE = f"{FOLDER}/broken"
"""Where bytes go that are not what their name says, when the right ones come again."""
CHUNK = 1 << 20


class Missing(Exception):  # noqa: N818 - named after what happened, as the errors of the rooms
    """The storage does not hold these bytes, or cannot read them."""


def storage() -> Any:
    """CKAN's storage of resources, as configured. Raises UnknownStorageError without one."""
    return files.get_storage(tk.config["ckan.files.default_storages.resource"])


def location_of(sha256: str) -> files.Location:
    """Where bytes lie in the storage."""
    return files.Location(f"{FOLDER}/{sha256[:2]}/{sha256}")


def path_of(where: FsStorage, location: str) -> Path:
    """The file of a location on a file system."""
    return Path(where.full_path(files.Location(location)))


def keep(upload: files.Upload) -> str:
    """Store the bytes of an upload, whole or not at all; returns their sha256 in hex.

    Raises LargeUploadError and WrongUploadTypeError where the storage does not take them, and
    OSError where it cannot: ENOSPC when it is full.
    """
    where = storage()
    if isinstance(where, files.Storage):
        where.validate_size(upload.size)
        where.validate_content_type(upload.content_type)
    if isinstance(where, FsStorage):
        return _keep_on_disk(where, upload)
    return _keep_elsewhere(where, upload)


def chunks(sha256: str, at_once: int = CHUNK) -> Iterator[bytes]:
    """The bytes under a hash. Raises Missing with the first of them."""
    try:
        opened: Any = storage().stream(_data(sha256))
        if not hasattr(opened, "read"):
            yield from opened
            return
        with closing(opened):
            while chunk := opened.read(at_once):
                yield chunk
    except (files.exc.LocationError, OSError) as error:
        raise Missing(sha256) from error


def head(sha256: str, count: int) -> bytes:
    """At most the first `count` bytes under a hash. Raises Missing."""
    found = b""
    for chunk in chunks(sha256, count):
        found += chunk
        if len(found) >= count:
            break
    return found[:count]


def opened(sha256: str) -> BinaryIO:
    """The bytes under a hash as a file that is read from its beginning. Raises Missing."""
    return cast(BinaryIO, io.BufferedReader(_Reader(chunks(sha256)), CHUNK))


def size(sha256: str) -> int:
    """How many bytes lie under a hash. Raises Missing."""
    try:
        return storage().size(location_of(sha256))
    except (files.exc.LocationError, OSError) as error:
        raise Missing(sha256) from error


def exists(sha256: str) -> bool:
    """Whether bytes lie under a hash; not whether they are whole."""
    return bool(storage().exists(_data(sha256)))


def is_whole(sha256: str) -> bool:
    """Whether the bytes under a hash are what it says; reads all of them. Raises Missing."""
    digest = hashlib.sha256()
    for chunk in chunks(sha256):
        digest.update(chunk)
    return digest.hexdigest() == sha256


class _Reader(io.RawIOBase):
    """Chunks as a file."""

    def __init__(self, found: Iterator[bytes]) -> None:
        self._found, self._rest = found, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._found, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def _keep_on_disk(where: FsStorage, upload: files.Upload) -> str:
    root = Path(where.settings.path)
    if shutil.disk_usage(root).free < upload.size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    part = path_of(where, f"{ON_THE_WAY}/{uuid.uuid4().hex}")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        sha256 = _copy(upload, part)
        path = path_of(where, location_of(sha256))
        if _lies_whole(where, sha256):
            # Young again: what nobody names yet is no orphan while its commit is under way.
            os.utime(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.rename(path)
        _sync_folders(path.parent, root)
    finally:
        part.unlink(missing_ok=True)
    return sha256


def _copy(upload: files.Upload, part: Path) -> str:
    """Write the bytes of an upload to the disk; returns their sha256."""
    digest = hashlib.sha256()
    with part.open("xb") as file:
        for chunk in _chunks_of(upload):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _keep_elsewhere(where: Any, upload: files.Upload) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks_of(upload):
        digest.update(chunk)
    sha256 = digest.hexdigest()
    if _lies_whole(where, sha256):
        return sha256
    _rewind(upload)
    try:
        where.upload(location_of(sha256), upload)
    except BaseException:
        _drop_half(where, sha256)
        raise
    return sha256


def _lies_whole(where: Any, sha256: str) -> bool:
    """Whether the bytes lie there already; what lies there and is broken goes aside."""
    if not where.exists(_data(sha256)):
        return False
    with suppress(Missing):
        if is_whole(sha256):
            return True
    if where.supports(files.Capability.MOVE):
        aside = files.Location(f"{SET_ASIDE}/{sha256}.{uuid.uuid4().hex}")
        where.move(aside, _data(sha256))
    return False


def _drop_half(where: Any, sha256: str) -> None:
    """Take away what a failed upload left under a hash, unless somebody else's came whole."""
    with suppress(Missing, files.exc.StorageError):
        if where.exists(_data(sha256)) and not is_whole(sha256):
            where.remove(_data(sha256))


def _chunks_of(upload: files.Upload) -> Iterator[bytes]:
    _rewind(upload)
    read: Callable[[int], bytes] = upload.stream.read
    while chunk := read(CHUNK):
        yield chunk


def _rewind(upload: files.Upload) -> None:
    stream = upload.seekable_stream
    if stream is not None:
        stream.seek(0)


def _sync_folders(folder: Path, root: Path) -> None:
    """Put the names on the disk, from a folder up to the root of the storage."""
    for one in (folder, *folder.parents):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if one == root or one == root.resolve():
            return


def _data(sha256: str) -> files.FileData:
    return files.FileData(location_of(sha256))
