"""What an open visit says of itself: whether a return opened it, and who cannot end it."""

from __future__ import annotations

from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.moves import Act


def came_back(event: Event, visit: Visit) -> bool:
    """Whether `event`, which opened the visit, returned what it is about.

    What a return of single datasets did not mean may go on in the same event.
    """
    if event.body.get("act") != Act.RETURN.value:
        return False
    meant = event.body.get("items")
    return meant is None or not set(visit.items).isdisjoint(meant)


def kept_out(state: CaseState, visit: Visit, sop: Sop) -> frozenset[str]:
    """Who holds the step and cannot end it: by four eyes, or because the others are still to
    confirm what he has confirmed."""
    said = list(visit.confirmed.values())
    agreed = bool(said) and all(one.agrees(said[0]) for one in said)
    confirmed = frozenset(visit.confirmed) if agreed else frozenset[str]()
    four_eyes = sop.step(visit.key.step).empat_mata is True
    return confirmed | (state.brought_by(visit) if four_eyes else frozenset())
