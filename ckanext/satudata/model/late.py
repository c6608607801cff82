"""What an answer of the index holds and the public must not see, in one statement.

A search by the public costs CKAN no statement at all, so it may cost us no more than one.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model import outbox
from ckanext.satudata.model.releases import PUBLIC

MOST = 500
"""Of the newest datasets that wait for the index: as many as a search can be told to leave out."""

_NOT_PUBLIC = sa.text(f"""
    WITH waiting AS (
        SELECT key AS id FROM satudata_outbox o WHERE topic = :topic AND (
            EXISTS (SELECT FROM satudata_release WHERE dataset_id = o.key AND shown_at IS NOT NULL)
            OR NOT EXISTS (SELECT FROM package WHERE id = o.key)
        )
        GROUP BY key ORDER BY max(id) DESC LIMIT {MOST}
    ), asked AS (
        SELECT unnest(CAST(:ids AS text[])) AS id, false AS waits
        UNION ALL SELECT id, true FROM waiting
    )
    SELECT id, waits FROM asked
    WHERE id NOT IN (SELECT p.id FROM asked a JOIN package p USING (id) JOIN {PUBLIC})
""")  # noqa: S608 - both names are constants of ours


def not_public(found: Iterable[str]) -> tuple[set[str], set[str]]:
    """(Of the datasets that were found those that the public does not see; likewise of those that
    the index is still to be told of, found or not, where it may know them as public)."""
    values = {"ids": list(found), "topic": outbox.DATASET}
    of_found, of_waiting = set[str](), set[str]()
    for dataset_id, waits in model.Session.execute(_NOT_PUBLIC, values):
        (of_waiting if waits else of_found).add(dataset_id)
    return of_found, of_waiting
