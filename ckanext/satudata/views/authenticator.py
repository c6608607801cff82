"""IAuthenticator: every password that core takes goes by our counting, every session by our end."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.lib import api_token
from flask import g

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.accounts import lockout, login, sessions
from ckanext.satudata.views import logging_in


class PortalAuthenticator:
    """What core asks before it lets somebody in, and with each request of a session."""

    def identify_user(self, user_id: str | None = None) -> Any:
        """The person of a session, nobody where it is over; None leaves it to core."""
        user = model.User.get(user_id) if user_id else None
        if user is None or not user.is_active:
            return None
        token = sessions.token_of_request()
        if not sessions.is_over(user):
            return None if token else user
        sessions.end()
        bearer = api_token.get_user_from_token(token) if token else None
        g.login_via_auth_header = bearer is not None
        return bearer or model.AnonymousUser()

    def identify(self) -> None:
        return None

    def login(self) -> Any:
        """Our own way in for what the form of the portal sends."""
        return logging_in.sent()

    def logout(self) -> None:
        """Nothing of the session is left in its store; core then sends the person away."""
        sessions.forget_login()

    def abort(self, status_code: int, detail: str, headers: Any, comment: Any) -> Any:
        return (status_code, detail, headers, comment)

    def authenticate(self, identity: dict[str, Any]) -> Any:
        """Name and password wherever core asks for them, such as before a new password.

        Where they are refused nobody is returned instead of nothing, or core would look at the
        password by itself.
        """
        if not identity.get("login") or not identity.get("password"):
            return None
        try:
            user = login.with_password(identity)
        except Refused:
            return model.AnonymousUser()
        lockout.succeeded(user)
        return user
