"""One commit per request: everything an action writes is kept together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import as_ckan_error


@contextmanager
def committed() -> Iterator[None]:
    """Commit once at the end; on any error roll back.

    The explicit rollback matters: what a failed act left in the session would otherwise be
    committed by the next action of the same request.
    """
    try:
        yield
        model.Session.commit()
    except BaseException:
        model.Session.rollback()
        raise


@contextmanager
def one_commit() -> Iterator[None]:
    """The same, and a refusal is rendered for CKAN."""
    try:
        with committed():
            yield
    except Refused as refused:
        raise as_ckan_error(refused) from refused
