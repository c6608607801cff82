"""Reading a shown case: which visit, which event, who was first. Mappings in, mappings out."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views.act_form import Draft

Shown = dict[str, Any]


def open_visit(case: Shown, step: int, item: str | None = None) -> Shown | None:
    """The open visit of a step; `item` names the dataset where a case has several."""
    visits = [one for one in case["open_visits"] if one["step"] == step]
    if item:
        visits = [one for one in visits if one["item"] == item]
    return visits[0] if visits else None


def dataset_of(case: Shown, item: str | None) -> Shown:
    """The dataset of a visit; the first one for a visit to the whole list."""
    return next((one for one in case["datasets"] if one["id"] == item), case["datasets"][0])


def event(case: Shown, sequence: int) -> Shown | None:
    """One event of a case."""
    return next((one for one in case["events"] if one["sequence"] == sequence), None)


def stands(case: Shown) -> list[Shown]:
    """For each open visit: the visit, its dataset, what a return asked for, and what comes next."""
    return [
        {
            "visit": visit,
            "dataset": dataset_of(case, visit["item"]),
            "returned": tk.h.satudata_returned(case, visit),
            "mine": any(move["refused"] != "not_holder" for move in visit["moves"]),
            "may_act": any(move["allowed"] for move in visit["moves"]),
            "next": [move for move in visit["moves"] if move["act"] != "return"],
        }
        for visit in case["open_visits"]
    ]


def ended_by(case: Shown, step: int, draft: Draft) -> int:
    """The sequence of the event by which the visit of `draft` ended."""
    ended = _ended(case, step, draft)
    return ended["sequence"] if ended else case["version"]


def winner(case: Shown, step: int, draft: Draft) -> Shown | None:
    """The event by which somebody else ended the visit first."""
    return _ended(case, step, draft)


def same_act(case: Shown, step: int, draft: Draft, user_id: str) -> int | None:
    """The sequence of an event that says exactly what `draft` says: the same POST, sent twice."""
    ended = _ended(case, step, draft)
    if ended is None or ended["actor"]["id"] != user_id:
        return None
    body = ended["body"]
    same = body["outcome"] == draft.outcome and body["reason"] in ("", draft.reason)
    return ended["sequence"] if same else None


def _ended(case: Shown, step: int, draft: Draft) -> Shown | None:
    return next(
        (
            one
            for one in reversed(case["events"])
            for key in one["body"].get("closes", ())
            if (key["step"], key["number"]) == (step, draft.visit)
            and draft.item in (None, key["item"])
        ),
        None,
    )
