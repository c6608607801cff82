"""A JSON API by a declared mapping: where its rows are, how it pages, which key is which column.

Two uses. With `columns`, the rows are data and make one table. With `datasets`, each row tells of a
dataset and of the address of its file. A path is keys and places divided by dots: `data.items.0`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Literal
from urllib.parse import urlencode, urljoin, urlsplit

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from ckanext.satudata.sources.client import Client, Fetched
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.numbers import READERS
from ckanext.satudata.sources.record import Entry, Link, Notice, Raw, Record, fingerprint
from ckanext.satudata.sources.source import Declared, Source, Strict, one_of
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, plain_lines, slug

MOST_PAGES = 5000
MOST_ROWS = 1_000_000
PATH = r"^[^.\s]+(\.[^.\s]+)*$"


class Paging(Strict):
    """`page` and `offset` are sent as `parameter`, from `first`; `next` is the path of an address.
    `total` is the path of a count of all rows."""

    way: Literal["none", "page", "offset", "next"] = "none"
    parameter: str = "page"
    first: int = 1
    size_parameter: str = ""
    size: int = Field(default=100, ge=1, le=10_000)
    next: str = Field(default="next", pattern=PATH)
    total: str = Field(default="", pattern=rf"({PATH})|^$")


class ColumnDeclared(Strict):
    """`numbers` says how a number that comes as a text is written."""

    name: str = Field(min_length=1)
    path: str = Field(pattern=PATH)
    type: Literal["string", "integer", "number"] = "string"
    title: str = ""
    unit: str = ""
    numbers: Literal["indonesia", "inggris"] | None = None


class DatasetsDeclared(Strict):
    """Paths within a row. `mapped` are fields of ours by their path."""

    guid: str = Field(pattern=PATH)
    title: str = Field(pattern=PATH)
    url: str = Field(pattern=PATH)
    format: str = Field(default="", pattern=rf"({PATH})|^$")
    mapped: dict[str, str] = {}


class JsonDeclared(Declared):
    """Exactly one of `columns` (with `title`) and `datasets`. `headers` may hold `{key}`."""

    url: str = Field(pattern=r"^https?://")
    rows: str = Field(default="", pattern=rf"({PATH})|^$")
    paging: Paging = Paging()
    headers: dict[str, str] = {}
    title: str = ""
    columns: list[ColumnDeclared] = []
    key: list[str] = []
    datasets: DatasetsDeclared | None = None

    @model_validator(mode="after")
    def _one_way(self) -> JsonDeclared:
        if bool(self.columns) == bool(self.datasets) or (self.columns and not self.title):
            raise one_of("columns + title, datasets")
        names = [one.name for one in self.columns]
        if len(set(names)) != len(names) or not set(self.key) <= set(names):
            raise PydanticCustomError("columns", "columns.name")
        return self


class JsonSource(Source[JsonDeclared]):
    """With `columns` its listing is one entry; with `datasets` a page of the API is a page."""

    kind: ClassVar[str] = "json"
    form: ClassVar[type[Declared]] = JsonDeclared

    def _page(
        self, cursor: dict[str, Any]
    ) -> tuple[list[Entry], dict[str, Any] | None, int | None]:
        if self.declared.datasets is None:
            guid = self.declared.url
            return [Entry(guid, self.declared.title, "", {"url": guid})], None, 1
        asked = Asking(self.client, self.declared, cursor)
        fetched, rows = asked.page()
        at = fetched.at.isoformat()
        entries = [self._entry(one, at, self.declared.datasets) for one in rows]
        return entries, asked.cursor, asked.total

    def _entry(self, row: Any, at: str, paths: DatasetsDeclared) -> Entry:
        guid, title, url = (
            plain(at_path(row, one)) for one in (paths.guid, paths.title, paths.url)
        )
        if not guid:
            raise Unexpected("shape_unexpected", where=paths.guid)
        mapped = {name: plain_lines(at_path(row, one)) for name, one in paths.mapped.items()}
        form = plain(at_path(row, paths.format)) if paths.format else ""
        told = {"title": title, "file": url, "format": form, "mapped": mapped}
        return Entry(guid, title, fingerprint(told), told, at)

    def read(self, entry: Entry) -> Record:
        """The table, or the dataset with its link. Raises SourceFailed."""
        if self.declared.datasets is not None:
            return self._linked(entry)
        raw: list[Raw] = []
        rows: list[Any] = []
        asked = Asking(self.client, self.declared, {})
        while asked.cursor is not None:
            fetched, found = asked.page()
            raw.append(Raw.of(fetched))
            rows += found
            if len(rows) > MOST_ROWS:
                raise Unexpected("table_too_large", count=len(rows))
        if asked.total is not None and asked.total != len(rows):
            raise Unexpected("listing_incomplete", seen=len(rows), told=asked.total)
        table, notices = table_of(self.declared, rows)
        title = self.declared.title
        fields = self.with_declared({"title": title, "notes": self._notes(title)})
        return Record(entry.guid, fields, (table,), (), tuple(raw), tuple(notices))

    def _notes(self, title: str) -> str:
        return self.declared.fields.get("notes", "") or title

    def _linked(self, entry: Entry) -> Record:
        told = entry.address
        url = urljoin(self.declared.url, told["file"]) if told["file"] else ""
        leads = urlsplit(url).scheme in ("http", "https")
        links = (Link(url, told["title"] or entry.guid, told["format"]),) if leads else ()
        notices = () if leads else (Notice("links_dropped", {"count": 1}),)
        title = told["title"] or entry.guid
        notes = told["mapped"].get("notes") or self._notes(title)
        fields = self.with_declared({**told["mapped"], "title": title, "notes": notes})
        raw = Raw.of_part(self.declared.url, entry.at, dict(told))
        return Record(entry.guid, fields, (), links, (raw,), notices, entry.fingerprint)


class Asking:
    """Asks page after page; `cursor` is None after the last one."""

    def __init__(self, client: Client, declared: JsonDeclared, cursor: Mapping[str, Any]) -> None:
        self.client, self.declared = client, declared
        self.cursor: dict[str, Any] | None = {
            "at": declared.paging.first if declared.paging.way == "page" else 0,
            "next": "",
            "seen": 0,
            "pages": 0,
            "total": None,
            **cursor,
        }
        self.total: int | None = None

    def page(self) -> tuple[Fetched, list[Any]]:
        """The next page. Raises SourceFailed."""
        at = dict(self.cursor or {})
        fetched = self.client.get(self._url(at), Kind.JSON, headers=self.declared.headers)
        document = fetched.json()
        rows = at_path(document, self.declared.rows) if self.declared.rows else document
        if not isinstance(rows, list):
            raise Unexpected("shape_unexpected", where=self.declared.rows or ".")
        self._count(document, at)
        at["seen"] += len(rows)
        at["pages"] += 1
        self.cursor = self._onward(document, rows, at)
        self.total = at["total"]
        return fetched, rows

    def _url(self, at: dict[str, Any]) -> str:
        paging = self.declared.paging
        if at["next"]:
            return str(at["next"])
        given = {}
        if paging.way in ("page", "offset"):
            given[paging.parameter] = at["at"]
        if paging.size_parameter:
            given[paging.size_parameter] = paging.size
        if not given:
            return self.declared.url
        joint = "&" if urlsplit(self.declared.url).query else "?"
        return f"{self.declared.url}{joint}{urlencode(given)}"

    def _count(self, document: Any, at: dict[str, Any]) -> None:
        if not self.declared.paging.total:
            return
        total = at_path(document, self.declared.paging.total)
        if isinstance(total, str) and total.isascii() and total.isdigit():
            total = int(total[:12])
        if isinstance(total, bool) or not isinstance(total, int):
            raise Unexpected("shape_unexpected", where=self.declared.paging.total)
        if at["total"] not in (None, total):
            raise Unexpected("listing_changed", before=at["total"], after=total)
        at["total"] = total

    def _onward(self, document: Any, rows: list[Any], at: dict[str, Any]) -> dict[str, Any] | None:
        """The last page is told by the count, by an empty page, or by a missing address."""
        way, total = self.declared.paging.way, at["total"]
        if at["pages"] >= MOST_PAGES:
            raise Unexpected("table_too_large", count=at["seen"])
        if way == "none" or (total is not None and at["seen"] >= total):
            return None
        if way == "next":
            onward = at_path(document, self.declared.paging.next)
            return {**at, "next": self._same_host(onward)} if onward else None
        if not rows:
            if total is not None:
                raise Unexpected("listing_incomplete", seen=at["seen"], told=total)
            return None
        return {**at, "at": at["at"] + (1 if way == "page" else len(rows))}

    def _same_host(self, onward: Any) -> str:
        """Headers with keys are sent along, so the next page has to be at the same place."""
        url = urljoin(self.declared.url, onward) if isinstance(onward, str) else ""
        here, there = urlsplit(self.declared.url), urlsplit(url)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            raise Unexpected("shape_unexpected", where=self.declared.paging.next)
        return url


def at_path(found: Any, path: str) -> Any:
    """What stands at a path; None where there is nothing."""
    for key in path.split("."):
        if isinstance(found, dict):
            found = found.get(key)
        elif isinstance(found, list) and key.isascii() and key.isdigit() and len(key) < 9:
            found = found[int(key)] if int(key) < len(found) else None
        else:
            return None
    return found


def table_of(declared: JsonDeclared, rows: list[Any]) -> tuple[Table, list[Notice]]:
    """The rows as a table. A path that no row has is no column of this API."""
    if not rows:
        raise Unexpected("table_empty")
    unread: list[str] = []
    columns = [_cells(one, rows, unread) for one in declared.columns]
    table = Table(
        slug(declared.title),
        declared.title,
        tuple(Column(one.name, one.type, one.title, one.unit) for one in declared.columns),
        tuple(zip(*columns, strict=True)),
        tuple(declared.key),
    )
    facts = {"count": len(unread), "example": unread[0]} if unread else {}
    return table, [Notice("numbers_unreadable", facts)] if unread else []


def _cells(column: ColumnDeclared, rows: list[Any], unread: list[str]) -> list[Cell]:
    found = [at_path(one, column.path) for one in rows]
    if all(one is None for one in found):
        raise Unexpected("shape_unexpected", where=column.path)
    return [_cell(column, one, unread) for one in found]


def _cell(column: ColumnDeclared, value: Any, unread: list[str]) -> Cell:
    if isinstance(value, dict | list):
        raise Unexpected("shape_unexpected", where=column.path)
    if column.type == "string":
        return str(value) if isinstance(value, int | Decimal) else plain(value) or None
    number = _number(column, value, unread)
    if column.type == "integer" and number is not None and number != int(number):
        unread.append(str(value))
        return None
    return int(number) if column.type == "integer" and number is not None else number


def _number(column: ColumnDeclared, value: Any, unread: list[str]) -> int | Decimal | None:
    if value is None:
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    text = plain(value)
    whole = text.removeprefix("-")
    if whole.isascii() and whole.isdigit() and len(whole) < 19:
        return int(text)
    if column.numbers and not isinstance(value, bool):
        try:
            return READERS[column.numbers](text)
        except ValueError:
            pass
    if text:
        unread.append(text)
    return None
