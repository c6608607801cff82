"""What an approval is about: a dataset, or the public dataset as its working copy will make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.datasets import files
from ckanext.satudata.model import tables, working_copies
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.release import copying
from ckanext.satudata.release.content import Content


@dataclass(frozen=True)
class Approvable:
    """Id of the dataset that a release will be of, its content, and each of its files:
    (resource id, name, sha256, bytes). `names`: a resource of the case's dataset -> what the
    release calls it."""

    dataset_id: str
    content: Content
    files: tuple[tuple[str, str, str, int], ...]
    names: Mapping[str, str]


def approvable(item: str, at: datetime) -> Approvable:
    """What would be released of a dataset of a case, read from the flushed rows.

    Every file is read and compared, at `at` (UTC). Raises Refused `not_found`, `file_missing`,
    `file_broken`.
    """
    package = known(item)
    content, digests = flushed_content(package), tuple(files.digests(package, at))
    copy = working_copies.working_copy(item)
    if copy is None:
        same = {one["id"]: one["id"] for one in content.resources}
        return Approvable(item, content, digests, same)
    pairs = _all_pairs(copy, content)
    public = flushed_content(known(copy.dataset_id))
    named = tuple((pairs[one], *rest) for one, *rest in digests)
    content = copying.for_public(content, public, pairs)
    return Approvable(copy.dataset_id, content, named, pairs)  # type: ignore[arg-type]


def known(dataset_id: str) -> model.Package:
    """The row of a dataset; Refused `not_found` when there is none."""
    package = model.Package.get(dataset_id)
    if package is None:
        raise Refused("not_found")
    return package


def _all_pairs(copy: tables.WorkingCopyRow, content: Content) -> Mapping[str, str]:
    """The pairs of a working copy; a resource that is new on it gets its public id here."""
    pairs = working_copies.pairs_of(copy.id)
    ids = [one["id"] for one in content.resources]
    new = {one: tables.new_id() for one in ids if one not in pairs}
    working_copies.pair(copy.id, new)
    return {**pairs, **new}
