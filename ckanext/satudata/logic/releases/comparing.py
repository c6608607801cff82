"""What differs between two sides: by field, by resource, and by row where both have rows.

Fields and files are told at once. Rows may take a job; then the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.releases import compared_rows
from ckanext.satudata.logic.releases.compared_rows import Rows
from ckanext.satudata.logic.releases.sides import Side
from ckanext.satudata.release.differences import (
    ABSENT,
    Differences,
    FieldDifference,
    File,
    Kind,
    ResourceDifference,
    differences,
)

FIRST = 10
"""Rows of each kind that stand in the answer about everything."""
KINDS = tuple(one.value for one in Kind)


def told(old: Side, new: Side) -> dict[str, Any]:
    """{from, to, metadata, resources, reordered}; see `satudata_release_differences`."""
    found = differences(old.content, new.content, old.files.values(), new.files.values())
    by_id = {one.resource_id: one for one in found.resources}
    kept = [one["id"] for one in new.content.resources if one["id"] in _ids(old)]
    rows = {one: rows_of(old, new, one) for one in kept}
    return {
        "from": _side(old),
        "to": _side(new),
        "metadata": [_field(one) for one in found.metadata],
        "resources": [
            _resource(by_id.get(one), rows.get(one), _resources(old, new)[one], one)
            for one in _in_order(found, rows)
        ],
        "reordered": found.reordered,
    }


def rows_told(
    old: Side, new: Side, resource_id: str, kind: str, limit: int, offset: int
) -> dict[str, Any]:
    """{state, count, kept, results} of one kind of difference; see `satudata_row_differences`.

    Raises Refused `not_found` where one side has no such resource with rows.
    """
    found = rows_of(old, new, resource_id, first=None)
    if found is None:
        raise Refused("not_found")
    title = _resources(old, new)[resource_id].get("name")
    answer = {"from": _side(old), "to": _side(new), "title": title, "kind": kind, **found}
    first = {one: answer.pop(f"first_{one}", []) for one in KINDS}
    return {**answer, "kept": len(first[kind]), "results": first[kind][offset : offset + limit]}


def rows_of(
    old: Side, new: Side, resource_id: str, first: int | None = FIRST
) -> dict[str, Any] | None:
    """What differs between the rows of a resource; None where nothing can, or nothing does."""
    pair = _pair(old, new, resource_id)
    if pair is None:
        return None
    found = compared_rows.compared(*pair)
    if found["state"] == "compared" and first is not None:
        found = {**found, **{f"first_{kind}": found[f"first_{kind}"][:first] for kind in KINDS}}
    return found


def _pair(old: Side, new: Side, resource_id: str) -> tuple[Rows, Rows] | None:
    """The tables to compare, where they are not the same: those of the DataStore, else the CSVs."""
    tables = old.tables.get(resource_id), new.tables.get(resource_id)
    if tables[0] and tables[1]:
        same = tables[0] == tables[1]
        return None if same else (compared_rows.table(tables[0]), compared_rows.table(tables[1]))
    files = old.files.get(resource_id), new.files.get(resource_id)
    if not (files[0] and files[1]) or files[0].sha256 == files[1].sha256:
        return None
    if not (_is_csv(old, files[0]) and _is_csv(new, files[1])):
        return None
    return tuple(compared_rows.csv_file(one.sha256, one.size) for one in files if one)  # type: ignore[return-value]


def _is_csv(side: Side, file: File) -> bool:
    told = _ids(side)[file.resource_id].get("format") or ""
    return file.name.lower().endswith(".csv") or told.upper() == "CSV"


def _ids(side: Side) -> Mapping[str, Mapping[str, Any]]:
    return {one["id"]: one for one in side.content.resources}


def _resources(old: Side, new: Side) -> Mapping[str, Mapping[str, Any]]:
    return {**_ids(old), **_ids(new)}


def _in_order(found: Differences, rows: Mapping[str, Any]) -> list[str]:
    """Ids of the resources that differ, in the order of the new side; those that are gone last."""
    differ = [one.resource_id for one in found.resources]
    either = {*differ, *(one for one, told in rows.items() if told is not None)}
    return [*(one for one in found.order if one in either),
            *(one for one in differ if one not in found.order)]  # fmt: skip


def _side(side: Side) -> dict[str, Any]:
    return {"release": side.number, "shown_at": side.at.isoformat() if side.at else None}


def _field(one: FieldDifference) -> dict[str, Any]:
    old, new = (None if value is ABSENT else value for value in (one.old, one.new))
    return {"field": one.field, "kind": one.kind.value, "old": old, "new": new}


def _resource(
    found: ResourceDifference | None, rows: Any, resource: Mapping[str, Any], resource_id: str
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": resource_id,
        "name": resource.get("name"),
        "kind": found.kind.value if found else Kind.CHANGED.value,
        "fields": [_field(one) for one in found.fields] if found else [],
        "old_file": _file(found.old_file) if found else None,
        "new_file": _file(found.new_file) if found else None,
    }
    return {**told, "rows": rows}


def _file(file: File | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {"name": file.name, "size": file.size, "sha256": file.sha256}
