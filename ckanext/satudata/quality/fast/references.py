"""The values that a foreign key may have: those of the table it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from frictionless import FrictionlessException, Schema
from frictionless.resources import TableResource

from ckanext.satudata.quality.fast.bytes_of import Bytes
from ckanext.satudata.quality.fast.opened import opened
from ckanext.satudata.quality.fast.pages import pages_of
from ckanext.satudata.quality.fast.readers import Reader
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.judge.asked import Asked, references_of

Lookup = set[tuple[Any, ...]]


@dataclass(frozen=True)
class Foreign:
    """One foreign key of a single field."""

    own: str
    table: str
    other: str
    lookup: Lookup


def foreign_keys(asked: Asked, names: set[str], threads: ThreadPoolExecutor) -> list[Foreign]:
    """The foreign keys whose fields the table has, with what they may be. Raises Unsure."""
    if not asked.schema or not asked.schema.get("foreignKeys"):
        return []
    tables = references_of(asked)
    lookups: dict[tuple[str, str], Lookup] = {}
    found: list[Foreign] = []
    try:
        keys = Schema.from_descriptor(dict(asked.schema)).foreign_keys
    except FrictionlessException as error:
        raise Unsure("schema") from error
    for key in keys:
        own, other, table = _single(key)
        if table not in tables:
            raise Unsure("reference")
        if (table, other) not in lookups:
            lookups[table, other] = _values(tables[table], other, threads)
        if own in names:
            found.append(Foreign(own, table, other, lookups[table, other]))
    return found


def _single(key: Mapping[str, Any]) -> tuple[str, str, str]:
    if len(key["fields"]) != 1 or len(key["reference"]["fields"]) != 1:
        raise Unsure("composite")
    return key["fields"][0], key["reference"]["fields"][0], key["reference"]["resource"]


def _values(table: TableResource, name: str, threads: ThreadPoolExecutor) -> Lookup:
    file = opened(table)
    at = next((at for at, field in enumerate(file.fields) if field.name == name), None)
    if at is None:
        return set()
    field = file.fields[at]
    reader = Reader(file.readers[at], [])
    # A text is read as itself; all that is missing is left out.
    is_text = field.type == "string" and field.format == "default" and not field.constraints
    missing = field.schema.missing_values if field.schema else []
    data = Bytes(file, threads)
    targets: set[Any] = set()
    for page in pages_of(file, data, threads):
        texts = page.columns[at].unique().to_pylist()
        texts += [cells[at] for _, cells in page.others if at < len(cells)]
        targets.update(texts if is_text else (reader.target(text) for text in texts))
    data.facts()
    targets.difference_update({None, *(missing if is_text else ())})
    return {(target,) for target in targets}
