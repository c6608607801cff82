"""How long somebody who reads waits for Solr, and for how long it is not asked after it hung.

A dataset is read from the database, so its page waits for no search that hangs. Only who searches
waits as long as `solr_timeout` says.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from ckan import model
from ckan.lib.dictization import model_dictize
from ckan.lib.search import query as core
from ckan.lib.search.common import SearchError, SolrConnectionError
from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.satudata.logic.datasets import kept_connection

SHORT_SECONDS = 0.5
"""For a copy of a dataset, and for what a page shows of a search beside its own matter."""

SILENT_SECONDS = 10.0
"""So long a Solr that hung is not asked by this process again."""

SEARCHES = ("dataset.search", "organization.read", "group.read", "feeds.", "api.action")
"""How endpoints begin whose own matter is a search."""

_short: ContextVar[bool] = ContextVar("satudata_short", default=False)
_count = model_dictize.get_group_dataset_counts

_COUNTED = sa.text("""
    SELECT owner_org, count(*) FROM package
    WHERE state = 'active' AND NOT private AND type = 'dataset' GROUP BY owner_org
""")


class Silent(SearchError):
    """Solr is not asked just now."""


class Silence:
    """Until when Solr is not asked, by the clock that nobody sets: `short` by who would not wait
    long, `whole` by nobody. One that is only slow keeps searching for those who wait."""

    short = whole = 0.0


def install() -> None:
    """From now on every search has this patience."""
    core.make_connection = _connection
    model_dictize.get_group_dataset_counts = _counts


@contextmanager
def reading() -> Iterator[None]:
    """Ask Solr for a copy, for which nobody waits long."""
    token = _short.set(True)
    try:
        yield
    except SearchError as error:
        _remember(error)
        raise
    finally:
        _short.reset(token)


@contextmanager
def searching() -> Iterator[None]:
    """Ask Solr to search. Where it does not answer a page hears SearchError, which core's views
    know how to tell, and a program SolrConnectionError, which its API knows."""
    try:
        yield
    except (SolrConnectionError, Silent) as error:
        _remember(error)
        told = str(error)
        raise (SolrConnectionError(told) if _by_program() else SearchError(told)) from error


def ask_again() -> None:
    """Forget that it hung."""
    Silence.short = Silence.whole = 0.0


def _remember(error: BaseException | None) -> None:
    """Where it was a matter of time, do not ask again for a while."""
    while error is not None:
        if "timed out" in str(error):
            Silence.short = time.monotonic() + SILENT_SECONDS
            Silence.whole = Silence.whole if _is_short() else Silence.short
            return
        error = error.__cause__ or error.__context__


def _connection(decode_dates: bool = True) -> Any:
    """Core's connection, with our patience. Raises Silent while Solr is taken to hang."""
    short = _is_short()
    if time.monotonic() < (Silence.short if short else Silence.whole):
        raise Silent("the search server did not answer a moment ago")
    connection = kept_connection.connection(decode_dates)
    if short:
        # A number, whatever its annotation says; it goes to requests as it is.
        connection.timeout = min(SHORT_SECONDS, connection.timeout)  # pyright: ignore
    return connection


def _counts(*asked: Any, **more: Any) -> dict[str, Any]:
    """How many datasets agencies and groups have; where Solr does not answer, what of agencies is
    public by the database."""
    try:
        with searching():
            return _count(*asked, **more)
    except (SearchError, SolrConnectionError):
        counted = model.Session.execute(_COUNTED)
        return {"owner_org": {agency: count for agency, count in counted}, "groups": {}}


def _by_program() -> bool:
    return has_request_context() and (tk.request.endpoint or "").startswith("api.")


def _is_short() -> bool:
    """Whether nobody waits long: for a copy, or on a page whose own matter is no search."""
    endpoint = (tk.request.endpoint or "") if has_request_context() else SEARCHES[0]
    return _short.get() or not endpoint.startswith(SEARCHES)
