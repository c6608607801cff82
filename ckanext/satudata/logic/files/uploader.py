"""What CKAN uses to store the file of a resource: bytes by content, and a row that points there.

CKAN makes an uploader before it validates, and lets it store after the flush and before the
commit. So a refused commit leaves the old pointer, the old bytes, and at most one orphan.
"""

from __future__ import annotations

import errno
from typing import Any

from ckan import model
from ckan.lib import files, uploader
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.files import store
from ckanext.satudata.logic.personal import looking
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import outbox, resource_files

NOWHERE = files.Location(f"{store.FOLDER}/none")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class ContentUpload(uploader.FKResourceUpload):
    """The uploader of every resource. CKAN's own one reads the request; nothing else of it runs."""

    def __init__(self, resource: dict[str, Any]) -> None:
        super().__init__(resource)
        if not self.filename and resource.get("url_type") == "upload":
            tell_content(resource)

    def get_path(self, id: str) -> files.Location:  # noqa: A002 - CKAN names it
        """Where the bytes of a resource lie now."""
        row = resource_files.file_of(id)
        return store.location_of(row.sha256) if row is not None else NOWHERE

    def upload(self, id: str, max_size: int = 10) -> None:  # noqa: A002 - CKAN names it
        """Store what came, and point the resource there; or take its file from it.

        Raises tk.ValidationError, after a rollback, where the bytes cannot be stored.
        """
        if not tk.config["ckan.uploads_enabled"]:
            return
        if self.filename:
            sha256 = self._kept()
            resource_files.note_stored(sha256, self.upload_file.size)
            resource_files.point_file(id, sha256, self.filename, self.upload_file.size)
            outbox.note(outbox.PERSONAL, looking.ask_for(sha256, self.filename))
        elif self.clear:
            resource_files.forget_file(id)

    def _kept(self) -> str:
        try:
            return store.keep(self.upload_file)
        except (files.exc.LargeUploadError, files.exc.WrongUploadTypeError) as error:
            model.Session.rollback()
            raise tk.ValidationError({"upload": [str(error)]}) from error
        except OSError as error:
            model.Session.rollback()
            if error.errno not in FULL:
                raise
            raise as_ckan_error(Refused("storage_full", field="upload")) from error


def tell_content(resource: dict[str, Any]) -> None:
    """Set the hash and size of an uploaded file to those of its bytes, whatever the caller says."""
    known = isinstance(resource.get("id"), str)
    row = resource_files.file_of(resource["id"]) if known else None
    resource["hash"] = row.sha256 if row is not None else ""
    resource["size"] = row.size if row is not None else None
