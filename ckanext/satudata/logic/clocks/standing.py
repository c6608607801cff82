"""The clocks of one case as its page and the API read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.logic import clock
from ckanext.satudata.logic.clocks.dictize import clock_dict
from ckanext.satudata.model import clocks
from ckanext.satudata.model.tables import CaseRow
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.events import Event


def clock_dicts(
    case: CaseRow, sop: Sop, events: Sequence[Event], shown: frozenset[str]
) -> list[dict[str, Any]]:
    """The clocks of a case, the one in total first; of datasets, those that are `shown`."""
    rows = [r for r in clocks.of_case(case.id).values() if r.item is None or r.item in shown]
    people = _names({row.stopped_by for row in rows if row.stopped_by})
    reasons = {event.sequence: event.body.get("reason") or "" for event in events}
    now = clock.now()
    return [
        clock_dict(row, sop, now, people, reasons.get(row.stopped_event or 0, ""))
        for row in sorted(rows, key=lambda row: (row.step != 0, row.opened_at))
    ]


def _names(ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    query = sa.select(model.User).where(model.User.id.in_(ids))
    return {user.id: user.display_name for user in model.Session.scalars(query)}
