"""Parties outside the office, such as BPS: they see what they judge and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.sops import by_text, sop_of
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, SopRow, VisitRow

Role = tuple[str, str]
"""Subject of a SOP and key of one of its actors."""


def roles() -> frozenset[Role]:
    """The actors who work outside the office, over all stored SOPs."""
    hashes = model.Session.scalars(sa.select(SopRow.sha256))
    return frozenset(role for one in hashes for role in _roles_in(one))


@lru_cache(maxsize=256)
def _roles_in(sha256: str) -> frozenset[Role]:
    """Those of one text, which its hash names: it is read once per process and not at every
    question who somebody is."""
    row = by_text(sha256)
    if row is None:
        raise LookupError(sha256)
    actors = sop_of(row).pelaksana.items()
    return frozenset((row.subject, actor) for actor, about in actors if about.pihak_luar)


def was_asked(case_id: str, actors: Iterable[str]) -> bool:
    """Whether one of these actors of its SOP has, or had, a visit of a case."""
    wanted = sorted(set(actors))
    query = sa.select(VisitRow.id).where(
        VisitRow.case_id == case_id, VisitRow.actors.overlap(wanted)
    )
    return bool(wanted) and model.Session.scalar(query.limit(1)) is not None


def asked_now(dataset_id: str) -> frozenset[Role]:
    """The outside actors who are to judge a dataset now, alone or on its list."""
    query = (
        sa.select(SopRow.subject, VisitRow.actors)
        .join(CaseRow, CaseRow.id == VisitRow.case_id)
        .join(SopRow, SopRow.id == CaseRow.sop_id)
        .where(VisitRow.closed_by.is_(None), CaseRow.id.in_(_cases_of(dataset_id)))
        .where(sa.or_(VisitRow.item.is_(None), VisitRow.item == dataset_id))
    )
    outside = roles()
    found = [(subject, one) for subject, actors in model.Session.execute(query) for one in actors]
    return outside.intersection(found)


def _cases_of(dataset_id: str) -> sa.Select[tuple[str]]:
    return sa.select(CaseItemRow.case_id).where(
        CaseItemRow.dataset_id == dataset_id, CaseItemRow.ended.is_(None)
    )
