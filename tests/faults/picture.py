"""All that the database holds, in a form in which two runs of the same request are equal.

Every row of every table counts. Ids, times and hashes that were not there before the request are
made anew by each run and stand as such; numbers that a rolled-back transaction leaves out are left
out of the picture, too.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import sqlalchemy as sa
from ckan import model

PASSED_OVER = frozenset({"satudata_outbox", "satudata_indexed", "activity"})
"""What waits to be delivered, and what was: looked at by themselves. Core writes its stream of
activities in a commit of its own after that of an upload, so a kill between the two loses that
entry; it proves nothing, the events do."""

OWN = {
    "user": ("last_active",),
    "api_token": ("last_access",),
    "satudata_case": ("number",),
    "satudata_visit": ("case_number",),
    "satudata_clock": ("case_number",),
    "satudata_dictionary_version": ("id",),
    "satudata_event": ("id",),
    "satudata_work": ("id",),
}
"""Columns that differ from run to run, or are written apart from the act by CKAN itself."""

WITHIN = {"satudata_notice": "{facts,number}"}
"""Where such a value lies deeper."""

_TOKEN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?"
    r"|\b[0-9a-f]{64}\b"
)

Rows = Counter[str]


class Picture:
    """Pictures against one beginning: `known` are the ids, times and hashes that stood in it."""

    def __init__(self) -> None:
        self.known = frozenset(one for row in _rows() for one in _TOKEN.findall(row))

    def now(self) -> Rows:
        """The rows as they stand."""
        return Counter(_TOKEN.sub(self._told, row) for row in _rows())

    def _told(self, found: re.Match[str]) -> str:
        return found[0] if found[0] in self.known else "NEW"


def difference(wanted: Rows, found: Rows) -> str:
    """What two pictures differ in, short."""
    missing, more = list((wanted - found).elements()), list((found - wanted).elements())
    return f"missing {[one[:300] for one in missing[:3]]}, more {[one[:300] for one in more[:3]]}"


def _rows() -> list[str]:
    model.Session.rollback()
    found = list(model.Session.scalars(sa.text(_query())))
    model.Session.rollback()
    return found


@cache
def _query() -> str:
    assert model.meta.engine is not None
    parts, known = [], sa.inspect(model.meta.engine)
    for schema in ("public", "satudata_proof"):
        for table in known.get_table_names(schema):
            if table in PASSED_OVER or table.endswith("alembic_version"):
                continue
            columns = ", ".join(f"'{one}'" for one in OWN.get(table, ()))
            less = f" - ARRAY[{columns}]" if columns else ""
            less += f" #- '{WITHIN[table]}'" if table in WITHIN else ""
            parts.append(
                f"SELECT '{table} ' || (to_jsonb(t){less})::text FROM {schema}.\"{table}\" t"
            )
    return " UNION ALL ".join(parts)
