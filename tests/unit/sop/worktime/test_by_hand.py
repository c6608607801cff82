"""The due times of docs/explanation/due-times.md, written by hand, are those of the engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ckanext.satudata.sop import projection
from ckanext.satudata.sop.case import Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.moves import moves_at
from ckanext.satudata.sop.worktime.calendar import Calendar, Working
from ckanext.satudata.sop.worktime.clocks import Clock, Counts, clocks_of, reckon
from tests.unit.sop.sheets.five import SHEETS, file_of, named

PAGE = Path(__file__).parents[4] / "docs/explanation/due-times.md"
SOPS = {named(sheet): file_of(sheet) for sheet in SHEETS}
RAMADAN = (date(2026, 2, 19), date(2026, 3, 20))
ROWS = {"000": 14, "001": 12, "002": 7, "003": 11, "004": 9, "The chain": 4}


@dataclass(frozen=True)
class Row:
    """One line of a table: a visit (step 0: the case), when it is due, and how it was ended."""

    step: int
    opened: datetime
    due: datetime | None
    ended: datetime | None
    outcome: str


def tables() -> dict[str, list[Row]]:
    parts = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {part.split("\n")[0].removeprefix("SOP "): list(rows(part)) for part in parts}


def rows(part: str) -> Iterator[Row]:
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and (cells[0] == "Total" or cells[0].isdecimal()):
            step = 0 if cells[0] == "Total" else int(cells[0])
            opened, due, ended = (at(cell) for cell in cells[1:4])
            assert opened is not None
            yield Row(step, opened, due, ended, cells[4])


def at(cell: str) -> datetime | None:
    return datetime.fromisoformat(cell) if re.match(r"\d", cell) else None


TABLES = tables()


def test_the_page_holds_every_row():
    assert {name: len(found) for name, found in TABLES.items()} == ROWS


@pytest.mark.parametrize("name", ROWS)
def test_the_engine_says_what_is_written_by_hand(name: str, walk: Any):
    sop = SOPS.get(name, SOPS["003"])
    calendar = Calendar(
        Working(ZoneInfo(sop.kalender.zona_waktu or "Asia/Jakarta"), ramadans=(RAMADAN,))
    )
    assert list(told(sop, TABLES[name], calendar, walk)) == [
        (row.step, row.opened, row.due) for row in TABLES[name]
    ]


Told = tuple[int, datetime, datetime | None]


def told(sop: Sop, table: list[Row], calendar: Calendar, walk: Any) -> Iterator[Told]:
    """What the engine says of a case that is walked as the table says: its total, each visit."""

    class Timed(walk):
        """A case whose acts come when they are told to."""

        clock = calendar.utc(table[0].opened)

        @property
        def now(self) -> datetime:
            return self.clock

    case = Timed(sop)
    # The first event has the time of the walk itself.
    case.events[0] = replace(case.events[0], at=case.clock)
    case.state = projection.opened(case.events[0])
    total = next(one for one in clocks_of(sop, case.state) if one.counts is Counts.CASE)
    yield (0, *_times(total, total.opened_at, calendar))
    for row in table[1:]:
        visit = case.state.open_visits[0]
        clock = next(one for one in clocks_of(sop, case.state) if one.at == visit.key)
        yield (visit.key.step, *_times(clock, visit.opened_at, calendar))
        if row.ended is not None:
            case.clock = calendar.utc(row.ended)
            _end(case, visit, row)


def _times(
    clock: Clock, opened_at: datetime, calendar: Calendar
) -> tuple[datetime, datetime | None]:
    due = reckon(clock, calendar).due
    return calendar.local(opened_at), calendar.local(due.at) if due else None


def _end(case: Any, visit: Visit, row: Row) -> None:
    way = next(one for one in moves_at(case.sop, visit.key.step) if one.outcome == row.outcome)
    for actor in visit.together or way.actors[:1]:
        case.act(way.step, way.outcome, visit=visit.key, actors=(actor,), person=actor)
    if any(one.key == visit.key and one.decided for one in case.state.open_visits):
        case.work(way.step)
