"""Setting passwords: what they must be, and who set them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ckan import model
from ckan.logic import guard_against_duplicated_email
from ckan.plugins import toolkit as tk

from ckanext.satudata import config
from ckanext.satudata.accounts.passwords import fault
from ckanext.satudata.audit.kinds import RecordKind
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import people
from ckanext.satudata.logic.accounts import sessions
from ckanext.satudata.logic.accounts.telling import tell
from ckanext.satudata.logic.transaction import committed
from ckanext.satudata.model import accounts

GIVEN = ("password", "password1", "password_hash")


def check(password: str, about: list[str]) -> None:
    """Raises Refused `password_short`, `password_own_name`, `password_obvious`."""
    minimum = config.password_length()
    code = fault(password, about, minimum)
    if code:
        raise Refused(code, field="password1", minimum=minimum)


def about(user: model.User) -> list[str]:
    """What a password of this account must not be made of."""
    return [one for one in (user.name, user.fullname, user.email) if one]


def about_input(data: Mapping[Any, Any]) -> list[str]:
    """The same for the flat input of core's actions, of which an update may name only the id."""
    said = [data.get((name,)) for name in ("name", "fullname", "email")]
    known = model.User.get(data.get(("id",)) or data.get(("name",)) or None)
    found = [one for one in said if isinstance(one, str) and one]
    return found + (about(known) if known is not None else [])


def choose(user: model.User, password: str, again: str) -> None:
    """A password of one's own in the place of a first one.

    Raises Refused `passwords_differ`, `password_same` and those of `check`.
    """
    if password != again:
        raise Refused("passwords_differ", field="password2")
    check(password, about(user))
    with committed():
        row = accounts.lock_account(user.id)
        if user.validate_password(password):
            raise Refused("password_same", field="password1")
        user.password = password
        model.Session.add(user)
        row.must_change = False


def gives(data: dict[str, Any]) -> bool:
    """Whether the input of an action sets a password."""
    return any(data.get(name) for name in GIVEN)


def told(
    original: Callable[..., Any], context: Any, data: dict[str, Any], before: model.User | None
) -> Any:
    """Core's action that sets a password, and who set it, in one commit.

    `before`: the account that is changed; None for a new one.
    """
    deferred = context.get("defer_commit", False)
    old = before.password if before is not None else None
    context["defer_commit"] = True
    try:
        answer = original(context, data)
    finally:
        context["defer_commit"] = deferred
    user = model.User.get(answer["id"])
    changed = user is not None and user.password != old
    if user is not None and changed:
        _note(user, people.user_of(context))
    if not deferred:
        with guard_against_duplicated_email(data.get("email") or ""):
            model.Session.commit()
        if user is not None and changed:
            sessions.go_on_as(user)
    return answer


def _note(user: model.User, setter: model.User | None) -> None:
    """Who has a password from another person must change it; the machine itself is nobody's."""
    machine = setter is None or setter.name == tk.config["ckan.site_id"]
    by_other = not machine and setter is not None and setter.id != user.id
    row = accounts.lock_account(user.id)
    row.must_change = by_other
    if by_other and setter is not None:
        tell(RecordKind.PASSWORD_SET_BY_OTHER, user.id, setter.id)
