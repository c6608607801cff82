"""Data that are to be updated, as their agencies and the office read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock, organizations
from ckanext.satudata.logic.inbox.conditions import reader_of
from ckanext.satudata.logic.inbox.heads import heads
from ckanext.satudata.logic.people import Desk
from ckanext.satudata.logic.updates import planning
from ckanext.satudata.metadata.rules import CLOSED
from ckanext.satudata.metadata.updates import LONGEST_LEAD
from ckanext.satudata.model import updates

OVERDUE, NEAR = "overdue", "near"
STATES = (OVERDUE, NEAR, "any")

MAX_LIMIT, MAX_OFFSET = 100, 2**31 - 1
"""Of one answer."""

COUNTED = 1000
"""So many of each state are counted; more is told as so many and `more`."""

# Closed data are read by holders of posts, not by every member of their agency.
_FROM = f"""
    FROM satudata_update u
    JOIN {updates.IN_FORCE} JOIN package p ON p.id = u.dataset_id AND p.state = 'active'
    JOIN satudata_release r ON r.id = u.release_id
    WHERE u.due_on <= :far AND u.near_on <= :today
      AND (:everywhere OR u.organization_id = ANY(:posts)
           OR u.organization_id = ANY(:agencies) AND r.access_class <> '{CLOSED}')
      AND (:agency = '' OR u.organization_id = :agency)
"""  # noqa: S608 - words of ours

_COUNT = sa.text(f"""
    SELECT (SELECT count(*) FROM (SELECT 1 {_FROM} AND u.due_on < :today LIMIT :counted) a),
           (SELECT count(*) FROM (SELECT 1 {_FROM} AND u.due_on >= :today LIMIT :counted) b)
""")  # noqa: S608 - words of ours

_LIST = sa.text(f"""
    WITH part AS (
        SELECT u.dataset_id, p.name, coalesce(nullif(p.title, ''), p.name) AS title, p.private,
               u.organization_id, u.due_on, u.near_on, u.basis, u.asked_at, u.list_subject,
               r.content #>> '{{metadata,extras,update_frequency}}' AS frequency
        {_FROM}
          AND (:state = 'any' OR (u.due_on < :today) = (:state = 'overdue'))
        ORDER BY u.due_on, u.dataset_id LIMIT :limit OFFSET :offset
    )
    SELECT part.*, g.name AS agency_name, coalesce(nullif(g.title, ''), g.name) AS agency_title,
           c.name AS copy, d.number AS case_number, e.number AS asked_in
    FROM part
    LEFT JOIN "group" g ON g.id = part.organization_id
    LEFT JOIN satudata_working_copy w ON w.dataset_id = part.dataset_id AND w.ended_at IS NULL
    LEFT JOIN package c ON c.id = w.id
    LEFT JOIN LATERAL (
        SELECT k.number FROM satudata_case_item j JOIN satudata_case k ON k.id = j.case_id
        WHERE j.dataset_id = w.id AND j.ended IS NULL AND k.closed_at IS NULL
        ORDER BY k.number DESC LIMIT 1
    ) d ON true
    LEFT JOIN LATERAL (
        SELECT k.number FROM satudata_case_item j JOIN satudata_case k ON k.id = j.case_id
        JOIN satudata_sop s ON s.id = k.sop_id
        WHERE part.list_subject IS NOT NULL
          AND j.is_request AND j.ended IS NULL AND k.closed_at IS NULL
          AND s.subject = part.list_subject AND j.organization_id = part.organization_id
          AND lower(j.title) = lower(part.title)
        ORDER BY k.number LIMIT 1
    ) e ON true
    ORDER BY part.due_on, part.dataset_id
""")  # noqa: S608 - words of ours


def listed(user: model.User, data: Mapping[str, Any]) -> dict[str, Any]:
    """What is overdue or comes near, what was due first before the others; see the action."""
    today = planning.day_of(clock.now())
    limit = min(data["limit"], MAX_LIMIT)
    values = _asked_by(user, today) | {"agency": _agency_of(data)}
    counts = _counts(values)
    rows = []
    if limit:
        part = {"state": data["state"], "limit": limit, "offset": min(data["offset"], MAX_OFFSET)}
        found = model.Session.execute(_LIST, {**values, **part}).mappings()
        rows = [_row(dict(one), today) for one in found]
    more = [state for state, count in counts.items() if count > COUNTED]
    counts = {state: min(count, COUNTED) for state, count in counts.items()}
    total = counts[data["state"]] if data["state"] in counts else sum(counts.values())
    said = {"today": today.isoformat(), "count": total, "counts": counts, "more": more}
    return {**said, "results": rows}


def _asked_by(user: model.User, today: date) -> dict[str, Any]:
    reader = reader_of(user, heads())
    posts = {row.organization_id for row in Desk(user).inside if row.organization_id}
    return {
        "today": today,
        "far": today + timedelta(days=LONGEST_LEAD),
        "everywhere": reader.agencies is None,
        "agencies": sorted(reader.agencies or ()),
        "posts": sorted(posts),
    }


def _agency_of(data: Mapping[str, Any]) -> str:
    return organizations.id_of(data.get("organization"), ended=True) or ""


def _counts(values: Mapping[str, Any]) -> dict[str, int]:
    over, near = model.Session.execute(_COUNT, {**values, "counted": COUNTED + 1}).one()
    return {OVERDUE: over, NEAR: near}


def _row(one: Mapping[str, Any], today: date) -> dict[str, Any]:
    due_on: date = one["due_on"]
    agency = {
        "id": one["organization_id"],
        "name": one["agency_name"] or "",
        "title": one["agency_title"] or "",
    }
    answered = {"name": one["copy"], "case": one["case_number"]} if one["copy"] else None
    return {
        "dataset": {
            "id": one["dataset_id"],
            "name": one["name"],
            "title": one["title"],
            "private": one["private"],
        },
        "organization": agency,
        "due_on": due_on.isoformat(),
        "asked_from": one["near_on"].isoformat(),
        "basis": one["basis"],
        "frequency": one["frequency"] or None,
        "state": OVERDUE if due_on < today else NEAR,
        "days": (today - due_on).days,
        "asked_at": one["asked_at"].isoformat() if one["asked_at"] else None,
        "list": one["list_subject"],
        "asked_in": one["asked_in"],
        "answered": answered,
    }
