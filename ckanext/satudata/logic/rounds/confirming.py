"""A person says that what a round asks for was done; until backup and evaluation are done by the
portal itself nobody else can. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import PORTAL, RecordKind
from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.cases import casework
from ckanext.satudata.logic.inbox.conditions import reader_of
from ckanext.satudata.logic.inbox.heads import heads
from ckanext.satudata.logic.people import Desk
from ckanext.satudata.logic.rounds import opening, telling
from ckanext.satudata.model import records, rounds
from ckanext.satudata.model.rounds import CONFIRMED, RoundRow

MAX_LIMIT, MAX_OFFSET = 100, 2**31 - 1
"""Of one answer."""


def confirm(user: model.User, round_id: str, note: str) -> RoundRow:
    """End an open round as done, by a holder of its rows for the office.

    Raises Refused `not_found`, `round_not_holder`, Conflict `round_over`.
    """
    row = rounds.lock(round_id)
    if row is None or not _is_shown(user, row.office_id):
        raise Refused("not_found")
    sop = telling.sheet_of(row)
    if sop is None or row.ended is not None:
        raise Conflict("round_over")
    actors = telling.actors_of(row, sop)
    if not Desk(user).actors(row.subject, row.office_id).intersection(actors):
        raise Refused("round_not_holder", holders=casework.actor_names(sop, actors))
    now = clock.now()
    row.ended, row.ended_at, row.ended_by, row.note = CONFIRMED, now, user.id, note
    model.Session.flush()
    body = {**opening.facts_of(row), "by_person": True, "note": note, "late": now > row.due_at}
    body["waiting"] = rounds.waiting(row.subject, row.rows)
    records.record(PORTAL, RecordKind.ROUND_CONFIRMED, user.id, now, body)
    return row


def to_confirm(user: model.User) -> list[str]:
    """What a person holds of the rounds that are open, as the sheet calls it."""
    desk, found = Desk(user), []
    for of, round_id in rounds.open_ones() if desk.inside else ():
        row = model.Session.get_one(RoundRow, round_id)
        sop = telling.sheet_of(row)
        if sop and desk.actors(of.subject, of.office_id).intersection(telling.actors_of(row, sop)):
            found.append(telling.names_of(row, sop))
    return found


def listed(user: model.User, data: Mapping[str, Any]) -> dict[str, Any]:
    """The rounds of the offices that a person belongs to; see the action."""
    offices = _offices_of(user)
    part = {"limit": min(data["limit"], MAX_LIMIT), "offset": min(data["offset"], MAX_OFFSET)}
    found = rounds.listed(offices, ended=data["state"] == "ended", **part)
    desk, names = Desk(user), _names(found)
    return {"results": [round_dict(row, desk, names) for row in found]}


def round_dict(row: RoundRow, desk: Desk, names: Mapping[str, str]) -> dict[str, Any]:
    """One round as plain values; `may_confirm`: by this person, now."""
    sop = telling.sheet_of(row)
    actors = telling.actors_of(row, sop) if sop else ()
    mine = bool(desk.actors(row.subject, row.office_id).intersection(actors))
    is_open = row.ended is None
    return {
        "id": row.id,
        "office": {"id": row.office_id, "title": names.get(row.office_id, "")},
        "sop": {"subject": row.subject, "name": sop.sop.nama if sop else row.subject},
        "rows": list(row.rows),
        "name": telling.names_of(row, sop) if sop else "",
        "holders": list(casework.actor_names(sop, actors)) if sop else [],
        "unit": row.unit,
        "period": row.period,
        "first": row.first_on.isoformat(),
        "last": row.last_on.isoformat(),
        "due_at": row.due_at.isoformat(),
        "state": row.ended or ("overdue" if row.due_at < clock.now() else "open"),
        "skipped": row.skipped,
        "waiting": rounds.waiting(row.subject, row.rows) if is_open else None,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "ended_by": names.get(row.ended_by or "", "") or None,
        "note": row.note,
        "may_confirm": is_open and mine,
    }


def _offices_of(user: model.User) -> list[str] | None:
    agencies = reader_of(user, heads()).agencies
    return None if agencies is None else sorted(agencies)


def _is_shown(user: model.User, office: str) -> bool:
    offices = _offices_of(user)
    return offices is None or office in offices


def _names(found: Any) -> dict[str, str]:
    """Titles of offices and names of people, by id."""
    group, ids = model.Group, {row.office_id for row in found}
    query = sa.select(group.id, sa.func.coalesce(sa.func.nullif(group.title, ""), group.name))
    names = dict(model.Session.execute(query.where(group.id.in_(ids))).tuples().all())
    people = sa.select(model.User).where(model.User.id.in_({row.ended_by for row in found}))
    return names | {one.id: one.display_name for one in model.Session.scalars(people)}
