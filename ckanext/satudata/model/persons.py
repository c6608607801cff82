"""Names of people in events: kept apart, so that one can be erased and the chain stays whole.

An event holds, in place of a name, `{"person": reference, "sha256": …}`: the hash of salt and name.
The salt goes with the name, so nothing that stays tells who it was. Whose account acted is told by
the account's id alone.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.proof_rows import PersonRow

PLACES = frozenset({("paper", "name"), ("approval", "name"), ("link", "name"), ("link", "signed")})
"""Where a name stands in an event: a key, and the key that it lies under."""


def put_aside(body: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The body with references in place of names, which are written beside it."""
    return _changed(body, "", lambda name: _reference(name, at))


def told(bodies: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bodies with their names; an erased one is an empty text."""
    bodies = list(bodies)
    wanted = {one["person"] for body in bodies for one in _kept(body)}
    if not wanted:
        return [dict(body) for body in bodies]
    query = sa.select(PersonRow.reference, PersonRow.value["name"].astext)
    rows = model.Session.execute(query.where(PersonRow.reference.in_(wanted)))
    names = {reference: name or "" for reference, name in rows}

    def name_of(kept: Any) -> Any:
        return names.get(kept["person"], "") if _is_reference(kept) else kept

    return [_changed(body, "", name_of) for body in bodies]


def erase(name: str, at: datetime) -> list[str]:
    """Blank every name of exactly this text, and forget its salt; the references."""
    query = sa.select(PersonRow).where(PersonRow.value["name"].astext == name)
    rows = model.Session.scalars(query.with_for_update()).all()
    for row in rows:
        row.salt, row.value, row.erased_at = None, None, at
    model.Session.flush()
    return sorted(row.reference for row in rows)


def exchanged(bodies: Iterable[Mapping[str, Any]], *, session: Any) -> list[int]:
    """Places of the bodies with a name that is not the one they were written with; what was erased
    is not one."""
    kept = [list(_kept(body)) for body in bodies]
    wanted = {one["person"] for named in kept for one in named}
    query = sa.select(PersonRow).where(PersonRow.reference.in_(wanted))
    rows = {row.reference: row for row in session.scalars(query)} if wanted else {}
    return [
        place
        for place, named in enumerate(kept)
        if not all(_is_that(one, rows.get(one["person"])) for one in named)
    ]


def _is_that(kept: Mapping[str, Any], row: PersonRow | None) -> bool:
    if row is None or row.value is None:
        return row is not None and row.erased_at is not None
    return kept["sha256"] == _hash(row.salt or "", row.value["name"])


def _reference(name: Any, at: datetime) -> Any:
    if not isinstance(name, str) or not name:
        return name
    query = sa.select(PersonRow).where(PersonRow.value["name"].astext == name).limit(1)
    row = model.Session.scalar(query)
    if row is None:
        row = PersonRow(salt=secrets.token_hex(16), value={"name": name}, made_at=at)
        model.Session.add(row)
        model.Session.flush()
    return {"person": row.reference, "sha256": _hash(row.salt or "", name)}


def _hash(salt: str, name: str) -> str:
    return hashlib.sha256(f"{salt}\0{name}".encode()).hexdigest()


def _changed(value: Any, under: str, change: Callable[[Any], Any]) -> Any:
    """A copy in which what stands at one of PLACES is what `change` makes of it."""
    if isinstance(value, Mapping):
        return {
            key: change(one) if _is_name(under, key, one) else _changed(one, key, change)
            for key, one in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_changed(one, under, change) for one in value]
    return value


def _is_name(under: str, key: str, value: Any) -> bool:
    return (under, key) in PLACES and (isinstance(value, str) or _is_reference(value))


def _is_reference(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"person", "sha256"}


def _kept(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every reference in a body."""
    if _is_reference(value):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _kept(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _kept(one)
