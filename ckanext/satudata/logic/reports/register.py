"""The register of cases: each case with its data and where it stands, for those who may see it.

It takes the same number of SQL statements whatever it holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.inbox.conditions import Reader, reader_of
from ckanext.satudata.logic.inbox.heads import Head, heads, sheet
from ckanext.satudata.logic.reports.reporting import (
    Period,
    agency_titles,
    local,
    seen_cases,
    seen_items,
)
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, VisitRow

STATES = ("open", "closed", "cancelled")

Condition = sa.ColumnElement[bool]
Dicts = list[dict[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: SOP (subject), agency (id), days on which cases were opened, state."""

    sop: str = ""
    organization: str = ""
    period: Period = Period(None, None)
    state: str = ""

    def conditions(self, reader: Reader) -> list[Condition]:
        found = [seen_cases(reader)]
        if self.sop:
            ids = [head.id for head in heads().values() if head.subject == self.sop]
            found.append(CaseRow.sop_id.in_(ids))
        if self.organization:
            found.append(_concerns(self.organization, reader))
        if self.period.begin is not None:
            found.append(CaseRow.opened_at >= self.period.begin)
        if self.period.end is not None:
            found.append(CaseRow.opened_at < self.period.end)
        if self.state:
            found.append(_in_state(self.state))
        return found


def _concerns(organization: str, reader: Reader) -> Condition:
    """Cases of an agency, or over data of it that the reader may see."""
    item = sa.select(sa.literal(1)).where(
        CaseItemRow.case_id == CaseRow.id,
        CaseItemRow.organization_id == organization,
        seen_items(reader),
    )
    return sa.or_(CaseRow.organization_id == organization, item.exists())


def _in_state(state: str) -> Condition:
    if state == "open":
        return CaseRow.closed_at.is_(None)
    return sa.and_(CaseRow.closed_at.is_not(None), CaseRow.cancelled.is_(state == "cancelled"))


def page(user: model.User, wanted: Wanted, limit: int, offset: int) -> dict[str, Any]:
    """{count, results} of the cases that `user` may see, in the order of their numbers."""
    reader = reader_of(user, heads())
    conditions = wanted.conditions(reader)
    counted = sa.select(sa.func.count()).select_from(CaseRow).where(*conditions)
    query = sa.select(CaseRow).where(*conditions).order_by(CaseRow.number)
    rows = model.Session.scalars(query.limit(limit).offset(offset)).all() if limit else []
    return {"count": model.Session.scalar(counted) or 0, "results": _dicts(reader, rows)}


def _dicts(reader: Reader, rows: Sequence[CaseRow]) -> Dicts:
    ids = [row.id for row in rows]
    known, items, visits = heads(), _items(reader, ids), _open_visits(reader, ids)
    agencies = {row.organization_id for row in rows}
    agencies |= {one.organization_id for listed in items.values() for one, _title in listed}
    titles = agency_titles(agencies)
    return [_dict(row, known[row.sop_id], items[row.id], visits[row.id], titles) for row in rows]


def _items(reader: Reader, ids: list[str]) -> Mapping[str, list[tuple[CaseItemRow, str]]]:
    """The datasets of each case that the reader may see, with the title they have now."""
    package = model.Package
    query = (
        sa.select(CaseItemRow, package.title, package.name)
        .join(CaseRow, CaseRow.id == CaseItemRow.case_id)
        .outerjoin(package, package.id == CaseItemRow.dataset_id)
        .where(CaseItemRow.case_id.in_(ids), seen_items(reader))
        .order_by(CaseItemRow.case_id, CaseItemRow.position)
    )
    found: defaultdict[str, list[tuple[CaseItemRow, str]]] = defaultdict(list)
    for item, title, name in model.Session.execute(query):
        found[item.case_id].append((item, title or name or item.title))
    return found


def _open_visits(reader: Reader, ids: list[str]) -> Mapping[str, list[VisitRow]]:
    query = sa.select(VisitRow).where(VisitRow.case_id.in_(ids), VisitRow.closed_by.is_(None))
    if reader.agencies is not None:
        agencies = sa.cast(sorted(reader.agencies), VisitRow.agencies.type)
        query = query.where(VisitRow.agencies.overlap(agencies))
    found: defaultdict[str, list[VisitRow]] = defaultdict(list)
    for row in model.Session.scalars(query.order_by(VisitRow.step, VisitRow.opened_at)):
        found[row.case_id].append(row)
    return found


def _dict(
    case: CaseRow,
    head: Head,
    items: list[tuple[CaseItemRow, str]],
    visits: list[VisitRow],
    titles: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "state": "cancelled" if case.cancelled else "closed" if case.closed_at else "open",
        "opened_on": local(case.opened_at).date().isoformat(),
        "closed_on": local(case.closed_at).date().isoformat() if case.closed_at else None,
        "sop": head.as_dict(),
        "organization": _agency(case.organization_id, titles),
        "datasets": [_dataset(item, title, titles) for item, title in items],
        "stands": _stands(head, visits),
    }


def _dataset(item: CaseItemRow, title: str, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": item.dataset_id,
        "title": title,
        "organization": _agency(item.organization_id, titles),
        "status": item.status,
        "request": item.is_request,
        "ended": item.ended,
    }


def _stands(head: Head, visits: list[VisitRow]) -> Dicts:
    """The open steps: how many datasets stand there, and since when the first of them."""
    sop, found = sheet(head.id), dict[int, dict[str, Any]]()
    for visit in visits:
        since = local(visit.opened_at).date().isoformat()
        step = found.setdefault(
            visit.step,
            {
                "step": visit.step,
                "name": sop.step(visit.step).nama,
                "holders": list(casework.actor_names(sop, tuple(visit.actors))),
                "datasets": 0,
                "since": since,
            },
        )
        step["datasets"] += visit.items
    return list(found.values())


def _agency(organization_id: str, titles: Mapping[str, str]) -> dict[str, str]:
    return {"id": organization_id, "title": titles.get(organization_id, "")}
