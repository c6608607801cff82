"""Faults, gaps and doubts as people and programs read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.dictionary.faults import Problem, sentence, shown
from ckanext.satudata.dictionary.properties import BY_NAME
from ckanext.satudata.dictionary.table import Dictionary

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
    if part in BY_NAME:
        return tk._(BY_NAME[part].label)
    words = {"name": tk._("Heading in the file"), "type": tk._("Type")}
    return words.get(part, part)


def sentences(problems: Iterable[Problem], dictionary: Dictionary | None) -> list[str]:
    """Sentences with their places, for an error of a field."""
    listed = told(problems, dictionary)
    found = [f"{one['place']}: {one['sentence']}" if one["place"] else one["sentence"]
             for one in listed[:MOST]]  # fmt: skip
    if len(listed) > MOST:
        found.append(tk._("And {count} more.").format(count=len(listed) - MOST))
    return found
