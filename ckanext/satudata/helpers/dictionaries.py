"""The kamus data for pages: its columns in words, and what its form offers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk

from ckanext.satudata.dictionary.differences import differences
from ckanext.satudata.dictionary.kinds import DAYS, KINDS
from ckanext.satudata.dictionary.ms_var import rule_of
from ckanext.satudata.dictionary.numbers import WRITINGS
from ckanext.satudata.dictionary.properties import BY_NAME, MAIN, PROPERTIES, Property
from ckanext.satudata.dictionary.table import Column
from ckanext.satudata.logic import people
from ckanext.satudata.logic.dictionaries import history, kept, sources, tables
from ckanext.satudata.logic.dictionaries.telling import label_of


def satudata_tables(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a dataset that have, or could have, a kamus data."""
    return tables.holding_data(dataset)


def satudata_columns(resource: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns of a table in words; none where it has no kamus data."""
    dictionary = kept.of_resource(resource)
    return [_column(one) for one in dictionary.columns] if dictionary else []


def satudata_columns_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The same of a Table Schema."""
    return satudata_columns({kept.FIELD: schema})


def satudata_missing_marks(schema: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The signs that stand for no value, with what they mean."""
    told = schema or {}
    meanings = told.get("missing_meanings") or {}
    return [(one, meanings.get(one, "")) for one in told.get("missingValues") or () if one]


def satudata_properties(which: str) -> list[Property]:
    """What is asked of a column: `main`, the others (`more`), or those of an `indicator`."""
    if which == "main":
        return [BY_NAME[name] for name in MAIN]
    of_indicator = which == "indicator"
    rest = [one for one in PROPERTIES if one.name not in MAIN]
    return [one for one in rest if one.of_indicator is of_indicator]


def satudata_part(name: str) -> str:
    """What a property is called."""
    return label_of(name)


def satudata_kinds() -> list[tuple[str, str]]:
    """The types a column can have, with their words."""
    return [(name, tk._(kind.label)) for name, kind in KINDS.items()]


def satudata_writings(chosen: str) -> list[tuple[str, str]]:
    """How numbers can be written; a way that has no example is offered only where it is used."""
    listed = [(one, one or "1234.5") for one in WRITINGS]
    return listed if chosen in WRITINGS else [*listed, (chosen, tk._("In another way"))]


def satudata_is_day(kind: str) -> bool:
    """Whether values of a type are written by a pattern of a day."""
    return kind in DAYS


def satudata_dictionary_sources(dataset: dict[str, Any], resource_id: str) -> list[tuple[str, str]]:
    """The tables that a kamus data can be taken over from: id, words."""
    user = people.user_of({"user": current_user.name})
    found = sources.sources(user, dataset, resource_id) if user is not None else []
    return [(one, f"{title}: {name}" if name else title) for one, title, name in found]


def satudata_may_read_versions(dataset: dict[str, Any]) -> bool:
    """Whether the reader sees who saved which version."""
    user = people.user_of({"user": current_user.name})
    return user is not None and history.may_read(user, dataset)


def changes_of_dictionary(label: str, field: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """A changed kamus data as rows of a list of differences: {label, kind, old, new}."""
    before, after = (kept.of_resource({kept.FIELD: field[side]}) for side in ("old", "new"))
    if before is None or after is None:
        old, new = (", ".join(one.names) if one else None for one in (before, after))
        return [{"label": label, "kind": field["kind"], "old": old, "new": new}]
    found = differences(before, after)
    rows = [
        _difference(f"{label}: {one.column or tk._('The table')}, {label_of(one.part)}",
                    _plain(one.before), _plain(one.after))
        for one in found.changes
    ]  # fmt: skip
    for words, old, new in (
        (tk._("New columns"), (), found.added),
        (tk._("Columns that are gone"), found.removed, ()),
    ):
        if old or new:
            rows.append(_difference(f"{label}: {words}", ", ".join(old), ", ".join(new)))
    if found.reordered:
        words = tk._("Order of the columns")
        rows.append(
            _difference(f"{label}: {words}", ", ".join(before.names), ", ".join(after.names))
        )
    return rows


def _difference(label: str, old: str | None, new: str | None) -> dict[str, str | None]:
    kind = "changed" if old and new else "added" if new else "removed"
    return {"label": label, "kind": kind, "old": old or None, "new": new or None}


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _column(column: Column) -> dict[str, Any]:
    kind = KINDS.get(column.type)
    return {
        "name": column.name,
        "label": column.label,
        "type": tk._(kind.label) if kind else column.type,
        "numeric": column.is_numeric,
        "rule": rule_of(column),
        **{one.name: column.text(one.name) for one in PROPERTIES},
    }


def satudata_headings(
    resource: dict[str, Any], columns: list[str], numbers: list[bool]
) -> list[tuple[str, str, bool]]:
    """Of each column of a preview its title, its unit, and whether it holds figures: by the kamus
    data where it has the column, else by what stands in it, where a code looks like a figure."""
    dictionary = kept.of_resource(resource)
    known = {one.name: one for one in dictionary.columns} if dictionary else {}
    return [
        (known[name].label, known[name].text("unit"), known[name].is_numeric)
        if name in known
        else (name, "", number)
        for name, number in zip(columns, numbers, strict=True)
    ]
