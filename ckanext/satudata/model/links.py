"""Links by which somebody without an account does one act at one visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.tables import LinkRow, VisitRow
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


def mailed_for(link: LinkRow, since: datetime) -> int:
    """How many links for the same visit went to an e-mail address since a moment."""
    return _mailed(
        since,
        LinkRow.case_id == link.case_id,
        LinkRow.item.is_not_distinct_from(link.item),
        LinkRow.step == link.step,
        LinkRow.visit == link.visit,
    )


def mailed_by(user_id: str, since: datetime) -> int:
    """How many links of one who invites did so."""
    return _mailed(since, LinkRow.made_by == user_id)


def _mailed(since: datetime, *which: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(LinkRow)
    query = query.where(LinkRow.email.is_not(None), LinkRow.made_at > since, *which)
    return model.Session.scalar(query) or 0


def over(now: datetime) -> sa.Select[tuple[str]]:
    """Ids of the links that open nothing any more: used, withdrawn, past their day, or of a visit
    that has ended."""
    ended = sa.exists().where(
        VisitRow.case_id == LinkRow.case_id,
        VisitRow.item.is_not_distinct_from(LinkRow.item),
        VisitRow.step == LinkRow.step,
        VisitRow.number == LinkRow.visit,
        VisitRow.closed_by.is_not(None),
    )
    left = (LinkRow.used_at.is_not(None), LinkRow.withdrawn_at.is_not(None))
    return sa.select(LinkRow.id).where(sa.or_(*left, LinkRow.expires_at <= now, ended))
