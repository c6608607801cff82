"""A refusal to somebody who may not do it is an event, written after the act was rolled back.

Of what was sent only a reference is kept, and only where it is that of a case, dataset or resource.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from ckan import model
from sqlalchemy.exc import SQLAlchemyError

from ckanext.satudata.logic import clock
from ckanext.satudata.model import cases, denied

log = logging.getLogger(__name__)

REFERENCES = ("id", "case_id", "dataset_id", "package_id", "resource_id", "number", "name")
"""Where an action or an address names what it is about."""


def note(actor: str | None, action: str, code: str, references: Iterable[object]) -> None:
    """Keep one refused attempt, in a commit of its own. `actor`: None for whom nobody knows.

    A fault in it is logged: what was asked for stays refused either way.
    """
    model.Session.rollback()
    try:
        if actor is None:
            denied.count_anonymous(action, clock.today())
        else:
            about = _about([str(one) for one in references if isinstance(one, (str, int))])
            told = {"code": code, **about}
            denied.note(actor, action, clock.now(), told)
        model.Session.commit()
    except SQLAlchemyError:
        model.Session.rollback()
        log.exception("A refused attempt at %s could not be kept", action)


def _about(references: list[str]) -> dict[str, str]:
    """The first reference that is one, by kind."""
    for one in references:
        if not one or "\0" in one:
            continue
        package = model.Package.get(one)
        if package is not None:
            return {"dataset": package.id}
        case = cases.find_case(one)
        if case is not None:
            return {"case": case.id}
        resource = model.Resource.get(one)
        if resource is not None:
            return {"resource": resource.id}
    return {}
