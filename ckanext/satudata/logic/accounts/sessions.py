"""When a session ends: unused, too old, logged out, or because the account has changed.

A session carries a digest of the password's hash and of the second factor's generation. Whatever
changes one of them, in whatever way, ends every session that was begun before.
"""

from __future__ import annotations

from datetime import timezone
from typing import Any

from ckan import model
from ckan.common import session
from ckan.plugins import toolkit as tk
from flask import has_request_context
from flask_login import user_logged_in

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.logic import clock
from ckanext.satudata.model import accounts

KEY = "satudata_session"
_SEEN_EVERY = 60
"""Seconds after which a session notes anew that it was used."""


def begin(user: model.User) -> None:
    """Note of the session of this request since when and for whom it holds."""
    now = _now()
    session[KEY] = {"begun": now, "seen": now, "stamp": stamp(user)}


def is_over(user: model.User) -> bool:
    """Whether the session of this request holds no longer; else it counts as used now."""
    noted, now = session.get(KEY), _now()
    if not isinstance(noted, dict) or noted.get("stamp") != stamp(user):
        return True
    if now - noted["begun"] >= config.session_lifetime():
        return True
    if now - noted["seen"] >= config.session_idle():
        return True
    if now - noted["seen"] >= _SEEN_EVERY:
        session[KEY] = {**noted, "seen": now}
    return False


def go_on_as(user: model.User) -> None:
    """Let the session of this request outlive a change that its own person made in it."""
    if has_request_context() and session.get("_user_id") == user.id and KEY in session:
        session[KEY] = {**session[KEY], "stamp": stamp(user)}


def end() -> None:
    """Forget the session of this request, in its store too."""
    session.clear()


def forget_login() -> None:
    """Leave nothing in a session by which it would be somebody's, or hold longer."""
    session.pop(KEY, None)


def stamp(user: model.User) -> str:
    """Another one as soon as password or second factor is another one."""
    row = accounts.account(user.id)
    generation = str(row.generation if row is not None else 0)
    return sealing.digest(("session", user.id, user.password or "", generation), _secret())


def _secret() -> str:
    return config.account_secret()


def _now() -> int:
    return int(clock.now().replace(tzinfo=timezone.utc).timestamp())


def _begun(_app: Any, user: Any = None, **_more: Any) -> None:
    if isinstance(user, model.User):
        begin(user)


def listen() -> None:
    """Hear of every login, also of one by another extension."""
    user_logged_in.connect(_begun)


def token_of_request() -> str:
    """The API token that came with the request; empty for none."""
    return tk.request.headers.get(tk.config["apitoken_header_name"], "")
