"""Which SOP revision is in force, for whom, and which one an upload opens."""

from __future__ import annotations

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import AdoptionRow, RouteRow


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
    serves = sa.or_(AdoptionRow.serves.is_(None), AdoptionRow.serves.any(organization_id))
    query = query.where(sa.or_(own, serves)).order_by(own.desc(), AdoptionRow.adopted_at.desc())
    return model.Session.scalar(query.limit(1))


def all_in_force() -> list[AdoptionRow]:
    """Every adoption in force, by subject."""
    query = sa.select(AdoptionRow).where(AdoptionRow.ended_at.is_(None))
    return list(model.Session.scalars(query.order_by(AdoptionRow.subject)))


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
