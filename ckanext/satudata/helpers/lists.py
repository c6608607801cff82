"""Template helpers of cases over a list: where data stands, whom and what a form offers."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import current_user

from ckanext.satudata.helpers.asking import ask
from ckanext.satudata.helpers.telling import day
from ckanext.satudata.logic import choices


def satudata_list_visit(case: dict[str, Any], dataset_id: str) -> dict[str, Any] | None:
    """The open visit to the list at which a dataset stands; None while it walks alone."""
    visits = (one for one in case["open_visits"] if one["item"] is None)
    return next((one for one in visits if dataset_id in one["items"]), None)


def satudata_holders(case: dict[str, Any], visit: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and full name of those to whom an open visit may be given."""
    return choices.holders(case["number"], visit["step"], visit["item"], visit["number"])


def satudata_agencies() -> list[tuple[str, str]]:
    """Id and title of every agency, by title."""
    query = model.Session.query(model.Group.id, model.Group.title, model.Group.name)
    rows = query.filter_by(is_organization=True, state=model.State.ACTIVE)
    words = [(group_id, title or name) for group_id, title, name in rows]
    return sorted(words, key=lambda one: one[1].casefold())


def satudata_deliveries() -> int:
    """How many datasets were handed over and wait for the reader to put them on a list."""
    return len(ask("satudata_delivery_list") or ())


def satudata_may_open_list() -> bool:
    """Whether the reader holds the first step of a procedure that begins with a list."""
    user = model.User.get(current_user.name)
    return bool(user and choices.openable(user))


def satudata_attachment(attachment_id: str) -> dict[str, Any] | None:
    """What is known of a file of a case, for those who may see it."""
    return ask("satudata_attachment_show", id=attachment_id)


def satudata_day(text: str | None) -> str:
    """A day written as year-month-day, as people read it."""
    return day(text)
