"""A sysadmin publishes past the SOP: possible, with a reason, and marked for good.

Better a door with a bell than one that somebody breaks open in the database. Nothing here commits.
"""

from __future__ import annotations

from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.releases import approving, lawful, publishing
from ckanext.satudata.model import cases, embargoes, records, releases, resource_tables
from ckanext.satudata.model.tables import ReleaseRow
from ckanext.satudata.sop.statuses import Status


def force(package: model.Package, user: model.User, reason: str) -> ReleaseRow:
    """Make a release of what a dataset, or a working copy, holds now, and show it.

    Raises Refused `not_sysadmin`, `already_published`, or `forced_in_case` while a case has the
    dataset: its people would go on with something that is public behind their backs. What the
    law asks (`lawful.check`) is asked here too: a SOP can be passed by, a law cannot.
    """
    locked = casework.lock_dataset(package.id)
    if locked is None:
        raise Refused("not_found")
    forcible(locked, user)
    lawful.check(package.id)
    now = clock.now()
    found = approving.approvable(package.id, now)
    stream = dataset_stream(found.dataset_id)
    body = {
        "reason": reason,
        "content_sha256": found.content.sha256,
        "files": {resource_id: sha256 for resource_id, _name, sha256, _size in found.files},
    }
    event = records.record(stream, RecordKind.RELEASE_FORCED, user.id, now, body)
    approval = releases.Approval(found.dataset_id, None, event.sequence, user.id, now)
    status = Status.TERBIT_KHUSUS.value
    release = releases.make_release(approval, status, found.content, found.files)
    resource_tables.remember_released(release.id, package.id, found.names)
    release.forced = True
    publishing.publish(package.id, release, now)
    return release


def forcible(package: model.Package, user: model.User) -> None:
    """Raises Refused as `force` does, before anything is read of the files."""
    if not user.sysadmin:
        raise Refused("not_sysadmin")
    if package.state != model.State.ACTIVE:
        raise Refused("not_found")
    if releases.shown_release(package.id) is not None:
        raise Refused("already_published")
    open_cases = cases.open_cases_of(package.id)
    if open_cases:
        raise Refused("forced_in_case", case=open_cases[0].number)
    embargo = embargoes.embargo_of(package.id, clock.now())
    if embargo is not None:
        raise Refused("under_embargo", until=embargo.until)
