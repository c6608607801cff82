"""The work that a decided step left over, started again."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.cases import dictize, work
from ckanext.satudata.logic.schema import case as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error


def satudata_case_work(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let the worker try again what an act over a list has still to do.

    Nothing new is decided: the step was. Whoever sees the case whole may ask for it.

    :param id: id or number of the case
    :returns: the case as `satudata_case_show` gives it; what is not through stands in `work`
    """
    data = validated(context, data_dict, schema.case_show())
    tk.check_access("satudata_case_work", context, data)
    user = asker(context)
    case = visible_case(user, data["id"])
    if people.seen_agencies(user, case) is not None:
        raise as_ckan_error(Refused("not_of_office"))
    if work.left_over(case.id):
        with one_commit():
            work.start(case.id)
    return dictize.case_dict(case, user)
