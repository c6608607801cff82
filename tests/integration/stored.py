"""The storage of resources as it lies on the disk, and what a resource has of it."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib import files
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files
from ckanext.satudata.model.resource_files import ResourceFileRow


@dataclass(frozen=True)
class Stored:
    """A storage and the folder in which it lies."""

    storage: Any
    root: Path

    def names(self) -> list[str]:
        """Every file in it, temporary ones included."""
        found = (one for one in self.root.rglob("*") if one.is_file())
        return sorted(str(one.relative_to(self.root)) for one in found)

    def path(self, sha256: str) -> Path:
        return self.root / store.location_of(sha256)


def own_storage(monkeypatch: pytest.MonkeyPatch, kind: str, root: Path) -> Stored:
    """Let the portal store resources in a new storage of this kind."""
    name = tk.config["ckan.files.default_storages.resource"]
    options = {"type": kind, "path": str(root), "initialize": True}
    made = files.make_storage(name, options)
    monkeypatch.setitem(files.storages.members, name, made)
    return Stored(made, root)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def point_elsewhere(resource: dict[str, Any], content: bytes) -> None:
    """Let a resource have other bytes, whatever stands in the way of its people."""
    sent = FileStorage(io.BytesIO(content), "lain.csv", "upload")
    sha256 = store.keep(files.make_upload(sent))
    resource_files.note_stored(sha256, len(content))
    resource_files.point_file(resource["id"], sha256, "lain.csv", len(content))
    model.Session.commit()


def pointed(resource: dict[str, Any]) -> ResourceFileRow:
    """The row that says which bytes a resource has; fails where it has none."""
    row = resource_files.file_of(resource["id"])
    assert row is not None
    return row
