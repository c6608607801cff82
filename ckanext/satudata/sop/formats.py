"""Formats of the SOP file: what was stored in an earlier one stays readable.

A stored revision is never rewritten, because its sha256 is in the history of its cases. It is
lifted while it is read: each upgrade takes the values of one format to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ckanext.satudata.errors import InvalidSop
from ckanext.satudata.sop.faults import Fault
from ckanext.satudata.sop.source import Path, Source

FORMAT = 2
"""The format of files today; `definition` describes it."""

FORMAT_PATH: Path = ("sop", "format")

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""Values of one format in, values of the next out; it does not change what it was given."""


def _with_massal(values: dict[str, Any]) -> dict[str, Any]:
    """Format 2 says of each row whether it may be ended in several cases at once; 1 had no such."""
    return {**values, "langkah": tuple({**row, "massal": False} for row in values["langkah"])}


UPGRADES: Mapping[int, Upgrade] = {1: _with_massal}
"""By the format that an upgrade starts from. A new format adds the entry of the one before it."""


def lifted(
    source: Source, upgrades: Mapping[int, Upgrade] = UPGRADES, current: int = FORMAT
) -> Any:
    """The values of `source` in the `current` format.

    Values that name no format are returned as they are: their shape says what is wrong.
    Raises InvalidSop (`format-asing`) for a format that no chain of upgrades leads from.
    """
    number = _format_of(source)
    if number is None:
        return source.values
    steps = range(number, current)
    if number > current or any(step not in upgrades for step in steps):
        raise InvalidSop([_unknown(source, number, current)])
    values = source.values
    for step in steps:
        raised = upgrades[step](values)
        values = {**raised, "sop": {**raised["sop"], "format": step + 1}}
    return values


def refuse_other_formats(source: Source) -> None:
    """Raise InvalidSop (`format-asing`) where a file that is to be adopted is not of today's."""
    number = _format_of(source)
    if number is not None and number != FORMAT:
        raise InvalidSop([_unknown(source, number, FORMAT)])


def _format_of(source: Source) -> int | None:
    values = source.values
    head = values.get("sop") if isinstance(values, dict) else None
    number = head.get("format") if isinstance(head, dict) else None
    if isinstance(number, bool):
        # To Python, and so to pydantic's Literal, true is the number 1.
        detail = "harus bilangan bulat"
        raise InvalidSop([source.fault(FORMAT_PATH, "isi-salah", kunci="format", detail=detail)])
    return number if isinstance(number, int) else None


def _unknown(source: Source, number: int, current: int) -> Fault:
    return source.fault(FORMAT_PATH, "format-asing", format=number, dipakai=current)
