"""What ending a step does: to the catalogue, and into other cases. Nothing here commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.releases import approving, lawful, publishing
from ckanext.satudata.model import cases, releases, resource_tables, working_copies
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.events import Kind


@dataclass(frozen=True)
class Doing:
    """One act being done: in which case, by whom (user id) and when (UTC).

    `scheduled`: the time that was set for it, where it is done by itself.
    """

    case: CaseRow
    actor: str
    at: datetime
    scheduled: datetime | None = None


def run(doing: Doing, state: CaseState, effects: Iterable[Efek], items: Iterable[str]) -> CaseState:
    """Run effects over datasets in the order of the sheet; returns the state with their events.

    Effects without an entry are confirmed by the person who ended the step and leave no more
    than his event: archive, backup, print and dispatch are done outside until their rooms exist.
    """
    listed = tuple(items)
    for effect in effects:
        handler = HANDLERS.get(effect)
        for item in listed if handler else ():
            state = handler(doing, state, item) if handler else state
    return state


def _approve(doing: Doing, state: CaseState, item: str) -> CaseState:
    """Make the release: the content as it stands on the rows, and the sha256 of each file."""
    lawful.check(item)
    found = approving.approvable(item, doing.at)
    body = {
        "item": item,
        "content_sha256": found.content.sha256,
        "files": {resource_id: sha256 for resource_id, _name, sha256, _size in found.files},
    }
    if found.dataset_id != item:
        body["dataset"] = found.dataset_id
    kind = Kind.RELEASE_MADE
    state = cases.append(doing.case, state, kind, doing.actor, doing.at, body)
    release = releases.make_release(
        releases.Approval(found.dataset_id, doing.case.id, state.version, doing.actor, doing.at),
        status_after(state, item),
        found.content,
        found.files,
    )
    resource_tables.remember_released(release.id, item, found.names)
    return state


def _publish(doing: Doing, state: CaseState, item: str) -> CaseState:
    """Show the release: the flag follows the release row, and only where the content is its."""
    dataset_id = working_copies.original_of(item) or item
    release = releases.approved_by(doing.case.id, dataset_id)
    if release is None:
        raise Refused("content_differs")
    release.status = status_after(state, item)
    body: dict[str, Any] = {"item": item, "release": release.number}
    if dataset_id != item:
        body["dataset"] = dataset_id
    if doing.scheduled is not None:
        body["scheduled_at"] = doing.scheduled.isoformat()
    state = cases.append(doing.case, state, Kind.RELEASE_SHOWN, doing.actor, doing.at, body)
    publishing.publish(item, release, doing.at)
    return state


def status_after(state: CaseState, dataset_id: str) -> str:
    """What a dataset is called once the act is through, whose work over the list may go on."""
    for visit in state.open_visits:
        if visit.decided is not None and dataset_id in visit.items:
            status = visit.decided["then"]["statuses"].get(dataset_id)
            if status:
                return status
    status, _since = state.statuses[dataset_id]
    return status


HANDLERS: dict[Efek, Callable[[Doing, CaseState, str], CaseState]] = {
    Efek.SETUJUI: _approve,
    Efek.TERBITKAN: _publish,
}
