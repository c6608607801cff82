"""The first account: made with CKAN's own command, as on any new portal."""

from __future__ import annotations

from demo.cast import ADMINISTRATOR
from demo.command import CommandFailed, ckan
from demo.visitor import Visitor


def administrator(address: str, password: str) -> Visitor:
    """The administrator, logged in; the account is made or its password set where need be."""
    visitor = Visitor(address, ADMINISTRATOR.name)
    if visitor.log_in(password) and _is_sysadmin(visitor):
        return visitor
    values = (f"email={ADMINISTRATOR.email}", f"fullname={ADMINISTRATOR.fullname}")
    adding = ("sysadmin", "add", ADMINISTRATOR.name, *values, "--create")
    try:
        ckan(*adding, password=password)
    except CommandFailed:
        # The command of a killed run may have lived on and made the account in this moment.
        ckan(*adding, password=password)
    visitor = Visitor(address, ADMINISTRATOR.name)
    if not visitor.log_in(password):
        # It was there already, with a password from a file that is gone.
        ckan("user", "setpass", ADMINISTRATOR.name, password=password)
        if not visitor.log_in(password):
            raise CommandFailed(f"{ADMINISTRATOR.name} cannot log in with the password just set")
    return visitor


def _is_sysadmin(visitor: Visitor) -> bool:
    return visitor.action("user_show", id=visitor.name).get("sysadmin", False)
