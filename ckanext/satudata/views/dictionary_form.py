"""The form of a kamus data: from its fields to a Table Schema, and its faults back to the fields.

The whole state stands in the form: `of` is the number of columns, and each has fields `k<n>-…`.
What the form has no field for lies in `k<n>-rest`, and for the table in `others`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.dictionary.kinds import DAYS
from ckanext.satudata.dictionary.numbers import WRITINGS
from ckanext.satudata.dictionary.properties import PROPERTIES

MOST = 150
"""Columns that a form holds; more are brought as JSON."""
OTHER_WRITING = "lain"
_BOUNDS = ("minimum", "maximum")
_LISTED = ("enum",)


@dataclass
class Row:
    """A column in the form: what is typed by field, and what is wrong or missing by field."""

    values: dict[str, str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    is_new: bool = False


def rows_of(schema: Mapping[str, Any] | None) -> list[Row]:
    """The rows of the form for a Table Schema."""
    return [Row(_values(one)) for one in (schema or {}).get("fields", ())]


def typed(form: Any) -> dict[str, Any]:
    """The Table Schema that a sent form says. What cannot be one is left to the checks."""
    count = min(_number(form.get("of")), MOST)
    fields = [_field(form, f"k{at}-") for at in range(count)]
    others = _json(form.get("others"))
    others.pop("fields", None)
    signs = _signs(form.get("signs", ""))
    others |= {"missingValues": ["", *signs]} if signs else {}
    meanings = {sign: words for sign, words in signs.items() if words}
    others |= {"missing_meanings": meanings} if meanings else {}
    return {"fields": fields, **others}


def others_of(schema: Mapping[str, Any] | None) -> tuple[str, str]:
    """What the schema says of the table: the JSON that the form carries, and the signs as lines."""
    told = {key: value for key, value in (schema or {}).items() if key != "fields"}
    signs = told.pop("missingValues", [])
    meanings = told.pop("missing_meanings", {})
    if not isinstance(signs, list) or not isinstance(meanings, Mapping):
        return json.dumps({**told, "missingValues": signs}, ensure_ascii=False), ""
    lines = [f"{sign} = {meanings.get(sign, '')}".removesuffix(" = ") for sign in signs if sign]
    return json.dumps(told, ensure_ascii=False), "\n".join(lines)


def mark(rows: list[Row], problems: Iterable[Mapping[str, Any]], how: str) -> None:
    """Put the sentences of problems, as the actions tell them, at their fields.

    `how` is `wrong`, `missing` or `doubts`.
    """
    for one in problems:
        if one["column"] is None or one["column"] > len(rows):
            continue
        row = rows[one["column"] - 1]
        if how == "doubts":
            row.doubts.append(one["sentence"])
        else:
            getattr(row, how).setdefault(place_of(one["part"]), []).append(one["sentence"])


def place_of(part: str) -> str:
    """The field of the form in which a part of a column stands."""
    name = part.removeprefix("constraints.")
    if name in ("decimalChar", "groupChar", "bareNumber"):
        return "writing"
    known = {one.name for one in PROPERTIES} | {"name", "type", "format", *_BOUNDS, *_LISTED}
    return name if name in known | {"required", "unique", "pattern"} else "rest"


def _values(column: Mapping[str, Any]) -> dict[str, str]:
    rest = dict(column)
    found = {"name": _text(rest.pop("name", "")), "type": _text(rest.pop("type", "string"))}
    for one in PROPERTIES:
        value = rest.get(one.name)
        if value is None or isinstance(value, str):
            found[one.name] = rest.pop(one.name, "") or ""
    if found["type"] in DAYS and isinstance(rest.get("format"), str):
        found["format"] = rest.pop("format")
    found["writing"] = _writing(rest)
    constraints = rest.pop("constraints", {})
    left = dict(constraints) if isinstance(constraints, Mapping) else {}
    for name in ("required", "unique"):
        found[name] = "ya" if left.get(name) is True else ""
        if isinstance(left.get(name), bool):
            del left[name]
    for name in (*_BOUNDS, "pattern"):
        if isinstance(left.get(name), (str, int, float)) and not isinstance(left[name], bool):
            found[name] = _text(left.pop(name))
    if isinstance(left.get("enum"), list) and all(isinstance(one, str) for one in left["enum"]):
        found["enum"] = "\n".join(left.pop("enum"))
    if left:
        rest["constraints"] = left
    found["rest"] = json.dumps(rest, ensure_ascii=False) if rest else ""
    return found


def _writing(rest: dict[str, Any]) -> str:
    told = {key: rest[key] for key in ("decimalChar", "groupChar") if key in rest}
    for example, options in WRITINGS.items():
        if told == options:
            for key in options:
                del rest[key]
            return example
    return OTHER_WRITING


def _field(form: Any, before: str) -> dict[str, Any]:
    found = _json(form.get(f"{before}rest"))
    kind = form.get(f"{before}type", "string")
    # Browsers send line ends of their own, and the heading in the file has one of another kind.
    found |= {"name": form.get(f"{before}name", "").replace("\r\n", "\n"), "type": kind}
    for one in PROPERTIES:
        value = form.get(f"{before}{one.name}", "").strip()
        if value:
            found[one.name] = value
    if form.get(f"{before}format", "").strip() and kind in DAYS:
        found["format"] = form[f"{before}format"].strip()
    if kind == "number":
        found |= WRITINGS.get(form.get(f"{before}writing", ""), {})
    constraints = _constraints(form, before, kind, found.pop("constraints", None))
    return {**found, "constraints": constraints} if constraints else found


def _constraints(form: Any, before: str, kind: str, rest: Any) -> dict[str, Any]:
    found: dict[str, Any] = dict(rest) if isinstance(rest, Mapping) else {}
    for name in ("required", "unique"):
        if form.get(f"{before}{name}"):
            found[name] = True
    for name in _BOUNDS:
        value = form.get(f"{before}{name}", "").strip()
        if value:
            found[name] = _bound(value, kind)
    if form.get(f"{before}pattern", "").strip():
        found["pattern"] = form[f"{before}pattern"].strip()
    listed = [one.strip() for one in form.get(f"{before}enum", "").splitlines() if one.strip()]
    return {**found, "enum": listed} if listed else found


def _bound(text: str, kind: str) -> Any:
    """A bound as Table Schema has it; people write the comma for decimals."""
    if kind in ("integer", "year"):
        return int(text) if text.lstrip("+-").isdecimal() and len(text) < 20 else text
    return text.replace(",", ".") if kind == "number" and text.count(",") == 1 else text


def _signs(text: str) -> dict[str, str]:
    """`– = nol` in each line: sign to what it means."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        sign, _equals, words = line.partition("=")
        if sign.strip():
            found[sign.strip()] = words.strip()
    return found


def _json(text: str | None) -> dict[str, Any]:
    """What the form carried along; it is checked like everything that is typed."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _text(value: Any) -> str:
    return "" if value is None else str(value)
