"""Rows of the inbox as plain values; what the rows of a page name is fetched for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.clocks.dictize import clock_dict
from ckanext.satudata.logic.inbox.claims import Claim
from ckanext.satudata.logic.inbox.conditions import Reader
from ckanext.satudata.logic.inbox.heads import Head, sheet
from ckanext.satudata.model import clocks
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, EventRow, LinkRow, VisitRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.moves import Act, moves_at

LINK = "link:"
"""What the id of somebody who acts without an account begins with."""

FEW = 3
"""How many points of a return a row tells."""

Names = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Listed:
    """A visit of the page, in which tab of the reader it is and whether he can end it now."""

    visit: VisitRow
    tab: str
    can_end: bool


@dataclass(frozen=True)
class _Material:
    """What the rows of one page are made of, by the ids that they name."""

    known: Mapping[str, Head]
    void: frozenset[Claim]
    cases: Mapping[str, CaseRow]
    datasets: Mapping[tuple[str, str], dict[str, Any]]
    openings: Mapping[tuple[str, int], sa.Row[Any]]
    agencies: Names
    people: Mapping[str, str]
    clocks: Mapping[str, ClockRow]
    now: datetime


def rows(
    reader: Reader, known: Mapping[str, Head], listed: list[Listed], void: frozenset[Claim]
) -> list[dict[str, Any]]:
    """The page as plain values; see `satudata_case_list`."""
    if not listed:
        return []
    material = _material(known, [one.visit for one in listed], void)
    return [_row(reader, material, one) for one in listed]


def _material(
    known: Mapping[str, Head], visits: list[VisitRow], void: frozenset[Claim]
) -> _Material:
    ids = {visit.case_id for visit in visits}
    query = sa.select(CaseRow).where(CaseRow.id.in_(ids))
    cases = {case.id: case for case in model.Session.scalars(query)}
    datasets = _datasets(visits)
    openings = _openings(visits)
    agencies = {case.organization_id for case in cases.values()}
    agencies |= {dataset["organization"] for dataset in datasets.values()}
    people = {event.actor for event in openings.values()}
    people |= {visit.claimed_by for visit in visits if visit.claimed_by}
    running = clocks.at_visits([visit.id for visit in visits])
    people |= {one.stopped_by for one in running.values() if one.stopped_by}
    names = (_agencies(agencies), _people(people))
    return _Material(known, void, cases, datasets, openings, *names, running, clock.now())


def _datasets(visits: list[VisitRow]) -> dict[tuple[str, str], dict[str, Any]]:
    """The dataset of each visit that is about one; a request has a title and no name yet."""
    item, package = CaseItemRow, model.Package
    wanted = [(visit.case_id, visit.item) for visit in visits if visit.item]
    query = (
        sa.select(item, package.name, package.title, package.private)
        .outerjoin(package, package.id == item.dataset_id)
        .where(sa.tuple_(item.case_id, item.dataset_id).in_(wanted))
    )
    return {
        (row.case_id, row.dataset_id): {
            "id": row.dataset_id,
            "name": name or "",
            "title": title or name or row.title,
            "private": private is not False,
            "status": row.status,
            "status_at": row.status_at.isoformat() if row.status_at else None,
            "organization": row.organization_id,
            "request": row.is_request,
            "late": row.party == 0,
        }
        for row, name, title, private in model.Session.execute(query)
    }


def _openings(visits: list[VisitRow]) -> dict[tuple[str, int], sa.Row[Any]]:
    """Of the event that opened each visit: who, at which step, and why it came back."""
    body = EventRow.body
    query = sa.select(
        EventRow.case_id,
        EventRow.sequence,
        EventRow.actor,
        body["act"].astext.label("act"),
        body["step"].astext.label("step"),
        body["reason"].astext.label("reason"),
        body["points"].label("points"),
    ).where(
        sa.tuple_(EventRow.stream, EventRow.sequence).in_(
            {(visit.case_id, visit.opened_by) for visit in visits}
        )
    )
    return {(row.case_id, row.sequence): row for row in model.Session.execute(query)}


def _agencies(ids: Iterable[str]) -> Names:
    group = model.Group
    query = sa.select(group.id, group.name, group.title).where(group.id.in_(set(ids)))
    return {
        id_: {"id": id_, "name": name, "title": title or name}
        for id_, name, title in model.Session.execute(query)
    }


def _people(ids: set[str]) -> dict[str, str]:
    """Names by id: of users, and of those whom a link was made for."""
    query = sa.select(model.User).where(model.User.id.in_(ids))
    names = {user.id: user.display_name for user in model.Session.scalars(query)}
    links = {one.removeprefix(LINK) for one in ids if one.startswith(LINK)}
    if links:
        query = sa.select(LinkRow.id, LinkRow.name).where(LinkRow.id.in_(links))
        names |= {f"{LINK}{id_}": name for id_, name in model.Session.execute(query)}
    return names


def _row(reader: Reader, material: _Material, listed: Listed) -> dict[str, Any]:
    visit, case = listed.visit, material.cases[listed.visit.case_id]
    head = material.known[visit.sop_id or case.sop_id]
    sop = sheet(head.id)
    step = sop.step(visit.step)
    held = reader.actors_at(head.subject, visit.organization_id)
    return {
        "tab": listed.tab,
        "can_end": listed.can_end,
        "case": _case(material, case, head),
        "dataset": _dataset(material, visit, case),
        "items": visit.items,
        "step": visit.step,
        "visit": visit.number,
        "name": step.nama,
        "command": step.perintah,
        "since": visit.opened_at.isoformat(),
        "clock": _clock(material, visit, sop),
        "sent_by": _sent_by(material, visit),
        "holders": list(casework.actor_names(sop, tuple(visit.actors))),
        "mine": not held.isdisjoint(visit.actors),
        "claimed_by": _claimed_by(material, visit, reader),
        "paused_since": visit.paused_since.isoformat() if visit.paused_since else None,
        "decided": visit.decided,
        "approval_by": next(iter(casework.actor_names(sop, (visit.approver or "",))), None),
        "approves": visit.approver in held,
        "returned": _returned(material, visit),
        "may_write": bool(visit.item and not visit.decided and held.intersection(visit.writers)),
        "bulk": step.massal and not visit.decided and (listed.can_end or visit.approver in held),
        "outcomes": [move.label for move in moves_at(sop, visit.step)],
    }


def _clock(material: _Material, visit: VisitRow, sop: Sop) -> dict[str, Any] | None:
    """The clock of the visit; None where the case is older than clocks are."""
    row = material.clocks.get(visit.id)
    return clock_dict(row, sop, material.now, material.people) if row else None


def _case(material: _Material, case: CaseRow, head: Head) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "version": case.version,
        "opened_at": case.opened_at.isoformat(),
        "sop": head.as_dict(),
        "organization": _agency(material, case.organization_id),
    }


def _agency(material: _Material, agency: str) -> dict[str, Any]:
    return material.agencies.get(agency, {"id": agency, "name": "", "title": ""})


def _dataset(material: _Material, visit: VisitRow, case: CaseRow) -> dict[str, Any] | None:
    found = material.datasets.get((visit.case_id, visit.item or ""))
    if found is None:
        return None
    agency = found["organization"] or case.organization_id
    return {**found, "organization": _agency(material, agency)}


def _sent_by(material: _Material, visit: VisitRow) -> dict[str, Any]:
    """Who opened the visit, and the step he did it from (none: the case began there)."""
    event = material.openings[visit.case_id, visit.opened_by]
    step = int(event.step) if event.step else None
    sop_id = visit.sop_id or material.cases[visit.case_id].sop_id
    return {
        "actor": {"id": event.actor, "name": material.people.get(event.actor, "")},
        "step": step,
        "step_name": sheet(sop_id).step(step).nama if step else None,
    }


def _claimed_by(material: _Material, visit: VisitRow, reader: Reader) -> dict[str, Any] | None:
    claim = (visit.claimed_by, visit.sop_id, visit.step, visit.organization_id)
    if visit.claimed_by is None or claim in material.void:
        return None
    name = material.people.get(visit.claimed_by, "")
    return {"id": visit.claimed_by, "name": name, "me": visit.claimed_by == reader.user_id}


def _returned(material: _Material, visit: VisitRow) -> dict[str, Any] | None:
    """Reason and first points of the return that opened the visit, if one did, and how many
    points there are: those of a list may be hundreds, and its case tells them all."""
    event = material.openings[visit.case_id, visit.opened_by]
    if not visit.returned or event.act != Act.RETURN.value:
        return None
    others = [None, visit.item] if visit.item else None
    points = [p for p in event.points or () if others is None or p.get("dataset_id") in others]
    return {"reason": event.reason or "", "points": points[:FEW], "count": len(points)}
