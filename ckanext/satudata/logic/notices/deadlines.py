"""Until when what is told of is to be done, where a clock says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.clocks import ClockRow
from ckanext.satudata.model.tables import VisitRow
from ckanext.satudata.sop.case import Visit
from ckanext.satudata.sop.events import VisitKey


@dataclass(frozen=True)
class Deadlines:
    """The clocks of a case that somebody is told of, by the open visit that each is at."""

    clocks: Mapping[VisitKey, ClockRow]

    def of(self, visits: Iterable[Visit]) -> dict[str, Any]:
        """The first due time of these visits, on which clock; nothing where there is none."""
        return self.at(*(one.key for one in visits))

    def at(self, *keys: VisitKey) -> dict[str, Any]:
        """The same by the keys of the visits."""
        found = [self.clocks[one] for one in keys if one in self.clocks]
        due = min(((row.due_at, row.zone) for row in found if row.due_at), default=None)
        return {"due_at": due[0].isoformat(), "zone": due[1]} if due else {}


def of_open_visits(case_id: str) -> Deadlines:
    """Those of a case as it stands in this transaction."""
    query = (
        sa.select(VisitRow, ClockRow)
        .join(ClockRow, ClockRow.visit_id == VisitRow.id)
        .where(VisitRow.case_id == case_id, ClockRow.closed_at.is_(None), ClockRow.reminds)
    )
    rows = model.Session.execute(query)
    return Deadlines({VisitKey(v.item, v.step, v.number): row for v, row in rows})
