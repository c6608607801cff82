"""The first account: made with CKAN's own command, as on any new portal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from demo.cast import ADMINISTRATOR
from demo.visitor import Visitor


class SetupFailed(Exception):
    """The first account could not be made."""


def administrator(address: str, password: str) -> Visitor:
    """The administrator, logged in; the account is made or its password set where need be."""
    visitor = Visitor(address, ADMINISTRATOR.name)
    if visitor.log_in(password) and _is_sysadmin(visitor):
        return visitor
    values = (f"email={ADMINISTRATOR.email}", f"fullname={ADMINISTRATOR.fullname}")
    adding = ("sysadmin", "add", ADMINISTRATOR.name, *values, "--create")
    try:
        _ckan(*adding, password=password)
    except SetupFailed:
        # The command of a killed run may have lived on and made the account in this moment.
        _ckan(*adding, password=password)
    visitor = Visitor(address, ADMINISTRATOR.name)
    if not visitor.log_in(password):
        # It was there already, with a password from a file that is gone.
        _ckan("user", "setpass", ADMINISTRATOR.name, password=password)
        if not visitor.log_in(password):
            raise SetupFailed(f"{ADMINISTRATOR.name} cannot log in with the password just set.")
    return visitor


def _is_sysadmin(visitor: Visitor) -> bool:
    return visitor.action("user_show", id=visitor.name).get("sysadmin", False)


def _ckan(*arguments: str, password: str) -> None:
    """Run CKAN's command and type the password twice when it asks.

    A command line is open to everybody on the machine, so the password is not on it. In a session
    without a terminal the prompt reads from the pipe.
    """
    program = Path(sys.executable).with_name("ckan")
    done = subprocess.run(
        [program, "-c", os.environ["CKAN_INI"], *arguments],
        input=f"{password}\n{password}\n",
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).replace(password, "…").strip().splitlines()
        raise SetupFailed(f"ckan {' '.join(arguments[:3])}: {said[-1] if said else 'no word'}")
