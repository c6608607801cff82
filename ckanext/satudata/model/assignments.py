"""Who holds which actor of a SOP for which agency on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.orm import aliased

from ckanext.satudata.model.tables import AssignmentRow

OFFICE_WIDE = "*"
"""In place of a SOP's subject: held for the whole portal and not in one SOP."""
PIMPINAN_WALIDATA = "pimpinan_walidata"
OFFICE_WIDE_ACTORS = (PIMPINAN_WALIDATA,)
PLT, PLH = "plt", "plh"
"""A Plt. fills a vacant post. A Plh. stands in for one who is away, and only as long as that one
holds the post himself."""

KEY = ("user_id", "sop", "actor", "organization_id", "acting", "for_user_id")
"""What makes two assignments the same one, apart from their days."""


@dataclass(frozen=True)
class Filter:
    """Which assignments are asked for; what is None is not asked.

    `reader` with `reader_agencies`: only his own and those agencies'. `day`: those that hold then;
    `not_over`: those that hold then or may begin later.
    """

    user_id: str | None = None
    sop: str | None = None
    actor: str | None = None
    organization_ids: tuple[str | None, ...] | None = None
    reader: str | None = None
    reader_agencies: tuple[str, ...] = ()
    day: date | None = None
    not_over: date | None = None
    limit: int | None = None
    offset: int = 0


def _on(day: date, row: Any = AssignmentRow) -> sa.ColumnElement[bool]:
    until, ended = row.valid_until, row.ended_on
    return sa.and_(
        row.valid_from <= day,
        sa.or_(until.is_(None), until >= day),
        sa.or_(ended.is_(None), ended > day),
    )


def holds_on(day: date) -> sa.ColumnElement[bool]:
    """In force on a day; for a Plh. also that he whom he stands in for holds it that day."""
    other = aliased(AssignmentRow)
    stood_in_for = sa.exists().where(
        other.user_id == AssignmentRow.for_user_id,
        other.sop == AssignmentRow.sop,
        other.actor == AssignmentRow.actor,
        _covers(other.organization_id, AssignmentRow.organization_id),
        other.acting.is_(None),
        _on(day, other),
    )
    not_plh = AssignmentRow.acting.is_distinct_from(PLH)
    return sa.and_(_on(day), sa.or_(not_plh, stood_in_for))


def _covers(wide: Any, narrow: Any) -> sa.ColumnElement[bool]:
    return sa.or_(wide.is_(None), wide == narrow)


def assignments_of(user_id: str, day: date) -> Sequence[AssignmentRow]:
    """What a person holds on a day, for any agency."""
    query = sa.select(AssignmentRow).where(AssignmentRow.user_id == user_id, holds_on(day))
    return model.Session.scalars(query).all()


def actors_of(user_id: str, sop: str, organization_id: str, day: date) -> frozenset[str]:
    """The actors of SOP `sop` (its subject) that a person holds for an agency on a day."""
    return frozenset(
        row.actor
        for row in assignments_of(user_id, day)
        if row.sop == sop and row.organization_id in (None, organization_id)
    )


def holds_office_wide(user_id: str, actor: str, day: date) -> bool:
    """Whether a person holds an actor for the whole portal, as the head of the walidata does."""
    query = sa.select(AssignmentRow.id).where(
        AssignmentRow.user_id == user_id,
        AssignmentRow.sop == OFFICE_WIDE,
        AssignmentRow.actor == actor,
        holds_on(day),
    )
    return model.Session.scalar(query.limit(1)) is not None


def holders_of(sop: str, actor: str, organization_id: str, day: date) -> Sequence[AssignmentRow]:
    """Who holds an actor for an agency on a day."""
    query = sa.select(AssignmentRow).where(
        AssignmentRow.sop == sop,
        AssignmentRow.actor == actor,
        sa.or_(
            AssignmentRow.organization_id.is_(None),
            AssignmentRow.organization_id == organization_id,
        ),
        holds_on(day),
    )
    return model.Session.scalars(query).all()


