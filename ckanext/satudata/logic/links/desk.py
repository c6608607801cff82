"""What the holder of a link may do: look, fetch a file, and act once.

Whoever has the link is let in, so every door here asks the link itself, under the lock of its
case: whether it is signed, known, unused, in time, not withdrawn, and its visit still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ckan import model

from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import acting, casework
from ckanext.satudata.logic.cases.file_kinds import safe_name
from ckanext.satudata.logic.datasets import files
from ckanext.satudata.logic.links import links
from ckanext.satudata.logic.links import token as link_token
from ckanext.satudata.model import cases, notices
from ckanext.satudata.model import links as stored
from ckanext.satudata.model.tables import CaseRow, LinkRow
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event, Kind

OPEN, USED, EXPIRED, WITHDRAWN, OVER = "open", "used", "expired", "withdrawn", "over"
"""How a link stands; `over`: its visit was ended by somebody else."""

UPLOAD = "upload"


@dataclass(frozen=True)
class Desk:
    """A link with the case as it stands now."""

    link: LinkRow
    case: CaseRow
    sop: Sop
    events: list[Event]
    state: CaseState

    @property
    def visit(self) -> Visit | None:
        """The visit that the link is for; None when the case knows it no longer."""
        key = links.key_of(self.link)
        return next((one for one in self.state.visits if one.key == key), None)

    @property
    def standing(self) -> str:
        """Whether the link may still be used, and if not, why."""
        word = links.state_word(self.link)
        if word != OPEN:
            return word
        return OPEN if self.visit is not None and self.visit.is_open else OVER


@dataclass(frozen=True)
class Fetched:
    """A file on its way: its name, kind and bytes."""

    name: str
    mimetype: str
    chunks: Iterator[bytes]


def look(token: str) -> Desk:
    """The desk of a token, without a trace. Raises Refused `link_unknown`."""
    link = _link(token)
    return _desk(link, model.Session.get_one(CaseRow, link.case_id))


def enter(token: str) -> Desk:
    """The desk of a token that was opened: while the link may be used, that is an event."""
    desk = _locked(token)
    if desk.standing == OPEN:
        _note(desk, Kind.LINK_OPENED)
        return _desk(desk.link, desk.case)
    return desk


def check_file(token: str, resource_id: str) -> None:
    """Raise Refused `link_unknown` where `fetch` would; leaves no trace."""
    _file(look(token), resource_id)


def fetch(token: str, resource_id: str) -> Fetched:
    """A file of one of the datasets that the link is about; that is an event.

    Raises Refused `link_unknown` for a link that may not be used and for every other file.
    """
    desk = _locked(token)
    resource = _file(desk, resource_id)
    file = files.opened(resource)
    first = next(file.chunks, b"")
    about = {"dataset": str(resource.package_id or ""), "resource": str(resource.id)}
    _note(desk, Kind.LINK_DOWNLOADED, **about)
    name = safe_name(file.name)
    kind = resource.mimetype or "application/octet-stream"
    return Fetched(name, kind, chain([first], file.chunks))


def act(token: str, mark: str, signed: str, data: Mapping[str, Any]) -> acting.Acted:
    """Do the one act of a link: take an outcome of its step.

    `mark` is what its form carried, `signed` the name that was typed; of `data` only what a way
    out needs is read. Raises Refused `link_used`, `link_expired`, `link_withdrawn`, `link_over`,
    `link_form`, `link_signer_missing`, and what an act raises.
    """
    desk = _locked(token)
    if desk.standing != OPEN:
        raise refused_as(desk)
    version = link_token.version_in(mark, desk.link.id)
    if version is None:
        raise Refused("link_form")
    if not signed:
        raise Refused("link_signer_missing", field="signed")
    actor = links.LinkActor(desk.link, signed)
    acted = acting.act(desk.case.id, actor, _as_act(desk.link, version, data))
    desk.link.used_at = clock.now()
    notices.forget_secrets([desk.link.id])
    model.Session.flush()
    return acted


def refused_as(desk: Desk) -> Refused:
    """Why a link may not be used."""
    link = desk.link
    if desk.standing == USED:
        return Conflict("link_used", when=link.used_at)
    if desk.standing == EXPIRED:
        return Refused("link_expired", until=link.expires_at)
    return Conflict("link_over") if desk.standing == OVER else Refused("link_withdrawn")


def used_by(desk: Desk) -> Event | None:
    """The event by which the link was used."""
    actor = links.LinkActor(desk.link).id
    told = (one for one in desk.events if one.actor == actor and "outcome" in one.body)
    return next(told, None)


def _as_act(link: LinkRow, version: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an act, with nothing but what ends this very visit."""
    said = {name: data.get(name) for name in ("outcome", "reason", "points", "datasets", "rest")}
    key = {"step": link.step, "visit": link.visit, "dataset_id": link.item}
    return {"version": version, **key, **said}


def _link(token: str) -> LinkRow:
    found = None
    if link_token.is_genuine(token):
        found = stored.by_digest(link_token.digest(token))
    if found is None:
        raise Refused("link_unknown")
    return found


def _locked(token: str) -> Desk:
    link = _link(token)
    case = cases.lock_case(link.case_id)
    if case is None:
        raise Refused("link_unknown")
    return _desk(stored.lock(link.id), case)


def _desk(link: LinkRow, case: CaseRow) -> Desk:
    events = cases.events_of(case.id)
    return Desk(link, case, casework.sop_of_case(case), events, cases.project(events))


def _file(desk: Desk, resource_id: str) -> model.Resource:
    visit = desk.visit if desk.standing == OPEN else None
    is_id = visit is not None and "\0" not in resource_id
    resource = model.Resource.get(resource_id) if is_id else None
    if (
        visit is None
        or resource is None
        or resource.package_id not in visit.items
        or resource.state != model.State.ACTIVE
        or resource.url_type != UPLOAD
    ):
        raise Refused("link_unknown")
    return resource


def _note(desk: Desk, kind: Kind, **more: str) -> None:
    body = links.event_body(desk.link, **more)
    actor = links.LinkActor(desk.link).id
    cases.append(desk.case, desk.state, kind, actor, clock.now(), body)
