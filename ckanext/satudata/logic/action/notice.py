"""What people were told: to be read, and by which way it is told."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.asked import asker, validated, visible_case
from ckanext.satudata.logic.notices import kinds, listing
from ckanext.satudata.logic.schema import lists
from ckanext.satudata.logic.schema import notice as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model import notices
from ckanext.satudata.model.notices import EVERY_KIND, WAYS


@tk.side_effect_free
def satudata_notice_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What the caller was told of, the newest first.

    :param unread: only what he has not read
    :param kind: only of this kind
    :param case: id or number of a case
    :param limit: at most so many, 20 when left out; 0 counts only
    :param offset: from which on
    :returns: {count, unread, results}; each result has its `sentence`, `facts` and `deadline`
    """
    data = validated(context, data_dict, schema.notice_list())
    tk.check_access("satudata_notice_list", context, data)
    return listing.listed(asker(context), data)


def satudata_notice_read(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Mark notices of the caller as read.

    :param ids: which; left out: all of them
    :param case: id or number of a case that the caller sees: only what told of it
    :returns: {marked, unread}
    """
    data = validated(context, data_dict, schema.notice_read())
    tk.check_access("satudata_notice_read", context, data)
    user = asker(context)
    case_id = visible_case(user, data["case"]).id if data.get("case") else ""
    with one_commit():
        marked = notices.mark_read(user.id, data.get("ids"), clock.now(), case_id)
        unread = notices.count(notices.Wanted(user.id, unread=True))
    return {"marked": marked, "unread": unread}


@tk.side_effect_free
def satudata_notice_setting_list(
    context: Context, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """By which way the caller is told of each kind: `mail` at once, daily `digest`, or `page`.

    :returns: {kind, title, way, usual, chosen} for each kind
    """
    tk.check_access("satudata_notice_setting_list", context, data_dict)
    return listing.settings_of(asker(context))


def satudata_notice_setting_set(
    context: Context, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """Choose by which way the caller is told of a kind from now on.

    :param kind: a kind, or `*` for all for which nothing else is chosen
    :param way: `mail`, `digest` or `page`
    :returns: as `satudata_notice_setting_list`
    """
    data = validated(context, data_dict, schema.notice_setting())
    tk.check_access("satudata_notice_setting_set", context, data)
    user = asker(context)
    with one_commit():
        if data["kind"] not in (*kinds.BY_NAME, EVERY_KIND):
            raise Refused("notice_kind_unknown", field="kind", kind=data["kind"])
        if data["way"] not in WAYS:
            raise Refused("notice_way_unknown", field="way", ways=WAYS)
        notices.set_way(user.id, data["kind"], data["way"])
    return listing.settings_of(user)


@tk.side_effect_free
def satudata_notice_undeliverable_list(
    context: Context, data_dict: dict[str, Any]
) -> dict[str, Any]:
    """Notices of which no e-mail could be sent, and why; each is on its reader's page all the same.

    For those who speak for the whole portal.

    :param limit: at most so many, 20 when left out; 0 counts only
    :param offset: from which on
    :returns: {count, results}, the newest first
    """
    data = validated(context, data_dict, lists.part())
    tk.check_access("satudata_notice_undeliverable_list", context, data)
    return listing.undeliverable(data)


def satudata_notice_send_again(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Have undeliverable notices tried again, once their addresses were mended.

    :param ids: which
    :returns: {again}: how many it was
    """
    data = validated(context, data_dict, schema.notice_send_again())
    tk.check_access("satudata_notice_send_again", context, data)
    with one_commit():
        return {"again": notices.send_again(data["ids"])}
