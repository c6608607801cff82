"""The inbox and the longest case among a hundred thousand cases, and what an act costs.

    ./portal bench inbox
    python -m bench.inbox --cases 1000 10000 --calls 20 --acts 50

Fills the database that CKAN_SQLALCHEMY_URL names, which must be empty: `./portal bench` makes one
and drops it. Exit 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk

from bench import acts, moulds
from bench.bounds import Figure, growth, p95, report
from bench.copies import Copies, Share
from ckanext.satudata.model.tables import EventRow, VisitRow
from ckanext.satudata.sop.events import Kind

SIZES = (1_000, 10_000, 100_000)
LONGEST = 500
MOST_MS = 50.0
MOST_GROWTH = 0.2
PAGE = 20


@dataclass
class Filled:
    """The database as it stands: its people, its copies, and its longest case."""

    office: moulds.Office
    copies: Copies
    longest: str

    @property
    def verifikator(self) -> str:
        return _name(self.office.people["verifikator"])

    @property
    def producer(self) -> str:
        return _name(self.office.producers[0])


@dataclass
class Spent:
    """What one call took: milliseconds and statements in the database, milliseconds in all."""

    sql: float = 0.0
    statements: int = 0
    whole: float = 0.0


@dataclass
class Measured:
    """The calls of one kind by the number of cases that there were."""

    calls: dict[int, list[Spent]] = field(default_factory=dict)

    def sql(self, size: int) -> list[float]:
        return [one.sql for one in self.calls[size]]

    @property
    def growth(self) -> float:
        return growth({size: self.sql(size) for size in self.calls})


def fill(longest: int = LONGEST, agencies: int = 40) -> Filled:
    """An office, its moulds and the longest case; no copies yet."""
    office = moulds.make_office(agencies)
    long = moulds.longest(office, longest).case.id
    return Filled(office, Copies(office, shares(office)), long)


def shares(office: moulds.Office) -> list[Share]:
    """Which cases there are, of a hundred thousand; 5,000 of them wait for the verifikator."""
    colleague, me = office.people["rekan"], office.people["verifikator"]
    found = [
        Share(_open(office, 3), 4_200),
        Share(_open(office, 3, returned_from=4), 300),
        Share(_open(office, 3, (Kind.CLAIMED, "claim", me)), 200),
        Share(_open(office, 3, (Kind.CLAIMED, "claim", colleague)), 200),
        Share(_open(office, 3, (Kind.PAUSED, "pause", me)), 100),
        Share(_open(office, 2, returned_from=3), 300),
        *(Share(_open(office, step), 800) for step in (1, 2, 4, 5, 6, 7, 8, 9)),
        Share(_list(office, 6), 40),
        Share(_list(office, 8), 40),
        Share(_closed(office), 66_220),
        Share(_closed(office, returned=True), 22_000),
    ]
    model.Session.commit()
    return found


def _open(
    office: moulds.Office,
    step: int,
    beside: tuple[Kind, str, str] | None = None,
    returned_from: int = 0,
) -> moulds.Mould:
    """A case of 000 that waits at `step`, with as many events as a common case has."""
    mould = moulds.begin(office, moulds.sop_row("000"))
    ends = returned_from or step - 1
    moulds.fill(mould, moulds.EVENTS, leave=ends + (beside is not None))
    moulds.walk(mould, returned_from or step)
    if returned_from:
        moulds.end(mould, back=True)
    if beside is not None:
        kind, act, actor = beside
        moulds.beside(mould, kind, act, actor)
    return mould


def _closed(office: moulds.Office, *, returned: bool = False) -> moulds.Mould:
    mould = moulds.begin(office, moulds.sop_row("000"))
    moulds.fill(mould, moulds.EVENTS, leave=13 if returned else 11)
    if returned:
        moulds.walk(mould, 3)
        moulds.end(mould, back=True)
    moulds.walk(mould, 0)
    return mould


def _list(office: moulds.Office, step: int, datasets: int = 10) -> moulds.Mould:
    """A case of 002 over a list of datasets."""
    mould = moulds.begin(office, moulds.sop_row("002"), datasets)
    moulds.walk(mould, step)
    moulds.fill(mould, moulds.EVENTS)
    return mould


def inbox_page(filled: Filled) -> None:
    """What the page of the fullest inbox asks: its rows, its counts and the header's, choices."""
    _ask(filled.verifikator, "satudata_case_list", waiting_for="unit", limit=PAGE, choices=True)


def last_page(filled: Filled) -> None:
    """The last page of the fullest inbox."""
    values = {"waiting_for": "unit", "limit": PAGE, "offset": 4_780}
    _ask(filled.verifikator, "satudata_case_list", **values)


def searched_page(filled: Filled) -> None:
    """The fullest inbox, narrowed to a word in the title."""
    _ask(filled.verifikator, "satudata_case_list", waiting_for="unit", q="stunting", limit=PAGE)


