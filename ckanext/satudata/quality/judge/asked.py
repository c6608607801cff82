"""What is to be judged: a file, by a schema, against references; frictionless' objects of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from frictionless import Detector, Package, Schema
from frictionless.resources import TableResource

Engine = Literal["auto", "frictionless"]
"""Who is to judge: the fast engine where it is sure, or frictionless alone."""
ENGINES: tuple[Engine, ...] = get_args(Engine)
LIMIT_ERRORS = 1000
"""Errors listed at most; frictionless' own number."""


@dataclass(frozen=True)
class Asked:
    """One question to the judge. Plain data, so that another process can be asked it."""

    path: str
    schema: Mapping[str, Any] | None = None
    """A Table Schema; without one the judge infers it from the first rows."""
    references: Mapping[str, str] = field(default_factory=dict)
    """Name that a foreign key of the schema uses, to the path of that table."""
    format: str = ""
    """What the file is (csv, xlsx, ...) where its name says something else."""
    limit_errors: int = LIMIT_ERRORS
    """Errors listed; 0 lists all."""
    checks: bool = True
    """Whether our own checks are asked, too."""
    previous: str = ""
    """The file of the release before, for the checks that compare."""
    previous_schema: Mapping[str, Any] | None = None


def resource_of(asked: Asked, *, alone: bool = False) -> TableResource:
    """The table as frictionless takes it. Raises FrictionlessException over an unusable schema.

    `alone`: without the tables it refers to, and so without its foreign keys.
    """
    options: dict[str, Any] = {"format": asked.format} if asked.format else {}
    if asked.schema is not None:
        options["schema"] = schema = Schema.from_descriptor(dict(asked.schema))
        if alone:
            schema.foreign_keys = []
    main = TableResource(path=asked.path, **options)
    if alone:
        return main
    if asked.references:
        if main.name in asked.references:
            main.name = f"{main.name}-data"
        Package(resources=[main, *references_of(asked).values()])
    return main


def references_of(asked: Asked) -> dict[str, TableResource]:
    """The tables referred to. What is referred to has the type of the field that refers to it.

    All else is text: a code such as 11.01 must not become a number.
    """
    types = _types(asked.schema or {})
    found: dict[str, TableResource] = {}
    for name, path in asked.references.items():
        patch = {"fields": types[name]} if types.get(name) else None
        detector = Detector(field_type="string", schema_patch=patch)
        found[name] = TableResource(name=name, path=path, detector=detector)
    return found


def _types(schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Table to field to what its field is, for foreign keys that are no texts."""
    by_name = {one.get("name"): one for one in schema.get("fields", []) if isinstance(one, dict)}
    types: dict[str, dict[str, Any]] = {}
    keys = schema.get("foreignKeys") or []
    for key in keys if isinstance(keys, list) else []:
        for own, other, table in _pairs(key):
            field_of = by_name.get(own, {})
            if field_of.get("type", "string") not in ("string", "any"):
                kept = {k: v for k, v in field_of.items() if k not in ("name", "constraints")}
                types.setdefault(table, {})[other] = kept
    return types


def _pairs(key: Any) -> list[tuple[Any, Any, str]]:
    if not isinstance(key, dict) or not isinstance(key.get("reference"), dict):
        return []
    own, other = key.get("fields", []), key["reference"].get("fields", [])
    own = own if isinstance(own, list) else [own]
    other = other if isinstance(other, list) else [other]
    return [
        (a, b, str(key["reference"].get("resource", ""))) for a, b in zip(own, other, strict=False)
    ]
