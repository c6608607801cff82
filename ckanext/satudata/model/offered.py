"""What earlier lists of an office left behind because it was late, and no list has taken up since.

One query, carried by the index over what is late: the datasets of all other cases cost nothing.
It looks back over the newest lists only, so that it stays as quick when there are thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import updates
from ckanext.satudata.model.tables import CaseRow

LISTS = 50
"""Over how many lists that left something behind it is looked back, the newest first."""

MOST = 100
"""How many entries a list is offered at once, those of the newest lists first."""

# A dataset is taken up when a list of this office and SOP has it or has let it through since, and
# is not free while any open case can publish it. A request has no dataset to be followed by: it is
# offered until a later list has ended. What stands on this list under its title is there already.
_QUERY = sa.text("""
    WITH list AS (
        SELECT c.id, c.number, c.closed_at
        FROM (SELECT DISTINCT case_id FROM satudata_case_item WHERE party = 0) i
        JOIN satudata_case c ON c.id = i.case_id
        JOIN satudata_sop s ON s.id = c.sop_id
        WHERE c.closed_at IS NOT NULL AND c.organization_id = :office AND s.subject = :subject
        ORDER BY c.number DESC LIMIT :lists
    ), late AS (
        SELECT i.dataset_id, i.title, i.organization_id, i.release_date, i.is_request,
               i.delivered_at, list.number, list.closed_at
        FROM list
        JOIN satudata_case_item i ON i.case_id = list.id
        WHERE i.party = 0 AND i.ended IN ('late', 'cancelled')
    ), free AS (
        SELECT DISTINCT ON (l.dataset_id) l.dataset_id, l.is_request, p.name,
               coalesce(nullif(p.title, ''), p.name) AS title, p.owner_org AS organization_id,
               l.release_date, l.number, l.delivered_at
        FROM late l
        JOIN package p ON p.id = l.dataset_id AND p.state = 'active'
        WHERE NOT l.is_request AND NOT EXISTS (
            SELECT 1 FROM satudata_publishing h WHERE h.dataset_id = l.dataset_id
        ) AND NOT EXISTS (
            SELECT 1 FROM satudata_release r
            WHERE r.dataset_id = l.dataset_id AND r.made_at > l.closed_at
        ) AND NOT EXISTS (
            SELECT 1 FROM satudata_case_item j
            JOIN satudata_case d ON d.id = j.case_id
            JOIN satudata_sop t ON t.id = d.sop_id
            WHERE j.dataset_id = l.dataset_id AND j.ended IS NULL
              AND d.organization_id = :office AND t.subject = :subject
              AND (d.closed_at IS NULL OR d.closed_at > l.closed_at)
        )
        ORDER BY l.dataset_id, l.closed_at DESC
    ), asked AS (
        SELECT l.dataset_id, l.is_request, '', l.title, l.organization_id, l.release_date,
               l.number, l.delivered_at
        FROM late l
        WHERE l.is_request AND NOT EXISTS (
            SELECT 1 FROM satudata_case d JOIN satudata_sop t ON t.id = d.sop_id
            WHERE d.number > l.number AND d.closed_at > l.closed_at AND NOT d.cancelled
              AND d.organization_id = :office AND t.subject = :subject
        )
    )
    SELECT f.dataset_id, f.is_request, f.name, f.title, f.organization_id, f.release_date,
           f.number AS from_case, f.delivered_at
    FROM (SELECT * FROM free UNION ALL SELECT * FROM asked) f
    WHERE NOT EXISTS (
        SELECT 1 FROM satudata_case_item j
        WHERE j.case_id = :case_id AND j.ended IS NULL
          AND j.organization_id = f.organization_id AND lower(j.title) = lower(f.title)
    )
    ORDER BY f.number DESC, f.title, f.dataset_id
    LIMIT :most
