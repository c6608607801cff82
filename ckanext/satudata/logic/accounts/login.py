"""The way in: password, code, a password of one's own, a second factor. In that order."""

from __future__ import annotations

from enum import Enum
from typing import Any

from ckan import model
from ckan.lib.authenticator import default_authenticate
from passlib.handlers.pbkdf2 import pbkdf2_sha512

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.accounts import factors, lockout
from ckanext.satudata.model import accounts


class Step(str, Enum):
    """What is still asked of somebody whose password was right."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - the name of a step
    SET_UP = "set_up"


def with_password(identity: dict[str, Any]) -> model.User:
    """Whose name and password these are, counted as an attempt.

    Raises Refused `login_wrong`, or `login_locked` without looking at the password.
    """
    login, password = str(identity.get("login") or ""), identity.get("password") or ""
    known = _user(login)
    lockout.attempt(login, known)
    if known is None:
        # As slow as for a name that is known.
        pbkdf2_sha512.hash("nobody")
    found = default_authenticate({**identity, "login": login, "password": password})
    if not isinstance(found, model.User):
        raise Refused("login_wrong")
    return found


def with_code(user: model.User, typed: str) -> None:
    """The second factor, counted as an attempt too. Raises Refused `code_wrong`, `login_locked`."""
    lockout.attempt(user.name, user)
    if not factors.accept(user, typed):
        raise Refused("code_wrong", field="code")


def next_step(user: model.User, *, code_given: bool) -> Step | None:
    """What is asked next; None when nothing is."""
    row = accounts.account(user.id)
    if row is not None and row.sealed_secret is not None and not code_given:
        return Step.CODE
    if row is not None and row.must_change:
        return Step.PASSWORD
    if (row is None or row.sealed_secret is None) and factors.is_needed(user):
        return Step.SET_UP
    return None


def _user(login: str) -> model.User | None:
    """As core looks a login up; an account that is not active counts as none."""
    user = model.User.by_name(login) or model.User.by_email(login) if login else None
    return user if user is not None and user.is_active else None
