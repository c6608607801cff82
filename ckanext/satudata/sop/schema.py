"""The JSON Schema of the SOP file, for editors that complete and check while somebody writes.

It is made from `definition` and takes every file whose shape the checker takes. It takes a few
more, because the meaning of a sheet, the calendar and the traps of YAML are not said in it.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ckanext.satudata.sop import definition
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.hints import HINTS

# Most editors know this draft whole, and later ones in part.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT = {"type": "string", "pattern": r"\S"}


def json_schema() -> dict[str, Any]:
    """The schema as plain values, with Indonesian descriptions of every mapping, key and value."""
    made = Sop.model_json_schema(ref_template="#/definitions/{model}")
    inner = made.pop("$defs")
    for name, node in {**inner, "Sop": made}.items():
        _describe(name, node)
    whole = {"$schema": _DRAFT, **made, "definitions": inner}
    return {**_portable(whole), "title": "Berkas SOP"}


def _describe(name: str, node: dict[str, Any]) -> None:
    """Put our Indonesian words in place of the English ones from the code."""
    named: Any = getattr(definition, name)
    node["description"] = HINTS[name]
    if "enum" in node:
        node["enumDescriptions"] = [HINTS[f"{name}.{one}"] for one in node["enum"]]
    for key, cell in node.get("properties", {}).items():
        cell["description"] = hint(named, key)


def hint(model: type[BaseModel], key: str) -> str:
    """What an official reads about this key; a mapping has the words of the one it extends."""
    for one in model.__mro__:
        if f"{one.__name__}.{key}" in HINTS:
            return HINTS[f"{one.__name__}.{key}"]
    raise KeyError(f"{model.__name__}.{key}")


def _portable(node: Any, *, names: bool = False) -> Any:
    """`node` without what pydantic says otherwise than the checker does it.

    `names`: its keys are names of the file, not words of JSON Schema.
    """
    if isinstance(node, list):
        return [_portable(one) for one in node]
    if not isinstance(node, dict):
        return node
    if not names and node.get("type") == "string" and "minLength" in node:
        # The checker trims a text before it measures; a block of text ends with a line break.
        return {**_without(node, "minLength", "maxLength", "title"), **_TEXT}
    if not names and "patternProperties" in node:
        node = {**node, "additionalProperties": False}
    if not names:
        node = _without(node, "title")
    return {
        key: _portable(one, names=key in ("properties", "definitions", "patternProperties"))
        for key, one in node.items()
    }


def _without(node: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: one for key, one in node.items() if key not in keys}
