"""An entry of BPS made a record: one function for each model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.sources.bps import census, dynamic, items, simdasi
from ckanext.satudata.sources.bps.api import PERIODS_AT_ONCE, BpsApi, available, whole_number
from ckanext.satudata.sources.bps.catalogue import every
from ckanext.satudata.sources.failures import Declined, Unexpected
from ckanext.satudata.sources.record import Entry, Link, Notice, Raw
from ckanext.satudata.sources.table import Cell, Table
from ckanext.satudata.sources.words import plain, plain_lines, tag

COMMON = {
    "topic": "statistik",
    "official_source": "Badan Pusat Statistik (BPS), Web API",
    "access_class": "terbuka",
}
MONTHS = frozenset(
    ("januari", "februari", "pebruari", "maret", "april", "mei", "juni", "juli", "agustus",
     "september", "oktober", "november", "nopember", "desember")
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What a reader makes."""

    fields: Mapping[str, str]
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    raw: tuple[Raw, ...] = ()
    notices: tuple[Notice, ...] = field(default_factory=tuple)


Reader = Callable[[BpsApi, str, Entry, int | None], Made]


def read_data(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """All values of a variable, so many periods at once as the domain allows."""
    variable = entry.address["number"]
    periods = _periods(api, domain, variable)[: newest or None]
    step = PERIODS_AT_ONCE.get(domain, 2)
    values: list[dynamic.Value] = []
    notices: list[Notice] = []
    raw, about = [], None
    for start in range(0, len(periods), step):
        asked = ";".join(map(str, periods[start : start + step]))
        given = {"model": "data", "lang": "ind", "domain": domain, "var": variable, "th": asked}
        document, fetched = api.ask("list", given)
        raw.append(Raw.of(fetched))
        if not available(document):
            continue
        about = about or document
        found, told = dynamic.values_of(document)
        values += found
        notices += told
    if about is None:
        raise Declined("nothing_available", what=entry.guid)
    table = dynamic.table_of(values, about)
    return Made(_data_fields(about, values, table), (table,), (), tuple(raw), tuple(notices))


def _periods(api: BpsApi, domain: str, variable: int) -> list[int]:
    """Numbers of the periods, newest first; they are not years."""
    found = []
    for one in every(api, "th", domain=domain, var=variable):
        number = whole_number(one.get("th_id"))
        if number is None:
            raise Unexpected("shape_unexpected", where="th_id")
        found.append(number)
    return sorted(set(found), reverse=True)


def _data_fields(
    about: Mapping[str, Any], values: list[dynamic.Value], table: Table
) -> dict[str, str]:
    variable = about["var"][0]
    years = sorted({one.year.label for one in values if _is_year(one.year.label)})
    title = plain(variable.get("label"))
    rows = plain(about.get("labelvervar"))
    broken_down = {one.breakdown.label for one in values if one.breakdown.number != "0"}
    return {
        "title": title,
        "notes": plain_lines(variable.get("note")) or f"Tabel dinamis BPS: {title}.",
        "definition": plain_lines(variable.get("def")),
        "classification": ", ".join(filter(None, [rows, *sorted(broken_down)[:20]])),
        "unit": plain(variable.get("unit")),
        "tag_string": tag(variable.get("subj")),
        "period_start": years[0] if years else "",
        "period_end": years[-1] if years else "",
        "update_frequency": _frequency({one.part.label.lower() for one in values}),
    }


def _is_year(label: str) -> bool:
    return len(label) == 4 and label.isascii() and label.isdigit()


def _frequency(parts: set[str]) -> str:
    if parts & MONTHS:
        return "bulanan"
    if any(one.startswith("triwulan") for one in parts):
        return "triwulanan"
    if any(one.startswith("semester") for one in parts):
        return "semesteran"
    return "tahunan" if parts and parts <= {"tahun", "tahunan"} else ""


def _item(api: BpsApi, domain: str, entry: Entry) -> tuple[Mapping[str, Any], Raw]:
    model, number = entry.address["model"], entry.address["number"]
    found, fetched = api.view(model, number, domain=domain)
    return found, Raw.of(fetched)


def read_item(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """A publication, a press release or news: what it says, and where BPS keeps it."""
    found, raw = _item(api, domain, entry)
    form = items.MODELS[entry.address["model"]]
    return Made(items.fields_of(form, found), (), tuple(form.links(found)), (raw,))


def read_static(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """A static table: BPS's own file, and the grid that its page shows."""
    found, raw = _item(api, domain, entry)
    form = items.MODELS["statictable"]
    fields = items.fields_of(form, found)
    table, notices = items.static_table(fields["title"], found.get("table"))
    tables = (table,) if table else ()
    return Made(fields, tables, tuple(form.links(found)), (raw,), tuple(notices))


def read_indicators(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """All indicators of a domain."""
    found: list[Mapping[str, Any]] = []
    raw, page, pages = [], 1, 1
    while page <= pages:
        listed = api.listed("indicators", page, domain=domain)
        found += listed.items
        raw.append(Raw.of(listed.fetched))
        page, pages = page + 1, listed.pages
    if not found:
        raise Declined("nothing_available", what=entry.guid)
    fields = {
        "title": f"Indikator strategis BPS, domain {domain}",
        "notes": "Indikator strategis terbaru yang ditampilkan BPS, satu baris tiap indikator.",
    }
    return Made(fields, (items.indicator_table(found),), (), tuple(raw))


def read_simdasi(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """A table of "Daerah Dalam Angka", all its years. Unproven, see `simdasi`."""
    address = entry.address
    years: list[int] = address["years"][-newest:] if newest else address["years"]
    rows: list[tuple[Cell, ...]] = []
    notices = [Notice("shape_unproven", {"what": "SIMDASI 25"})]
    raw = []
    for year in years:
        given = {"wilayah": address["area"], "tahun": year, "id_tabel": address["number"]}
        inner, fetched = api.inside("simdasi", 25, **given)
        raw.append(Raw.of(fetched))
        if not isinstance(inner, dict):
            raise Declined("nothing_available", what=f"{entry.guid} {year}")
        found, told = simdasi.rows_of(inner, year)
        rows += found
        notices += told
    if not years:
        raise Declined("nothing_available", what=entry.guid)
    table = simdasi.table_of(address["code"], address["title"], rows)
    fields = {
        "title": address["title"],
        "notes": f"Tabel {address['code']} Daerah Dalam Angka.",
        "period_start": str(years[0]),
        "period_end": str(years[-1]),
    }
    return Made(fields, (table,), (), tuple(raw), tuple(notices))


def read_census(api: BpsApi, domain: str, entry: Entry, newest: int | None) -> Made:
    """A dataset of a census, one table for each area."""
    address = entry.address
    tables, raw = [], []
    for area in address["areas"]:
        given = {"kegiatan": address["event"], "wilayah_sensus": area, "dataset": address["set"]}
        inner, fetched = api.inside("sensus", 41, **given)
        raw.append(Raw.of(fetched))
        if inner is None:
            raise Declined("nothing_available", what=f"{entry.guid} {area}")
        tables.append(census.table_of(inner, f"{address['title']} {area}"))
    periods = sorted({str(row[-2]) for one in tables for row in one.rows if row[-2]})
    years = [one for one in periods if _is_year(one)]
    fields = {
        "title": address["title"],
        "notes": f"Data sensus BPS ({address['event']}): {address['title']}.",
        "period_start": years[0] if years else "",
        "period_end": years[-1] if years else "",
    }
    return Made(fields, tuple(tables), (), tuple(raw))


READERS: dict[str, Reader] = {
    "data": read_data,
    "publication": read_item,
    "pressrelease": read_item,
    "news": read_item,
    "statictable": read_static,
    "indicators": read_indicators,
    "simdasi": read_simdasi,
    "census": read_census,
}