def producer_page(filled: Filled) -> None:
    """What a producer sees of others who have his data."""
    _ask(filled.producer, "satudata_case_list", waiting_for="others", limit=PAGE, choices=True)


def longest_case(filled: Filled) -> None:
    """The page of the longest case, whole."""
    _ask(filled.verifikator, "satudata_case_show", id=filled.longest)


READS: dict[str, tuple[Callable[[Filled], None], bool]] = {
    "fullest inbox": (inbox_page, True),
    "longest case": (longest_case, True),
    "fullest inbox, last page": (last_page, False),
    "fullest inbox, word in a title": (searched_page, False),
    "inbox of a producer": (producer_page, False),
}
"""What is measured, and whether its bounds are judged."""


def measure(filled: Filled, calls: int, into: dict[str, Measured]) -> None:
    """Each read `calls` times, at the size that the database has now."""
    for name, (read, _judged) in READS.items():
        for _warm in range(3):
            _spent(lambda read=read: read(filled))
        found = [_spent(lambda read=read: read(filled)) for _call in range(calls)]
        into.setdefault(name, Measured()).calls[filled.copies.cases] = found


def figures(measured: dict[str, Measured]) -> Iterator[Figure]:
    """p95 at the greatest size and growth over the sizes, with their bounds."""
    for name, (_read, judged) in READS.items():
        one = measured[name]
        largest = max(one.calls)
        spent = one.calls[largest]
        yield Figure(f"{name}: SQL, p95", p95(one.sql(largest)), "ms", MOST_MS if judged else None)
        yield Figure(f"{name}: whole call, p95", p95([each.whole for each in spent]), "ms")
        yield Figure(f"{name}: statements", max(each.statements for each in spent))
        if len(one.calls) > 1:
            bound = MOST_GROWTH if judged else None
            yield Figure(f"{name}: growth exponent", one.growth, "", bound)


def _spent(call: Callable[[], None]) -> Spent:
    model.Session.remove()
    with _watched() as spent:
        began = time.perf_counter()
        call()
        spent.whole = (time.perf_counter() - began) * 1000
    return spent


@contextmanager
def _watched() -> Iterator[Spent]:
    """Counts what is sent to the database meanwhile, and the time until it has answered."""
    spent, sent = Spent(), [0.0]

    def before(*_args: Any) -> None:
        sent[0] = time.perf_counter()

    def after(*_args: Any) -> None:
        spent.sql += (time.perf_counter() - sent[0]) * 1000
        spent.statements += 1

    engine = model.meta.engine
    sa.event.listen(engine, "before_cursor_execute", before)
    sa.event.listen(engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        sa.event.remove(engine, "before_cursor_execute", before)
        sa.event.remove(engine, "after_cursor_execute", after)


def _ask(user: str, action: str, **values: Any) -> Any:
    return tk.get_action(action)({"user": user}, values)


def _name(user_id: str) -> str:
    user = model.User.get(user_id)
    if user is None:
        raise LookupError(user_id)
    return user.name


def _count(entity: Any, *conditions: Any) -> int:
    query = sa.select(sa.func.count()).select_from(entity).where(*conditions)
    return model.Session.scalar(query) or 0


def contents(filled: Filled) -> Iterator[Figure]:
    """What the database holds, counted in it."""
    counts = _ask(filled.verifikator, "satudata_case_list", waiting_for="unit", limit=0)["counts"]
    yield Figure("cases", filled.copies.cases)
    yield Figure("events", _count(EventRow))
    yield Figure("visits", _count(VisitRow))
    yield Figure("open visits", _count(VisitRow, VisitRow.closed_by.is_(None)))
    yield Figure("visits in the fullest inbox", counts["mine"] + counts["unit"])
    yield Figure("events of the longest case", _count(EventRow, EventRow.stream == filled.longest))


def main() -> None:
    """Fill, measure at each size, print, and end with 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=SIZES)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--acts", type=int, default=200)
    wanted = parser.parse_args()
    with _app().test_request_context():
        filled = fill()
        measured: dict[str, Measured] = {}
        for cases in wanted.cases:
            began = time.perf_counter()
            filled.copies.grow(cases)
            took = time.perf_counter() - began
            print(f"{filled.copies.cases} cases after {took:.0f} s more", flush=True)
            measure(filled, wanted.calls, measured)
        held = list(contents(filled))
        price = acts.figures(filled.office.people["admin_sistem"], wanted.acts)
        raise SystemExit(report([*held, *figures(measured), *price]))


def _app() -> Any:
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app

    logging.disable(logging.WARNING)
    return make_app(CKANConfigLoader(os.environ["CKAN_INI"]).get_config())._wsgi_app


if __name__ == "__main__":
    main()
