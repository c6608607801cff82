"""frictionless' report with one key more: who judged, why, and full counts."""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.quality.judge.troubles import Trouble

OURS = "satudata"
"""The key beside frictionless' own."""
VERSION = 1
"""Raise it when the same file may get another answer; stored answers are told apart by it."""
FAST = "cepat"
SLOW = "frictionless"
MOST_LETTERS = 8_000_000
"""Of all errors together; every one of a row repeats the whole row."""
LONGEST, WIDEST = 200, 50
"""Letters of a text and members of a list where the errors are longer than that."""


@dataclass
class Counts:
    """Errors by kind and column, also of those that are not listed."""

    by_type: Counter[str] = field(default_factory=Counter)
    by_column: dict[tuple[int, str], Counter[str]] = field(default_factory=dict)
    """(number of the column, its name) to kind to count; rows as a whole have no column."""
    complete: bool = True
    """False where the judge stopped at the limit, so that what comes later was not counted."""

    def add(self, kind: str, number: int = 0, name: str = "", times: int = 1) -> None:
        self.by_type[kind] += times
        if number:
            self.by_column.setdefault((number, name), Counter())[kind] += times

    def as_dict(self) -> dict[str, Any]:
        columns = [
            {"number": number, "name": name, "types": dict(kinds)}
            for (number, name), kinds in sorted(self.by_column.items())
        ]
        return {
            "complete": self.complete,
            "errors": sum(self.by_type.values()),
            "by_type": dict(self.by_type),
            "by_column": columns,
        }


def counted(errors: Iterable[Mapping[str, Any]], *, complete: bool) -> Counts:
    """The counts of listed errors."""
    counts = Counts(complete=complete)
    for one in errors:
        counts.add(one["type"], one.get("fieldNumber", 0), one.get("fieldName", ""))
    return counts


@dataclass(frozen=True)
class Report:
    """What is told of a file. `descriptor` is frictionless' own, with the key `satudata`."""

    descriptor: dict[str, Any]

    @property
    def ours(self) -> dict[str, Any]:
        return self.descriptor[OURS]

    @property
    def judged(self) -> bool:
        return bool(self.ours["judged"])

    @property
    def valid(self) -> bool:
        return bool(self.descriptor["valid"])

    @property
    def engine(self) -> str:
        """Who spoke: "cepat" or "frictionless"; empty where nobody did."""
        return self.ours["engine"]

    @property
    def code(self) -> str:
        """Why it could not be judged, a key of troubles.ENGLISH; empty where it was."""
        return self.ours["code"]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The listed errors, as frictionless words them."""
        tasks = [error for task in self.descriptor["tasks"] for error in task["errors"]]
        return [*self.descriptor["errors"], *tasks]

    @property
    def checks(self) -> list[dict[str, Any]]:
        """What our own checks found, galat first; empty where they were not asked."""
        return self.ours.get("checks", {}).get("findings", [])

    @property
    def galat(self) -> int:
        """Findings of our own checks that hold a step."""
        return self.ours.get("checks", {}).get("galat", 0)

    @property
    def exit_code(self) -> int:
        """0 valid and without a galat, 1 not so, 2 could not be judged."""
        if not self.judged:
            return 2
        return 0 if self.valid and not self.galat else 1


def told(descriptor: dict[str, Any], engine: str, counts: Counts, *, why: str = "") -> Report:
    """A report of what was judged. `why`: for what reason the fast engine did not speak."""
    ours = _ours(engine, judged=True, why=why) | {"counts": counts.as_dict()}
    return Report(descriptor | {OURS: ours})


def shorten(report: Report) -> None:
    """Cut the texts and rows of the errors where they are too long together; the report says so."""
    tasks = [report.descriptor, *report.descriptor["tasks"]]
    if sum(_letters(task["errors"]) for task in tasks) <= MOST_LETTERS:
        return
    for task in tasks:
        task["errors"] = [{name: _short(one[name]) for name in one} for one in task["errors"]]
    report.ours["shortened"] = True


def _letters(told: Any) -> int:
    if isinstance(told, dict):
        return sum(map(_letters, told.values()))
    if isinstance(told, list):
        return sum(map(_letters, told))
    return len(told) if isinstance(told, str) else 1


def _short(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _short(told[name]) for name in list(told)[:WIDEST]}
    if isinstance(told, list):
        return [_short(one) for one in told[:WIDEST]]
    return f"{told[:LONGEST]}…" if isinstance(told, str) and len(told) > LONGEST else told


def not_judged(trouble: Trouble, *, seconds: float) -> Report:
    """A report of what could not be judged; frictionless' part is empty and not valid."""
    ours = _ours("", judged=False, code=trouble.code) | {
        "facts": trouble.facts,
        "counts": Counts(complete=False).as_dict(),
    }
    stats = {"tasks": 0, "errors": 0, "warnings": 0, "seconds": seconds}
    return Report(
        {"valid": False, "stats": stats, "warnings": [], "errors": [], "tasks": [], OURS: ours}
    )


def _ours(engine: str, *, judged: bool, code: str = "", why: str = "") -> dict[str, Any]:
    return {
        "version": VERSION,
        "judge": f"frictionless {importlib.metadata.version('frictionless')}",
        "engine": engine,
        "why": why,
        "judged": judged,
        "code": code,
    }


def unfinished(reason: str) -> dict[str, Any]:
    """The section of checks that came to no end; `reason` is a key of troubles.ENGLISH."""
    return {"complete": False, "reason": reason, "galat": 0, "counts": {}, "findings": []}
