"""Accounts: passwords that core sets, locks that are lifted, second factors that are reset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.logic.accounts import lockout, passwords, resets
from ckanext.satudata.logic.accounts.telling import tell
from ckanext.satudata.logic.asked import asker, validated
from ckanext.satudata.logic.officers.assigned import user_named
from ckanext.satudata.logic.schema import account as schema
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.model.accounts import FactorResetRow


@tk.chained_action
def user_create(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core's action; a first password from another person must be changed at the first login."""
    if not passwords.gives(data_dict):
        return original(context, data_dict)
    return passwords.told(original, context, data_dict, None)


@tk.chained_action
def user_update(original: Callable[..., Any], context: Context, data_dict: dict[str, Any]) -> Any:
    """Core's action; a password from another person is an event, and must be changed."""
    before = model.User.get(data_dict.get("id")) if passwords.gives(data_dict) else None
    if before is None:
        return original(context, data_dict)
    return passwords.told(original, context, data_dict, before)


def satudata_login_unlock(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Lift the lock of an account that came from too many attempts to log in.

    :param account: its name or id
    :returns: {user, lifted}; `lifted` is false where there was nothing to lift
    """
    data = validated(context, data_dict, schema.login_unlock())
    tk.check_access("satudata_login_unlock", context, data)
    asking = asker(context)
    with one_commit():
        user = user_named(data["account"], "account")
        lifted = lockout.lift(user)
        if lifted:
            tell(RecordKind.ACCOUNT_UNLOCKED, user.id, asking.id)
    return {"user": _person(user.id), "lifted": lifted}


def satudata_factor_reset_ask(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask that somebody's lost second factor be taken away; another person must confirm it.

    :param account: name or id of whoever lost it; never oneself
    :param reason: why, and how he was recognized
    :returns: the reset: {id, user, reason, asked_by, asked_at, confirmed_by, confirmed_at}
    """
    data = validated(context, data_dict, schema.factor_reset_ask())
    tk.check_access("satudata_factor_reset_ask", context, data)
    asking = asker(context)
    with one_commit():
        return _reset(resets.ask(asking, user_named(data["account"], "account"), data["reason"]))


def satudata_factor_reset_confirm(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Confirm a reset that another person asked for: the factor and all sessions of it end.

    :param id: id of the reset
    :returns: the reset
    """
    data = validated(context, data_dict, schema.factor_reset_confirm())
    tk.check_access("satudata_factor_reset_confirm", context, data)
    asking = asker(context)
    with one_commit():
        return _reset(resets.confirm(asking, data["id"]))


@tk.side_effect_free
def satudata_factor_reset_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Resets that wait for a second person.

    :returns: the oldest first
    """
    tk.check_access("satudata_factor_reset_list", context, data_dict)
    return [_reset(row) for row in resets.waiting()]


def _reset(row: FactorResetRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "user": _person(row.user_id),
        "reason": row.reason,
        "asked_by": _person(row.asked_by),
        "asked_at": row.asked_at.isoformat(),
        "confirmed_by": _person(row.confirmed_by) if row.confirmed_by else None,
        "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
    }


def _person(user_id: str) -> dict[str, str]:
    user = model.User.get(user_id)
    names = {"name": user.name, "display_name": user.display_name} if user is not None else {}
    return {"id": user_id, "name": "", "display_name": "", **names}
