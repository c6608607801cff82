"""Open visits by when they are due, of all that a person sees: what is over, and what is near."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.inbox.claims import void_claims
from ckanext.satudata.logic.inbox.conditions import Filters, conditions_for, reader_of
from ckanext.satudata.logic.inbox.heads import heads
from ckanext.satudata.logic.inbox.rows import Listed, rows
from ckanext.satudata.model.tables import VisitRow

ORDERS = ("due", "latest")

COUNTED = 200
"""So many are counted; more is told as more."""


def page(
    user: model.User, limit: int, offset: int, filters: Filters, order: str = "due"
) -> dict[str, Any]:
    """Those that are due first come first (`latest`: last). `count` is at most `COUNTED`, with
    `more` then."""
    known = heads()
    reader = reader_of(user, known)
    void = void_claims(known)
    wanted = conditions_for(reader, known, void)
    now = clock.now()
    asked = [wanted.seen, *filters.conditions(known)]
    in_order = [VisitRow.due_at, VisitRow.case_number, VisitRow.id]
    if order == "latest":
        in_order = [one.desc() for one in in_order]
    # First which ones, by the index alone; then only these are fetched.
    ids = sa.select(VisitRow.id).where(*asked).order_by(*in_order).limit(limit).offset(offset)
    query = sa.select(VisitRow, wanted.tab.label("tab"), wanted.can_end.label("can_end"))
    found = model.Session.execute(query.where(VisitRow.id.in_(ids)).order_by(*in_order)).all()
    listed = [Listed(visit, tab, bool(can_end)) for visit, tab, can_end in found]
    some = sa.select(sa.literal(1)).select_from(VisitRow).where(*asked).limit(COUNTED + 1)
    count = model.Session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0
    return {
        "due": filters.due,
        "now": now.isoformat(),
        "count": min(count, COUNTED),
        "more": count > COUNTED,
        "results": rows(reader, known, listed, void),
    }
