"""Releases and working copies as pages ask for them."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import current_user

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people, wording
from ckanext.satudata.logic.releases import (
    allowed,
    awaited,
    copies,
    correcting,
    gone,
    history,
    readers,
)
from ckanext.satudata.metadata.rules import RESTRICTED
from ckanext.satudata.model import releases, working_copies


def satudata_gone(reference: str) -> dict[str, Any] | None:
    """What the reader is told in place of a dataset that was withdrawn or became another."""
    return gone.told_of(reference, _reader())


def satudata_copy_of(dataset_id: str) -> dict[str, Any] | None:
    """What a working copy revises: {name, title, release} of the public dataset."""
    row = working_copies.working_copy(dataset_id)
    package = model.Package.get(row.dataset_id) if row is not None else None
    if row is None or package is None:
        return None
    base = releases.get_release(row.base_release_id)
    return {"name": package.name, "title": package.title or package.name, "release": base.number}


def satudata_open_copy(dataset_id: str) -> str | None:
    """Name of the working copy that is being prepared, for those who may read it."""
    row = working_copies.open_copy_of(dataset_id)
    package = model.Package.get(row.id) if row is not None else None
    reader = _reader()
    if package is None or reader is None or not people.may_see_dataset(reader, package):
        return None
    return package.name


def satudata_may_revise(dataset_id: str) -> bool:
    """Whether the reader may open a working copy of a public dataset now."""
    reader, package = _reader(), model.Package.get(dataset_id)
    if reader is None or package is None or working_copies.open_copy_of(dataset_id) is not None:
        return False
    return releases.last_shown(dataset_id) is not None and copies.may_revise(package, reader)


def satudata_release_refusals(dataset_id: str, *acts: str) -> dict[str, tuple[int, str] | None]:
    """Each of the acts upon a release or a working copy, or each there is: None where the reader
    may do it now, else the status and the sentence that refuse it."""
    reader, package = _reader(), model.Package.get(dataset_id)
    if reader is None or package is None:
        return dict.fromkeys(
            acts or allowed.CHECKS, (403, wording.sentence(Refused("login_needed")))
        )
    found = allowed.refusals(package, reader, acts)
    return {act: _told(refused) if refused else None for act, refused in found.items()}


def satudata_waits(dataset_id: str) -> dict[str, Any]:
    """What of a dataset waits for its minute or is held back, as far as the reader knows it:
    {scheduled, embargo, zone}; without a reader nothing."""
    reader, package = _reader(), model.Package.get(dataset_id)
    return awaited.told(package, reader) if reader is not None and package is not None else {}


def satudata_received(dataset_id: str, act: str, reason: str) -> bool:
    """Whether the reader did this act for this reason already, and nobody another since."""
    reader, package = _reader(), model.Package.get(dataset_id)
    if reader is None or package is None:
        return False
    return awaited.is_received(package, reader, act, reason.strip())


def satudata_corrections(dataset_id: str) -> dict[str, Any]:
    """The fields that the reader may correct in public data, with what the public reads."""
    reader, package = _reader(), model.Package.get(dataset_id)
    if reader is None or package is None:
        return {}
    try:
        names = correcting.correctable(package, reader)
    except Refused:
        return {}
    return correcting.public_values(package, names)


def satudata_dropped_copy(reference: str) -> str | None:
    """Name of the public dataset of a working copy that was dropped; for who may revise it."""
    reader, package = _reader(), model.Package.get(reference)
    row = working_copies.working_copy(package.id) if package is not None else None
    if reader is None or package is None or row is None or row.ended != "dropped":
        return None
    if not copies.may_revise(package, reader):
        return None
    return model.Session.get_one(model.Package, row.dataset_id).name


def satudata_reads_past(dataset_id: str) -> bool:
    """Whether the reader reads releases that are public no longer."""
    package = model.Package.get(dataset_id)
    return package is not None and history.may_read_past(_reader(), package)


def _told(refused: Refused) -> tuple[int, str]:
    return 403 if refused.code in wording.FORBIDDEN else 409, wording.sentence(refused)


def satudata_may_list_readers(dataset: dict[str, Any]) -> bool:
    """Whether the reader may see who else reads this restricted data."""
    reader, package = _reader(), model.Package.get(dataset["id"])
    restricted = dataset.get("access_class") == RESTRICTED
    return restricted and bool(reader and package and readers.may_list(reader, package))


def satudata_may_name_readers(dataset: dict[str, Any]) -> bool:
    """Whether the reader may name others who read this restricted data."""
    reader = _reader()
    return bool(dataset.get("access_class") == RESTRICTED and reader and readers.may_name(reader))


def _reader() -> model.User | None:
    return None if current_user.is_anonymous else people.user_of({"user": current_user.name})
