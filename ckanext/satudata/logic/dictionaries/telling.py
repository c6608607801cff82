"""Faults, gaps and doubts as people and programs read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.dictionary.faults import Problem, sentence, shown
from ckanext.satudata.dictionary.properties import BY_NAME
from ckanext.satudata.dictionary.table import Dictionary
from ckanext.satudata.msgid import N_

LABELS = {
    "name": N_("Heading in the file"),
    "type": N_("Type of its values"),
    "format": N_("How days are written"),
    "decimalChar": N_("How numbers are written"),
    "groupChar": N_("How numbers are written"),
    "bareNumber": N_("How numbers are written"),
    "required": N_("Never empty"),
    "unique": N_("Never twice the same"),
    "minimum": N_("Smallest value"),
    "maximum": N_("Largest value"),
    "enum": N_("Allowed values"),
    "pattern": N_("Pattern"),
    "missingValues": N_("Signs in place of a value"),
    "missing_meanings": N_("Signs in place of a value"),
}
"""What the form calls that is none of our own properties."""
MOST = 20
"""Faults that a refusal names; the rest is counted."""


def told(problems: Iterable[Problem], dictionary: Dictionary | None) -> list[dict[str, Any]]:
    """{code, column, name, part, place, sentence} of each; `column` counts from 1."""
    return [_told(one, dictionary) for one in problems]


def _told(problem: Problem, dictionary: Dictionary | None) -> dict[str, Any]:
    name = ""
    if problem.column is not None and dictionary is not None:
        name = dictionary.columns[problem.column].name
    return {
        "code": problem.code,
        "column": None if problem.column is None else problem.column + 1,
        "name": name,
        "part": problem.part,
        "place": place_of(problem, name),
        "sentence": sentence(problem, tk._),
    }


def place_of(problem: Problem, name: str) -> str:
    """Where it is, in words: Column 3 "jumlah", Unit."""
    part = label_of(problem.part)
    if problem.column is None:
        return part
    number = problem.column + 1
    words = tk._("Column {number}").format(number=number)
    if name.strip():
        words = tk._('Column {number} "{name}"').format(number=number, name=shown(name))
    return f"{words}, {part}" if part else words


def label_of(part: str) -> str:
    """The label of a property, as the form has it."""
    name = part.removeprefix("constraints.")
    if name in BY_NAME:
        return tk._(BY_NAME[name].label)
    return tk._(LABELS[name]) if name in LABELS else name


def sentences(problems: Iterable[Problem], dictionary: Dictionary | None) -> list[str]:
    """Sentences with their places, for an error of a field."""
    listed = told(problems, dictionary)
    found = [f"{one['place']}: {one['sentence']}" if one["place"] else one["sentence"]
             for one in listed[:MOST]]  # fmt: skip
    if len(listed) > MOST:
        found.append(tk._("And {count} more.").format(count=len(listed) - MOST))
    return found
