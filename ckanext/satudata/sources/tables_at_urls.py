"""Tables that an agency keeps at addresses: named one by one, in a manifest, or on a page.

A manifest is a Frictionless data package (`resources` with `path` and `title`), or a CSV with the
columns `url` and `judul`. Of a page, the links to CSV, XLSX and ODS files are taken.

Neither a CSV nor a page tells where it ends or how many entries it has; a server that cuts one and
says that it is whole cannot be caught. So the listing of these two names no total, and nothing may
be deleted after it without a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from html.parser import HTMLParser
from typing import Any, ClassVar, Literal
from urllib.parse import urldefrag, urljoin, urlsplit

from pydantic import Field, model_validator

from ckanext.satudata.sources import text_table, workbook
from ckanext.satudata.sources.client import Fetched, Known
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.record import Entry, Link, Notice, Raw, Record
from ckanext.satudata.sources.source import Declared, Source, one_of
from ckanext.satudata.sources.table import Table
from ckanext.satudata.sources.tidy import table_of
from ckanext.satudata.sources.words import plain, plain_lines, slug, without_token

MOST_ENTRIES = 20_000
_PAGE = 500
_ENDINGS = (".csv", ".tsv", ".xlsx", ".ods")
_FORMATS = {Kind.CSV: "CSV", Kind.XLSX: "XLSX", Kind.ODS: "ODS"}
Url = Field(pattern=r"^https?://")


class TableDeclared(Declared):
    """One table. `heading` is the row of the headings, counted from 1; 0: the first not blank."""

    url: str = Url
    title: str = Field(min_length=1)
    notes: str = ""
    sheet: str | None = None
    heading: int = Field(default=0, ge=0)


class TablesDeclared(Declared):
    """One of `tables`, `manifest` and `page`. `numbers` says how decimals are written in texts;
    `matching` narrows the links of a page, with `*` for anything."""

    tables: list[TableDeclared] = []
    manifest: str = Field(default="", pattern=r"^(https?://.*)?$")
    page: str = Field(default="", pattern=r"^(https?://.*)?$")
    matching: str = "*"
    numbers: Literal["indonesia", "inggris"] | None = None
    sheet: str | None = None
    heading: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _one_way(self) -> TablesDeclared:
        if sum(map(bool, (self.tables, self.manifest, self.page))) != 1:
            raise one_of("tables, manifest, page")
        return self


class TablesSource(Source[TablesDeclared]):
    """Its listing is read whole and given in pages; a cursor is a place in it."""

    kind: ClassVar[str] = "tabel"
    form: ClassVar[type[Declared]] = TablesDeclared

    def _page(
        self, cursor: dict[str, Any]
    ) -> tuple[list[Entry], dict[str, Any] | None, int | None]:
        found = {one.guid: one for one in self._listed()}
        if len(found) > MOST_ENTRIES:
            raise Unexpected("table_too_large", count=len(found))
        start = cursor.get("start", 0)
        entries = list(found.values())[start : start + _PAGE]
        after = start + len(entries)
        counted = self.declared.tables or not self._endless(self.declared.manifest)
        total = len(found) if counted else None
        return entries, {"start": after} if after < len(found) else None, total

    def _endless(self, manifest: str) -> bool:
        return not manifest or urlsplit(manifest).path.lower().endswith(".csv")

    def _listed(self) -> Iterator[Entry]:
        declared = self.declared
        if declared.manifest:
            yield from self._from_manifest(declared.manifest)
        elif declared.page:
            for url, title in self._links(declared.page):
                yield self._entry(url, title)
        for one in declared.tables:
            yield self._entry(one.url, one.title, one.notes, one.sheet, one.heading, one.fields)

    def _from_manifest(self, manifest: str) -> Iterator[Entry]:
        if not self._endless(manifest):
            yield from self._from_package(manifest)
            return
        body = self.client.get(manifest, Kind.CSV).body
        if not body.endswith(b"\n"):
            raise Unexpected("body_truncated", host=urlsplit(manifest).netloc)
        rows = list(text_table.rows_of(body))
        head = [one.lower() for one in rows[0]] if rows else []
        if "url" not in head or "judul" not in head:
            raise Unexpected("shape_unexpected", where="url, judul")
        for row in rows[1:]:
            told = dict(zip(head, row, strict=False))
            if told.get("url"):
                url = urljoin(manifest, told["url"])
                yield self._entry(url, told.get("judul", ""), told.get("keterangan", ""))

    def _from_package(self, manifest: str) -> Iterator[Entry]:
        document = self.client.get(manifest, Kind.JSON).json()
        resources = document.get("resources") if isinstance(document, dict) else None
        if not isinstance(resources, list):
            raise Unexpected("shape_unexpected", where="resources")
        for one in resources:
            path = one.get("path") if isinstance(one, dict) else None
            if not isinstance(path, str) or not path:
                raise Unexpected("shape_unexpected", where="resources.path")
            title = plain(one.get("title")) or plain(one.get("name"))
            yield self._entry(urljoin(manifest, path), title, plain_lines(one.get("description")))

    def _links(self, page: str) -> list[tuple[str, str]]:
        """Address and words of each link to a table. A page without any is not the page meant."""
        markup = self.client.get(page, Kind.HTML).body.decode("utf-8", "replace")
        if not re.search(r"(?i)</(html|body)\s*>", markup):
            raise Unexpected("body_truncated", host=urlsplit(page).netloc)
        reader = _Anchors()
        reader.feed(markup)
        reader.close()
        found = [(urljoin(page, target), plain(text)) for target, text in reader.found]
        found = [one for one in found if urlsplit(one[0]).path.lower().endswith(_ENDINGS)]
        if not found:
            raise Unexpected("links_missing", host=urlsplit(page).netloc)
        return [one for one in found if fnmatchcase(one[0], self.declared.matching)]

    def _entry(
        self,
        url: str,
        title: str,
        notes: str = "",
        sheet: str | None = None,
        heading: int = 0,
        fields: dict[str, str] | None = None,
    ) -> Entry:
        url = urldefrag(url).url
        title = title or url.rpartition("/")[2]
        address = {
            "url": url,
            "title": title,
            "notes": notes,
            "sheet": sheet or self.declared.sheet,
            "heading": heading or self.declared.heading,
            "fields": fields or {},
        }
        guid = without_token(f"{url}#{sheet}" if sheet else url)
        return Entry(guid, title, "", address)

    def read(self, entry: Entry) -> Record:
        """The table at the address; `unchanged` where the server says that it is what `known`
        in the entry's address tells. Raises SourceFailed."""
        told = entry.address
        known = Known(**told.get("known", {}))
        fetched = self.client.get(told["url"], Kind.TABLE, known=known)
        if fetched.unchanged:
            return Record(entry.guid, {}, known=vars(fetched.known), unchanged=True)
        table, notices = self._table(fetched, told)
        fields = self.with_declared(
            {
                **told["fields"],
                "title": told["title"],
                "notes": told["notes"] or told["fields"].get("notes", "") or told["title"],
            }
        )
        name = told["url"].rpartition("/")[2] or "tabel"
        link = Link(told["url"], name, _FORMATS.get(fetched.kind or Kind.CSV, ""))
        return Record(
            entry.guid,
            fields,
            (table,),
            (link,),
            (Raw.of(fetched),),
            tuple(notices),
            known=vars(fetched.known),
        )

    def _table(self, fetched: Fetched, told: Any) -> tuple[Table, list[Notice]]:
        if fetched.kind is Kind.XLSX or fetched.kind is Kind.ODS:
            rows: Any = workbook.rows_of(fetched.body, fetched.kind, told["sheet"])
        else:
            rows = text_table.rows_of(fetched.body)
        title = told["title"]
        return table_of(slug(title), title, rows, self.declared.numbers, told["heading"])


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._target: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._target, self._text = dict(attrs).get("href"), []

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._target:
            self.found.append((self._target.strip(), "".join(self._text)))
            self._target = None

    def handle_data(self, data: str) -> None:
        self._text.append(data)
