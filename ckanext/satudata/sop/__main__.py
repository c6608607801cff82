"""`python -m ckanext.satudata.sop check FILE…`: one line for each fault; `… schema`: JSON Schema.

Exit 0: no fault; 1: faults; 2: wrong use, or a file that cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.in_terminal import run
from ckanext.satudata.sop.load import load
from ckanext.satudata.sop.schema import json_schema
from ckanext.satudata.sop.source import MAX_BYTES

USE = (
    "Pemakaian: python -m ckanext.satudata.sop check BERKAS…\n"
    "           python -m ckanext.satudata.sop schema"
)
_UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: "berkas tidak ada",
    IsADirectoryError: "ini folder, bukan berkas",
    PermissionError: "tidak boleh dibaca",
}


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments say; what was asked for goes to standard output."""
    if list(arguments) == ["schema"]:
        print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
        return 0
    if len(arguments) < 2 or arguments[0] != "check":
        print(USE, file=sys.stderr)
        return 2
    return max(_check(name) for name in arguments[1:])


def _check(name: str) -> int:
    """Check one file and print its faults; the exit code that it alone would give."""
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        print(f"{name}: {_UNREADABLE.get(type(error), error.strerror)}", file=sys.stderr)
        return 2
    try:
        load(content, name)
    except InvalidSop as error:
        for one in error.faults:
            print(one)
        return 1
    return 0


if __name__ == "__main__":
    run(main)
