"""What ending a step does: to the catalogue, and into other cases. Nothing here commits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.datasets import files
from ckanext.satudata.model import cases, releases, resource_tables
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.case import CaseState
from ckanext.satudata.sop.definition import Efek
from ckanext.satudata.sop.events import Kind


@dataclass(frozen=True)
class Doing:
    """One act being done: in which case, by whom (user id) and when (UTC)."""

    case: CaseRow
    actor: str
    at: datetime


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


def _approve(doing: Doing, state: CaseState, dataset_id: str) -> CaseState:
    """Make the release: the content as it stands on the rows, and the sha256 of each file."""
    package = _package(dataset_id)
    content = flushed_content(package)
    digests = files.digests(package)
    body = {
        "item": dataset_id,
        "content_sha256": content.sha256,
        "files": {resource_id: sha256 for resource_id, _name, sha256, _size in digests},
    }
    kind = Kind.RELEASE_MADE
    state = cases.append(doing.case, state, kind, doing.actor, doing.at, body)
    release = releases.make_release(
        releases.Approval(dataset_id, doing.case.id, state.version, doing.actor, doing.at),
        status_after(state, dataset_id),
        content,
        digests,
    )
    resource_tables.remember_released(release.id, dataset_id)
    return state


def _publish(doing: Doing, state: CaseState, dataset_id: str) -> CaseState:
    """Show the release: the flag follows the release row, and only where the content is its."""
    package = _package(dataset_id)
    release = releases.current_release(dataset_id)
    if release is None or release.content_sha256 != flushed_content(package).sha256:
        raise Refused("content_differs")
    if not resource_tables.still_released(release.id, dataset_id):
        raise Refused("content_differs")
    package.private = False
    package.metadata_modified = doing.at
    release.shown_at = doing.at
    release.status = status_after(state, dataset_id)
    body = {"item": dataset_id, "release": release.number}
    return cases.append(doing.case, state, Kind.RELEASE_SHOWN, doing.actor, doing.at, body)


def status_after(state: CaseState, dataset_id: str) -> str:
    """What a dataset is called once the act is through, whose work over the list may go on."""
    for visit in state.open_visits:
        if visit.decided is not None and dataset_id in visit.items:
            status = visit.decided["then"]["statuses"].get(dataset_id)
            if status:
                return status
    status, _since = state.statuses[dataset_id]
    return status


def _package(dataset_id: str) -> model.Package:
    package = model.Package.get(dataset_id)
    if package is None:
        raise Refused("not_found")
    return package


HANDLERS: dict[Efek, Callable[[Doing, CaseState, str], CaseState]] = {
    Efek.SETUJUI: _approve,
    Efek.TERBITKAN: _publish,
}
