"""Which SOP revision is in force, for whom, and which one an upload opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import assignments
from ckanext.satudata.model.tables import AdoptionRow, RouteRow

_IN_FORCE = 0x5A7E
"""Names the lock under which it changes what is in force; any number that nobody else uses."""


def lock() -> None:
    """Wait for whoever else changes what is in force; held until the commit.

    An adoption leans on others, so that two at once could each break what the other leans on.
    """
    model.Session.execute(sa.select(sa.func.pg_advisory_xact_lock(_IN_FORCE)))


def in_force(subject: str, organization_id: str | None = None) -> AdoptionRow | None:
    """The adoption of a SOP that serves an agency; None when none is in force for it.

    An agency's own adoption of a subject counts before that of an office that serves it.
    """
    query = sa.select(AdoptionRow).where(
        AdoptionRow.subject == subject, AdoptionRow.ended_at.is_(None)
    )
    if organization_id is None:
        return model.Session.scalar(query.order_by(AdoptionRow.adopted_at.desc()).limit(1))
    own = AdoptionRow.organization_id == organization_id
    serves = sa.or_(
        AdoptionRow.serves.is_(None), sa.literal(organization_id) == sa.any_(AdoptionRow.serves)
    )
    query = query.where(sa.or_(own, serves)).order_by(own.desc(), AdoptionRow.adopted_at.desc())
    return model.Session.scalar(query.limit(1))


def all_in_force() -> list[AdoptionRow]:
    """Every adoption in force, by subject."""
    query = sa.select(AdoptionRow).where(AdoptionRow.ended_at.is_(None))
    return list(model.Session.scalars(query.order_by(AdoptionRow.subject)))


def of_office(subject: str, organization_id: str) -> AdoptionRow | None:
    """The adoption in force that an office itself made; None when it made none."""
    query = sa.select(AdoptionRow).where(
        AdoptionRow.subject == subject,
        AdoptionRow.organization_id == organization_id,
        AdoptionRow.ended_at.is_(None),
    )
    return model.Session.scalar(query)


def serving_all(subject: str) -> AdoptionRow | None:
    """The newest adoption in force that serves every agency; None when there is none."""
    query = sa.select(AdoptionRow).where(
        AdoptionRow.subject == subject, AdoptionRow.serves.is_(None), AdoptionRow.ended_at.is_(None)
    )
    return model.Session.scalar(query.order_by(AdoptionRow.adopted_at.desc()).limit(1))


def of_sops(sop_ids: Sequence[str]) -> Sequence[AdoptionRow]:
    """Every adoption of these revisions, ended ones too, the newest first."""
    query = sa.select(AdoptionRow).where(AdoptionRow.sop_id.in_(sop_ids))
    return model.Session.scalars(query.order_by(AdoptionRow.adopted_at.desc())).all()


def bound_to(subject: str) -> list[AdoptionRow]:
    """The adoptions in force that bind one of their steps to a SOP."""
    return [row for row in all_in_force() if subject in row.bound.values()]


def is_for(adoption: AdoptionRow, organization_id: str) -> bool:
    """Whether an adoption is that of an agency or serves it."""
    if adoption.serves is None or organization_id == adoption.organization_id:
        return True
    return organization_id in adoption.serves


def end(adoption: AdoptionRow, user_id: str, at: datetime) -> None:
    """Let an adoption be in force no longer; the row stays as proof."""
    adoption.ended_by, adoption.ended_at = user_id, at
    model.Session.add(adoption)
    model.Session.flush()


def held(subject: str, day: date) -> frozenset[tuple[str, str | None]]:
    """Which actor of a SOP somebody holds on a day, and for which agency (None: for all)."""
    rows = assignments.listed(assignments.Filter(sop=subject, day=day))
    query = sa.select(model.User.id).where(
        model.User.id.in_({row.user_id for row in rows}), model.User.state == model.State.ACTIVE
    )
    active = set(model.Session.scalars(query))
    return frozenset((row.actor, row.organization_id) for row in rows if row.user_id in active)


def routes() -> Sequence[RouteRow]:
    """Every route, those for all agencies first."""
    query = sa.select(RouteRow).order_by(
        RouteRow.organization_id.is_not(None), RouteRow.organization_id, RouteRow.kind
    )
    return model.Session.scalars(query).all()


def route(organization_id: str | None, kind: str | None) -> RouteRow | None:
    """The route of an agency and a kind of dataset; None stands for all and for any."""
    query = sa.select(RouteRow).where(
        RouteRow.organization_id.is_not_distinct_from(organization_id),
        RouteRow.kind.is_not_distinct_from(kind),
    )
    return model.Session.scalar(query)


def routed_subject(organization_id: str, kind: str | None) -> str | None:
    """The subject of the SOP that an upload of an agency opens; None when nothing says so.

    The agency's own row counts before one for all, and one for the kind before one for any.
    """
    query = (
        sa.select(RouteRow.subject)
        .where(
            sa.or_(RouteRow.organization_id.is_(None), RouteRow.organization_id == organization_id),
            sa.or_(RouteRow.kind.is_(None), RouteRow.kind == kind),
        )
        .order_by(RouteRow.organization_id.is_(None), RouteRow.kind.is_(None))
        .limit(1)
    )
    return model.Session.scalar(query)
