"""CKAN's own command, for the two things that no page does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


class CommandFailed(Exception):
    """CKAN's command ended with an error."""


def ckan(*arguments: str, password: str = "") -> None:
    """Run `ckan ARGUMENTS`; where it asks for a password it is typed twice.

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
        said = done.stderr or done.stdout
        lines = (said.replace(password, "…") if password else said).strip().splitlines()
        raise CommandFailed(f"ckan {' '.join(arguments[:3])}: {lines[-1] if lines else 'no word'}")
