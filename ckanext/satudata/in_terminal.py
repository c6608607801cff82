"""How the commands of the rooms run: `python -m ckanext.satudata.ROOM`, without CKAN."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import NoReturn


def run(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Run a command with the arguments of the process, and end with its exit code."""
    # A file name or a terminal that is not UTF-8 must not hide the answer behind a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough (`… | head -1`); Python must not flush once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