def held_by(
    user_id: str, sop: str, actor: str, organization_id: str | None, day: date | None
) -> bool:
    """Whether a person holds an actor himself, on a day or, with None, at any time."""
    query = sa.select(AssignmentRow.id).where(
        AssignmentRow.user_id == user_id,
        AssignmentRow.sop == sop,
        AssignmentRow.actor == actor,
        AssignmentRow.acting.is_(None),
        AssignmentRow.organization_id.is_(None)
        if organization_id is None
        else _covers(AssignmentRow.organization_id, organization_id),
    )
    if day is not None:
        query = query.where(_on(day))
    return model.Session.scalar(query.limit(1)) is not None


def listed(wanted: Filter) -> Sequence[AssignmentRow]:
    """Assignments by filter, newest first."""
    row = AssignmentRow
    query = sa.select(row).order_by(row.created_at.desc(), row.id.desc())
    columns = {"user_id": wanted.user_id, "sop": wanted.sop, "actor": wanted.actor}
    query = query.filter_by(**{name: one for name, one in columns.items() if one is not None})
    if wanted.organization_ids is not None:
        query = query.where(_among(row.organization_id, wanted.organization_ids))
    if wanted.reader is not None:
        own = row.user_id == wanted.reader
        query = query.where(sa.or_(own, row.organization_id.in_(wanted.reader_agencies)))
    if wanted.day is not None:
        query = query.where(holds_on(wanted.day))
    if wanted.not_over is not None:
        query = query.where(_not_over(wanted.not_over))
    return model.Session.scalars(query.limit(wanted.limit).offset(wanted.offset)).all()


def holding(ids: Sequence[str], day: date) -> frozenset[str]:
    """Those of these assignments that hold on a day."""
    query = sa.select(AssignmentRow.id).where(AssignmentRow.id.in_(ids), holds_on(day))
    return frozenset(model.Session.scalars(query))


def _not_over(day: date) -> sa.ColumnElement[bool]:
    until, ended = AssignmentRow.valid_until, AssignmentRow.ended_on
    return sa.and_(
        sa.or_(until.is_(None), until >= day),
        sa.or_(ended.is_(None), ended > day),
    )


def _among(column: Any, values: tuple[str | None, ...]) -> sa.ColumnElement[bool]:
    named = column.in_([one for one in values if one is not None])
    return sa.or_(named, column.is_(None)) if None in values else named


def lock(assignment_id: str) -> AssignmentRow | None:
    """One assignment, locked, as it is now and not as this session read it before."""
    query = sa.select(AssignmentRow).where(AssignmentRow.id == assignment_id)
    return model.Session.scalar(query.with_for_update().execution_options(populate_existing=True))


def lock_people(user_ids: Sequence[str]) -> None:
    """Lock people's rows, always in one order: whoever changes what they hold waits here."""
    query = sa.select(model.User.id).where(model.User.id.in_(user_ids)).order_by(model.User.id)
    model.Session.execute(query.with_for_update())


def open_of(user_id: str, day: date) -> Sequence[AssignmentRow]:
    """What a person holds himself on a day or will hold later, without what was ended; locked."""
    query = (
        sa.select(AssignmentRow)
        .where(
            AssignmentRow.user_id == user_id,
            AssignmentRow.acting.is_(None),
            AssignmentRow.ended_on.is_(None),
            sa.or_(AssignmentRow.valid_until.is_(None), AssignmentRow.valid_until >= day),
        )
        .order_by(AssignmentRow.id)
    )
    found = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalars(found).all()


def same_as(wanted: AssignmentRow) -> AssignmentRow | None:
    """A stored assignment that says what `wanted` says; None when there is none, or it was ended.

    Locks the person's row: of two equal requests at once the second finds what the first made.
    """
    lock_people([wanted.user_id])
    names = (*KEY, "valid_from", "valid_until", "decree_number", "decree_date")
    values = {name: getattr(wanted, name) for name in names}
    return model.Session.scalar(_unended(values).limit(1))


def unended(key: Mapping[str, Any]) -> Sequence[AssignmentRow]:
    """Assignments with these values of `KEY` that nobody took back, newest first."""
    query = _unended(key).order_by(AssignmentRow.created_at.desc(), AssignmentRow.id.desc())
    return model.Session.scalars(query).all()


def _unended(values: Mapping[str, Any]) -> Any:
    same = [
        getattr(AssignmentRow, name).is_not_distinct_from(value) for name, value in values.items()
    ]
    return sa.select(AssignmentRow).where(*same, AssignmentRow.ended_on.is_(None))
