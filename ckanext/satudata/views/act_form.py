"""What somebody has typed into the act form: from its fields, back into them, on to the action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain, repeat
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views import answered
from ckanext.satudata.views.answers import Fault, refusal
from ckanext.satudata.views.paper import PaperForm

PREFIXED = ("field", "resource")
"""Kinds of point whose place is chosen from the list, as `field:unit`."""


@dataclass(frozen=True)
class PointRow:
    """One row of the points: what it is about, where, the sentence, which data of a list."""

    about: str
    where: str
    note: str
    dataset: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.about or self.where or self.note or self.dataset)

    def as_point(self) -> dict[str, str]:
        """The point as the action takes it."""
        kind, _, place = self.about.partition(":")
        where = place if kind in PREFIXED else self.where
        said = {"kind": kind, "where": "" if kind == "all" else where, "note": self.note}
        return {**said, "dataset_id": self.dataset} if self.dataset else said


@dataclass(frozen=True)
class Draft:
    """The act form as it was sent; empty for one that was only opened.

    `meant` are the datasets of a list that a return names, `rest` says what becomes of the
    others. `key` is the same for a form that is sent twice. `publish_at`: a time as it was typed.
    """

    version: int | None
    visit: int | None
    item: str | None
    outcome: str
    reason: str
    points: tuple[PointRow, ...]
    meant: tuple[str, ...] = ()
    rest: str = ""
    paper: PaperForm = PaperForm()
    key: str = ""
    publish_at: str = ""

    @classmethod
    def of(cls, form: Any) -> Draft:
        """From the fields of a POST."""
        rows = zip(
            form.getlist("point_about"),
            form.getlist("point_where"),
            form.getlist("point_note"),
            # Only a form over several datasets asks which one.
            chain(form.getlist("point_data"), repeat("")),
            strict=False,
        )
        points = tuple(PointRow(*(part.strip() for part in row)) for row in rows)
        return cls(
            version=form.get("version", type=int),
            visit=form.get("visit", type=int),
            item=form.get("item") or None,
            outcome=form.get("outcome", ""),
            reason=form.get("reason", "").strip(),
            points=points,
            meant=tuple(form.getlist("meant")),
            rest=form.get("rest", ""),
            paper=PaperForm.of(form),
            key=form.get("key", ""),
            publish_at=form.get("publish_at", "").strip(),
        )

    def with_paper(self, paper: PaperForm) -> Draft:
        return replace(self, paper=paper)

    def about_answers(self, case: Mapping[str, Any]) -> Draft:
        """The same form about the data that have taken the place of what they answer."""
        points = tuple(
            replace(one, dataset=answered.now_of(case, one.dataset)) for one in self.points
        )
        meant = tuple(answered.now_of(case, one) for one in self.meant)
        item = answered.now_of(case, self.item) if self.item else None
        return replace(self, item=item, meant=meant, points=points)

    def move(self, visit: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """The outcome that was chosen, as the case lists it."""
        moves = visit["moves"] if visit else ()
        return next((move for move in moves if move["outcome"] == self.outcome), None)

    def faults(self, visit: Mapping[str, Any] | None) -> list[Fault]:
        """What can be said before asking: a missing choice, and points that name no place."""
        if not self.outcome:
            return [("field-outcome", tk._("Decision"), tk._("Choose the result of your work."))]
        return [*self._return_faults(visit), *self.paper.faults()]

    def _return_faults(self, visit: Mapping[str, Any] | None) -> list[Fault]:
        move = self.move(visit)
        if not move or not move["needs_reason"]:
            return []
        label = tk._("Reason")
        found: list[Fault] = []
        if not self.reason:
            found.append(("field-reason", label, refusal("reason_missing")))
        found += self._point_faults() or self._elsewhere(visit)
        if self.names_some_of(visit) and not self.rest:
            text = tk._("Say what becomes of the data that do not go back.")
            found.append(("field-rest", tk._("The other data"), text))
        return found

    def names_some_of(self, visit: Mapping[str, Any] | None) -> bool:
        """Whether the return means some of the datasets of a list, and not all of them."""
        return bool(visit and self.meant and set(visit["items"]) - set(self.meant))

    def _point_faults(self) -> list[Fault]:
        label = tk._("What to repair")
        if all(row.is_empty for row in self.points):
            return [("field-point_about-1", label, refusal("points_missing"))]
        return [
            (
                f"field-point_about-{number}",
                tk._("Point {number}").format(number=number),
                tk._("Choose what this point is about, and where."),
            )
            for number, row in enumerate(self.points, 1)
            if not row.is_empty
            and (not row.about or (row.about in ("column", "row") and not row.where))
        ]

    def _elsewhere(self, visit: Mapping[str, Any] | None) -> list[Fault]:
        """Points about data that the form does not send back."""
        back = self.meant or (visit["items"] if visit else ())
        return [
            (
                f"field-point_data-{number}",
                tk._("Point {number}").format(number=number),
                tk._("This data does not go back. Tick it too, or choose another."),
            )
            for number, row in enumerate(self.points, 1)
            if row.dataset and row.dataset not in back
        ]

    def as_action(self, step: int, move: Mapping[str, Any] | None) -> dict[str, Any]:
        """The values for `satudata_case_act`; reason and points belong to a return only, a time
        to what publishes."""
        values: dict[str, Any] = {
            "version": self.version,
            "step": step,
            "visit": self.visit,
            "outcome": self.outcome,
            "dataset_id": self.item,
            "idempotency_key": self.key,
        }
        if move and "terbitkan" in move.get("effects", ()) and self.publish_at:
            values["publish_at"] = self.publish_at
        if move and move.get("needs_reason"):
            values["reason"] = self.reason
            values["points"] = [row.as_point() for row in self.points if not row.is_empty]
            values["datasets"] = list(self.meant)
            values["rest"] = self.rest if self.meant else ""
        if self.paper.is_used:
            values["paper"] = self.paper.as_action()
        return values
