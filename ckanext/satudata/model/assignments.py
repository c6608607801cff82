"""Who holds which actor of a SOP for which agency on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import AssignmentRow


def _on(day: date) -> sa.ColumnElement[bool]:
    until = AssignmentRow.valid_until
    return sa.and_(AssignmentRow.valid_from <= day, sa.or_(until.is_(None), until >= day))


def assignments_of(user_id: str, day: date) -> Sequence[AssignmentRow]:
    """What a person holds on a day, for any agency."""
    query = sa.select(AssignmentRow).where(AssignmentRow.user_id == user_id, _on(day))
    return model.Session.scalars(query).all()


def actors_of(user_id: str, sop: str, organization_id: str, day: date) -> frozenset[str]:
    """The actors of SOP `sop` (its subject) that a person holds for an agency on a day."""
    return frozenset(
        row.actor
        for row in assignments_of(user_id, day)
        if row.sop == sop and row.organization_id in (None, organization_id)
    )


def same_as(wanted: AssignmentRow) -> AssignmentRow | None:
    """A stored assignment that says what `wanted` says; None when there is none.

    Locks the person's row: of two equal requests at once the second finds what the first made.
    """
    person = sa.select(model.User.id).where(model.User.id == wanted.user_id)
    model.Session.execute(person.with_for_update())
    names = ("user_id", "sop", "actor", "organization_id", "valid_from", "valid_until")
    same = [
        getattr(AssignmentRow, name).is_not_distinct_from(getattr(wanted, name)) for name in names
    ]
    return model.Session.scalar(sa.select(AssignmentRow).where(*same).limit(1))


def holders_of(sop: str, actor: str, organization_id: str, day: date) -> Sequence[AssignmentRow]:
    """Who holds an actor for an agency on a day."""
    agency = AssignmentRow.organization_id
    query = sa.select(AssignmentRow).where(
        AssignmentRow.sop == sop,
        AssignmentRow.actor == actor,
        sa.or_(agency.is_(None), agency == organization_id),
        _on(day),
    )
    return model.Session.scalars(query).all()
