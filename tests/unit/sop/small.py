"""Small invented sheets below the head of 000: only the cells that a test is about are said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckanext.satudata.sop.acts import Entry
from ckanext.satudata.sop.definition import Sop

STEERS = "pengelola_data"
"""Who steers a case by an invented sheet."""

BARE: dict[str, Any] = {
    "keputusan": (),
    "kembali": (),
    "penulis": (),
    "efek": (),
    "periksa": (),
    "dokumen": (),
    "keyakinan": {},
    "lingkup": "data",
    "pelaksana": ("admin_data",),
    "berulang": False,
    "massal": False,
    "persetujuan": None,
    "empat_mata": False,
    "sambungan": None,
    "status": None,
}


def entry(item: str, **values: Any) -> Entry:
    """An entry of a list, made up where nothing is said."""
    facts = {"title": item, "organization": "opd", "release_date": None, "request": False}
    return Entry(id=item, **{**facts, **values})


def to(name: str, target: int, *, together: Iterable[str] = ()) -> dict[str, Any]:
    """An outcome that leads to `target`, where `together` must end the visit it opens."""
    facts = {"hasil": name, "label": name, "ke": target}
    return {**facts, "status": None, "bersama": tuple(together), "keyakinan": None}


def on(name: str, target: int, *effects: str, together: Iterable[str] = ()) -> dict[str, Any]:
    """An outcome that goes on, with effects of its own."""
    return {**to(name, target, together=together), "efek": effects}


def writes(actor: str, how: str = "semua") -> dict[str, Any]:
    return {"pelaksana": actor, "menulis": how}


def hands_over(how: str = "serahkan", step: int | None = 8) -> dict[str, Any]:
    return {"subjek": "penyebarluasan", "cara": how, "langkah": step}


def each(**cells: Any) -> dict[str, Any]:
    """A row that each dataset walks alone."""
    return {"lingkup": "data", **cells}


def whole(**cells: Any) -> dict[str, Any]:
    """A row that is walked once for the whole list."""
    return {"lingkup": "daftar", **cells}


def sheet_of(sop_000: Sop, rows: Iterable[dict[str, Any]], **head: Any) -> Sop:
    """A SOP of these rows, steered by STEERS, with paper allowed unless `head` says otherwise."""
    values = sop_000.model_dump()
    values["sop"] |= {"pengendali": (STEERS,), "catatan_manual": True, **head}
    # BPS stands for whoever has no account in the office.
    bps = values["pelaksana"]["produsen_data"] | {"nama": "BPS", "pihak_luar": True}
    values["pelaksana"] |= {"bps": bps | {"peran": "pembina"}}
    values["langkah"] = tuple(
        values["langkah"][0] | BARE | row | {"langkah": number}
        for number, row in enumerate(rows, start=1)
    )
    return Sop.model_validate(values)
