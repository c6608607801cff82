"""What an open visit says of itself to the inbox, beside whose step it is."""

from __future__ import annotations

from ckanext.satudata.model.tables import CaseRow, VisitRow
from ckanext.satudata.sop.case import CaseState, Visit
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.visits import kept_out


def save(row: VisitRow, case: CaseRow, state: CaseState, visit: Visit, sop: Sop) -> None:
    """Put on the row of an open visit who sees it, whose approval it lacks, who cannot end it."""
    row.joint = bool(visit.together)
    row.agencies = sorted(_agencies(case, state, visit))
    row.approver = _approver(visit, sop)
    row.kept_out = sorted(kept_out(state, visit, sop))


def _agencies(case: CaseRow, state: CaseState, visit: Visit) -> set[str]:
    """The office of the case, and the producers of what the visit is about."""
    entries = state.entries
    items = entries if visit.is_list else (i for i in visit.items if i in entries)
    return {case.organization_id, *(entries[item].organization for item in items)} - {""}


def _approver(visit: Visit, sop: Sop) -> str | None:
    """The actor whose named approval must be on record and is not."""
    return sop.step(visit.key.step).persetujuan if visit.approval is None else None
