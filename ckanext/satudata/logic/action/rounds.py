"""What an office does again and again by its SOP: read, and confirmed by who does it."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.people import Desk
from ckanext.satudata.logic.rounds import confirming
from ckanext.satudata.logic.schema import rounds as schema
from ckanext.satudata.logic.transaction import one_commit


@tk.side_effect_free
def satudata_round_list(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """What the caller's offices do again and again (storing, backup, evaluation): a round for each
    period.

    :param state: `open`, which it is when left out, what is due first before the others; or
        `ended`, the newest first
    :param limit: at most so many, 20 when left out
    :param offset: from which on
    :returns: {results}; each has `name`, `period` with its `first` and `last` day, `due_at`,
        `state` (`open`, `overdue`, `confirmed`, `missed`), `skipped`: rounds before it that nobody
        opened, `waiting`: steps of cases that wait for it, and `may_confirm`
    """
    data = validated(context, data_dict, schema.round_list())
    tk.check_access("satudata_round_list", context, data)
    return confirming.listed(asker(context), data)


def satudata_round_confirm(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Confirm that what a round asks for was done; the record says that a person said so.

    :param id: id of the round
    :param note: what was done, and where its papers are
    :returns: the round, as `satudata_round_list` gives it
    """
    data = validated(context, data_dict, schema.round_confirm())
    tk.check_access("satudata_round_confirm", context, data)
    user = asker(context)
    with one_commit():
        row = confirming.confirm(user, data["id"], data["note"])
    return confirming.round_dict(row, Desk(user), {user.id: user.display_name})
