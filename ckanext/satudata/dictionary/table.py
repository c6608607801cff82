"""A kamus data as a value. It is a Table Schema; empty properties are left out of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.dictionary.kinds import NUMERIC
from ckanext.satudata.dictionary.properties import YES


@dataclass(frozen=True)
class Column:
    """One field of the Table Schema: `values` is its descriptor."""

    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The heading in the file, to the letter."""
        return str(self.values.get("name", ""))

    @property
    def type(self) -> str:
        return str(self.values.get("type", "string"))

    @property
    def constraints(self) -> Mapping[str, Any]:
        found = self.values.get("constraints")
        return found if isinstance(found, Mapping) else {}

    @property
    def label(self) -> str:
        """What people call it: its title, else its name."""
        return self.text("title") or self.name

    @property
    def is_numeric(self) -> bool:
        return self.type in NUMERIC

    @property
    def is_indicator(self) -> bool:
        return self.text("indicator") == YES

    def text(self, name: str) -> str:
        """A property of `properties.PROPERTIES`; "" where it is not filled in."""
        found = self.values.get(name)
        return found.strip() if isinstance(found, str) else ""

    def with_values(self, changed: Mapping[str, Any]) -> Column:
        """The same column with other values; an empty one is taken out."""
        return Column({k: v for k, v in {**self.values, **changed}.items() if not _is_empty(v)})


@dataclass(frozen=True)
class Dictionary:
    """`others`: what the Table Schema says of the whole table (missingValues, primaryKey, …)."""

    columns: tuple[Column, ...]
    others: Mapping[str, Any] = field(default_factory=dict)

    def descriptor(self) -> dict[str, Any]:
        """The Table Schema."""
        return {"fields": [dict(one.values) for one in self.columns], **self.others}

    def text(self) -> str:
        """The Table Schema as the one JSON text that is stored and compared."""
        return json.dumps(
            self.descriptor(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text().encode("utf-8")).hexdigest()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.columns)

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


def from_descriptor(descriptor: Mapping[str, Any]) -> Dictionary:
    """The kamus data of a Table Schema that `checks.shape_problems` found nothing in.

    A `description`, Table Schema's own word for it, becomes the definition where there is none.
    """
    columns = tuple(_column(one) for one in descriptor["fields"])
    return Dictionary(columns, {k: v for k, v in descriptor.items() if k != "fields"})


def _column(values: Mapping[str, Any]) -> Column:
    kept = {key: _tidy(value) if key != "name" else value for key, value in values.items()}
    told = kept.get("description")
    if isinstance(told, str) and _is_empty(kept.get("definition")):
        kept["definition"] = kept.pop("description")
    return Column({}).with_values(kept)


def _tidy(value: Any) -> Any:
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
