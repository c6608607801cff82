"""Links by which somebody without an account does one act at one visit."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import LinkRow
from ckanext.satudata.sop.events import VisitKey


def by_digest(sha256: str) -> LinkRow | None:
    """The link whose token has this digest, without a lock."""
    return model.Session.scalar(sa.select(LinkRow).where(LinkRow.token_sha256 == sha256))


def by_id(link_id: str) -> LinkRow | None:
    return model.Session.get(LinkRow, link_id)


def lock(link_id: str) -> LinkRow:
    """A link, locked until the commit and read anew; its case is locked before it, always."""
    query = sa.select(LinkRow).where(LinkRow.id == link_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    return model.Session.scalars(query).one()


def of_case(case_id: str) -> Sequence[LinkRow]:
    """Every link of a case, the newest first."""
    query = sa.select(LinkRow).where(LinkRow.case_id == case_id)
    return model.Session.scalars(query.order_by(LinkRow.made_at.desc(), LinkRow.id)).all()


def unused(case_id: str, visit: VisitKey) -> Sequence[LinkRow]:
    """The links for a visit that were neither used nor withdrawn, locked; expired ones too."""
    query = (
        sa.select(LinkRow)
        .where(
            LinkRow.case_id == case_id,
            LinkRow.item.is_not_distinct_from(visit.item),
            LinkRow.step == visit.step,
            LinkRow.visit == visit.number,
            LinkRow.used_at.is_(None),
            LinkRow.withdrawn_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return model.Session.scalars(query).all()
