"""BPS as a source: what is declared of a domain, listed model by model, read item by item."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.bps import items, reading
from ckanext.satudata.sources.bps.api import BASE, BpsApi, whole_number
from ckanext.satudata.sources.bps.catalogue import variable_of
from ckanext.satudata.sources.client import Client
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.record import Entry, Record, fingerprint
from ckanext.satudata.sources.source import Declared, Source, Strict
from ckanext.satudata.sources.words import plain, without_token

Model = Literal[
    "data", "statictable", "publication", "pressrelease", "news", "indicators", "simdasi", "census"
]
Cursor = dict[str, Any]


class Census(Strict):
    """Which census, which of its topics, for which areas (their `slug`)."""

    event: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")
    topics: list[int] = Field(min_length=1)
    areas: list[str] = Field(min_length=1)


class BpsDeclared(Declared):
    """`newest` periods of a variable are read, all where it is not given."""

    domain: str = Field(pattern=r"^[0-9]{4}$")
    models: list[Model] = Field(min_length=1)
    subjects: list[int] = []
    variables: list[int] = []
    newest: int | None = Field(default=None, ge=1)
    census: list[Census] = []
    base: str = BASE


class BpsSource(Source[BpsDeclared]):
    """Its cursor: which model, which page of it, and the count of entries so far."""

    kind: ClassVar[str] = "bps"
    form: ClassVar[type[Declared]] = BpsDeclared

    def __init__(self, client: Client, declared: dict[str, Any]) -> None:
        super().__init__(client, declared)
        self.api = BpsApi(client, self.declared.base)

    def _page(self, cursor: Cursor) -> tuple[list[Entry], Cursor | None, int | None]:
        at = {"model": 0, "part": 0, "page": 1, "seen": 0, "told": 0, **cursor}
        model = self.declared.models[at["model"]]
        entries, pages, total = getattr(self, f"_list_{model}")(at)
        if not entries and at["page"] > 1:
            raise Unexpected("listing_incomplete", seen=at["seen"], told=total or 0)
        at["seen"] += len(entries)
        at["page"] += 1
        if at["page"] > pages:
            at["told"] += at["seen"] if total is None else total
            parts = self._parts(model)
            at |= {"page": 1, "seen": 0, "part": at["part"] + 1}
            if at["part"] >= parts:
                at |= {"part": 0, "model": at["model"] + 1}
        ended = at["model"] >= len(self.declared.models)
        return entries, None if ended else at, at["told"]

    def _parts(self, model: str) -> int:
        """How many lists a model has: one, or one for each subject or census topic."""
        if model == "data" and not self.declared.variables:
            return len(self.declared.subjects) or 1
        if model == "census":
            return sum(len(one.topics) for one in self.declared.census)
        return 1

    def _entry(self, model: str, number: object, label: str, item: Any, /, **more: Any) -> Entry:
        """An entry whose listing tells all of it has a fingerprint; `item` is None else."""
        guid = f"bps/{self.declared.domain}/{model}/{number}"
        address = {"model": model, "number": number, **more}
        return Entry(guid, label, "" if item is None else fingerprint(item), address)

    def _list_data(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        """Values change without a change of the variable, so it has no fingerprint."""
        declared = self.declared
        if declared.variables:
            entries = [
                self._entry("data", one, f"Variabel {one}", None) for one in declared.variables
            ]
            return entries, 1, None
        given: dict[str, Any] = {"domain": declared.domain}
        if declared.subjects:
            given["subject"] = declared.subjects[at["part"]]
        listed = self.api.listed("var", at["page"], **given)
        found = [variable_of(one) for one in listed.items]
        entries = [self._entry("data", one.number, one.title, None) for one in found]
        return entries, listed.pages, listed.total

    def _list_items(self, model: str, at: Cursor) -> tuple[list[Entry], int, int | None]:
        listed = self.api.listed(model, at["page"], domain=self.declared.domain)
        form = items.MODELS[model]
        entries = []
        for one in listed.items:
            number = one.get(form.number)
            if isinstance(number, bool) or not isinstance(number, str | int):
                raise Unexpected("shape_unexpected", where=form.number)
            title = plain(one.get(form.title))
            lasting = {key: without_token(value) for key, value in one.items()}
            entries.append(self._entry(model, number, title, lasting))
        return entries, listed.pages, listed.total

    def _list_publication(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        return self._list_items("publication", at)

    def _list_pressrelease(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        return self._list_items("pressrelease", at)

    def _list_statictable(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        return self._list_items("statictable", at)

    def _list_news(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        return self._list_items("news", at)

    def _list_indicators(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        """All indicators of a domain are one dataset."""
        return [self._entry("indicators", "semua", "Indikator strategis", None)], 1, None

    def _list_simdasi(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        area = self.declared.domain + "000"
        inner, _ = self.api.inside("simdasi", 23, wilayah=area)
        tables = [] if inner is None else inner.get("data") if isinstance(inner, dict) else None
        if not isinstance(tables, list):
            raise Unexpected("shape_unexpected", where="data[1].data")
        return [self._simdasi_entry(one, area) for one in tables], 1, None

    def _simdasi_entry(self, item: Any, area: str) -> Entry:
        number = item.get("id_tabel") if isinstance(item, dict) else None
        years = item.get("ketersediaan_tahun") if isinstance(item, dict) else None
        if not isinstance(number, str) or not number or not isinstance(years, list):
            raise Unexpected("shape_unexpected", where="data[1].data.id_tabel")
        read = sorted({year for one in years if (year := whole_number(one)) is not None})
        title, code = plain(item.get("judul")), plain(item.get("kode_tabel"))
        more = {"area": area, "years": read, "code": code, "title": title}
        return self._entry("simdasi", number, title, item, **more)

    def _list_census(self, at: Cursor) -> tuple[list[Entry], int, int | None]:
        topics = [(one, topic) for one in self.declared.census for topic in one.topics]
        if not topics:
            return [], 1, None
        census, topic = topics[at["part"]]
        found, _ = self.api.inside("sensus", 40, kegiatan=census.event, topik=topic)
        if found is not None and not isinstance(found, list):
            raise Unexpected("shape_unexpected", where="data[1]")
        entries = []
        for one in found or []:
            number = whole_number(one.get("id")) if isinstance(one, dict) else None
            if number is None:
                raise Unexpected("shape_unexpected", where="data[1].id")
            more = {"event": census.event, "areas": list(census.areas), "set": number}
            more["title"] = title = plain(one.get("nama"))
            entries.append(self._entry("census", f"{census.event}-{number}", title, None, **more))
        return entries, 1, None

    def read(self, entry: Entry) -> Record:
        """The dataset of an entry. Raises SourceFailed."""
        model = entry.address.get("model")
        if model not in reading.READERS:
            raise Unexpected("shape_unexpected", where="address")
        made = reading.READERS[model](self.api, self.declared.domain, entry, self.declared.newest)
        told = {"region_codes": regions.of_domain(self.declared.domain), **made.fields}
        fields = self.with_declared({**reading.COMMON, **told})
        return Record(
            entry.guid, fields, made.tables, made.links, made.raw, made.notices, entry.fingerprint
        )
