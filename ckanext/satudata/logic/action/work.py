"""The work that a decided step left over, started again."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import casework, dictize, people, schema, work
from ckanext.satudata.logic.wording import as_ckan_error
from ckanext.satudata.model import cases


def satudata_case_work(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let the worker try again what an act over a list has still to do.

    Nothing new is decided: the step was. Whoever sees the case whole may ask for it.

    :param id: id or number of the case
    :returns: the case as `satudata_case_show` gives it; what is not through stands in `work`
    """
    data, errors = tk.navl_validate(data_dict, schema.case_show(), context)
    if errors:
        raise tk.ValidationError(errors)
    tk.check_access("satudata_case_work", context, data)
    user, case = people.user_of(context), cases.find_case(data["id"])
    if user is None:
        raise as_ckan_error(Refused("login_needed"))
    if case is None or not people.may_see_case(user, case):
        raise tk.ObjectNotFound(casework.sentence(Refused("not_found")))
    if people.seen_agencies(user, case) is not None:
        raise as_ckan_error(Refused("not_of_office"))
    if work.left_over(case.id):
        work.start(case.id)
    return dictize.case_dict(case, user)
