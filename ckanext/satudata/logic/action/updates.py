"""Data that are to be updated: asked for by the portal itself, overdue once the day has passed."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.schema import updates as schema
from ckanext.satudata.logic.updates import listing
from ckanext.satudata.logic.wording import as_ckan_error


@tk.side_effect_free
def satudata_update_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Released data whose next data are asked for or overdue, what was due first before the others.

    An agency reads its own, the office all that it serves.

    :param state: `overdue`, `near` or `any`, which it is when left out
    :param organization: id or name of the agency that brings them
    :param limit: at most so many, 20 when left out; 0 counts only
    :param offset: from which on
    :returns: {today, count, counts, more, results}; of each state a thousand are counted, and
        `more` names those of which there are more; each result has `dataset`, `organization`, the
        day `due_on` with the field that says it (`basis`) and `days` since, `asked_from` and
        `asked_at`, `list`: the SOP whose next list takes it up where it runs over lists,
        `asked_in`: the number of the open list that asks for it, and `answered`: {name, case} of
        the working copy in which it is being prepared
    """
    data = validated(context, data_dict, schema.update_list())
    tk.check_access("satudata_update_list", context, data)
    try:
        return listing.listed(asker(context), data)
    except Refused as refused:
        raise as_ckan_error(refused) from refused
