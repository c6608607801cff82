"""Open visits as an inbox: mine, my unit's, returned for me to repair, and waiting for others.

A page takes the same number of SQL statements whatever it holds; no event is read but the one
that opened each visit shown.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic.inbox.claims import void_claims
from ckanext.satudata.logic.inbox.conditions import (
    TABS,
    WAITING_FOR,
    Conditions,
    Filters,
    Reader,
    conditions_for,
    reader_of,
)
from ckanext.satudata.logic.inbox.heads import Head, heads, newest, sheet
from ckanext.satudata.logic.inbox.rows import Listed, rows
from ckanext.satudata.model.tables import VisitRow

__all__ = ["TABS", "WAITING_FOR", "Filters", "page"]

Known = dict[str, Head]

ORDERS = ("oldest", "newest", "due")
_BY_AGE = (VisitRow.opened_at, VisitRow.case_number, VisitRow.id)
_BY_DUE = (VisitRow.due_at, VisitRow.case_number, VisitRow.id)
"""As the two indexes of open visits have them."""


def page(
    user: model.User,
    waiting_for: str,
    limit: int,
    offset: int,
    filters: Filters | None = None,
    order: str = "oldest",
    with_choices: bool = False,
) -> dict[str, Any]:
    """One page of the inbox of `user`, those that wait longest first, (`newest`) last, or those
    that are due first (`due`).

    `counts` of every tab and `me` (what he can end now) are counted under the same filters as
    the rows. `waiting_for` `first` is the first tab that holds something; the answer says which.
    `with_choices` adds what can be filtered by.
    """
    known = heads()
    reader = reader_of(user, known)
    void = void_claims(known)
    wanted = conditions_for(reader, known, void)
    narrowed = (filters or Filters()).conditions(known)
    counts = _counts(wanted, narrowed)
    if waiting_for == "first":
        waiting_for = next((tab for tab in TABS if counts[tab]), TABS[0])
    total = sum(counts[tab] for tab in TABS) if waiting_for == "any" else counts[waiting_for]
    listed = _listed(wanted, narrowed, waiting_for, order, limit, offset) if limit else []
    answer = {
        "waiting_for": waiting_for,
        "count": total,
        "counts": counts,
        "results": rows(reader, known, listed, void),
    }
    return {**answer, "choices": _choices(reader, known)} if with_choices else answer


def _counts(wanted: Conditions, narrowed: list[sa.ColumnElement[bool]]) -> dict[str, int]:
    asked = sa.select(wanted.tab.label("tab"), wanted.may_end.label("may_end"))
    one = asked.where(wanted.seen, *narrowed).subquery()
    query = sa.select(one.c.tab, sa.func.count(), sa.func.count().filter(one.c.may_end))
    found = model.Session.execute(query.group_by(one.c.tab)).all()
    counts = {**dict.fromkeys(TABS, 0), **{tab: count for tab, count, _may_end in found}}
    kept_out = sa.select(sa.func.count()).select_from(VisitRow)
    kept_out = kept_out.where(wanted.seen, wanted.barred, wanted.may_end, *narrowed)
    may_end = sum(number for _tab, _count, number in found)
    return {"me": may_end - (model.Session.scalar(kept_out) or 0), **counts}


def _listed(
    wanted: Conditions,
    narrowed: list[sa.ColumnElement[bool]],
    waiting_for: str,
    order: str,
    limit: int,
    offset: int,
) -> list[Listed]:
    in_order = [one.desc() if order == "newest" else one for one in _BY_AGE]
    # First which ones, by the index alone; then only these are fetched.
    asked = sa.select(VisitRow.id).where(wanted.of(waiting_for), *narrowed)
    if order == "due":
        in_order = [*_by_due(VisitRow)]
        ids = _due_first(asked, limit, offset)
    else:
        ids = asked.order_by(*in_order).limit(limit).offset(offset)
    query = sa.select(VisitRow, wanted.tab.label("tab"), wanted.can_end.label("can_end"))
    found = model.Session.execute(query.where(VisitRow.id.in_(ids)).order_by(*in_order)).all()
    return [Listed(visit, tab, bool(can_end)) for visit, tab, can_end in found]


def _due_first(asked: sa.Select[tuple[str]], limit: int, offset: int) -> sa.Select[tuple[str]]:
    """Those that are due, the first first, then those without a time by their age.

    Each part is read off an index of its own, and the second only as far as the first leaves room:
    sorted together all that somebody sees would be read for one page.
    """
    asked = asked.add_columns(VisitRow.due_at, VisitRow.opened_at, VisitRow.case_number)
    wanted = limit + offset
    timed = asked.where(VisitRow.due_at.is_not(None))
    timed = timed.order_by(*_BY_DUE).limit(wanted).cte("timed")
    room = wanted - sa.select(sa.func.count()).select_from(timed).scalar_subquery()
    rest = asked.where(VisitRow.due_at.is_(None)).order_by(*_BY_AGE)
    both = sa.union_all(sa.select(timed), rest.limit(sa.func.greatest(0, room))).subquery()
    return sa.select(both.c.id).order_by(*_by_due(both.c)).limit(limit).offset(offset)


def _by_due(of: Any) -> tuple[Any, ...]:
    """By the time at which it is due; what has none last, by its age."""
    age = sa.case((of.due_at.is_(None), of.opened_at))
    return of.due_at.asc().nulls_last(), age, of.case_number, of.id


def _choices(reader: Reader, known: Known) -> dict[str, Any]:
    """SOPs with their steps, and the agencies that the reader has to do with."""
    group = model.Group
    query = sa.select(group.id, group.name, group.title).where(
        group.is_organization, group.state == model.State.ACTIVE
    )
    if reader.agencies is not None:
        query = query.where(group.id.in_(reader.agencies))
    agencies = model.Session.execute(query.order_by(group.title)).all()
    return {
        "sops": [_sop(head) for head in newest(known.values())],
        "organizations": [
            {"id": id_, "name": name, "title": title or name} for id_, name, title in agencies
        ],
    }


def _sop(head: Head) -> dict[str, Any]:
    steps = [{"step": step.langkah, "name": step.nama} for step in sheet(head.id).langkah]
    return {"subject": head.subject, "name": head.name, "steps": steps}
