"""The rules of a kamus data. `shape_problems` and `problems` find what cannot be stored, `gaps`
what is still missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ckanext.satudata.dictionary.constraints import constraint_problems, number
from ckanext.satudata.dictionary.faults import Problem, shown
from ckanext.satudata.dictionary.kinds import DAYS, KINDS, OPTIONS
from ckanext.satudata.dictionary.properties import BY_NAME, PROPERTIES, Property
from ckanext.satudata.dictionary.table import Column, Dictionary

MOST_COLUMNS = 1000
LONGEST_NAME = 200
TEXTS_OF_THE_STANDARD = frozenset({"description", "rdfType"})
TEXTS_OF_THE_TABLE = frozenset({"name", "title", "description"})
_TABLE_NAME = re.compile(r"[-a-z0-9._/]+")
LONGEST_OTHER = 20_000
"""Characters of a value that is none of our own, such as a list of codes."""


def shape_problems(descriptor: Any) -> list[Problem]:
    """What keeps a JSON value from being read as a Table Schema at all."""
    if not isinstance(descriptor, Mapping) or not isinstance(descriptor.get("fields"), list):
        return [Problem("not_a_schema")]
    fields = descriptor["fields"]
    if not fields:
        return [Problem("columns_none")]
    if len(fields) > MOST_COLUMNS:
        return [Problem("columns_many", facts={"limit": MOST_COLUMNS})]
    return [
        Problem("field_form", at)
        for at, one in enumerate(fields)
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str)
    ]


def problems(dictionary: Dictionary) -> list[Problem]:
    """What cannot be stored, in the order of the columns; then what is wrong with the table."""
    found = [*_name_problems(dictionary)]
    for at, column in enumerate(dictionary.columns):
        found += _column_problems(at, column)
    found.sort(key=lambda one: one.column or 0)
    return [*found, *_table_problems(dictionary)]


def gaps(dictionary: Dictionary) -> list[Problem]:
    """What is still missing, column by column."""
    return [
        Problem(code, at, named)
        for at, column in enumerate(dictionary.columns)
        for code, named, is_missing in GAP_RULES
        if is_missing(column)
    ]


def _looks_coded(column: Column) -> bool:
    words = column.name.lower().replace("_", " ").split()
    return bool(words) and words[0] in ("kode", "code") and not column.text("reference_code")


GAP_RULES: tuple[tuple[str, str, Callable[[Column], bool]], ...] = (
    ("title_missing", "title", lambda one: not one.text("title")),
    ("type_missing", "type", lambda one: one.type == "any"),
    ("definition_missing", "definition", lambda one: not one.text("definition")),
    ("concept_missing", "concept", lambda one: not one.text("concept")),
    ("unit_missing", "unit", lambda one: one.is_numeric and not one.text("unit")),
    ("reference_missing", "reference_code", _looks_coded),
    ("formula_missing", "formula", lambda one: one.is_indicator and not one.text("formula")),
)
"""Code, property, and when it is missing."""


def _name_problems(dictionary: Dictionary) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, column in enumerate(dictionary.columns):
        name = column.name
        if not name.strip():
            yield Problem("name_empty", at, "name")
        elif len(name) > LONGEST_NAME:
            yield Problem("name_long", at, "name", {"limit": LONGEST_NAME})
        elif name in seen:
            yield Problem("name_twice", at, "name", {"name": shown(name)})
        elif not _is_storable(name):
            yield Problem("text_unreadable", at, "name")
        seen.add(name)


def _column_problems(at: int, column: Column) -> Iterator[Problem]:
    for one in PROPERTIES:
        if one.name in column.values:
            yield from _property_problems(at, one, column.values[one.name])
    for key, value in column.values.items():
        if key in TEXTS_OF_THE_STANDARD and not isinstance(value, str):
            yield Problem("text_form", at, key, {"property": key})
        elif key not in BY_NAME and key not in ("name", "constraints"):
            yield from _text_problems(at, str(key), value, LONGEST_OTHER)
    if column.type not in KINDS:
        facts = {"value": shown(column.type), "choices": ", ".join(KINDS)}
        yield Problem("type_unknown", at, "type", facts)
        return
    yield from _format_problems(at, column)
    yield from _option_problems(at, column)
    yield from constraint_problems(at, column)


def _property_problems(at: int, asked: Property, value: Any) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem("text_form", at, asked.name, {"property": asked.name})
    elif asked.choices and value not in dict(asked.choices):
        choices = ", ".join(value for value, _label in asked.choices)
        yield Problem("choice_unknown", at, asked.name, {"value": shown(value), "choices": choices})
    else:
        yield from _text_problems(at, asked.name, value, asked.longest)


def _text_problems(at: int | None, name: str, value: Any, longest: int) -> Iterator[Problem]:
    """Every text in a value, however deep it lies."""
    for text in _texts(value):
        if len(text) > longest:
            yield Problem("text_long", at, name, {"size": len(text), "limit": longest})
        elif not _is_storable(text):
            yield Problem("text_unreadable", at, name)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield from (str(key), *_texts(child))
    elif isinstance(value, (list, tuple)):
        for child in value:
            yield from _texts(child)


def _is_storable(text: str) -> bool:
    """Whether no character is a control, half a pair, or no character at all."""
    return not any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in text)


def _format_problems(at: int, column: Column) -> Iterator[Problem]:
    told = column.values.get("format", "default")
    kind = KINDS[column.type]
    if told == "default" or (isinstance(told, str) and told in kind.formats):
        return
    if column.type in DAYS and isinstance(told, str) and "%" in told:
        return
    yield Problem("format_unsuited", at, "format", {"type": column.type, "value": shown(told)})


def _option_problems(at: int, column: Column) -> Iterator[Problem]:
    if "example" in column.values and not _is_example(column):
        yield Problem("option_unsuited", at, "example", {"option": "example", "type": column.type})
    for option in sorted(OPTIONS & column.values.keys()):
        value = column.values[option]
        if option not in KINDS[column.type].options:
            yield Problem("option_unsuited", at, option, {"option": option, "type": column.type})
        elif not _fits_option(option, value):
            yield Problem(
                "option_form", at, option, {"option": option, "form": OPTION_FORMS[option]}
            )
    decimal, group = (column.values.get(name) for name in ("decimalChar", "groupChar"))
    if column.type == "number" and group and group == (decimal or "."):
        form = 'a sign other than "decimalChar"'
        yield Problem("option_form", at, "groupChar", {"option": "groupChar", "form": form})


def _is_example(column: Column) -> bool:
    """Whether the judge takes the example; of the other types it would read it in its own way."""
    example = column.values["example"]
    if column.type == "string":
        return isinstance(example, str)
    return column.type == "number" and number(example) is not None and not isinstance(example, str)


OPTION_FORMS: Mapping[str, str] = {
    "decimalChar": '"," / "."',
    "groupChar": '"." / "," / " "',
    "bareNumber": "true / false",
    "trueValues": '["Ya"]',
    "falseValues": '["Tidak"]',
}


def _fits_option(option: str, value: Any) -> bool:
    if option == "bareNumber":
        return isinstance(value, bool)
    if option in ("trueValues", "falseValues"):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, str) and len(value) == 1 and not value.isalnum()


def _table_problems(dictionary: Dictionary) -> Iterator[Problem]:
    others = dictionary.others
    for key, value in others.items():
        wrong = key in TEXTS_OF_THE_TABLE and not isinstance(value, str)
        if wrong or (key == "name" and not _TABLE_NAME.fullmatch(str(value))):
            yield Problem("others_form", None, key, {"key": key})
        yield from _text_problems(None, str(key), value, LONGEST_OTHER)
    yield from _missing_value_problems(others)
    names = set(dictionary.names)
    if "primaryKey" in others:
        yield from _key_problems("primaryKey", others["primaryKey"], names)
    foreign = others.get("foreignKeys", [])
    if not isinstance(foreign, list):
        yield Problem("others_form", None, "foreignKeys", {"key": "foreignKeys"})
        return
    for one in foreign:
        yield from _foreign_problems(one, names)


def _missing_value_problems(others: Mapping[str, Any]) -> Iterator[Problem]:
    marks = others.get("missingValues", [])
    if not isinstance(marks, list) or not all(isinstance(one, str) for one in marks):
        yield Problem("others_form", None, "missingValues", {"key": "missingValues"})
    meanings = others.get("missing_meanings", {})
    if not isinstance(meanings, Mapping) or not all(map(_is_pair, meanings.items())):
        yield Problem("others_form", None, "missing_meanings", {"key": "missing_meanings"})


def _is_pair(pair: tuple[Any, Any]) -> bool:
    return all(isinstance(one, str) for one in pair)


def _key_problems(key: str, value: Any, names: set[str]) -> Iterator[Problem]:
    found = _named(value)
    if not found:
        yield Problem("key_form", None, key, {"key": key})
    for name in found:
        if name not in names:
            yield Problem("key_unknown", None, key, {"name": shown(name)})


def _foreign_problems(value: Any, names: set[str]) -> Iterator[Problem]:
    reference = value.get("reference") if isinstance(value, Mapping) else None
    own = _named(value.get("fields")) if isinstance(value, Mapping) else []
    theirs = _named(reference.get("fields")) if isinstance(reference, Mapping) else []
    resource = reference.get("resource", "") if isinstance(reference, Mapping) else None
    if not own or len(own) != len(theirs) or not isinstance(resource, str):
        yield Problem("reference_form", None, "foreignKeys")
        return
    yield from _key_problems("foreignKeys", own, names)
    if not resource:  # the table itself
        yield from _key_problems("foreignKeys", theirs, names)


def _named(value: Any) -> list[str]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        return []
    return found
