"""What people did in a period, counted by the day on the paper where something was done on paper.

It reads the events of the period and what they name, in the same number of SQL statements whatever
there is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata import config
from ckanext.satudata.logic.inbox.conditions import reader_of
from ckanext.satudata.logic.inbox.heads import Head, heads, sheet
from ckanext.satudata.logic.inbox.rows import LINK
from ckanext.satudata.logic.reports.reporting import MAX_ROWS, Period, local, seen_cases, seen_items
from ckanext.satudata.model import persons
from ckanext.satudata.model.tables import CaseItemRow, CaseRow, EventRow, LinkRow, SopRow
from ckanext.satudata.sop.events import Kind
from ckanext.satudata.sop.moves import moves_at

OWN_ACTS = frozenset(Kind) - {
    Kind.STEP_DECIDED,
    Kind.ITEM_WORKED,
    Kind.RELEASE_MADE,
    Kind.RELEASE_SHOWN,
    Kind.RELEASE_SCHEDULED,
    Kind.RELEASE_HELD,
    Kind.COPY_REBASED,
    Kind.HANDED_OVER,
    Kind.LINK_OPENED,
    Kind.LINK_DOWNLOADED,
}
"""What somebody did; the rest is what the portal did for it. A decision over a list counts once,
when its step ends."""

Found = Sequence[sa.Row[Any]]
Texts = Mapping[str, str]
RevisionAt = Mapping[str, list[tuple[int, str]]]


@dataclass(frozen=True)
class Whose:
    """Whose activity: one person's (`person`), or everybody's (None) as far as `reader` sees it.

    What somebody did himself he may always read, also in a case that he sees no longer.
    """

    reader: model.User
    person: model.User | None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        if self.person is not None and self.person.id == self.reader.id:
            return [EventRow.actor == self.reader.id]
        reader = reader_of(self.reader, heads())
        item = _item()
        seen = [seen_cases(reader)]
        if reader.agencies is not None:
            shown = sa.select(sa.literal(1)).where(
                CaseItemRow.case_id == EventRow.case_id,
                CaseItemRow.dataset_id == item,
                seen_items(reader),
            )
            seen.append(sa.or_(item.is_(None), shown.exists()))
        if self.person is not None:
            return [*seen, EventRow.actor == self.person.id]
        return [*seen, EventRow.actor != ""]


def report(whose: Whose, period: Period) -> dict[str, Any]:
    """{more, results, people}: each act, and for each person how many of which kind.

    `results` holds at most `MAX_ROWS`, the earliest; `more`: there are others.
    """
    found = _events(whose, period)
    rows = found[:MAX_ROWS]
    known, people = heads(), _names({row.actor for row in rows})
    revisions, titles = _revisions(rows), _titles(rows)
    bodies = persons.told(row.body for row in rows)
    results = [
        _dict(row, body, known, people, revisions, titles)
        for row, body in zip(rows, bodies, strict=True)
    ]
    return {"more": len(found) > MAX_ROWS, "results": results, "people": _summary(results)}


def _events(whose: Whose, period: Period) -> Found:
    day = _counted_on()
    query = (
        sa.select(
            EventRow.case_id,
            EventRow.sequence,
            EventRow.kind,
            EventRow.actor,
            EventRow.at,
            EventRow.body,
            CaseRow.number,
            CaseRow.sop_id,
            day.label("counted_on"),
            _item().label("item"),
        )
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .where(*whose.conditions(), EventRow.kind.in_([kind.value for kind in OWN_ACTS]))
        .order_by(day, EventRow.at, EventRow.id)
    )
    if period.begin is not None:
        # What is on a paper was entered afterwards, so nothing of the period is older than it.
        query = query.where(day >= period.first, EventRow.at >= period.begin)
    if period.last is not None:
        query = query.where(day <= period.last)
    return model.Session.execute(query.limit(MAX_ROWS + 1)).all()


def _counted_on() -> Any:
    """The day on the paper, else the day at the office on which it was done."""
    zone = str(config.display_zone())
    entered = sa.cast(sa.func.timezone(zone, sa.func.timezone("UTC", EventRow.at)), sa.Date)
    on_paper = EventRow.body["paper"]["on"].astext
    approval = EventRow.body["approval"]
    approved = sa.case((approval.has_key("evidence"), approval["on"].astext))
    return sa.func.coalesce(sa.cast(sa.func.coalesce(on_paper, approved), sa.Date), entered)


def _item() -> Any:
    """The dataset that an event is about; NULL where it is about a list."""
    body = EventRow.body
    return sa.func.coalesce(
        body["dataset"].astext,
        body["item"].astext,
        body["visit"]["item"].astext,
        body["entry"]["id"].astext,
    )


def _names(ids: Iterable[str]) -> dict[str, str]:
    """Names of those who acted: users, and those whom a link was made for."""
    ids = set(ids)
    user = model.User
    query = sa.select(user.id, user.fullname, user.name).where(user.id.in_(ids))
    names = {id_: full or name for id_, full, name in model.Session.execute(query)}
    links = {one.removeprefix(LINK) for one in ids if one.startswith(LINK)}
    query = sa.select(LinkRow.id, LinkRow.name).where(LinkRow.id.in_(links))
    return names | {f"{LINK}{id_}": name for id_, name in model.Session.execute(query)}


def _revisions(rows: Found) -> RevisionAt:
    """From which event on each case ran on which revision (its id)."""
    changes = (Kind.CASE_OPENED.value, Kind.REVISION_CHANGED.value)
    query = (
        sa.select(EventRow.case_id, EventRow.sequence, SopRow.id)
        .join(SopRow, SopRow.sha256 == EventRow.body["sop"].astext)
        .where(EventRow.stream.in_({row.case_id for row in rows}), EventRow.kind.in_(changes))
        .order_by(EventRow.case_id, EventRow.sequence)
    )
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for case_id, sequence, sop_id in model.Session.execute(query):
        found[case_id].append((sequence, sop_id))
    return found


def _titles(rows: Found) -> dict[tuple[str, str], str]:
    """What the datasets are called now, by case and id."""
    item, package = CaseItemRow, model.Package
    wanted = {(row.case_id, row.item) for row in rows if row.item}
    query = (
        sa.select(item.case_id, item.dataset_id, item.title, package.title, package.name)
        .outerjoin(package, package.id == item.dataset_id)
        .where(sa.tuple_(item.case_id, item.dataset_id).in_(wanted))
    )
    return {
        (case_id, id_): title or name or entry
        for case_id, id_, entry, title, name in model.Session.execute(query)
    }


def _dict(
    row: sa.Row[Any],
    body: Mapping[str, Any],
    known: Mapping[str, Head],
    people: Texts,
    revisions: RevisionAt,
    titles: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    sop_id = _revision(revisions.get(row.case_id, ()), row.sequence, row.sop_id)
    head, sop = known[sop_id], sheet(sop_id)
    step = body.get("step")
    ways = moves_at(sop, step) if step else ()
    label = next((way.label for way in ways if way.outcome == body.get("outcome")), None)
    paper = body.get("paper") or _approved_on_paper(body)
    return {
        "person": {"id": row.actor, "name": people.get(row.actor, "")},
        "counted_on": row.counted_on.isoformat(),
        "entered_at": local(row.at).isoformat(timespec="minutes"),
        "on_paper": {"on": paper["on"], "name": paper["name"]} if paper else None,
        "case": row.number,
        "sop": head.as_dict(),
        "dataset": titles.get((row.case_id, row.item or "")),
        "step": step,
        "step_name": sop.step(step).nama if step else None,
        "kind": row.kind,
        "outcome": label,
    }


def _revision(changes: Sequence[tuple[int, str]], sequence: int, present: str) -> str:
    earlier = [sop_id for since, sop_id in changes if since <= sequence]
    return earlier[-1] if earlier else present


def _approved_on_paper(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    approval = body.get("approval") or {}
    return approval if approval.get("evidence") else None


def _summary(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each person with how many acts of which kind, by name; all of it adds up to the rows."""
    counted: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in results:
        counted[one["person"]["name"], one["person"]["id"]][one["kind"]] += 1
    return [
        {"id": id_, "name": name, "count": kinds.total(), "kinds": dict(sorted(kinds.items()))}
        for (name, id_), kinds in sorted(counted.items())
    ]
