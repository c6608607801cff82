"""Assignments: who holds which actor of which SOP for which agency."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, people, schema, sops
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import AssignmentRow


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a person hold an actor of a SOP.

    :param user: name or id of the person
    :param sop: subject of the SOP
    :param actor: key of the actor in the SOP file
    :param organization: name or id of the agency; left out: for all agencies
    :param valid_from: first day, YYYY-MM-DD; left out: today
    :param valid_until: last day, YYYY-MM-DD; left out: until further notice
    :returns: the assignment; the one that is there already when it says the same
    """
    data, errors = tk.navl_validate(data_dict, schema.assignment_create(), context)
    if errors:
        raise tk.ValidationError(errors)
    tk.check_access("satudata_assignment_create", context, data)
    with one_commit():
        wanted = _row(context, data)
        row = assignments.same_as(wanted) or wanted
        model.Session.add(row)
    return assignment_dict(row)


@tk.side_effect_free
def satudata_assignment_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """All assignments, newest first."""
    tk.check_access("satudata_assignment_list", context, data_dict)
    query = sa.select(AssignmentRow).order_by(AssignmentRow.created_at.desc())
    return [assignment_dict(row) for row in model.Session.scalars(query)]


def assignment_dict(row: AssignmentRow) -> dict[str, Any]:
    """An assignment as plain values."""
    return {
        "id": row.id,
        "user_id": row.user_id,
        "sop": row.sop,
        "actor": row.actor,
        "organization_id": row.organization_id,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
    }


def _row(context: Context, data: dict[str, Any]) -> AssignmentRow:
    user = model.User.get(data["user"])
    if user is None:
        raise Refused("user_unknown", field="user", user=data["user"])
    sop = sops.loaded_sop(data["sop"]).sop
    if data["actor"] not in sop.pelaksana:
        known = sorted(sop.pelaksana)
        raise Refused("actor_unknown", field="actor", actor=data["actor"], known=known)
    start, end = _day(data.get("valid_from")) or clock.today(), _day(data.get("valid_until"))
    if end is not None and end < start:
        raise Refused("date_order", field="valid_until")
    creator = people.user_of(context)
    return AssignmentRow(
        user_id=user.id,
        sop=data["sop"],
        actor=data["actor"],
        organization_id=_organization_id(data.get("organization")),
        valid_from=start,
        valid_until=end,
        created_by=creator.id if creator else "",
        created_at=clock.now(),
    )


def _organization_id(reference: str | None) -> str | None:
    if not reference:
        return None
    group = model.Group.get(reference)
    if group is None or not group.is_organization:
        raise Refused("organization_unknown", field="organization", organization=reference)
    return group.id


def _day(value: datetime | None) -> Any:
    return value.date() if value else None
