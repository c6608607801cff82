"""One commit per request: everything an action writes is kept together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import as_ckan_error

_OPEN = "satudata_one_commit"
"""Stands in the session's own notes while an action of ours has yet to commit."""


def is_open() -> bool:
    """Whether somebody above will commit: nothing below may do so before him."""
    return _OPEN in model.Session.info


@contextmanager
def committed() -> Iterator[None]:
    """Commit once at the end; on any error roll back.

    The explicit rollback matters: what a failed act left in the session would otherwise be
    committed by the next action of the same request.
    """
    notes = model.Session.info
    notes[_OPEN] = True
    try:
        yield
        model.Session.commit()
    except BaseException:
        model.Session.rollback()
        raise
    finally:
        notes.pop(_OPEN, None)


@contextmanager
def one_commit() -> Iterator[None]:
    """The same, and a refusal is rendered for CKAN."""
    try:
        with committed():
            yield
    except Refused as refused:
        raise as_ckan_error(refused) from refused
