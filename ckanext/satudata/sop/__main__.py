"""`python -m ckanext.satudata.sop check FILE…`: one line for each fault.

Exit 0: no fault; 1: faults; 2: wrong use.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.source import MAX_BYTES

USE = "Pemakaian: python -m ckanext.satudata.sop check BERKAS…"


def main(arguments: list[str]) -> int:
    """Check the files named after `check`; print faults to standard output."""
    if len(arguments) < 2 or arguments[0] != "check":
        print(USE, file=sys.stderr)
        return 2
    exit_code = 0
    for name in arguments[1:]:
        try:
            with Path(name).open("rb") as file:
                load(file.read(MAX_BYTES + 1), name)
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            return 2
        except InvalidSop as error:
            exit_code = 1
            for one in error.faults:
                print(one)
    return exit_code


if __name__ == "__main__":
    # A file name or a terminal that is not UTF-8 must not hide the fault behind a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
