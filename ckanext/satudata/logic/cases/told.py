"""What a producer on a list is told of it: what happened to his own data and to the list.

Titles, visits and points of other agencies' data stand in the same events; they are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.satudata.sop.events import Event, Kind

LISTS = frozenset({"items", "work", "late", "delivered", "parts", "unapproved"})
"""Parts of a body that list ids of datasets."""

BY_ITEM = frozenset({"contents", "statuses", "waits", "together", "parties", "doing", "times"})
"""Parts of a body that say something by the id of a dataset."""

VISITS = frozenset({"opens", "closes"})


def known_to(events: Sequence[Event], agencies: frozenset[str]) -> frozenset[str]:
    """The ids of all that `agencies` ever had on the list, requests and dropped ones too."""
    found: set[str] = set()
    for event in events:
        added = [event.body["entry"]] if event.kind is Kind.ITEM_ADDED else []
        for entry in (*event.body.get("entries", ()), *added):
            if entry["organization"] in agencies:
                found.add(entry["id"])
        if event.kind is Kind.REQUEST_FULFILLED and event.body["item"] in found:
            found.add(event.body["dataset"])
    return frozenset(found)


def is_told(event: Event, shown: frozenset[str]) -> bool:
    """Whether an event is about the list, or about a dataset of `shown`."""
    about = _about(event)
    return not about or bool(about & shown)


def body_for(body: Mapping[str, Any], shown: frozenset[str]) -> dict[str, Any]:
    """The body of an event without what it says of datasets that are not in `shown`."""
    return {name: _part(name, value, shown) for name, value in body.items()}


def _about(event: Event) -> frozenset[str]:
    """The datasets that an event singles out; none for one about the whole list."""
    body = event.body
    visit = body.get("visit")
    named = [body.get("dataset"), body.get("item")]
    if isinstance(visit, Mapping):
        named.append(visit.get("item"))
    if event.kind is Kind.ITEM_ADDED:
        named.append(body["entry"]["id"])
    single = frozenset(one for one in named if one)
    return single or frozenset(body.get("items") or ())


def _part(name: str, value: Any, shown: frozenset[str]) -> Any:
    if name in LISTS and isinstance(value, (list, tuple)):
        return [one for one in value if one in shown]
    if name in BY_ITEM and isinstance(value, Mapping):
        return {item: one for item, one in value.items() if item in shown}
    if name == "points":
        return [one for one in value if one.get("dataset_id") in (None, *shown)]
    if name == "entries":
        return [one for one in value if one["id"] in shown]
    if name in VISITS:
        return [body_for(one, shown) for one in value if one["item"] in (None, *shown)]
    return body_for(value, shown) if name == "then" else value
