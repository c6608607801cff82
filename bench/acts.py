"""What an act costs, beside the bare floor: the very rows that it wrote, written by plain SQL.

The floor replays what acts sent to the database, for twins of their cases: same statements, same
values but for the ids, one transaction for each, no session, no rules, no reading.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ckan import model

from bench.bounds import Figure
from ckanext.satudata.logic.cases import acting
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import CaseRow, VisitRow

STEP = 6
"""A step of 000 that reads no file and makes no release: what is measured is the act itself."""

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Place:
    """An open visit at the step, and the ids that stand in its rows."""

    case_id: str
    version: int
    visit_id: str
    number: int
    item: str


@dataclass
class Written:
    """What one act wrote, in order: statements with their values."""

    statements: list[tuple[str, Any]] = field(default_factory=list)


def figures(user_id: str, acts: int) -> Iterator[Figure]:
    """Acts per second with lock, rules, event and projection, the floor's, and their ratio."""
    places = _places(2 * acts)
    half = len(places) // 2
    done, twins = places[:half], places[half : 2 * half]
    written = [_acted(user_id, place) for place in done]
    full = sum(seconds for seconds, _one in written)
    floor = sum(
        _replayed(one, _ids(place, twin))
        for (_seconds, one), place, twin in zip(written, done, twins, strict=True)
    )
    statements = max(len(one.statements) for _seconds, one in written)
    yield Figure("acts per second, everything on", len(done) / full, "/s")
    yield Figure("acts per second, the bare rows", len(done) / floor, "/s")
    yield Figure("an act in times of its bare rows", full / floor)
    yield Figure("statements that write, per act", statements)


def _places(count: int) -> list[Place]:
    query = (
        sa.select(CaseRow.id, CaseRow.version, VisitRow.id, VisitRow.number, VisitRow.item)
        .join(VisitRow, VisitRow.case_id == CaseRow.id)
        .where(VisitRow.closed_by.is_(None), VisitRow.step == STEP, VisitRow.item.is_not(None))
        .order_by(CaseRow.number)
        .limit(count)
    )
    return [Place(*row) for row in model.Session.execute(query)]


def _acted(user_id: str, place: Place) -> tuple[float, Written]:
    """Seconds of one act, as a request does it, and what it wrote."""
    model.Session.remove()
    values = {
        "version": place.version,
        "step": STEP,
        "visit": place.number,
        "dataset_id": place.item,
        "outcome": "selesai",
    }
    with _noted() as written:
        began = time.perf_counter()
        user = model.Session.get_one(model.User, user_id)
        with one_commit():
            acting.act(place.case_id, acting.UserActor(user), values)
        seconds = time.perf_counter() - began
    return seconds, written


@contextmanager
def _noted() -> Iterator[Written]:
    written = Written()

    def note(_link: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.lstrip().startswith(WRITES):
            written.statements.append((statement, values))

    sa.event.listen(model.meta.engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", note)


def _ids(place: Place, twin: Place) -> dict[str, str]:
    pairs = [(place.case_id, twin.case_id), (place.visit_id, twin.visit_id)]
    clocks = zip(_clocks(place.case_id), _clocks(twin.case_id), strict=False)
    return dict([*pairs, (place.item, twin.item), *clocks])


def _clocks(case_id: str) -> list[str]:
    """Ids of the clocks of a case, in one order for all copies of a mould."""
    query = sa.select(ClockRow.id).where(ClockRow.case_id == case_id)
    return list(model.Session.scalars(query.order_by(ClockRow.step, ClockRow.number)))


def _replayed(written: Written, ids: dict[str, str]) -> float:
    """Seconds in which a bare connection writes the same rows for a twin, and commits."""
    new = {**ids, **{one: str(uuid.uuid4()) for one in _made(written) - ids.keys()}}
    statements = [(text, _with(values, new)) for text, values in written.statements]
    link = model.meta.engine.raw_connection()
    try:
        cursor = link.cursor()
        began = time.perf_counter()
        for text, values in statements:
            many = isinstance(values, (list, tuple))
            (cursor.executemany if many else cursor.execute)(text, values)
        link.commit()
        return time.perf_counter() - began
    finally:
        link.close()


def _made(written: Written) -> set[str]:
    """The ids that the act gave to new rows."""
    found = [values for text, values in written.statements if text.startswith("INSERT")]
    rows = [row for one in found for row in (one if isinstance(one, (list, tuple)) else [one])]
    return {row["id"] for row in rows if isinstance(row.get("id"), str)}


def _with(values: Any, ids: dict[str, str]) -> Any:
    if isinstance(values, (list, tuple)):
        return [_with(one, ids) for one in values]
    if isinstance(values, dict):
        return {name: _with(one, ids) for name, one in values.items()}
    if isinstance(values, str):
        for old, new in ids.items():
            values = values.replace(old, new)
    return values
