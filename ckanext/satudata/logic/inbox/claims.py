"""Claims of people who no longer hold the step they claimed: they count as none, as at the act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.inbox.heads import Head, sheet
from ckanext.satudata.model.assignments import holds_on
from ckanext.satudata.model.tables import AssignmentRow, VisitRow


class Claim(NamedTuple):
    """Who claimed visits to a step that an agency's people hold."""

    claimed_by: str
    sop_id: str
    step: int
    organization_id: str


COLUMNS = (VisitRow.claimed_by, VisitRow.sop_id, VisitRow.step, VisitRow.organization_id)


def void_claims(known: Mapping[str, Head]) -> frozenset[Claim]:
    """The claims on open visits that hold nobody off; there are few, and mostly none."""
    query = sa.select(*COLUMNS).where(
        VisitRow.closed_by.is_(None), VisitRow.claimed_by.is_not(None)
    )
    claims = {Claim(*row) for row in model.Session.execute(query.distinct())}
    held = _held({claim.claimed_by for claim in claims})
    return frozenset(claim for claim in claims if not _stands(claim, held, known))


_Held = Mapping[str, set[tuple[str, str, str | None]]]


def _held(users: set[str]) -> _Held:
    """What active users hold today: (subject of the SOP, actor, agency or None: for all)."""
    row = AssignmentRow
    query = (
        sa.select(row.user_id, row.sop, row.actor, row.organization_id)
        .join(model.User, model.User.id == row.user_id)
        .where(row.user_id.in_(users), model.User.state == model.State.ACTIVE)
        .where(holds_on(clock.today()))
    )
    held: defaultdict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for user, subject, actor, agency in model.Session.execute(query):
        held[user].add((subject, actor, agency))
    return held


def _stands(claim: Claim, held: _Held, known: Mapping[str, Head]) -> bool:
    subject = known[claim.sop_id].subject
    actors = sheet(claim.sop_id).step(claim.step).pelaksana
    return any(
        (subject, actor, agency) in held.get(claim.claimed_by, ())
        for actor in actors
        for agency in (None, claim.organization_id)
    )
