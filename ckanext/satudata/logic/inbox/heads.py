"""The stored SOPs as the inbox needs them: their heads in one query, their sheets once read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from ckan import model

from ckanext.satudata.model.sops import sop_of
from ckanext.satudata.model.tables import SopRow
from ckanext.satudata.sop.definition import Sop


@dataclass(frozen=True)
class Head:
    """What a row says of the SOP that it runs on."""

    id: str
    subject: str
    number: str | None
    name: str
    revision: int

    def as_dict(self) -> dict[str, str | int | None]:
        return {
            "subject": self.subject,
            "number": self.number,
            "name": self.name,
            "revision": self.revision,
        }


def heads() -> dict[str, Head]:
    """The head of every stored revision by its id; their texts stay where they are."""
    columns = (SopRow.id, SopRow.subject, SopRow.number, SopRow.name, SopRow.revision)
    return {row.id: Head(*row) for row in model.Session.execute(sa.select(*columns))}


def newest(known: Iterable[Head]) -> list[Head]:
    """The last revision of each subject, by name."""
    last = {one.subject: one for one in sorted(known, key=lambda one: one.revision)}
    return sorted(last.values(), key=lambda one: one.name)


@lru_cache(maxsize=64)
def sheet(sop_id: str) -> Sop:
    """The SOP of a stored revision, read once in a process: a revision never changes."""
    return sop_of(model.Session.get_one(SopRow, sop_id))
