"""Datasets of the invented agencies, brought the way their people bring them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckan import model

from ckanext.satudata.logic.files import store
from ckanext.satudata.model import resource_files
from tests.integration.five_sops.walk import Deed, Walk
from tests.integration.office import CSV, Office, call, dataset_values, resource_values, upload


def bring(person: str, agency: dict[str, Any], title: str, **changes: Any) -> str:
    """A dataset with one file, made by a person of its agency; returns its id."""
    name = "-".join(title.lower().split())
    office = Office(agency, {}, {}, {})
    dataset = call(person, "package_create", **dataset_values(office, name, title=title, **changes))
    call(person, "resource_create", **resource_values(dataset["id"], upload=upload(content(title))))
    return dataset["id"]


def content(title: str) -> bytes:
    """A file that no other dataset has: the same bytes lie once, and are lost for all."""
    return CSV + title.encode() + b",1\n"


def edited(label: str, who: str, **changes: Any) -> Deed:
    """Somebody who may write a dataset now changes it."""

    def do(walk: Walk) -> None:
        call(walk.cast[who], "package_patch", id=walk.labels[label], **changes)

    return Deed(f"{who} edits {label}", do)


def new_file(label: str, who: str) -> Deed:
    """Somebody adds a product to a dataset."""

    def do(walk: Walk) -> None:
        values = resource_values(walk.labels[label], name="Hasil olahan", description="Rekaan")
        call(walk.cast[who], "resource_create", **values)

    return Deed(f"{who} adds a file to {label}", do)


def bytes_gone(label: str) -> Deed:
    """The storage loses the file of a dataset."""

    def do(walk: Walk) -> None:
        file = _file(walk.labels[label])
        file.rename(file.with_suffix(".lost"))

    return Deed(f"the file of {label} is lost", do)


def bytes_back(label: str) -> Deed:
    """The file of a dataset is restored from the backup."""

    def do(walk: Walk) -> None:
        file = _file(walk.labels[label])
        file.with_suffix(".lost").rename(file)

    return Deed(f"the file of {label} is back", do)


def _file(dataset: str) -> Path:
    resource = model.Package.get(dataset).resources[0]
    row = resource_files.file_of(resource.id)
    assert row is not None
    return Path(store.storage().full_path(store.location_of(row.sha256)))
