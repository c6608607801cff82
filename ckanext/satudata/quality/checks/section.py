"""The checks' own section of a report."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from typing import Any

from ckanext.satudata.quality.checks.cells import Lot, Table
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.personal import Persons
from ckanext.satudata.quality.checks.reading import kind_of, regions_of, tables_of
from ckanext.satudata.quality.checks.regions import SYSTEMS
from ckanext.satudata.quality.checks.releases import Release, compared, shared_keys
from ckanext.satudata.quality.checks.said import GALAT, SEVERITIES, Problem
from ckanext.satudata.quality.checks.sheets import Watch
from ckanext.satudata.quality.checks.table import CELL_CHECKS, SHEET_CHECKS
from ckanext.satudata.quality.checks.walk import look_through
from ckanext.satudata.quality.fast.pages import Kept
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.limits import Deadline, Unread

VERSION = 1
"""Raise it when the same file may get another answer; stored answers are told apart by it."""
SECONDS = 120.0
MOST = 500
"""Findings listed; each counts what it found in full."""


def looked(
    path: str | os.PathLike[str],
    schema: Mapping[str, Any] | None = None,
    *,
    kind: str = "",
    references: Mapping[str, str] | None = None,
    previous: str = "",
    previous_schema: Mapping[str, Any] | None = None,
    seconds: float = SECONDS,
    by_rows: bool = False,
    kept: Kept | None = None,
) -> dict[str, Any]:
    """What our checks say of a file: plain data, the findings with most weight first.

    `references`: tables by name; those named after `kemendagri` or `bps` are lists of regions.
    `previous`: the file of the release before, and the schema that it had. `by_rows`: the row form
    of all checks, for tests. `kept`: the rows, where the fast engine has read them.
    """
    run = _Run(os.fspath(path), schema, dict(references or {}), seconds)
    run.kind, run.kept = kind_of(path, kind), kept
    run.previous, run.previous_schema = previous, previous_schema
    try:
        return run.section(by_rows=by_rows)
    except Unsure:
        return run.section(by_rows=by_rows, plain=True)


class _Run:
    def __init__(
        self,
        path: str,
        schema: Mapping[str, Any] | None,
        references: dict[str, str],
        seconds: float,
    ) -> None:
        self._path = path
        self._schema = schema
        self._seconds = seconds
        self._regions = regions_of(references, SYSTEMS)
        self.kind = ""
        self.kept: Kept | None = None
        self.previous = ""
        self.previous_schema: Mapping[str, Any] | None = None

    def section(self, *, by_rows: bool, plain: bool = False) -> dict[str, Any]:
        start = time.perf_counter()
        problems: list[Problem] = []
        sheets: list[dict[str, Any]] = []
        reason = ""
        deadline = Deadline(self._seconds)
        persons = Persons()
        try:
            is_plain = by_rows or plain
            for table in tables_of(
                self._path, self.kind, deadline, by_rows=is_plain, kept=self.kept
            ):
                found, layout = self._table(table, persons, by_rows=by_rows, is_first=not sheets)
                problems += found
                sheets.append(_sheet(table, layout))
        except Unread as unread:
            reason = unread.reason
        return _told(problems, persons.findings(), sheets, reason, time.perf_counter() - start)

    def _table(
        self, table: Table, persons: Persons, *, by_rows: bool, is_first: bool
    ) -> tuple[list[Problem], Layout]:
        compare = self.previous and is_first
        releases = (
            _Releases(self.previous, self.previous_schema, self._seconds) if compare else None
        )
        schema = self._schema if is_first else None
        table.lots = _watched(table.lots, persons.sheet(table.sheet))
        problems, layout = look_through(
            table,
            CELL_CHECKS,
            SHEET_CHECKS,
            schema=schema,
            regions=self._regions,
            by_rows=by_rows,
            others=(lambda known: [releases.watch(known)] if releases else []),
        )
        return problems, layout


def _watched(lots: Iterator[Lot], look: Any) -> Iterator[Lot]:
    for lot in lots:
        look(lot)
        yield lot


class _Releases:
    """The release before, read when the layout of this one is known."""

    def __init__(self, path: str, schema: Mapping[str, Any] | None, seconds: float) -> None:
        self._path = path
        self._schema = schema
        self._seconds = seconds

    def watch(self, layout: Layout) -> Watch:
        return _Compare(layout, self)

    def before(self, now: Layout) -> Release | None:
        """Read it; None where it cannot be read."""
        deadline = Deadline(self._seconds)
        keeper = _Keeper(now)
        try:
            for table in tables_of(self._path, kind_of(self._path), deadline, by_rows=True):
                look_through(
                    table, (), (), schema=self._schema, others=lambda layout: [keeper.of(layout)]
                )
                break
        except (Unread, OSError):
            return None
        return keeper.release


class _Keeper(Watch):
    """Keeps the rows of a release."""

    def __init__(self, other: Layout) -> None:
        self._other = other
        self.release: Release | None = None

    def of(self, layout: Layout) -> _Keeper:
        self.release = Release.of(layout)
        self.release.narrow(shared_keys(self._other, layout))
        return self

    def take(self, lot: Lot) -> None:
        if self.release is not None:
            self.release.take(lot)

    def problems(self) -> Iterator[Problem]:
        return iter(())


class _Compare(Watch):
    def __init__(self, layout: Layout, releases: _Releases) -> None:
        self._before = releases.before(layout)
        self._now = Release.of(layout)
        if self._before is not None:
            self._now.narrow(self._before.keys)

    def take(self, lot: Lot) -> None:
        self._now.take(lot)

    def problems(self) -> Iterator[Problem]:
        if self._before is not None:
            yield from compared(self._now, self._before)


def _sheet(table: Table, layout: Layout) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "titles": layout.titles,
        "headings": layout.headings,
        "data": layout.data,
        "columns": [
            {"number": one.number, "heading": one.heading, "holds": one.role}
            for one in layout.columns
        ],
    }


def _told(
    problems: list[Problem],
    personal: list[dict[str, Any]],
    sheets: list[dict[str, Any]],
    reason: str,
    seconds: float,
) -> dict[str, Any]:
    ranks = {one: at for at, one in enumerate(SEVERITIES)}
    problems.sort(key=lambda one: ranks[one.severity])
    listed = [one.as_dict() for one in problems[:MOST]]
    findings = sorted([*listed, *personal[:MOST]], key=lambda one: ranks[one["severity"]])
    counts = {one: sum(f["severity"] == one for f in findings) for one in SEVERITIES}
    return {
        "version": VERSION,
        "complete": not reason,
        "reason": reason,
        "galat": counts[GALAT],
        "counts": counts,
        "more": max(0, len(problems) - MOST) + max(0, len(personal) - MOST),
        "findings": findings,
        "sheets": sheets,
        "seconds": round(seconds, 3),
    }
