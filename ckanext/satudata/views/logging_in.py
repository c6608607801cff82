"""Between the right password and the session: nobody is logged in before the last step.

What was proved so far stands in the session, for ten minutes; every page leads to what is next.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timezone
from typing import Any

from ckan import model
from ckan.common import current_user, login_user, session
from ckan.plugins import toolkit as tk
from ckan.views.user import regenerate_session, rotate_token
from flask import make_response

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock, wording
from ckanext.satudata.logic.accounts import lockout, login, sessions
from ckanext.satudata.logic.accounts.login import Step
from ckanext.satudata.views.answers import Fault

KEY = "satudata_login"
TEN_MINUTES = 600
NO_PAGES = frozenset({"satudata_login", "api", "webassets", "util"})
PAGES = {
    Step.CODE: "satudata_login.code",
    Step.PASSWORD: "satudata_login.password",
    Step.SET_UP: "satudata_login.set_up",
}


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right; `sealed`: the secret that is being set up."""

    user: model.User
    came_from: str
    code_given: bool = False
    sealed: str = ""

    def keep(self) -> None:
        """Note it in the session, as it stands now."""
        session[KEY] = {
            "user": self.user.id,
            "came_from": self.came_from,
            "code_given": self.code_given,
            "sealed": self.sealed,
            "at": _now(),
            "stamp": sessions.stamp(self.user),
        }

    def secret(self) -> str:
        """The secret that is being set up; empty where none is."""
        return sealing.unseal(self.sealed, config.account_secret()) or "" if self.sealed else ""

    def with_secret(self, secret: str) -> Pending:
        """The same with a secret to be set up, sealed while it waits in the session."""
        return replace(self, sealed=sealing.seal(secret, config.account_secret()))


def sent() -> Any:
    """Answer to the form of the login page; None where it only asks for the page."""
    if tk.request.method != "POST" or current_user.is_authenticated:
        return None
    form, args = tk.request.form, tk.request.args
    identity = {"login": form.get("login"), "password": form.get("password")}
    try:
        user = login.with_password(identity)
    except Refused as refused:
        status = 429 if refused.code == "login_locked" else 200
        faults: list[Fault] = [("", "", wording.sentence(refused))]
        return make_response(tk.render("user/login.html", {"faults": faults}), status)
    came_from = args.get("came_from") or args.get("next") or ""
    regenerate_session()
    return go_on(Pending(user, came_from if tk.h.url_is_local(came_from) else ""))


def go_on(pending: Pending) -> Any:
    """To what is asked next, or into the portal."""
    step = login.next_step(pending.user, code_given=pending.code_given)
    if step is None:
        return _see(arrive(pending))
    pending.keep()
    return _see(tk.url_for(PAGES[step]))


def arrive(pending: Pending) -> str:
    """Log the person in; the address to go to."""
    session.pop(KEY, None)
    lockout.succeeded(pending.user)
    regenerate_session()
    login_user(pending.user)
    rotate_token()
    return pending.came_from or tk.url_for("satudata_inbox.read")


def waiting() -> Pending | None:
    """Who is on his way in; None where nobody is, or took too long, or has changed since."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or current_user.is_authenticated:
        return None
    user = model.User.get(kept["user"])
    fresh = _now() - kept["at"] < TEN_MINUTES
    if user is None or not user.is_active or not fresh or kept["stamp"] != sessions.stamp(user):
        session.pop(KEY, None)
        return None
    return Pending(user, kept["came_from"], kept["code_given"], kept["sealed"])


def forget() -> None:
    """Whoever was on his way in is not any more."""
    session.pop(KEY, None)


def lead_on() -> Any:
    """From any page to what is asked next; what is no page goes on as for anybody."""
    request = tk.request
    if KEY not in session or request.method != "GET" or request.blueprint in NO_PAGES:
        return None
    if request.endpoint in (None, "static", "webassets.index", "user.logout"):
        return None
    pending = waiting()
    return go_on(pending) if pending is not None else None


def _see(address: str) -> Any:
    answer = tk.redirect_to(address)
    answer.status_code = 303
    return answer


def _now() -> int:
    return int(clock.now().replace(tzinfo=timezone.utc).timestamp())
