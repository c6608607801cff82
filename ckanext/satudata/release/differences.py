"""What differs between two contents of a dataset: by metadata field, by resource, by file.

Nothing is judged: a difference says what was and what is, and applied to the old content it gives
the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ckanext.satudata.release.content import Content

EXTRA = "extras."
"""Begins the name of a field that is no core field of CKAN's, such as `extras.unit`."""


class Absent(Enum):
    """In place of a value: the field is not there at all."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class Kind(str, Enum):
    """How something differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldDifference:
    """One field: what it held and what it holds; ABSENT where it was or is not there."""

    field: str
    old: Any
    new: Any

    @property
    def kind(self) -> Kind:
        """A field that was or becomes empty counts as added or removed."""
        if _empty(self.old) == _empty(self.new):
            return Kind.CHANGED
        return Kind.ADDED if _empty(self.old) else Kind.REMOVED


@dataclass(frozen=True)
class File:
    """A file of a release: name, sha256 in hex, bytes."""

    resource_id: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class ResourceDifference:
    """One resource. `old` and `new` are None where it was or is not there.

    `fields`: of a resource that stayed; `old_file`, `new_file`: only where the bytes differ.
    """

    resource_id: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    fields: tuple[FieldDifference, ...] = ()
    old_file: File | None = None
    new_file: File | None = None

    @property
    def kind(self) -> Kind:
        if self.old is None:
            return Kind.ADDED
        return Kind.REMOVED if self.new is None else Kind.CHANGED

    @property
    def file_replaced(self) -> bool:
        """Whether it stayed and has other bytes now."""
        return self.kind is Kind.CHANGED and self.old_file != self.new_file


@dataclass(frozen=True)
class Differences:
    """All that differs. `order`: ids of the resources as they stand in the new content;
    `reordered`: whether those that stayed stand in another order than before."""

    metadata: tuple[FieldDifference, ...]
    resources: tuple[ResourceDifference, ...]
    order: tuple[str, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.metadata or self.resources or self.reordered)


def differences(
    old: Content, new: Content, old_files: Iterable[File] = (), new_files: Iterable[File] = ()
) -> Differences:
    """What differs between two contents and their files, in the order of the new one.

    Resources that are gone come last.
    """
    before, after = _by_id(old), _by_id(new)
    files = {one.resource_id: one for one in old_files}, {one.resource_id: one for one in new_files}
    found = [_resource(one, before, after, *files) for one in [*after, *_only(before, after)]]
    kept_before, kept_after = (
        _only(before, before.keys() - after),
        _only(after, after.keys() - before),
    )
    return Differences(
        field_differences(old.metadata, new.metadata),
        tuple(one for one in found if one is not None),
        tuple(after),
        kept_before != kept_after,
    )


def field_differences(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[FieldDifference, ...]:
    """What differs between two mappings, by name; each extra counts as a field of its own."""
    before, after = _flat(old), _flat(new)
    pairs = {name: (before.get(name, ABSENT), after.get(name, ABSENT)) for name in before | after}
    return tuple(
        FieldDifference(name, was, now) for name, (was, now) in sorted(pairs.items()) if was != now
    )


def applied(content: Content, found: Differences) -> Content:
    """The new content, made of the old one and what differs."""
    resources = _by_id(content)
    for one in found.resources:
        if one.new is None:
            del resources[one.resource_id]
        elif one.old is None:
            resources[one.resource_id] = one.new
        else:
            resources[one.resource_id] = _with(one.old, one.fields)
    metadata = _with(content.metadata, found.metadata)
    return Content(metadata, tuple(resources[one] for one in found.order))


def _resource(
    resource_id: str,
    before: Mapping[str, Mapping[str, Any]],
    after: Mapping[str, Mapping[str, Any]],
    old_files: Mapping[str, File],
    new_files: Mapping[str, File],
) -> ResourceDifference | None:
    old, new = before.get(resource_id), after.get(resource_id)
    files = old_files.get(resource_id), new_files.get(resource_id)
    if old is None or new is None:
        return ResourceDifference(resource_id, old, new, (), *files)
    fields = field_differences(old, new)
    same = _bytes(files[0]) == _bytes(files[1])
    if same and not fields:
        return None
    return ResourceDifference(resource_id, old, new, fields, *((None, None) if same else files))


def _bytes(file: File | None) -> str | None:
    return file.sha256 if file is not None else None


def _by_id(content: Content) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in content.resources}


def _only(rows: Iterable[str], without: Iterable[str]) -> list[str]:
    left_out = set(without)
    return [one for one in rows if one not in left_out]


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in values.items() if name != "extras"}
    extras = values.get("extras") or {}
    return {**flat, **{EXTRA + name: value for name, value in extras.items()}}


def _with(values: Mapping[str, Any], changes: Iterable[FieldDifference]) -> dict[str, Any]:
    flat = _flat(values)
    for one in changes:
        flat.pop(one.field, None)
        if one.new is not ABSENT:
            flat[one.field] = one.new
    whole = {name: value for name, value in flat.items() if not name.startswith(EXTRA)}
    extras = {name[len(EXTRA) :]: value for name, value in flat.items() if name.startswith(EXTRA)}
    return {**whole, "extras": extras}


def _empty(value: Any) -> bool:
    return value is ABSENT or value is None or value in ("", [], {})
