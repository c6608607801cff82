"""The second factor of one's own account, and the help of those who speak for the portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.common import session
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata import config
from ckanext.satudata.accounts import sealing, second_factor
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.accounts import factors, sessions
from ckanext.satudata.logic.accounts import login as way_in
from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.model import accounts
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    by_field,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)
from ckanext.satudata.views.login import account_page, told_of
from ckanext.satudata.views.officer_form import reader

SECRET = "satudata_secret"  # noqa: S105 - the name under which one waits, sealed
LABELS: dict[str, Callable[[], str]] = {
    "account": lambda: tk._("Account"),
    "reason": lambda: tk._("Reason"),
    "unlock": lambda: tk._("Account"),
}

account = Blueprint("satudata_account", __name__, url_prefix="/akun")


@account.route("/keamanan", methods=["GET", "POST"])
@login_first
def security() -> Any:
    """How the account is guarded; new recovery codes for a code."""
    user = reader()
    if tk.request.method == "GET":
        return account_page("security.html", **_state(user))
    try:
        way_in.with_code(user, tk.request.form.get("code", ""))
        codes = factors.new_recovery_codes(user)
    except Refused as refused:
        return account_page("security.html", refused, **_state(user))
    here = tk.url_for("satudata_account.security")
    return account_page("codes.html", codes=codes, onward=here)


@account.route("/faktor-kedua", methods=["GET", "POST"])
@login_first
def set_up() -> Any:
    """Set a second factor up because one wants it."""
    user = reader()
    if factors.has_one(user.id):
        return see_other("satudata_account.security")
    secret = _secret()
    shown: dict[str, Any] = {
        **told_of(secret, user.name),
        "action": tk.url_for("satudata_account.set_up"),
    }
    if tk.request.method == "GET":
        return account_page("set_up.html", **shown)
    try:
        codes = factors.set_up(user, secret, tk.request.form.get("code", ""))
    except Refused as refused:
        return account_page("set_up.html", refused, **shown)
    session.pop(SECRET, None)
    sessions.go_on_as(user)
    here = tk.url_for("satudata_account.security")
    return account_page("codes.html", codes=codes, onward=here)


@account.route("/bantuan")
@login_first
def help_others() -> Any:
    """Locks to lift, second factors to reset."""
    return _help()


@account.route("/bantuan/buka-kunci", methods=["POST"])
@login_first
def unlock() -> Any:
    """Lift the lock of an account."""
    name = tk.request.form.get("unlock", "").strip()
    try:
        answer = ask("satudata_login_unlock", account=name)
    except tk.ValidationError as error:
        return _help(error, {"account": "unlock"})
    except tk.NotAuthorized:
        not_found()
    who = answer["user"]["display_name"]
    if answer["lifted"]:
        tk.h.flash_success(tk._("{person} can log in again.").format(person=who))
    else:
        tk.h.flash_notice(tk._("{person} was not locked.").format(person=who))
    return see_other("satudata_account.help_others")


@account.route("/bantuan/atur-ulang", methods=["POST"])
@login_first
def ask_reset() -> Any:
    """Ask that somebody's lost second factor be taken away."""
    form = tk.request.form
    values = {name: form.get(name, "").strip() for name in ("account", "reason")}
    try:
        ask("satudata_factor_reset_ask", **values)
    except tk.ValidationError as error:
        return _help(error)
    except tk.NotAuthorized:
        not_found()
    tk.h.flash_success(tk._("Asked for. Another person has to confirm it now."))
    return see_other("satudata_account.help_others")


@account.route("/bantuan/atur-ulang/<id>", methods=["POST"])
@login_first
def confirm_reset(id: str) -> Any:  # noqa: A002 - the word of the address
    """Confirm what another person asked for."""
    try:
        answer = ask("satudata_factor_reset_confirm", id=id)
    except tk.ValidationError as error:
        return _help(error)
    except tk.NotAuthorized:
        not_found()
    words = tk._("The second factor of {person} is gone. A new one is set up at the next login.")
    tk.h.flash_success(words.format(person=answer["user"]["display_name"]))
    return see_other("satudata_account.help_others")


def _help(error: tk.ValidationError | None = None, places: dict[str, str] | None = None) -> Any:
    user = reader()
    if not assigning.is_head(user):
        not_found()
    faults: list[Fault] = []
    if error is not None:
        found = faults_of(error, lambda name: LABELS[name]() if name in LABELS else "")
        faults = [(_moved(place, places or {}), label, text) for place, label, text in found]
    return page(
        "akun/help.html",
        422 if faults else 200,
        resets=ask("satudata_factor_reset_list"),
        me=user.id,
        values=tk.request.form,
        faults=faults,
        wrong=by_field(faults),
    )


def _moved(place: str, places: dict[str, str]) -> str:
    name = place.removeprefix("field-")
    return f"field-{places.get(name, name)}" if place else ""


def _state(user: model.User) -> dict[str, Any]:
    return {
        "has_one": factors.has_one(user.id),
        "needed": factors.is_needed(user),
        "left": accounts.recovery_codes_left(user.id),
        "helps": assigning.is_head(user),
        "account": user.name,
    }


def _secret() -> str:
    """The secret that is being set up, sealed while it waits in the session."""
    kept = session.get(SECRET)
    secret = sealing.unseal(kept, config.account_secret()) if isinstance(kept, str) else None
    if secret is None:
        secret = second_factor.new_secret()
        session[SECRET] = sealing.seal(secret, config.account_secret())
    return secret
