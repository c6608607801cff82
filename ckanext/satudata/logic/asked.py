"""What every action does with its input first: the shape, who asks, and which case is meant."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.wording import as_ckan_error, sentence
from ckanext.satudata.model import cases
from ckanext.satudata.model.tables import CaseRow


def validated(context: Context, data_dict: dict[str, Any], shape: Any) -> dict[str, Any]:
    """The input in its shape. Raises ValidationError, by field."""
    data, errors = tk.navl_validate(data_dict, shape, context)
    if errors:
        raise tk.ValidationError(errors)
    return data


def asker(context: Context) -> model.User:
    """The user who asks. Raises NotAuthorized `login_needed` for an anonymous caller."""
    user = people.user_of(context)
    if user is None:
        raise as_ckan_error(Refused("login_needed"))
    return user


def visible_case(user: model.User | None, reference: str) -> CaseRow:
    """The case that is meant; ObjectNotFound, the same as for one that is not there, if the
    user may not see it."""
    case = cases.find_case(reference)
    if case is None or not people.may_see_case(user, case):
        raise tk.ObjectNotFound(sentence(Refused("not_found")))
    return case
