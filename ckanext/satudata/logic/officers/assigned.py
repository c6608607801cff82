"""Assignments as the API and the pages read them, and input as the rules read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, organizations
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.officers.assigning import ACTING_NAMES, OFFICE_WIDE_NAMES, Wanted
from ckanext.satudata.logic.sop import sops
from ckanext.satudata.model import assignments
from ckanext.satudata.model.assignments import OFFICE_WIDE
from ckanext.satudata.model.tables import AssignmentRow


def wanted(data: Mapping[str, Any]) -> Wanted:
    """The validated input of `satudata_assignment_create`, its names looked up.

    Raises Refused `user_unknown`, `organization_unknown`.
    """
    other = user_named(data["for_user"], "for_user") if data.get("for_user") else None
    return Wanted(
        user_id=user_named(data["user"], "user").id,
        sop=data["sop"],
        actor=data["actor"],
        organization_id=organizations.id_of(data.get("organization")),
        valid_from=day_of(data.get("valid_from")) or clock.today(),
        valid_until=day_of(data.get("valid_until")),
        acting=(data.get("acting") or "").lower() or None,
        for_user_id=other.id if other else None,
        for_user_name=other.display_name if other else "",
        **letter(data),
    )


def letter(data: Mapping[str, Any]) -> dict[str, Any]:
    """The three fields of a decree or letter of assignment."""
    return {
        "decree_number": (data.get("decree_number") or "").strip() or None,
        "decree_date": day_of(data.get("decree_date")),
        "decree_attachment": data.get("decree_attachment") or None,
    }


def user_named(reference: str, field: str) -> model.User:
    """A person by name or id, an invited one too. Raises Refused `user_unknown`."""
    user = model.User.get(reference)
    if user is None or user.state == model.State.DELETED:
        raise Refused("user_unknown", field=field, user=reference)
    return user


def day_of(value: datetime | date | None) -> date | None:
    """The day of what the validator made of a date."""
    return value.date() if isinstance(value, datetime) else value


def assignment_dict(row: AssignmentRow) -> dict[str, Any]:
    """One assignment as plain values."""
    return assignment_dicts([row])[0]


def assignment_dicts(rows: Sequence[AssignmentRow]) -> list[dict[str, Any]]:
    """Assignments as plain values, with the names of people, agencies, actors and SOPs.

    `title` is what the person is there, `Plt. Verifikator` for one who acts for somebody.
    `state`: held, future, over (its last day has passed), ended (taken back), or waiting (a Plh.
    whose principal does not hold the post himself on that day).
    """
    people = _people({one for row in rows for one in (row.user_id, row.for_user_id) if one})
    agencies = _agencies({row.organization_id for row in rows if row.organization_id})
    known = _sops({row.sop for row in rows})
    held = assignments.holding([row.id for row in rows], clock.today())
    return [_plain(row, people, agencies, known, row.id in held) for row in rows]


def _plain(
    row: AssignmentRow,
    people: Mapping[str, dict[str, Any]],
    agencies: Mapping[str, dict[str, Any]],
    known: Mapping[str, tuple[str, Mapping[str, str]]],
    held: bool,
) -> dict[str, Any]:
    sop_name, actors = known[row.sop]
    name = actors.get(row.actor, row.actor)
    before = ACTING_NAMES.get(row.acting or "")
    return {
        "id": row.id,
        "user_id": row.user_id,
        "user": people.get(row.user_id) or _nobody(row.user_id),
        "sop": row.sop,
        "sop_name": sop_name,
        "actor": row.actor,
        "actor_name": name,
        "title": f"{before} {name}" if before else name,
        "organization_id": row.organization_id,
        "organization": agencies.get(row.organization_id or ""),
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
        "acting": row.acting,
        "for_user": people.get(row.for_user_id or ""),
        "decree": {
            "number": row.decree_number,
            "date": row.decree_date.isoformat() if row.decree_date else None,
            "attachment": row.decree_attachment,
        },
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "state": state_of(row, held),
    }


def state_of(row: AssignmentRow, held: bool) -> str:
    """How an assignment stands today; `held` as the database says it."""
    today = clock.today()
    if held:
        return "held"
    if row.ended_on is not None and row.ended_on <= today:
        return "ended"
    if row.valid_until is not None and row.valid_until < today:
        return "over"
    return "future" if row.valid_from > today else "waiting"


def _people(ids: set[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    found = model.Session.query(model.User).filter(model.User.id.in_(ids))
    return {
        one.id: {"id": one.id, "name": one.name, "display_name": one.display_name} for one in found
    }


def _nobody(user_id: str) -> dict[str, Any]:
    """A person whose account was purged; the record stays."""
    return {"id": user_id, "name": None, "display_name": user_id}


def _agencies(ids: set[str]) -> dict[str, dict[str, Any]]:
    if not ids:
        return {}
    found = model.Session.query(model.Group).filter(model.Group.id.in_(ids))
    return {one.id: {"id": one.id, "name": one.name, "title": one.title} for one in found}


def _sops(subjects: set[str]) -> dict[str, tuple[str, Mapping[str, str]]]:
    """The name of each SOP and of its actors, the newest revision first."""
    known: dict[str, tuple[str, Mapping[str, str]]] = {}
    for subject in subjects:
        if subject == OFFICE_WIDE:
            names = {key: tk._(name) for key, name in OFFICE_WIDE_NAMES.items()}
            known[subject] = (tk._("Whole portal"), names)
            continue
        texts = [one.sop for one in sops.revisions(subject)]
        actors = {
            key: actor.nama for sop in reversed(texts) for key, actor in sop.pelaksana.items()
        }
        known[subject] = (texts[0].sop.nama if texts else subject, actors)
    return known


def is_vacant(row: AssignmentRow, day: date) -> bool:
    """Whether nobody holds an actor for that agency on a day."""
    agency = row.organization_id or ""
    return not assignments.holders_of(row.sop, row.actor, agency, day)


def permission(one: Wanted | AssignmentRow) -> dict[str, Any]:
    """What the auth functions ask about an assignment."""
    return {"sop": one.sop, "actor": one.actor, "organization_id": one.organization_id}


def kept(one: Wanted, creator: model.User | None) -> AssignmentRow:
    """The stored row that says the same, or a new one; the caller commits."""
    assigning.check(one)
    row = one.row(creator)
    stored = assignments.same_as(row)
    if stored is not None:
        return stored
    model.Session.add(row)
    model.Session.flush()
    return row
