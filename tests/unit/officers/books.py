"""Workbooks for the tests, written as an office's spreadsheet program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

HEADINGS = {
    "Instansi": ["Nama", "Judul", "Peran"],
    "Petugas": ["Nama pengguna", "Nama lengkap", "Surel", "Instansi", "Kewenangan di instansi"],
    "Penugasan": [
        *("Pengguna", "SOP", "Pelaksana", "Instansi", "Mulai", "Sampai"),
        *("Nomor surat", "Tanggal surat", "Berkas surat", "Plt/Plh", "Untuk"),
    ],
}
"""Written out here and not taken from the code, so that a heading cannot drift."""


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with the named sheets, their headings in row 1 and the given rows below."""
    return raw_book({name: [HEADINGS[name], *rows] for name, rows in sheets.items()})


def raw_book(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook whose sheets hold just these lines."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        page = made.create_sheet(name)
        for line in lines:
            page.append(list(line))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            text = old.read(part)
            new.writestr(part.filename, change(text) if part.filename == name else text)
    return out.getvalue()
