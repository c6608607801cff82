"""What the rows of a table are held against: columns, keys, and the tables referred to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ckanext.satudata.quality.fast.columns import KEYS, Column
from ckanext.satudata.quality.fast.opened import Opened
from ckanext.satudata.quality.fast.readers import Reader, quick_of
from ckanext.satudata.quality.fast.references import foreign_keys
from ckanext.satudata.quality.fast.rows import Plan
from ckanext.satudata.quality.fast.unsure import Unsure
from ckanext.satudata.quality.judge.asked import Asked


def planned(asked: Asked, file: Opened, threads: ThreadPoolExecutor) -> Plan:
    """Raises Unsure where the engine does not know how frictionless compares keys."""
    schema = file.resource.schema
    names = [field.name for field in file.fields]
    foreign = foreign_keys(asked, set(names), threads)
    columns: list[Column] = []
    for at, field in enumerate(file.fields):
        lookups = [one.lookup for one in foreign if one.own == field.name]
        own = field.missing_values if field.has_defined("missing_values") else None
        inherited = field.schema.missing_values if field.schema else field.missing_values
        missing = frozenset(inherited if own is None else own)
        reader = Reader(file.readers[at], lookups, quick_of(field, missing))
        columns.append(Column(field, at + 1, reader, missing, lookups))
    unique = [at for at, field in enumerate(file.fields) if field.constraints.get("unique")]
    has_primary = bool(schema.primary_key) and set(schema.primary_key) <= set(names)
    primary = [names.index(name) for name in schema.primary_key] if has_primary else []
    if any(file.fields[at].type not in KEYS for at in (*unique, *primary)):
        raise Unsure("key")
    return Plan(columns, unique, primary, [(names.index(one.own), one) for one in foreign])
