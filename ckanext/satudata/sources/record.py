"""What a source gives: pages of entries, and for each entry a record. Plain data.

Page     a piece of the listing, and the cursor by which the next one is asked for
Entry    one dataset as the listing tells it; enough to read it later, in another process
Record   the dataset: fields of ours, tidy tables, links, and the bytes it was made from
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ckanext.satudata.sources.client import Fetched
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.location import shown
from ckanext.satudata.sources.table import Table
from ckanext.satudata.sources.words import canonical, without_token


@dataclass(frozen=True)
class Entry:
    """`guid` is the same at each run. `fingerprint` changes with the dataset; "" where the listing
    cannot tell that, and the record has to be read to know. `address` is what `read` needs, as
    JSON can hold it; where that is the whole dataset, `at` is when it was listed (ISO 8601)."""

    guid: str
    title: str
    fingerprint: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)
    at: str = field(default="", compare=False)


@dataclass(frozen=True)
class Page:
    """`onward` is the cursor of the next page, None at the end. `total` at the end: how many
    different entries the source says it has; fewer guids than that are no whole listing. None
    where the source cannot tell: then nothing may be deleted after it without a person."""

    entries: tuple[Entry, ...]
    onward: str | None = None
    total: int | None = None


@dataclass(frozen=True)
class Raw:
    """An answer as it came, without keys."""

    url: str
    at: datetime
    sha256: str
    body: bytes = field(repr=False)

    @classmethod
    def of(cls, fetched: Fetched) -> Raw:
        """From what the client brought."""
        return cls(fetched.url, fetched.at, fetched.sha256, fetched.body)

    @classmethod
    def of_part(cls, url: str, at: str, part: Any) -> Raw:
        """A part of an answer: what its listing told of one dataset, at a time in ISO 8601."""
        body = part.encode() if isinstance(part, str) else canonical(part)
        digest = hashlib.sha256(body).hexdigest()
        return cls(shown(url), datetime.fromisoformat(at), digest, body)


@dataclass(frozen=True)
class Link:
    """A file that stays where it is. `size` is in the source's words."""

    url: str
    name: str
    format: str = ""
    description: str = ""
    size: str = ""
    resource_type: str = "data"


@dataclass(frozen=True)
class Notice:
    """Something a person should know of a record that came nevertheless. Code and facts as in
    `failures`."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """`fields` have the names of schemas/dataset.yaml and texts as values. `known` goes into the
    address of the entry at the next run, so that the source may say: `unchanged`."""

    guid: str
    fields: Mapping[str, str]
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    raw: tuple[Raw, ...] = ()
    notices: tuple[Notice, ...] = ()
    fingerprint: str = ""
    known: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def content(self) -> str:
        """A hash of all that matters to a reader: fields, tables, links."""
        told = [
            dict(self.fields),
            [[one.name, one.title, one.schema(), one.rows] for one in self.tables],
            [{**vars(one), "url": without_token(one.url)} for one in self.links],
        ]
        return hashlib.sha256(canonical(told)).hexdigest()


def fingerprint(value: Any) -> str:
    """Of a document, whatever the order of its keys."""
    return hashlib.sha256(canonical(value)).hexdigest()


def whole(pages: Iterable[Page]) -> list[Entry]:
    """Every entry of a listing, once. Raises Unexpected `listing_incomplete` when there are fewer
    than the source said, or when pages end before their end."""
    found: dict[str, Entry] = {}
    last = Page((), onward="")
    for last in pages:
        found |= {one.guid: one for one in last.entries}
    if last.onward is not None or (last.total is not None and last.total != len(found)):
        raise Unexpected("listing_incomplete", seen=len(found), told=last.total or 0)
    return list(found.values())
