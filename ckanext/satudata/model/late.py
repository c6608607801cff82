"""What an answer of the index holds and the public must not see, in one statement.

A search by the public costs CKAN no statement at all, so it may cost us no more than one; the
question itself stands in the database, which keeps how it answers it (migration 015).
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from ckan import model

MOST = 500
"""Of the newest datasets that wait for the index: as many as a search can be told to leave out."""

_NOT_PUBLIC = sa.text(
    "SELECT dataset_id, waits FROM satudata_not_public(CAST(:ids AS text[]), :most)"
)


def not_public(found: Iterable[str]) -> tuple[set[str], set[str]]:
    """(Of the datasets that were found those that the public does not see; likewise of those that
    the index is still to be told of, found or not, where it may know them as public)."""
    values = {"ids": list(found), "most": MOST}
    of_found, of_waiting = set[str](), set[str]()
    for dataset_id, waits in model.Session.execute(_NOT_PUBLIC, values):
        (of_waiting if waits else of_found).add(dataset_id)
    return of_found, of_waiting
