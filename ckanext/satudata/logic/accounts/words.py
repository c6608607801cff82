"""Refusals about accounts as sentences; `logic/wording.py` holds them all."""

from __future__ import annotations

from ckanext.satudata.msgid import N_

SENTENCES: dict[str, str] = {
    "login_wrong": N_("Name or password is not right. Check both and try again."),
    "login_locked": N_(
        "Too many attempts. Wait %(minutes)s minutes and try again, or ask the administrator of "
        "the portal to lift the lock."
    ),
    "code_wrong": N_(
        "This code is not right or was used before. Wait for the next one and try again."
    ),
    "password_short": N_(
        "A password has at least %(minimum)s characters. Several words that nobody expects "
        "together are good."
    ),
    "password_own_name": N_(
        "This password is made of the name or e-mail address of the account. Choose another one."
    ),
    "password_obvious": N_(
        "This password is one of the first that somebody would try. Choose another one."
    ),
    "password_same": N_("This is the password that you were given. Choose one of your own."),
    "passwords_differ": N_("The two passwords differ. Type the same one twice."),
    "factor_there": N_("This account has a second factor already."),
    "factor_missing": N_("%(user)s has no second factor."),
    "reset_often": N_(
        "Too many new passwords were asked for from here. Wait %(minutes)s minutes and try again, "
        "or ask the administrator of the portal."
    ),
    "reset_own": N_("Nobody resets his own second factor. Ask two others to do it."),
    "reset_waits": N_("A reset for %(user)s waits already. Another person has to confirm it."),
    "reset_same_person": N_("You asked for this reset, so another person has to confirm it."),
    "reset_over": N_("There is no such reset, or it waits no longer. Ask for it anew."),
    "token_long": N_("An API token lives for at most %(limit)s days."),
}
