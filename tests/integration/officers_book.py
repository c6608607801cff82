"""A workbook of officers as a test sends it."""

from __future__ import annotations

import io
from typing import Any

from ckan import model
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic import people
from tests.integration.office import SOP, Office, call
from tests.unit.officers.books import HEADINGS, book

ACTION = "satudata_officers_import"
RANI = ("rani-rekaan", "Rani Rekaan", "rani@contoh.example", "dinas-contoh", "editor")
AGENCY = ("dinas-baru", "Dinas Baru (rekaan)", "produsen")


def sent(content: bytes, name: str = "petugas.xlsx") -> FileStorage:
    return FileStorage(io.BytesIO(content), name, "upload")


def post(**cells: Any) -> list[Any]:
    """A row of the sheet Penugasan, by heading."""
    known = {"Pengguna": "rani-rekaan", "SOP": SOP, "Pelaksana": "verifikator", **cells}
    return [known.get(heading) for heading in HEADINGS["Penugasan"]]


WHOLE = book(Instansi=[AGENCY], Petugas=[RANI], Penugasan=[post(Instansi="dinas-baru")])


def shown(office: Office, content: bytes, by: str = "pimpinan_walidata", **more: Any) -> Any:
    return call(office[by], ACTION, upload=sent(content), **more)


def applied(office: Office, content: bytes, by: str = "pimpinan_walidata", **more: Any) -> Any:
    return call(office[by], ACTION, upload=sent(content), dry_run=False, **more)


def states(answer: dict[str, Any]) -> list[str]:
    return [one["state"] for one in answer["rows"]]


def faults(answer: dict[str, Any]) -> list[tuple[str, str]]:
    found = [*answer["faults"], *(fault for row in answer["rows"] for fault in row["faults"])]
    return [(one["cell"], one["code"]) for one in found]


def held_by(name: str, office: Office) -> set[str]:
    return set(people.person_for(model.User.get(name), SOP, office.agency["id"]).actors)
