"""One commit per request: everything an action writes is kept together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import as_ckan_error


@contextmanager
def one_commit() -> Iterator[None]:
    """Commit once at the end; on any error roll back, and render a refusal for CKAN.

    The explicit rollback matters: what a failed act left in the session would otherwise be
    committed by the next action of the same request.
    """
    try:
        yield
        model.Session.commit()
    except Refused as refused:
        model.Session.rollback()
        raise as_ckan_error(refused) from refused
    except BaseException:
        model.Session.rollback()
        raise
