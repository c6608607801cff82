"""The record of events, carried out of the portal, and freed of a name."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.proof import erasing, exporting
from ckanext.satudata.logic.reports.reporting import Period
from ckanext.satudata.logic.schema import proof as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.logic.wording import as_ckan_error


@tk.side_effect_free
def satudata_audit_export(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The events of a case or a period with their hashes, oldest first in each stream.

    A case: for those who see it whole. A period: for the administrator of the portal and the head
    of the walidata.

    :param case: id or number of a case; left out: a period
    :param from: first day at the office, YYYY-MM-DD
    :param to: last day
    :param format: `json`, `csv` or `prov` (PROV-JSON)
    :returns: {format, events}; `events` is a list, a text, or a PROV-JSON document
    """
    data = validated(context, data_dict, schema.export())
    tk.check_access("satudata_audit_export", context, data)
    user = asker(context)
    try:
        return _exported(user, data)
    except Refused as refused:
        raise as_ckan_error(refused) from refused


def _exported(user: model.User, data: dict[str, Any]) -> dict[str, Any]:
    if data.get("case"):
        case = visible_case(user, data["case"])
        if people.seen_agencies(user, case) is not None:
            raise Refused("not_of_office")
        return exporting.of_case(case.id, data["format"])
    if not assigning.is_head(user):
        raise Refused("not_head")
    if not (data.get("from") and data.get("to")):
        raise Refused("export_of_what", field="case")
    return exporting.of_period(Period.of(data["from"], data["to"]), data["format"])


def satudata_person_erase(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Erase a person everywhere the portal wrote him down, as UU 27/2022 asks: by his name where he
    has no account, else by his account. Events keep their hashes; that it was done, by whom and
    why, is an event too.

    Only the administrator of the portal may. An account that is erased keeps its id, under a name
    that tells nothing, and nobody logs in by it again.

    :param name: the name as it stands, every letter of it
    :param user: id or name of an account; either this or `name`
    :param reason: why, such as the letter that asks for it; without the name
    :returns: {erased}: how many places
    """
    data = validated(context, data_dict, schema.erase())
    tk.check_access("satudata_person_erase", context, data)
    user = asker(context)
    with one_commit():
        if bool(data.get("name")) == bool(data.get("user")):
            raise Refused("erase_whom", field="name")
        if data.get("user"):
            erased = erasing.erase_account(data["user"], data["reason"], user.id)
        else:
            erased = erasing.erase(data["name"], data["reason"], user.id)
    return {"erased": erased}
