"""What of a case waits for its minute, and what is held back, as the API and the pages read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock, wording
from ckanext.satudata.model import embargoes
from ckanext.satudata.model.tables import CaseRow, ReleaseRow, WorkRow


def scheduled_dicts(case: CaseRow) -> list[dict[str, Any]]:
    """Each dataset that waits: {item, at (UTC), release, refused, why}."""
    query = (
        sa.select(WorkRow, ReleaseRow.number)
        .join(ReleaseRow, ReleaseRow.id == WorkRow.release_id)
        .where(WorkRow.case_id == case.id, WorkRow.done_at.is_(None))
        .order_by(WorkRow.not_before, WorkRow.id)
    )
    return [
        {
            "item": row.item,
            "at": row.not_before.isoformat() if row.not_before else None,
            "release": number,
            "refused": row.refused,
            "why": wording.kept_sentence(row.refused, row.facts or {}) if row.refused else None,
        }
        for row, number in model.Session.execute(query)
    ]


def embargo_dicts(items: Iterable[str]) -> list[dict[str, Any]]:
    """Each dataset that is held back: {item, until (UTC), reason, set_by: {id, name}}."""
    now, found = clock.now(), []
    for item in embargoes.lasting(items, now):
        row = embargoes.embargo_of(item, now)
        user = model.User.get(row.set_by) if row else None
        if row is not None:
            by = {"id": row.set_by, "name": user.display_name if user else ""}
            until = row.until.isoformat()
            found.append({"item": item, "until": until, "reason": row.reason, "set_by": by})
    return found
