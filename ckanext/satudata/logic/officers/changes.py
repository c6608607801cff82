"""What an import of officers would do, row by row, before it does it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.officers import faults as room
from ckanext.satudata.officers.faults import Fault
from ckanext.satudata.officers.sheets import Kind
from ckanext.satudata.officers.workbook import Row, Workbook

NEW, CHANGED, SAME, FAULTY = "new", "changed", "same", "faulty"
STATES = (FAULTY, NEW, CHANGED, SAME)
PLACE = re.compile(r"(.+)!([A-Z]*)(\d+)")
HEADINGS = 1
"""The row of a sheet that no change belongs to."""


@dataclass(frozen=True)
class Change:
    """One row: how it stands to the portal, what it says there now and would say.

    `what` is what is to be done, known to the module that plans that sheet.
    """

    row: Row
    state: str
    label: str
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    what: Any = None


@dataclass(frozen=True)
class Plan:
    """Every row of a workbook, and the faults that belong to none."""

    content_sha256: str
    agencies: tuple[Change, ...]
    people: tuple[Change, ...]
    assignments: tuple[Change, ...]
    faults: tuple[Fault, ...]

    def __iter__(self) -> Iterator[Change]:
        yield from (*self.agencies, *self.people, *self.assignments)

    def count(self, *states: str) -> int:
        """How many rows are in one of these states."""
        return sum(one.state in states for one in self)

    @property
    def faulty(self) -> int:
        """How many faults hinder it; with one, nothing is done."""
        return self.count(FAULTY) + len(self.faults)

    def fingerprint(self) -> str:
        """Changes when the workbook, the portal or the day makes another plan of it."""
        told = [
            (one.row.cell(), one.state, one.label, dict(one.before), dict(one.after))
            for one in self
        ]
        text = json.dumps([self.content_sha256, told], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class Faults:
    """The faults of a workbook by their row, and those that the portal finds besides."""

    def __init__(self, workbook: Workbook) -> None:
        self.general: list[Fault] = []
        self._by_row: dict[tuple[str, int], list[Fault]] = {}
        for one in workbook.faults:
            place = PLACE.fullmatch(one.cell)
            if place is None or int(place[3]) == HEADINGS:
                self.general.append(one)
            else:
                self._by_row.setdefault((place[1], int(place[3])), []).append(one)

    def of(self, row: Row) -> tuple[Fault, ...]:
        """The faults of a row, in the order in which they were found."""
        return tuple(self._by_row.get((row.sheet.name, row.number), ()))

    def add(self, row: Row, key: str, code: str, /, **facts: Any) -> None:
        """Note a fault at the cell of a column."""
        fault = Fault(row.cell(key), code, facts)
        self._by_row.setdefault((row.sheet.name, row.number), []).append(fault)


def plan_dict(plan: Plan) -> dict[str, Any]:
    """A plan as the API and the page read it."""
    return {
        "plan": plan.fingerprint(),
        "counts": {state: plan.count(state) for state in STATES},
        "faults": [fault_dict(one) for one in plan.faults],
        "rows": [_change_dict(one) for one in plan],
    }


def fault_dict(fault: Fault) -> dict[str, str]:
    """A fault with its place, its code and its sentence in the reader's language."""
    return {"cell": fault.cell, "code": fault.code, "sentence": _sentence(fault)}


def _sentence(fault: Fault) -> str:
    if fault.code in room.FAULTS:
        return room.sentence(fault.code, fault.facts, tk._)
    return wording.sentence(Refused(fault.code, **fault.facts))


def _change_dict(one: Change) -> dict[str, Any]:
    keys = [column for column in one.row.sheet.columns if _differs(one, column.key)]
    return {
        "sheet": one.row.sheet.name,
        "row": one.row.number,
        "state": one.state,
        "label": one.label,
        "changes": [
            {
                "column": column.heading,
                "is_day": column.kind is Kind.DAY,
                "before": one.before.get(column.key, ""),
                "after": one.after.get(column.key, ""),
            }
            for column in keys
        ],
        "faults": [fault_dict(fault) for fault in one.faults],
    }


def _differs(one: Change, key: str) -> bool:
    return one.before.get(key, "") != one.after.get(key, "")


def state_of(known: bool, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """New, changed or same, as what stands there compares to what the row says."""
    if not known:
        return NEW
    return SAME if before == after else CHANGED


def texts(values: Mapping[str, str | None]) -> dict[str, str]:
    """Only what is said."""
    return {key: value for key, value in values.items() if value}


def digest(content: bytes) -> str:
    """The content of a workbook by its sha256."""
    return hashlib.sha256(content).hexdigest()


def rows_of(changes: Sequence[Change]) -> list[Change]:
    """The changes that have something to do."""
    return [one for one in changes if one.state in (NEW, CHANGED)]
