"""`python -m ckanext.satudata.sop check FILE…`: one line for each fault; `… schema`: JSON Schema;
`… draw FILE --svg OUT --pdf OUT --bpmn OUT`: the sheet, to look at, to sign, for other programs.

Exit 0: no fault; 1: faults; 2: wrong use, or a file that cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.in_terminal import run
from ckanext.satudata.sop.drawing.drawn import FORMS, drawn
from ckanext.satudata.sop.load import LoadedSop, load
from ckanext.satudata.sop.schema import json_schema
from ckanext.satudata.sop.source import MAX_BYTES

USE = (
    "Pemakaian: python -m ckanext.satudata.sop check BERKAS…\n"
    "           python -m ckanext.satudata.sop draw BERKAS --svg|--pdf|--bpmn HASIL"
    "\n           python -m ckanext.satudata.sop schema"
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
    if list(arguments[:1]) == ["draw"] and (wanted := _wanted(arguments[1:])):
        return _draw(*wanted)
    if len(arguments) < 2 or arguments[0] != "check":
        print(USE, file=sys.stderr)
        return 2
    return max(_check(name) for name in arguments[1:])


def _wanted(arguments: Sequence[str]) -> tuple[str, dict[str, str]] | None:
    """The file, and where each form of its sheet goes; None for wrong use."""
    if len(arguments) < 3 or len(arguments) % 2 == 0 or arguments[0].startswith("--"):
        return None
    forms, places = arguments[1::2], arguments[2::2]
    if not all(form.startswith("--") for form in forms):
        return None
    names = [form.removeprefix("--") for form in forms]
    if len(set(names)) < len(names) or not set(names) <= FORMS.keys():
        return None
    return arguments[0], dict(zip(names, places, strict=True))


def _draw(name: str, places: dict[str, str]) -> int:
    """Write the sheet in each form; a file with faults is not drawn, its faults are printed."""
    loaded = _loaded(name)
    if isinstance(loaded, int):
        return loaded
    for form, place in places.items():
        try:
            Path(place).write_bytes(drawn(loaded.sop, form))
        except OSError as error:
            print(f"{place}: {error.strerror}", file=sys.stderr)
            return 2
    return 0


def _check(name: str) -> int:
    """Check one file and print its faults; the exit code that it alone would give."""
    loaded = _loaded(name)
    return loaded if isinstance(loaded, int) else 0


def _loaded(name: str) -> LoadedSop | int:
    """The SOP of a file, or the exit code after its faults were printed."""
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        print(f"{name}: {_UNREADABLE.get(type(error), error.strerror)}", file=sys.stderr)
        return 2
    try:
        return load(content, name)
    except InvalidSop as error:
        for one in error.faults:
            print(one)
        return 1


if __name__ == "__main__":
    run(main)
