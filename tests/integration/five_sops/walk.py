"""A script of rows, played on the real services, every act by the person who holds its actor.

A row names the open visit and what stands open afterwards in a short way: `3.a` is step 3 over
dataset a, `10:abc` step 10 over the list of a, b and c, nothing at all a closed case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import helpers

from ckanext.satudata.logic.cases import work
from ckanext.satudata.model import cases
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.moves import moves
from tests.integration.five_sops.world import Cast
from tests.integration.office import call

POINTS = [{"kind": "all", "where": "", "note": "Satuan tidak ditulis (rekaan)."}]


@dataclass(frozen=True)
class Row:
    """The holder of `who` does `does` at the visit `at`; afterwards `then` stands open.

    `does` is an outcome, or an act beside with a plus before it. `refused` is the code of the
    rule that keeps him from it. `public` are the datasets that anybody sees from then on.
    `works`: the act is over a list, and the worker runs before the look at what stands.
    """

    at: str
    who: str
    does: str
    then: str = ""
    refused: str = ""
    public: str | None = None
    works: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.at} {self.who} {self.does}"


@dataclass(frozen=True)
class Deed:
    """Something beside the acts of the case, such as an edit of the data or the passing of time."""

    what: str
    do: Callable[[Walk], Any]
    then: str | None = None

    def __str__(self) -> str:
        return self.what


def act(at: str, who: str, does: str, then: str = "", *, public: str | None = None, **more: Any):
    """A row whose act is allowed."""
    return Row(at, who, does, then, public=public, more=more)


def work_of(at: str, who: str, does: str, then: str, *, public: str | None = None, **more: Any):
    """A row whose act over the list is done by the worker before the next row."""
    return Row(at, who, does, then, public=public, works=True, more=more)


def no(at: str, who: str, does: str, code: str, **more: Any):
    """A row whose act is refused with `code`; nothing changes."""
    return Row(at, who, does, refused=code, more=more)


@dataclass
class Walk:
    """A case on its way: `labels` gives each of its datasets and requests a letter."""

    cast: Cast
    case_id: str
    labels: dict[str, str]
    public: str = ""

    def play(self, script: Sequence[Row | Deed]) -> None:
        """Every row in turn; what stands afterwards is looked at after each."""
        for number, row in enumerate(script, start=1):
            told = f"row {number}: {row}"
            before = self.stands()
            if isinstance(row, Deed):
                row.do(self)
                then = before if row.then is None else row.then
            else:
                then = self._act(row, before)
            assert self.stands() == " ".join(sorted(then.split())), told
            assert self.seen_by_anybody() == self.public, told

    def stands(self) -> str:
        """Every open visit in the short way, sorted."""
        return " ".join(sorted(self.short(visit) for visit in self.state().open_visits))

    def state(self) -> CaseState:
        model.Session.rollback()
        return cases.state_of(cases.get_case(self.case_id))

    def short(self, visit: Visit) -> str:
        names = {item: label for label, item in self.labels.items()}
        if visit.key.item is not None:
            return f"{visit.key.step}.{names[visit.key.item]}"
        listed = "".join(sorted(names[item] for item in visit.items))
        return f"{visit.key.step}:{listed}"

    def visit(self, at: str) -> Visit:
        """The open visit at `at`; a bare step number means the only one there is of it."""
        found = [one for one in self.state().open_visits if self._is(one, at)]
        assert len(found) == 1, f"{at} is not one of: {self.stands()}"
        return found[0]

    def show(self, who: str) -> dict[str, Any]:
        """The case as the holder of an actor sees it."""
        return call(self.cast[who], "satudata_case_show", id=self.case_id)

    def asked(self, row: Row) -> dict[str, Any]:
        """What the call of a row sends: the case as this person sees it, and what he does."""
        visit, shown = self.visit(row.at), self.show(row.who)
        values: dict[str, Any] = {
            "id": self.case_id,
            "version": shown["version"],
            "step": visit.key.step,
            "visit": visit.key.number,
            **self._done(visit, row.does),
            **row.more,
        }
        if visit.key.item is not None:
            values["dataset_id"] = visit.key.item
        if isinstance(values.get("datasets"), str):
            values["datasets"] = [self.labels[one] for one in values["datasets"]]
        return values

    def act(self, row: Row) -> dict[str, Any]:
        """The call of a row, by the person who holds the actor."""
        return call(self.cast[row.who], "satudata_case_act", **self.asked(row))

    def seen_by_anybody(self) -> str:
        """The labels of the datasets that an anonymous visitor can read, sorted."""
        return "".join(label for label in sorted(self.labels) if is_public(self.labels[label]))

    def _is(self, visit: Visit, at: str) -> bool:
        return self.short(visit) == at or str(visit.key.step) == at

    def _act(self, row: Row, before: str) -> str:
        if row.refused:
            assert code_of(lambda: self.act(row)) == row.refused, str(row)
            return before
        self.act(row)
        if row.works:
            work.run(self.case_id)
        if row.public is not None:
            self.public = row.public
        return row.then

    def _done(self, visit: Visit, does: str) -> dict[str, Any]:
        """An outcome, with reason and points where the SOP asks for them, or an act beside."""
        if does.startswith("+"):
            reasoned = does in ("+drop", "+pause", "+cancel")
            return {"act": does[1:], **({"reason": "Alasan rekaan."} if reasoned else {})}
        ways = moves(self.cast.sop, self.state().bound)
        is_return = any(
            way.is_return for way in ways if (way.step, way.outcome) == (visit.key.step, does)
        )
        told = {"reason": "Belum sesuai (rekaan).", "points": POINTS} if is_return else {}
        return {"outcome": does, **told}


def is_public(dataset: str) -> bool:
    """Whether an anonymous visitor reads a dataset; a request is none yet."""
    try:
        helpers.call_action("package_show", {"ignore_auth": False, "user": ""}, id=dataset)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True


def code_of(attempt: Callable[[], Any]) -> str:
    """The stable code of what refuses an attempt; fails when nothing does."""
    with pytest.raises((tk.ValidationError, tk.NotAuthorized)) as caught:
        attempt()
    model.Session.rollback()
    error = caught.value
    if isinstance(error, tk.ValidationError):
        return str(error.error_dict.get("code", [error.error_dict])[0])
    return str(error.message).rpartition("[")[2].rstrip("].")
