"""Assignments: who holds which actor of which SOP for which agency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, organizations, people
from ckanext.satudata.logic.asked import validated
from ckanext.satudata.logic.officers import assigned, assigning
from ckanext.satudata.logic.officers.assigning import Wanted
from ckanext.satudata.logic.schema import assignment as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error, sentence
from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import AssignmentRow


def satudata_assignment_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a person hold an actor of a SOP.

    :param user: name or id of the person
    :param sop: subject of the SOP; `*` with the actor `pimpinan_walidata` for the head of the
        walidata, whom only the administrator of the portal assigns
    :param actor: key of the actor in the SOP file
    :param organization: name or id of the agency; left out: for all agencies
    :param valid_from: first day, YYYY-MM-DD; left out: today
    :param valid_until: last day, YYYY-MM-DD; left out: until further notice
    :param acting: `plt` (the post is vacant) or `plh` (its holder is away, and it holds only as
        long as he does); left out: the person holds it himself
    :param for_user: in whose place; a `plh` needs it
    :param decree_number: number of the decree or letter of assignment
    :param decree_date: its date, YYYY-MM-DD
    :param decree_attachment: id of its upload (`satudata_attachment_create` without a case);
        number, date and file are needed where the SOP says `surat_tugas` of the actor
    :returns: the assignment; the one that is there already when it says the same
    """
    _for_assigners(context)
    data = validated(context, data_dict, schema.assignment_create())
    with one_commit():
        one = assigned.wanted(data)
        tk.check_access("satudata_assignment_create", context, assigned.permission(one))
        row = assigned.kept(one, people.user_of(context))
    return assigned.assignment_dict(row)


