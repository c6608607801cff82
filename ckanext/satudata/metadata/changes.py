"""A replaced file and what is said about the change (SOP 000 G.2: every change is documented)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.satudata.metadata.faults import Problem

# Kinds of change that need words: which figures and why; which definition and from when.
NEEDS_NOTE = frozenset({"koreksi_angka", "perubahan_definisi"})
UPLOAD = "upload"
LINKS = frozenset({"", "link"})
STATEMENT = ("change_nature", "change_note", "period_start", "period_end")


def is_replaced(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether resource `after` holds another file, or another link, than `before`.

    An upload is recognised by its name, by the time CKAN stamps on it or by its content
    hash, since its address stays the same. A value that `after` does not bring counts as
    unchanged, and a first file replaces nothing.
    """
    if not _text(before.get("url")):
        return False
    kind = _text(after.get("url_type", before.get("url_type")))
    if kind == UPLOAD:
        return (
            _text(before.get("url_type")) != UPLOAD
            or _file_name(before) != _file_name(after)
            or _both_differ(before, after, "last_modified")
            or _both_differ(before, after, "hash")
        )
    # Other kinds (a DataStore table) have an address that CKAN computes.
    return kind in LINKS and _changed(before, after, "url")


def change_problem(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Problem | None:
    """Return what is missing in the words on a replaced file; None when nothing is.

    `before` is the stored resource, or None for a new one. A patch brings the words on the
    former change along, so words and period that are all the same as before say nothing
    about this change.
    """
    if before is None or not is_replaced(before, after):
        return None
    nature, note = _text(after.get("change_nature")), _text(after.get("change_note"))
    if not nature:
        return Problem("change_nature", "change_nature_required")
    if nature in NEEDS_NOTE and not note:
        return Problem("change_note", "change_note_required")
    if not any(_changed(before, after, name) for name in STATEMENT):
        return Problem("change_note", "change_not_restated")
    return None


def _both_differ(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    return all(_text(side.get(name)) for side in (before, after)) and _changed(before, after, name)


def _changed(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    return _text(before.get(name)) != _text(after.get(name))


def _file_name(resource: Mapping[str, Any]) -> str:
    # CKAN stores the bare name and shows the whole address.
    return _text(resource.get("url")).rsplit("/", 1)[-1]


def _text(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else ""
