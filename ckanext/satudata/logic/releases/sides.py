"""What is compared: a release, or a working copy told as the public dataset will have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.releases import history
from ckanext.satudata.model import releases, resource_files, resource_tables, working_copies
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import ReleaseRow, WorkingCopyRow
from ckanext.satudata.release import copying
from ckanext.satudata.release.content import Content
from ckanext.satudata.release.differences import File


@dataclass(frozen=True)
class Side:
    """Content, files and DataStore tables by the resource ids of the public dataset.

    `number`: of a release; None for a working copy, whose tables may still change.
    """

    dataset_id: str
    number: int | None
    at: datetime | None
    content: Content
    files: Mapping[str, File]
    tables: Mapping[str, str]


def sides(
    package: model.Package, user: model.User, old: int | None, new: int | None
) -> tuple[Side, Side]:
    """The older and the newer of two sides, as far as somebody may read them.

    Of a working copy: the release that is public, and the copy, whatever else is asked. Of any
    other dataset: two releases by their numbers; left out, the newest and the one before it.
    Raises Refused `not_history_reader`, `release_unknown`, `nothing_to_compare`.
    """
    copy = working_copies.working_copy(package.id)
    if copy is not None and copy.ended != "applied":
        return _of_copy(package, copy, user, old)
    shown = releases.releases_of(package.id)
    later = history.numbered(package.id, new, "to") if new else (shown[0] if shown else None)
    if later is None:
        raise Refused("not_published")
    earlier = _earlier(package, later, old, shown)
    for row in (earlier, later):
        if not history.may_read(user, package, row):
            raise Refused("not_history_reader")
    return _of_release(earlier), _of_release(later)


def _earlier(
    package: model.Package, later: ReleaseRow, old: int | None, shown: object
) -> ReleaseRow:
    if old:
        return history.numbered(package.id, old, "from")
    before = [row for row in releases.releases_of(package.id) if row.number < later.number]
    if not before:
        raise Refused("nothing_to_compare")
    return before[0]


def _of_copy(
    package: model.Package, copy: WorkingCopyRow, user: model.User, old: int | None
) -> tuple[Side, Side]:
    public = model.Session.get_one(model.Package, copy.dataset_id)
    base = history.numbered(public.id, old, "from") if old else releases.last_shown(public.id)
    if base is None:
        raise Refused("not_published")
    if not history.may_read(user, public, base):
        raise Refused("not_history_reader")
    content = flushed_content(package)
    known = working_copies.pairs_of(copy.id)
    pairs = {one["id"]: known.get(one["id"], one["id"]) for one in content.resources}
    files = {
        pairs[one.resource_id]: File(pairs[one.resource_id], one.name, one.sha256, one.size)
        for one in resource_files.files_of(package.id)
    }
    tables = {pairs[one]: name for one, name in resource_tables.current_tables(package.id).items()}
    told = copying.for_public(content, releases.content_of_release(base), pairs)
    return _of_release(base), Side(public.id, None, None, told, files, tables)


def _of_release(release: ReleaseRow) -> Side:
    files = {
        one.resource_id: File(one.resource_id, one.name, one.sha256, one.size)
        for one in releases.files_of(release.id)
    }
    return Side(
        release.dataset_id,
        release.number,
        release.shown_at,
        releases.content_of_release(release),
        files,
        resource_tables.tables_of(release.id),
    )
