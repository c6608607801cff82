"""A release is shown: the rows of its dataset hold its content, in the commit of the act.

To everybody where its class is open; what is restricted or closed stays private, for its readers.
"""

from __future__ import annotations

from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import reindex
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.releases import approving, shown
from ckanext.satudata.metadata.rules import OPEN
from ckanext.satudata.model import releases, resource_files, resource_tables, working_copies
from ckanext.satudata.model.tables import ReleaseRow, WorkingCopyRow
from ckanext.satudata.model.writing import write_content


def publish(item: str, release: ReleaseRow, at: datetime) -> None:
    """Show `release`, which an act made of the dataset `item` (a working copy where it is one).

    Raises Refused `content_differs` when what was approved is no longer what stands there, and
    `base_changed` or `base_withdrawn` when the public dataset was released otherwise, or
    withdrawn, meanwhile.
    """
    package = casework.lock_dataset(release.dataset_id)
    if package is None:
        raise Refused("not_found")
    found = approving.approvable(item, at)
    same_rows = resource_tables.still_released(release.id, item, found.names)
    if found.content.sha256 != release.content_sha256 or not same_rows:
        raise Refused("content_differs")
    copy = working_copies.working_copy(item)
    if copy is not None:
        _apply(copy, package, release, at)
    package.private = release.access_class != OPEN
    package.metadata_modified = at
    releases.show(release, at)
    shown.keep(release)
    reindex.datasets([package.id])


def _apply(copy: WorkingCopyRow, package: model.Package, release: ReleaseRow, at: datetime) -> None:
    """Give the public dataset the content of its working copy, and end the copy.

    No byte moves: the files are where they were put when they were uploaded.
    """
    before = releases.last_shown(package.id)
    if before is None or before.id != copy.base_release_id:
        raise Refused("base_changed")
    if before.withdrawn_at is not None and before.withdrawn_at > copy.opened_at:
        # Who approved it may not know; a copy that is opened now begins with what he knows.
        raise Refused("base_withdrawn")
    write_content(package, releases.content_of_release(release), at)
    for one in releases.files_of(release.id):
        resource_files.point_file(one.resource_id, one.sha256, one.name, one.size)
    tables = resource_tables.tables_of(release.id)
    for resource in release.content["resources"]:
        resource_tables.point_table(resource["id"], tables.get(resource["id"]))
    approving.known(copy.id).state = model.State.DELETED
    working_copies.end(copy, "applied", at)
