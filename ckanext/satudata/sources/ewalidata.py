"""SIPD e-Walidata (Kemendagri): indicators of a government, year by year.

Unproven: no recorded answer was seen. Names of keys come from programs that read and write it; the
envelope is not known, so a list is taken as it is or under `data`. `kodepemda` is Kemendagri's
numbering without dots, which for another region is a code of BPS; it is never compared with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from pydantic import Field

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.client import Client, Fetched
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import Declined, Unexpected
from ckanext.satudata.sources.numbers import read_indonesian
from ckanext.satudata.sources.record import Entry, Notice, Raw, Record, fingerprint
from ckanext.satudata.sources.source import Declared, Source
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, slug

BASE = "https://sipd.go.id/ewalidata/serv"
COLUMNS = (
    Column("kode_wilayah"),
    Column("kode_kecamatan"),
    Column("kode_indikator"),
    Column("indikator"),
    Column("definisi_operasional"),
    Column("tahun", "integer"),
    Column("nilai", "number"),
    Column("nilai_tertulis"),
    Column("satuan"),
    Column("status"),
    Column("verifikasi_walidata"),
    Column("verifikasi_pembina_data"),
)


class EwalidataDeclared(Declared):
    """`region` is digits of Kemendagri without dots; the key `key` is sent as a bearer."""

    region: str = Field(pattern=r"^[1-9][0-9]([0-9]{2})?$")
    years: list[int] = Field(min_length=1)
    base: str = BASE


class EwalidataSource(Source[EwalidataDeclared]):
    """Each field of government (`kodebidang`) is a dataset with all its declared years."""

    kind: ClassVar[str] = "ewalidata"
    proven: ClassVar[bool] = False
    form: ClassVar[type[Declared]] = EwalidataDeclared

    def _page(
        self, cursor: dict[str, Any]
    ) -> tuple[list[Entry], dict[str, Any] | None, int | None]:
        fields: dict[str, list[Mapping[str, Any]]] = {}
        names: dict[str, str] = {}
        for year in self.declared.years:
            for one in self._items(year)[0]:
                number = plain(one.get("kodebidang"))
                if not number:
                    raise Unexpected("shape_unexpected", where="kodebidang")
                fields.setdefault(number, []).append(one)
                names[number] = plain(one.get("uraibidang")) or number
        entries = [
            Entry(
                f"ewalidata/{self.declared.region}/{number}",
                names[number],
                fingerprint([_without_place(one) for one in items]),
                {"number": number, "name": names[number]},
            )
            for number, items in sorted(fields.items())
        ]
        return entries, None, len(entries)

    def __init__(self, client: Client, declared: Mapping[str, Any]) -> None:
        super().__init__(client, declared)
        self._years: dict[int, tuple[list[dict[str, Any]], Fetched]] = {}

    def _items(self, year: int) -> tuple[list[dict[str, Any]], Fetched]:
        """A year's answer holds every field, so it is asked for once in a run."""
        if year not in self._years:
            self._years[year] = self._asked(year)
        return self._years[year]

    def _asked(self, year: int) -> tuple[list[dict[str, Any]], Fetched]:
        asked = urlencode({"kodepemda": self.declared.region, "tahun": year})
        url = f"{self.declared.base.rstrip('/')}/get_dssd?{asked}"
        fetched = self.client.get(url, Kind.JSON, headers={"Authorization": "Bearer {key}"})
        document = fetched.json()
        items = document.get("data") if isinstance(document, dict) else document
        if isinstance(document, dict) and not isinstance(items, list):
            message = plain(document.get("message")) or plain(document.get("error"))
            if message:
                raise Declined("source_error", message=message)
        if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
            raise Unexpected("shape_unexpected", where="data")
        told = {plain(one.get("rowtotal")) for one in items} - {""}
        if told and told != {str(len(items))}:
            raise Unexpected("listing_incomplete", seen=len(items), told=", ".join(sorted(told)))
        return items, fetched

    def read(self, entry: Entry) -> Record:
        """The indicators of a field of government. Raises SourceFailed."""
        rows: list[tuple[Cell, ...]] = []
        raw, unread = [], []
        for year in self.declared.years:
            items, fetched = self._items(year)
            raw.append(Raw.of(fetched))
            for one in items:
                if plain(one.get("kodebidang")) == entry.address["number"]:
                    rows.append(self._row(one, unread))
        if not rows:
            raise Declined("nothing_available", what=entry.guid)
        name = str(entry.address["name"])
        title = f"Indikator {name} (e-Walidata)"
        table = Table(slug(title), title, COLUMNS, tuple(rows))
        notices = [Notice("shape_unproven", {"what": "e-Walidata"})]
        if unread:
            notices.append(
                Notice("numbers_unreadable", {"count": len(unread), "example": unread[0]})
            )
        fields = {
            "title": title,
            "notes": f"Indikator bidang {name} dari SIPD e-Walidata Kementerian Dalam Negeri.",
            "official_source": "SIPD e-Walidata",
            "region_codes": regions.of_kemendagri(self.declared.region),
            "period_start": str(min(self.declared.years)),
            "period_end": str(max(self.declared.years)),
        }
        told = self.with_declared(fields)
        return Record(entry.guid, told, (table,), (), tuple(raw), tuple(notices), entry.fingerprint)

    def _row(self, item: Mapping[str, Any], unread: list[str]) -> tuple[Cell, ...]:
        region = plain(item.get("kodepemda"))
        if region != self.declared.region:
            raise Unexpected("shape_unexpected", where="kodepemda")
        year = plain(item.get("tahun"))
        if not (len(year) == 4 and year.isascii() and year.isdigit()):
            raise Unexpected("shape_unexpected", where="tahun")
        written = plain(item.get("data"))
        try:
            value = read_indonesian(written)
        except ValueError:
            value = None
            unread.append(written)
        keys = ("satuan", "status", "status_verifikasi_walidata", "status_verifikasi_pembinadata")
        return (
            regions.of_kemendagri(region),
            plain(item.get("kodekec")) or None,
            plain(item.get("kodeindikator")) or None,
            plain(item.get("uraian_indikator")) or None,
            plain(item.get("definisi_operasional")) or None,
            int(year),
            value,
            written or None,
            *(plain(item.get(key)) or None for key in keys),
        )


def _without_place(item: Mapping[str, Any]) -> dict[str, Any]:
    """Where it stands in the answer is no property of an indicator."""
    return {key: value for key, value in item.items() if key not in ("rownum", "rowtotal")}
