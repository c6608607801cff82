"""The pages on the way in: a code, a password of one's own, a second factor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, make_response

from ckanext.satudata.accounts import second_factor
from ckanext.satudata.config import password_length
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.accounts import factors, passwords
from ckanext.satudata.logic.accounts import login as way_in
from ckanext.satudata.logic.accounts.login import Step
from ckanext.satudata.views import logging_in
from ckanext.satudata.views.answers import Fault, by_field, page, see_other
from ckanext.satudata.views.logging_in import Pending

login = Blueprint("satudata_login", __name__, url_prefix="/masuk")
login.before_app_request(logging_in.lead_on)


@login.route("/kode", methods=["GET", "POST"])
def code() -> Any:
    """Six digits of the app, or a recovery code."""
    pending = _at(Step.CODE)
    if pending is None:
        return see_other("user.login")
    if tk.request.method == "GET":
        return account_page("code.html")
    try:
        way_in.with_code(pending.user, tk.request.form.get("code", ""))
    except Refused as refused:
        return account_page("code.html", refused)
    return logging_in.go_on(replace(pending, code_given=True))


@login.route("/kata-sandi", methods=["GET", "POST"])
def password() -> Any:
    """A password of one's own instead of a first one."""
    pending = _at(Step.PASSWORD)
    if pending is None:
        return see_other("user.login")
    known = {"minimum": password_length(), "account": pending.user.name}
    if tk.request.method == "GET":
        return account_page("password.html", **known)
    form = tk.request.form
    try:
        passwords.choose(pending.user, form.get("password1", ""), form.get("password2", ""))
    except Refused as refused:
        return account_page("password.html", refused, **known)
    return logging_in.go_on(pending)


@login.route("/faktor-kedua", methods=["GET", "POST"])
def set_up() -> Any:
    """The secret as a picture and as text, and its first code."""
    pending = _at(Step.SET_UP)
    if pending is None:
        return see_other("user.login")
    if not pending.secret():
        pending = pending.with_secret(second_factor.new_secret())
        pending.keep()
    secret = pending.secret()
    shown: dict[str, Any] = {
        **told_of(secret, pending.user.name),
        "action": tk.url_for("satudata_login.set_up"),
    }
    if tk.request.method == "GET":
        return account_page("set_up.html", **shown)
    try:
        codes = factors.set_up(pending.user, secret, tk.request.form.get("code", ""))
    except Refused as refused:
        return account_page("set_up.html", refused, **shown)
    return account_page("codes.html", codes=codes, onward=logging_in.arrive(pending))


@login.route("/batal", methods=["POST"])
def give_up() -> Any:
    """Leave the way in; the next person begins anew."""
    logging_in.forget()
    return see_other("user.login")


def told_of(secret: str, account: str) -> dict[str, str]:
    """What a page shows of a secret that is being set up."""
    address = second_factor.address(secret, account, tk.config["ckan.site_title"])
    picture = tk.literal(second_factor.picture(address))
    return {"picture": picture, "secret": second_factor.grouped(secret), "address": address}


def _at(step: Step) -> Pending | None:
    """Who is on his way in and stands at this step."""
    pending = logging_in.waiting()
    if pending is None:
        return None
    due = way_in.next_step(pending.user, code_given=pending.code_given)
    return pending if due is step else None


def account_page(template: str, refused: Refused | None = None, **values: Any) -> Any:
    """A page about an account, with what was refused; in no cache."""
    faults: list[Fault] = []
    if refused is not None:
        place = f"field-{refused.field}" if refused.field else ""
        faults.append((place, "", wording.sentence(refused)))
    status = 200 if refused is None else 429 if refused.code == "login_locked" else 422
    text, _ = page(f"akun/{template}", faults=faults, wrong=by_field(faults), **values)
    answer = make_response(text, status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
