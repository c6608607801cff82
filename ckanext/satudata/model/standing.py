"""SOP metadata of a dataset: which SOP, how far it has been judged, since when.

Computed for every reader from the case and the release; never stored in the dataset.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model

COMPUTED_FIELDS = (
    "sop_number",
    "sop_name",
    "walidata",
    "validation_status",
    "validation_date",
    "release_number",
    "update_due",
    "update_status",
)
"""Names of the computed fields in `package_show` and in the search index."""

_QUERY = sa.text("""
    WITH shown AS (
        SELECT case_id, status, shown_at, number, withdrawn_at FROM satudata_release
        WHERE dataset_id = :dataset_id AND shown_at IS NOT NULL
        ORDER BY number DESC LIMIT 1
    ), here AS (
        SELECT 1 AS rank, case_id, number,
               CASE WHEN withdrawn_at IS NULL THEN status ELSE 'ditarik' END AS status,
               coalesce(withdrawn_at, shown_at) AS since
        FROM shown
        UNION ALL
        (SELECT 2, i.case_id, NULL, i.status, i.status_at
         FROM satudata_case_item i JOIN satudata_case c ON c.id = i.case_id
         WHERE i.dataset_id = :dataset_id AND i.ended IS NULL
         ORDER BY c.publishes DESC, c.closed_at IS NULL DESC, c.number DESC LIMIT 1)
    )
    SELECT s.number AS sop_number, s.name AS sop_name,
           (SELECT title FROM "group" WHERE name = :walidata) AS walidata,
           here.status AS validation_status, here.since AS validation_date,
           here.number AS release_number
    FROM here
    LEFT JOIN satudata_case c ON c.id = here.case_id
    LEFT JOIN satudata_sop s ON s.id = c.sop_id
    ORDER BY here.rank LIMIT 1
""")


@dataclass(frozen=True)
class Standing:
    """How a dataset stands. Times are UTC; everything is None for a dataset without a case."""

    sop_number: str | None = None
    sop_name: str | None = None
    walidata: str | None = None
    validation_status: str | None = None
    validation_date: datetime | None = None
    release_number: int | None = None


def standing_of(dataset_id: str, walidata: str) -> Standing:
    """The standing of one dataset, in one query.

    Once a release is shown the reader gets the standing of that release, not that of a case
    which prepares its successor. `walidata` is the name of the walidata's organization.
    """
    values = {"dataset_id": dataset_id, "walidata": walidata}
    row = model.Session.execute(_QUERY, values).mappings().first()
    return Standing(**row) if row else Standing()
