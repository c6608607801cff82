"""The bytes behind uploaded resources, read through CKAN's file storages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ckan import model
from ckan.lib import files, uploader

from ckanext.satudata.errors import Refused


def digests(package: model.Package) -> list[tuple[str, str, str, int]]:
    """(resource id, file name, sha256 in hex, bytes) of each uploaded file of a dataset.

    Raises Refused `file_missing` when the storage does not hold one of them: what cannot be
    read cannot be approved.
    """
    return [_digest(one) for one in package.resources if one.url_type == "upload"]


def is_stored(resource_id: str) -> bool:
    """Whether bytes lie under the id of a resource, whoever brought them."""
    upload = uploader.FKResourceUpload({"id": resource_id})
    if upload.storage is None:
        return False
    return upload.storage.exists(files.FileData(upload.get_path(resource_id)))


def _digest(resource: model.Resource) -> tuple[str, str, str, int]:
    sha256, size = hashlib.sha256(), 0
    for chunk in chunks(resource):
        sha256.update(chunk)
        size += len(chunk)
    return resource.id, resource.url or "", sha256.hexdigest(), size


def chunks(resource: model.Resource) -> Iterator[bytes]:
    """The bytes of an uploaded file. Raises Refused `file_missing` with the first of them."""
    upload = uploader.FKResourceUpload({"id": resource.id, "url": resource.url})
    if upload.storage is None:
        raise Refused("file_missing", name=resource.name or resource.id)
    try:
        yield from upload.storage.stream(files.FileData(upload.get_path(resource.id)))
    except (files.exc.MissingFileError, OSError) as error:
        name = resource.name or resource.url or resource.id
        raise Refused("file_missing", name=name) from error
