"""The answer to who forgot his password, in place of core's: the form stays core's own."""

from __future__ import annotations

from typing import Any

from ckan.common import request
from ckan.lib import captcha
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.notices import resetting
from ckanext.satudata.logic.wording import sentence

forgotten = Blueprint("satudata_forgotten", __name__)


@forgotten.before_app_request
def sent() -> Any:
    """Note what was typed, and say what core says; None where core has to ask again."""
    typed = request.form.get("user", "").strip() if request.method == "POST" else ""
    if request.endpoint != "user.request_reset" or not typed:
        return None
    try:
        captcha.check_recaptcha(request)
    except captcha.CaptchaError:
        return None
    try:
        resetting.ask(typed)
    except Refused as refused:
        tk.h.flash_error(sentence(refused))
        return tk.render("user/request_reset.html"), 429
    tk.h.flash_success(
        tk._("A reset link has been emailed to you (unless the account specified does not exist)")
    )
    return tk.redirect_to(tk.config["ckan.user_reset_landing_page"])