""")


# A working copy comes back to its dataset by a case that publishes. Where the SOP of its agency
# walks alone it got one when it was opened; else it waits here.
_COPIES = sa.text("""
    SELECT w.id AS dataset_id, false AS is_request, p.name,
           coalesce(nullif(p.title, ''), p.name) AS title, p.owner_org AS organization_id,
           p.extras ->> 'release_schedule' AS release_date, c.number AS from_case,
           NULL AS delivered_at, true AS copy
    FROM satudata_working_copy w
    JOIN package p ON p.id = w.id AND p.state = 'active'
    JOIN satudata_release r ON r.id = w.base_release_id
    LEFT JOIN satudata_case c ON c.id = r.case_id
    LEFT JOIN satudata_adoption a ON a.id = :adoption
    WHERE w.ended_at IS NULL AND (a.serves IS NULL OR p.owner_org = ANY(a.serves))
      AND NOT EXISTS (
        SELECT 1 FROM satudata_case_item j JOIN satudata_case d ON d.id = j.case_id
        WHERE j.dataset_id = w.id AND j.ended IS NULL AND d.closed_at IS NULL
      ) AND NOT EXISTS (
        SELECT 1 FROM satudata_case_item j
        WHERE j.case_id = :case_id AND j.ended IS NULL
          AND j.organization_id = p.owner_org AND lower(j.title) = lower(p.title)
      )
    ORDER BY w.opened_at, w.id
    LIMIT :most
""")

# Data that are to be updated where the SOP of their agency runs over lists. A copy of them is
# offered itself; what stands on any open list under the title of the data is asked for there.
_UPDATES = sa.text(f"""
    SELECT u.dataset_id, true AS is_request, '' AS name,
           coalesce(nullif(p.title, ''), p.name) AS title, u.organization_id,
           to_char(u.due_on, 'YYYY-MM-DD') AS release_date,
           c.number AS from_case, NULL AS delivered_at, true AS update
    FROM satudata_update u
    JOIN {updates.IN_FORCE} JOIN package p ON p.id = u.dataset_id AND p.state = 'active'
    JOIN satudata_release r ON r.id = u.base_id
    LEFT JOIN satudata_case c ON c.id = r.case_id
    LEFT JOIN satudata_adoption a ON a.id = :adoption
    WHERE u.asked_at IS NOT NULL AND u.list_subject = :subject AND {updates.NO_COPY}
      AND (a.serves IS NULL OR u.organization_id = ANY(a.serves))
      AND NOT EXISTS (
        SELECT 1 FROM satudata_case_item j JOIN satudata_case d ON d.id = j.case_id
        WHERE d.closed_at IS NULL AND j.is_request AND j.ended IS NULL
          AND j.organization_id = u.organization_id
          AND lower(j.title) = lower(coalesce(nullif(p.title, ''), p.name))
      )
    ORDER BY u.due_on, p.title, u.dataset_id
    LIMIT :most
""")  # noqa: S608 - words of ours


@dataclass(frozen=True)
class Offer:
    """One entry that was late: a dataset, or a request that was not answered in time; or a
    working copy (`copy`) that has no case yet; or public data that are to be updated (`update`),
    which a list asks for anew.

    `from_case` is the number of the case that went on without it, or published what is revised;
    `delivered_at` (UTC) when its producer delivered it, None where he has not. `name` is empty
    for a request.
    """

    dataset_id: str
    is_request: bool
    name: str
    title: str
    organization_id: str
    release_date: str | None
    from_case: int | None
    delivered_at: datetime | None
    copy: bool = False
    update: bool = False


def offered_to(case: CaseRow, subject: str) -> Sequence[Offer]:
    """What an open list of a SOP is offered from its office's earlier ones, the newest first, and
    where it publishes the working copies of its agencies, the oldest first, and what of them is to
    be updated, by its day."""
    values = {"office": case.organization_id, "subject": subject, "case_id": case.id}
    values |= {"lists": LISTS, "most": MOST}
    late = [Offer(**row) for row in model.Session.execute(_QUERY, values).mappings()]
    if not case.publishes:
        return late
    values = {"case_id": case.id, "adoption": case.adoption_id, "subject": subject, "most": MOST}
    found = list(late)
    for query in (_COPIES, _UPDATES):
        known = {one.dataset_id for one in found}
        some = [Offer(**row) for row in model.Session.execute(query, values).mappings()]
        found += [one for one in some if one.dataset_id not in known]
    return found
