"""What an answer of the index holds and the public must not see, in one statement.

A search by the public costs CKAN no statement at all, so it may cost us no more than one; the
question itself stands in the database, which keeps how it answers it (migration 015). Whoever has a
transaction open is answered in it and finds what he has changed himself. For all others a
transaction of their own would cost three more ways to the database (alive? begin, roll back): they
ask over connections that open none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from ckan import model
from sqlalchemy.exc import DBAPIError

MOST = 500
"""Of the newest datasets that wait for the index: as many as a search can be told to leave out."""

_NOT_PUBLIC = "SELECT dataset_id, waits FROM satudata_not_public(%s::text[], %s)"


def not_public(found: Iterable[str]) -> tuple[set[str], set[str]]:
    """(Of the datasets that were found those that the public does not see; likewise of those that
    the index is still to be told of, found or not, where it may know them as public)."""
    of_found, of_waiting = set[str](), set[str]()
    for dataset_id, waits in _ask((list(found), MOST)):
        (of_waiting if waits else of_found).add(dataset_id)
    return of_found, of_waiting


def _ask(values: tuple[Any, ...]) -> Sequence[Any]:
    session = model.Session()
    if session.in_transaction():
        return session.connection().exec_driver_sql(_NOT_PUBLIC, values).all()
    try:
        return _ask_apart(values)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        # The server was away since the last search; SQLAlchemy has let go of what was open.
        return _ask_apart(values)


def _ask_apart(values: tuple[Any, ...]) -> Sequence[Any]:
    with _apart(model.Session.get_bind().engine.url).connect() as connection:
        return connection.exec_driver_sql(_NOT_PUBLIC, values).all()


@cache
def _apart(url: sa.URL) -> sa.Engine:
    """Connections that begin no transaction, so there is nothing to end when one is given back."""
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)
