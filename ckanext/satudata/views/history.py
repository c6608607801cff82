"""Reading a shown case: which visit, which event, who was first. Mappings in, mappings out."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.views.act_form import Draft

Shown = dict[str, Any]

ANSWERABLE = frozenset({"approval_missing"})
"""What still keeps a holder from ending a step, but is mended on its form."""

SAID = frozenset({"step_confirmed", "step_decided"})
"""Kinds by which somebody had his say at a visit that is not over yet."""


def is_list(case: Shown) -> bool:
    """Whether the SOP of a case has steps over a list of data."""
    return any(step["scope"] == "daftar" for step in case["steps"])


def title(case: Shown) -> str:
    """What a case is called: by its data, or where it is over a list by its SOP."""
    if is_list(case) or not case["datasets"]:
        return case["sop"]["name"]
    return case["datasets"][0]["title"]


def open_visit(
    case: Shown, step: int, item: str | None = None, number: int | None = None
) -> Shown | None:
    """The open visit of a step; `item` names the dataset where several stand there.

    Without it the visit to the whole list is meant, or the only one there is.
    """
    visits = [one for one in case["open_visits"] if one["step"] == step]
    if item:
        visits = [one for one in visits if one["item"] == item]
    elif len(visits) > 1:
        visits = [one for one in visits if one["item"] is None]
    exact = [one for one in visits if one["number"] == number]
    return next(iter(exact or visits), None)


def dataset_of(case: Shown, item: str | None) -> Shown | None:
    """The dataset of a visit; None for a visit to the whole list."""
    return next((one for one in case["datasets"] if one["id"] == item), None)


def datasets_at(case: Shown, visit: Shown) -> list[Shown]:
    """The datasets that a visit is about, in the order of the list."""
    return [one for one in case["datasets"] if one["id"] in visit["items"]]


def act_at(visit: Shown, act: str) -> Shown | None:
    """The row of an act that ends no visit."""
    return next((one for one in visit["acts"] if one["act"] == act), None)


def way_in(visit: Shown) -> str:
    """What the reader may do on the act form: `act`, `approve`, `paper`; empty: nothing."""
    if any(one["allowed"] or one["refused"] in ANSWERABLE for one in visit["moves"]):
        return "act"
    approve = act_at(visit, "approve")
    if approve and visit["approval"] is None and approve["allowed"]:
        return "approve"
    on_paper = [one for one in visit["moves"] if one["may_enter"]]
    return "paper" if any(one["refused"] == "not_holder" for one in on_paper) else ""


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
            "way_in": way_in(visit),
            "next": [move for move in visit["moves"] if move["act"] in ("finish", "choose")],
        }
        for visit in case["open_visits"]
    ]


def not_delivered(case: Shown) -> list[Shown]:
    """The data of a list that its producers have not delivered yet, in the order of the list."""
    delivered = {item for one in case["events"] for item in one["body"].get("delivered", ())}
    walking = {one["item"] for one in case["open_visits"] if one["item"]}
    return [
        one
        for one in case["datasets"]
        if one["id"] in walking - delivered and not (one["late"] or one["product"] or one["ended"])
    ]


def ended_by(case: Shown, step: int, draft: Draft) -> int:
    """The sequence of the event by which the visit of `draft` ended, or had a say in it."""
    said = _said(case, step, draft)
    return said[0]["sequence"] if said else case["version"]


def winner(case: Shown, step: int, draft: Draft) -> Shown | None:
    """The event by which somebody else ended the visit first."""
    ended = [one for one in _said(case, step, draft) if one["kind"] not in SAID]
    return ended[0] if ended else None


def same_act(case: Shown, step: int, draft: Draft, user_id: str) -> int | None:
    """The sequence of an event that says exactly what `draft` says: the same POST, sent twice."""
    mine = [one for one in _said(case, step, draft) if one["actor"]["id"] == user_id]
    if not mine:
        return None
    body = mine[0]["body"]
    same = body.get("outcome") == draft.outcome and body.get("reason") in ("", draft.reason)
    return mine[0]["sequence"] if same else None


def _said(case: Shown, step: int, draft: Draft) -> list[Shown]:
    """The events by which people had their say at the visit of `draft`, newest first."""
    return [
        one
        for one in reversed(case["events"])
        for key in _visits(one)
        if (key["step"], key["number"]) == (step, draft.visit) and draft.item in (None, key["item"])
    ]


def _visits(event: Shown) -> list[Shown]:
    body = event["body"]
    if event["kind"] in SAID:
        return [body["visit"]]
    # A drop closes visits too; what ended the step itself has an outcome.
    return list(body.get("closes", ())) if event["kind"] != "item_dropped" else []
