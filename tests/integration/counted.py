"""How often each call of an action commits and rolls back, told by the connections themselves.

C is a commit, c one of a transaction that only read, R a rollback, S one to a savepoint. The events
of a session count savepoints, too; what a connection does is what the database sees. Only the
thread that calls is counted: what is delivered meanwhile is somebody else's.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from sqlalchemy import event

from ckanext.satudata.logic.cases import work

READS = re.compile(r"\s*(SELECT(?!.*satudata_note)|WITH\b(?!.*(UPDATE|INSERT|DELETE)))", re.DOTALL)
LETTERS = {"commit": "C", "rollback": "R", "rollback_savepoint": "S"}
PER_DATASET = "a list's dataset"
"""Under this name stands what the worker does to one dataset of an act over a list."""

WITH_ACTIVITY = frozenset({"package_create", "package_patch", "package_update", "resource_create"})
"""Core's own, by which data are brought: one commit with everything of ours in it, the case that
opens among it, and then one of core's activity plugin."""


@dataclass
class Ledger:
    """`calls`: name of the act, and what its connections did in order, such as `C`; `subject`
    stands before the acts of a case."""

    subject: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    _now: list[str] | None = None
    _wrote: bool = False
    _mine: int = field(default_factory=threading.get_ident)

    def note(self, letter: str) -> None:
        if self._now is None or threading.get_ident() != self._mine:
            return
        self._now.append(letter if self._wrote or letter != "C" else "c")
        if letter in "CR":
            self._wrote = False

    def note_statement(self, sql: str) -> None:
        if threading.get_ident() == self._mine and not READS.match(sql):
            self._wrote = True

    def call(self, name: str, do: Callable[[], Any]) -> Any:
        """Do something and note it; what it does inside itself belongs to it.

        What another thread does is not noted at all.
        """
        if self._now is not None or threading.get_ident() != self._mine:
            return do()
        self._now = []
        kept = self.refused
        try:
            result = do()
            kept = self.calls
            return result
        finally:
            kept.append((name, "".join(self._now)))
            self._now = None

    def surprises(self) -> dict[str, set[str]]:
        """What came to something else than it should."""
        table = self.table()
        return {name: came for name, came in table.items() if not came <= self._meant(name)}

    def _meant(self, name: str) -> set[str]:
        if name == PER_DATASET:
            return {"C", "RC"}  # done; or refused, and the reason written down
        if name in WITH_ACTIVITY:
            return {"CC"}
        if name.startswith("satudata_"):
            return {""} if getattr(tk.get_action(name), "side_effect_free", False) else {"C"}
        is_act = bool(self.subject) and name.startswith(f"{self.subject} ")
        return {"C", "c"} if is_act else self.table()[name]  # c: the same call once more

    def table(self) -> dict[str, set[str]]:
        """By name, what successful calls came to."""
        found: dict[str, set[str]] = {}
        for name, letters in self.calls:
            found.setdefault(name, set()).add(letters)
        return found


@contextmanager
def counting(subject: str = "") -> Iterator[Ledger]:
    """Within, calls of actions through the tests' helper are noted, and the worker's steps."""
    ledger = Ledger(subject)
    call_action, one = helpers.call_action, work._one
    engine = model.meta.engine
    listeners: dict[str, Callable[..., None]] = {
        name: lambda *_told, letter=letter: ledger.note(letter) for name, letter in LETTERS.items()
    }

    def called(action: str, context: Any = None, **values: Any) -> Any:
        name = _named(ledger.subject, action, values)
        return ledger.call(name, lambda: call_action(action, context, **values))

    def worked(case_id: str, work_id: int) -> None:
        ledger.call(PER_DATASET, lambda: one(case_id, work_id))

    listeners["before_cursor_execute"] = lambda *told: ledger.note_statement(told[2])
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    helpers.call_action, work._one = called, worked
    try:
        yield ledger
    finally:
        helpers.call_action, work._one = call_action, one
        for name, listener in listeners.items():
            event.remove(engine, name, listener)


def _named(subject: str, action: str, values: dict[str, Any]) -> str:
    if action != "satudata_case_act":
        return action
    return f"{subject} {values['step']} {values.get('act') or values.get('outcome')}"