def satudata_assignment_stand_in(
    context: Context, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """Let a person hold, as Plt. or Plh., everything that another holds on the first day.

    :param user: name or id of who acts
    :param for_user: name or id of the person in whose place
    :param acting: `plt` or `plh`
    :param valid_from: first day; left out: today
    :param valid_until: last day; left out: until further notice
    :param decree_number: of the letter, `decree_date` and `decree_attachment` likewise
    :returns: the assignments, one for each actor; all are made, or none
    """
    _for_assigners(context)
    data = validated(context, data_dict, schema.assignment_stand_in())
    with one_commit():
        acting = assigned.wanted({**data, "sop": "", "actor": ""})
        other = assigned.user_named(data["for_user"], "for_user")
        held = _held_by(other, acting.valid_from)
        rows = [_stands_in(context, acting, one) for one in held]
    return assigned.assignment_dicts(rows)


def satudata_assignment_end(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take an assignment back. It stays as a record; running cases go on with whoever holds it.

    :param id: id of the assignment
    :param ended_on: first day on which it gives nothing any more, today or later; left out: today
    :returns: the assignment; `vacant` says that nobody holds this actor there from that day
    """
    _for_assigners(context)
    data = validated(context, data_dict, schema.assignment_end())
    with one_commit():
        row = assignments.lock(data["id"])
        if row is None:
            raise tk.ObjectNotFound(sentence(Refused("assignment_unknown")))
        tk.check_access("satudata_assignment_end", context, assigned.permission(row))
        day = _from_today(data.get("ended_on"), "ended_on")
        if row.ended_on is None or day < row.ended_on:
            _end(row, day, people.user_of(context))
        vacant = assigned.is_vacant(row, day)
    return {**assigned.assignment_dict(row), "vacant": vacant}


def satudata_assignment_hand_over(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A change of officers: what one person holds himself ends, and the same begins for another.

    What he holds as Plt. or Plh. stays as it is. Running cases stay where they are; their open
    steps are the other person's from the first day.

    :param user: name or id of who leaves
    :param to: name or id of who comes
    :param sop: only this SOP; left out: all
    :param organization: only what is held for this agency; left out: all
    :param valid_from: first day of who comes, today or later; left out: today
    :param decree_number: of the new letter, `decree_date` and `decree_attachment` likewise
    :returns: {ended, created}: lists of assignments; all change hands, or none
    """
    _for_assigners(context)
    data = validated(context, data_dict, schema.assignment_hand_over())
    with one_commit():
        leaves, comes, day, rows = _changing_hands(data)
        creator = people.user_of(context)
        created = []
        for row in rows:
            tk.check_access("satudata_assignment_hand_over", context, assigned.permission(row))
            _end(row, day, creator)
            created.append(assigned.kept(_same_for(row, comes, day, data), creator))
        if not rows:
            raise Refused("nothing_to_hand_over", field="user", user=leaves.display_name)
    return {
        "ended": assigned.assignment_dicts(rows),
        "created": assigned.assignment_dicts(created),
    }


@tk.side_effect_free
def satudata_assignment_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Assignments, newest first: all for the administrator and the head of the walidata.

    Others read their own, and those of the agencies that they administer.

    :param user: name or id of a person
    :param sop: subject
    :param actor: key of an actor
    :param organization: name or id of an agency; with those that hold for all agencies
    :param state: `held` today, `open` (also what begins later; the default), or `all`
    :param limit: up to 1000
    :param offset: how many to leave out
    """
    data = validated(context, data_dict, schema.assignment_list())
    tk.check_access("satudata_assignment_list", context, data)
    with one_commit():
        rows = assignments.listed(_filter(context, data))
    return assigned.assignment_dicts(rows)


@tk.side_effect_free
def satudata_assignment_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """One assignment, for those who find it in their list.

    :param id: id of the assignment
    """
    data = validated(context, data_dict, schema.assignment_show())
    tk.check_access("satudata_assignment_show", context, data)
    row = model.Session.get(AssignmentRow, data["id"])
    if row is None or not _may_see(context, row):
        raise tk.ObjectNotFound(sentence(Refused("assignment_unknown")))
    return assigned.assignment_dict(row)


def _for_assigners(context: Context) -> None:
    """Others learn not even whether a person is there, what he is called and what he holds."""
    user = people.user_of(context)
    if not context.get("ignore_auth") and not assigning.may_assign_something(user):
        raise as_ckan_error(Refused("not_assigner" if user else "login_needed"))


def _may_see(context: Context, row: AssignmentRow) -> bool:
    reader = people.user_of(context)
    if context.get("ignore_auth") or assigning.is_head(reader):
        return True
    own = reader is not None and row.user_id == reader.id
    return own or (reader is not None and row.organization_id in assigning.administered(reader))


def _filter(context: Context, data: dict[str, Any]) -> assignments.Filter:
    reader = people.user_of(context)
    whole = context.get("ignore_auth") or assigning.is_head(reader)
    agency = organizations.id_of(data.get("organization"))
    user = data.get("user")
    return assignments.Filter(
        user_id=assigned.user_named(user, "user").id if user else None,
        sop=data.get("sop"),
        actor=data.get("actor"),
        organization_ids=(agency, None) if agency else None,
        reader=None if whole or reader is None else reader.id,
        reader_agencies=() if whole or reader is None else assigning.administered(reader),
        day=clock.today() if data["state"] == "held" else None,
        not_over=clock.today() if data["state"] == "open" else None,
        limit=data["limit"],
        offset=data["offset"],
    )


def _held_by(user: model.User, day: date) -> list[AssignmentRow]:
    """What a person holds himself on a day. Raises Refused when it is nothing."""
    held = [one for one in assignments.assignments_of(user.id, day) if one.acting is None]
    if not held:
        raise Refused("nothing_to_hand_over", field="for_user", user=user.display_name)
    return held


def _stands_in(context: Context, acting: Wanted, held: AssignmentRow) -> AssignmentRow:
    tk.check_access("satudata_assignment_create", context, assigned.permission(held))
    one = replace(acting, sop=held.sop, actor=held.actor, organization_id=held.organization_id)
    return assigned.kept(one, people.user_of(context))


def _changing_hands(
    data: dict[str, Any],
) -> tuple[model.User, model.User, date, list[AssignmentRow]]:
    leaves = assigned.user_named(data["user"], "user")
    comes = assigned.user_named(data["to"], "to")
    if leaves.id == comes.id:
        raise Refused("same_person", field="to")
    agency = organizations.id_of(data.get("organization"))
    day = _from_today(data.get("valid_from"), "valid_from")
    assignments.lock_people([leaves.id, comes.id])
    rows = [
        one
        for one in assignments.open_of(leaves.id, day)
        if data.get("sop") in (None, one.sop) and agency in (None, one.organization_id)
    ]
    return leaves, comes, day, rows


def _same_for(row: AssignmentRow, comes: model.User, day: date, data: dict[str, Any]) -> Wanted:
    return Wanted(
        user_id=comes.id,
        sop=row.sop,
        actor=row.actor,
        organization_id=row.organization_id,
        valid_from=max(row.valid_from, day),
        valid_until=row.valid_until,
        **assigned.letter(data),
    )


def _end(row: AssignmentRow, day: date, user: model.User | None) -> None:
    row.ended_on = day
    row.ended_by = user.id if user else ""
    row.ended_at = clock.now()
    model.Session.add(row)
    model.Session.flush()


def _from_today(value: Any, field: str) -> date:
    """A day from today on; what was done on days that are over stays as it was."""
    day = assigned.day_of(value) or clock.today()
    if day < clock.today():
        raise Refused("day_past", field=field)
    return day
