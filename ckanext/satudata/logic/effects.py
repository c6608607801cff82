"""What ending a step does to the catalogue, inside the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import files
from ckanext.satudata.model import cases, releases
from ckanext.satudata.model.content import flushed_content
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.acts import Decision
from ckanext.satudata.sop.case import CaseState, Kind
from ckanext.satudata.sop.definition import Efek


@dataclass(frozen=True)
class Doing:
    """One act being done: its case, its decision, by whom (user id) and when (UTC)."""

    case: CaseRow
    decision: Decision
    actor: str
    at: datetime


def run(doing: Doing, state: CaseState) -> CaseState:
    """Run the effects of an act in the order of the sheet; returns the state with their events.

    Effects without an entry are confirmed by the person who ended the step and leave no more
    than his event: archive, backup and hand-over are done outside until their rooms exist.
    """
    item = doing.decision.visit.key.item
    items = state.items if item is None else (item,)
    for effect in doing.decision.move.effects:
        handler = HANDLERS.get(effect)
        if handler is None:
            continue
        for dataset_id in items:
            state = handler(doing, state, dataset_id)
    return state


def _approve(doing: Doing, state: CaseState, dataset_id: str) -> CaseState:
    """Make the release: the content as it stands on the rows, and the sha256 of each file."""
    package = _package(dataset_id)
    content = flushed_content(package)
    status, _since = state.statuses[dataset_id]
    digests = files.digests(package)
    body = {
        "item": dataset_id,
        "content_sha256": content.sha256,
        "files": {resource_id: sha256 for resource_id, _name, sha256, _size in digests},
    }
    kind = Kind.RELEASE_MADE
    state = cases.append(doing.case, state, kind, doing.actor, doing.at, body)
    releases.make_release(
        releases.Approval(dataset_id, doing.case.id, state.version, doing.actor, doing.at),
        status,
        content,
        digests,
    )
    return state


def _publish(doing: Doing, state: CaseState, dataset_id: str) -> CaseState:
    """Show the release: the flag follows the release row, and only where the content is its."""
    package = _package(dataset_id)
    release = releases.current_release(dataset_id)
    if release is None or release.content_sha256 != flushed_content(package).sha256:
        raise Refused("content_differs")
    package.private = False
    package.metadata_modified = doing.at
    release.shown_at = doing.at
    body = {"item": dataset_id, "release": release.number}
    return cases.append(doing.case, state, Kind.RELEASE_SHOWN, doing.actor, doing.at, body)


def _package(dataset_id: str) -> model.Package:
    package = model.Package.get(dataset_id)
    if package is None:
        raise Refused("not_found")
    return package


HANDLERS = {Efek.SETUJUI: _approve, Efek.TERBITKAN: _publish}
