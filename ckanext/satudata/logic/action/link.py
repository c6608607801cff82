"""Links by which a party outside the office does one act at one visit."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.links import links
from ckanext.satudata.logic.schema import link as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error


def satudata_link_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Make a link by which a party outside the office ends one open visit, without an account.

    It works once, until it expires or is withdrawn; an earlier one for the same visit is
    withdrawn. Those who steer the case may make one.

    :param id: id or number of the case, or id or name of its dataset
    :param step: number of the step
    :param visit: number of the visit to that step
    :param dataset_id: where several datasets stand at the step
    :param actor: the outside actor it is for, where the step has several
    :param name: the person or the office it is for
    :param email: where the portal sends the link besides; left out: it is told to the caller alone
    :param days: how long it is valid, 1 to 60; 14 when left out
    :param version: the case's version as the caller last saw it; may be left out
    :returns: the link, and its `url`, which is told this one time only
    """
    data = validated(context, data_dict, schema.link_create())
    tk.check_access("satudata_link_create", context, data)
    user = asker(context)
    case_id = visible_case(user, data["id"]).id
    with one_commit():
        row, token = links.make(case_id, user, data)
    return {**links.link_dict(row), "url": links.address(token)}


def satudata_link_withdraw(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a link that was not used, by those who may make one.

    :param id: id of the link
    :returns: the link
    """
    data = validated(context, data_dict, schema.link_of())
    tk.check_access("satudata_link_withdraw", context, data)
    user = asker(context)
    with one_commit():
        row = links.withdraw(data["id"], user)
    return links.link_dict(row)


@tk.side_effect_free
def satudata_link_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """The links of a case, the newest first, without their addresses.

    :param id: id or number of the case, or id or name of its dataset
    """
    data = validated(context, data_dict, schema.link_of())
    tk.check_access("satudata_link_list", context, data)
    user = asker(context)
    case = visible_case(user, data["id"])
    try:
        return links.listed(case, user)
    except Refused as refused:
        raise as_ckan_error(refused) from refused
