"""A clock as plain values, times in ISO 8601 UTC: how it stands, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ckanext.satudata.model import calendars
from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.sop.case import Why
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.worktime.standing import standing_of


def clock_dict(
    row: ClockRow, sop: Sop, now: datetime, people: Mapping[str, str], reason: str = ""
) -> dict[str, Any]:
    """One clock; `people` are names by user id, `reason` what the one who stopped it wrote."""
    return {
        "counts": row.counts,
        "item": row.item,
        "step": row.step,
        "visit": row.number,
        "rows": list(row.rows),
        "at_step": row.at_step,
        "norm": row.norm or None,
        "unit": row.unit,
        "standing": standing_of(row.times, now).value,
        "reminds": row.reminds,
        "opened_at": row.opened_at.isoformat(),
        "due_at": _iso(row.due_at),
        "near_at": _iso(row.near_at),
        "closed_at": _iso(row.closed_at),
        "late": row.late,
        "minutes": row.minutes,
        "zone": row.zone,
        "stopped": _stopped(row, sop, people, reason),
        "moved": _moved(row),
        "joint_leave_unknown": _unsure_of(row),
    }


def _unsure_of(row: ClockRow) -> int | None:
    """The year whose cuti bersama is not decreed yet, where the due time may turn on it."""
    if row.due_at is None or row.closed_at is not None:
        return None
    years = range(row.opened_at.year, row.due_at.year + 1)
    unknown = (one for one in years if not calendars.joint_leave_known(row.office_id, one))
    return next(unknown, None)


def _stopped(
    row: ClockRow, sop: Sop, people: Mapping[str, str], reason: str
) -> dict[str, Any] | None:
    """Since when it stands still, who stopped it or has it meanwhile, and why."""
    if row.stopped_at is None:
        return None
    by = row.stopped_by or ""
    elsewhere = row.stopped_why == Why.ELSEWHERE.value
    actor = sop.pelaksana.get(by) if elsewhere else None
    name = actor.nama if actor else people.get(by, "")
    since = row.stopped_at.isoformat()
    return {"since": since, "why": row.stopped_why, "by": name, "reason": reason}


def _moved(row: ClockRow) -> dict[str, Any] | None:
    """When a change of the calendar last moved it, and from which due time."""
    if row.moved_at is None:
        return None
    return {"at": row.moved_at.isoformat(), "from": _iso(row.moved_from), "record": row.moved_by}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
