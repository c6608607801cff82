"""What an open visit says of itself to the inbox, beside whose step it is."""

from __future__ import annotations

from ckanext.satudata.model.tables import CaseRow, VisitRow
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event
from ckanext.satudata.sop.moves import Act


def save(row: VisitRow, case: CaseRow, state: CaseState, visit: Visit, sop: Sop) -> None:
    """Put on the row of an open visit who sees it, whose approval it lacks, who cannot end it."""
    row.joint = bool(visit.together)
    row.agencies = sorted(_agencies(case, state, visit))
    row.approver = _approver(visit, sop)
    row.kept_out = sorted(_kept_out(state, visit, sop))


def came_back(event: Event, visit: Visit) -> bool:
    """Whether `event`, which opened the visit, returned what it is about.

    What a return of single datasets did not mean may go on in the same event.
    """
    if event.body.get("act") != Act.RETURN.value:
        return False
    meant = event.body.get("items")
    return meant is None or not set(visit.items).isdisjoint(meant)


def _agencies(case: CaseRow, state: CaseState, visit: Visit) -> set[str]:
    """The office of the case, and the producers of what the visit is about."""
    entries = state.entries
    items = entries if visit.is_list else (i for i in visit.items if i in entries)
    return {case.organization_id, *(entries[item].organization for item in items)} - {""}


def _approver(visit: Visit, sop: Sop) -> str | None:
    """The actor whose named approval must be on record and is not."""
    return sop.step(visit.key.step).persetujuan if visit.approval is None else None


def _kept_out(state: CaseState, visit: Visit, sop: Sop) -> frozenset[str]:
    """Who holds the step and cannot end it: by four eyes, or because the others are still to
    confirm what he has confirmed."""
    said = list(visit.confirmed.values())
    agreed = bool(said) and all(one.agrees(said[0]) for one in said)
    confirmed = frozenset(visit.confirmed) if agreed else frozenset[str]()
    four_eyes = sop.step(visit.key.step).empat_mata is True
    return confirmed | (state.brought_by(visit) if four_eyes else frozenset())
