"""Tables for the checks: cells as texts, or with what they are."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.satudata.quality.checks.base import Check, Facts
from ckanext.satudata.quality.checks.cells import EMPTY, TEXT, Cell, Table, lot_of
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.said import Problem
from ckanext.satudata.quality.checks.table import CELL_CHECKS, SHEET_CHECKS
from ckanext.satudata.quality.checks.walk import look_through, walked

Given = str | Cell


def cell(given: Given) -> Cell:
    """A text, unless it is told what it is."""
    if isinstance(given, tuple):
        return given
    return (TEXT if given else EMPTY), given


def of_column(
    check: Check, cells: Sequence[Given], facts: Facts | None = None, *, by_rows: bool = False
) -> list[Problem]:
    """What one check says of a column."""
    facts = facts or Facts(1, role=check.roles[0], **check.sample)
    lot = lot_of(1, [[cell(one)] for one in cells])
    return walked([lot], Layout(columns=[facts]), [check], by_rows=by_rows, few=0)


def of_sheet(
    rows: Sequence[Sequence[Given]],
    merged: Sequence[tuple[int, int, int, int]] = (),
    *,
    by_rows: bool = False,
) -> list[Problem]:
    """What all checks say of a sheet."""
    lot = lot_of(1, [[cell(one) for one in row] for row in rows])
    table = Table("", iter([lot]), list(merged))
    return look_through(table, CELL_CHECKS, SHEET_CHECKS, by_rows=by_rows, few=0)[0]


def codes(problems: Sequence[Problem]) -> list[str]:
    """Their codes."""
    return [one.code for one in problems]
