"""What BPS lists as single items: a dataset that links to BPS's files, or a table of its own."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.html_table import grid_of
from ckanext.satudata.sources.record import Link, Notice
from ckanext.satudata.sources.table import Cell, Column, Table
from ckanext.satudata.sources.words import plain, plain_lines, slug, tag

Item = Mapping[str, Any]


@dataclass(frozen=True)
class ItemModel:
    """How a model is listed. `number` and `title` are keys of its items; `day` that of its date."""

    model: str
    number: str
    title: str
    text: str
    day: str
    links: Callable[[Item], list[Link]]


def _link(item: Item, key: str, name: str, kind: str, *, document: bool = True) -> list[Link]:
    url = item.get(key)
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return []
    size = plain(item.get("size")) if key in ("pdf", "excel") else ""
    return [Link(url, name, kind, size=size, resource_type="dokumen" if document else "data")]


def _publication(item: Item) -> list[Link]:
    cover = _link(item, "cover", "Sampul", "")
    return _link(item, "pdf", "Publikasi (PDF)", "PDF") + cover


def _press_release(item: Item) -> list[Link]:
    slide = _link(item, "slide", "Bahan tayang", "PDF")
    return _link(item, "pdf", "Berita Resmi Statistik (PDF)", "PDF") + slide


def _static_table(item: Item) -> list[Link]:
    return _link(item, "excel", "Tabel (Excel)", "XLS", document=False)


def _news(item: Item) -> list[Link]:
    return _link(item, "picture", "Gambar berita", "")


MODELS = {
    one.model: one
    for one in (
        ItemModel("publication", "pub_id", "title", "abstract", "rl_date", _publication),
        ItemModel("pressrelease", "brs_id", "title", "abstract", "rl_date", _press_release),
        ItemModel("statictable", "table_id", "title", "subj", "updt_date", _static_table),
        ItemModel("news", "news_id", "title", "news", "rl_date", _news),
    )
}
_INDICATORS = (
    ("kode_variabel", "string", "var"),
    ("kode_indikator", "string", "indicator_id"),
    ("indikator", "string", "title"),
    ("uraian", "string", "name"),
    ("periode", "string", "periode"),
    ("nilai", "number", "value"),
    ("satuan", "string", "unit"),
    ("sumber", "string", "data_source"),
)


def fields_of(model: ItemModel, item: Item) -> dict[str, str]:
    """Our fields, as far as the item tells them. The day it came out is not the period of its
    figures, so it stands in the description."""
    title = plain(item.get(model.title))
    day = plain(item.get(model.day)) or plain(item.get("rl_date"))
    told = [plain_lines(item.get(model.text)) or title]
    told += [f"Tanggal di BPS: {day}."] if _is_day(day) else []
    return {"title": title, "notes": "\n".join(told), "tag_string": tag(item.get("subj"))}


def _is_day(text: str) -> bool:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return [len(year), len(month), len(day)] == [4, 2, 2] and (year + month + day).isdigit()


def indicator_table(items: list[Item]) -> Table:
    """All indicators of a domain, one row each."""
    columns = tuple(Column(name, kind) for name, kind, _ in _INDICATORS)
    rows = tuple(tuple(_indicator(one, key) for _, _, key in _INDICATORS) for one in items)
    return Table("indikator-strategis", "Indikator strategis", columns, rows)


def _indicator(item: Item, key: str) -> Cell:
    value = item.get(key)
    if key != "value":
        return plain(value) or None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Unexpected("value_unexpected", key=key, value=str(value))
    return value


def static_table(title: str, markup: Any) -> tuple[Table | None, list[Notice]]:
    """The table of a page as it is shown, from HTML that is escaped once.

    Its headings are for eyes; which rows they are is not told, so nothing is made of them.
    """
    text = markup if isinstance(markup, str) else ""
    grid = grid_of(text if "<" in text else html.unescape(text))
    if not grid:
        return None, [Notice("static_table_unread")]
    columns = tuple(Column(f"kolom_{n}") for n in range(1, len(grid[0]) + 1))
    rows = tuple(tuple(one or None for one in row) for row in grid)
    return Table(slug(title), title, columns, rows), [Notice("static_table_as_shown")]
