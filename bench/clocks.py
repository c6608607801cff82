"""What is overdue and what is near among a hundred thousand open clocks, and a pass over them.

    ./portal bench clocks
    python -m bench.clocks --cases 1000 10000 --calls 20

Fills the database that CKAN_SQLALCHEMY_URL names, which must be empty: `./portal bench` makes one
and drops it. Exit 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from bench import moulds
from bench.bounds import Figure, p95, report
from bench.copies import OPEN_FOR, Copies, Share
from bench.inbox import Filled, Measured, _app, _ask, _count, _name, _open, _spent
from ckanext.satudata.logic import clock
from ckanext.satudata.model import clocks
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.sop.events import Kind

SIZES = (1_000, 10_000, 100_000)
MOST_MS = 50.0
MOST_GROWTH = 0.2
MOST_PASS_MS = 1_000.0
PASS = timedelta(hours=1)
"""A pass looks this far back: what came due since the one before."""


def fill(agencies: int = 40) -> Filled:
    """An office and its moulds; half of what will be copied of them is over at this moment."""
    office = moulds.make_office(agencies)
    shares = [
        Share(_open(office, 2), 30_000),
        Share(_open(office, 3), 40_000),
        Share(_open(office, 5), 15_000),
        Share(_open(office, 6), 13_000),
        Share(_open(office, 3, (Kind.PAUSED, "pause", office.people["verifikator"])), 2_000),
    ]
    model.Session.commit()
    _bring_near()
    return Filled(office, Copies(office, shares), "")


def _bring_near() -> None:
    """Moulds are of the past: move their times so that copies lie around this moment."""
    last = model.Session.scalar(sa.select(sa.func.max(ClockRow.due_at)))
    if last is None:
        raise LookupError("no mould is due")
    by = clock.now() - last - timedelta(minutes=OPEN_FOR // 2)
    for table in ("satudata_visit", "satudata_clock"):
        is_open = "closed_by" if table == "satudata_visit" else "closed_at"
        model.Session.execute(
            sa.text(
                f"UPDATE {table} SET due_at = due_at + :by, near_at = near_at + :by "  # noqa: S608
                f"WHERE {is_open} IS NULL"
            ),
            {"by": by},
        )
    model.Session.commit()


def head(filled: Filled) -> str:
    """Somebody who sees every case."""
    return _name(filled.office.people["pimpinan_tim_data"])


def overdue_of_all(filled: Filled) -> None:
    """The overdue list of the office."""
    _ask(head(filled), "satudata_clock_list", due="overdue", limit=20)


def overdue_of_one_agency(filled: Filled) -> None:
    """The overdue list of a producer: one agency of forty."""
    _ask(filled.producer, "satudata_clock_list", due="overdue", limit=20)


def near(filled: Filled) -> None:
    """What is near."""
    _ask(head(filled), "satudata_clock_list", due="near", limit=20)


def reminders(_filled: Filled) -> None:
    """One pass: what came near, and what came due since the last."""
    now = clock.now()
    for column in ("near_at", "due_at"):
        model.Session.scalars(clocks.passed(column, now - PASS, now)).all()


READS: dict[str, tuple[Callable[[Filled], None], float, float | None]] = {
    "overdue list": (overdue_of_all, MOST_MS, MOST_GROWTH),
    "overdue list of one agency": (overdue_of_one_agency, MOST_MS, MOST_GROWTH),
    "near list": (near, MOST_MS, MOST_GROWTH),
    "a pass over what came near or due": (reminders, MOST_PASS_MS, None),
}
"""What is measured, with its bounds: p95 in the database, and how it grows."""


def measure(filled: Filled, calls: int, into: dict[str, Measured]) -> None:
    """Each read `calls` times, at the size that the database has now."""
    for name, (read, _most, _growth) in READS.items():
        for _warm in range(3):
            _spent(lambda read=read: read(filled))
        found = [_spent(lambda read=read: read(filled)) for _call in range(calls)]
        into.setdefault(name, Measured()).calls[filled.copies.cases] = found


def figures(measured: dict[str, Measured]) -> Iterator[Figure]:
    """p95 at the greatest size and growth over the sizes, with their bounds."""
    for name, (_read, most, most_growth) in READS.items():
        one = measured[name]
        largest = max(one.calls)
        spent = one.calls[largest]
        yield Figure(f"{name}: SQL, p95", p95(one.sql(largest)), "ms", most)
        yield Figure(f"{name}: whole call, p95", p95([each.whole for each in spent]), "ms")
        yield Figure(f"{name}: statements", max(each.statements for each in spent))
        if len(one.calls) > 1:
            yield Figure(f"{name}: growth exponent", one.growth, "", most_growth)


def change_of_a_calendar(filled: Filled) -> Iterator[Figure]:
    """A day that all offices add: every open clock that comes after it is reckoned anew."""
    on = (clock.now() + timedelta(days=1)).date().isoformat()
    values = {"day": on, "name": "Hari rekaan", "decree_number": "1 (rekaan)"}
    user = model.Session.get_one(model.User, filled.office.people["pimpinan_tim_data"])
    user.sysadmin = True
    model.Session.commit()
    began = time.perf_counter()
    told: dict[str, Any] = _ask(user.name, "satudata_calendar_day_set", **values)
    yield Figure("a change of the calendar", time.perf_counter() - began, "s")
    yield Figure("open clocks that it moved", told["clocks"])


def contents() -> Iterator[Figure]:
    """What the database holds, counted in it."""
    is_open = ClockRow.closed_at.is_(None)
    over = ClockRow.due_at < clock.now()
    yield Figure("open clocks", _count(ClockRow, is_open, ClockRow.reminds))
    yield Figure("overdue", _count(ClockRow, is_open, ClockRow.reminds, over))


def main() -> None:
    """Fill, measure at each size, print, and end with 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=SIZES)
    parser.add_argument("--calls", type=int, default=100)
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
        held = list(contents())
        found = list(figures(measured))
        raise SystemExit(report([*held, *found, *change_of_a_calendar(filled)]))


if __name__ == "__main__":
    main()
