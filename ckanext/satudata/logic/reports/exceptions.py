"""What passed by the SOP in a period: data published by exception, and data taken back.

The rows are the events of the datasets' own streams, so nothing stands in one and not the other.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.audit.kinds import RecordKind, dataset_stream
from ckanext.satudata.logic.inbox.conditions import reader_of
from ckanext.satudata.logic.inbox.heads import heads
from ckanext.satudata.logic.reports.activity import Whose
from ckanext.satudata.logic.reports.reporting import MAX_ROWS, Period, agency_titles, local
from ckanext.satudata.model import persons
from ckanext.satudata.model.tables import EventRow, ReleaseRow

KINDS = (RecordKind.RELEASE_FORCED, RecordKind.RELEASE_WITHDRAWN)
STREAM = dataset_stream("")


def exceptions(whose: Whose, period: Period) -> list[dict[str, Any]]:
    """{kind, on, at, person, reason, dataset, organization, release} of each, oldest first.

    Of one person: what he did; of everybody: what was done to data whose cases the reader sees.
    """
    rows = model.Session.execute(_query(whose, period)).all()
    bodies = persons.told(row.body for row in rows)
    agencies = agency_titles({row.owner_org for row in rows})
    return [_dict(row, body, agencies) for row, body in zip(rows, bodies, strict=True)]


def _query(whose: Whose, period: Period) -> sa.Select[Any]:
    package, user = model.Package, model.User
    query = (
        sa.select(
            EventRow.kind, EventRow.actor, EventRow.at, EventRow.body, EventRow.stream,
            package.name, package.title, package.owner_org,
            user.fullname, user.name.label("login"), ReleaseRow.number,
        )
        .join(package, sa.literal(STREAM) + package.id == EventRow.stream)
        .outerjoin(user, user.id == EventRow.actor)
        .outerjoin(ReleaseRow, sa.and_(
            ReleaseRow.dataset_id == package.id,
            ReleaseRow.forced.is_(True),
            ReleaseRow.event_sequence == EventRow.sequence,
        ))
        .where(EventRow.kind.in_([kind.value for kind in KINDS]), *_seen(whose))
        .order_by(EventRow.at, EventRow.id)
        .limit(MAX_ROWS)
    )  # fmt: skip
    if period.begin is not None:
        query = query.where(EventRow.at >= period.begin)
    return query.where(EventRow.at < period.end) if period.end is not None else query


def _seen(whose: Whose) -> list[sa.ColumnElement[bool]]:
    if whose.person is not None and whose.person.id == whose.reader.id:
        return [EventRow.actor == whose.reader.id]
    found = [] if whose.person is None else [EventRow.actor == whose.person.id]
    agencies = reader_of(whose.reader, heads()).agencies
    return found if agencies is None else [*found, model.Package.owner_org.in_(sorted(agencies))]


def _dict(row: sa.Row[Any], body: dict[str, Any], agencies: dict[str, str]) -> dict[str, Any]:
    at = local(row.at)
    return {
        "kind": row.kind,
        "on": at.date().isoformat(),
        "at": at.isoformat(timespec="minutes"),
        "person": {"id": row.actor, "name": row.fullname or row.login or ""},
        "reason": body.get("reason", ""),
        "release": body.get("release") or row.number,
        "dataset": {"name": row.name, "title": row.title or row.name},
        "organization": agencies.get(row.owner_org, ""),
    }
