"""Stands in for an agency's web server: files, a manifest, a page of links. Made-up values."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import openpyxl

from tests.standins.server import Asked, Reply, StandIn

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)


def xlsx(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(body: str, before: str = "") -> bytes:
    """`body` is what stands in the spreadsheet: tables as ODS writes them."""
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {_NAMES}><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return kept.getvalue()


def cell(value: str | int | float, times: int = 1) -> str:
    again = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    kind = "string" if isinstance(value, str) else "float"
    told = "" if isinstance(value, str) else f' office:value="{value}"'
    text = f"<text:p>{value}</text:p>" if value != "" else ""
    return f'<table:table-cell office:value-type="{kind}"{told}{again}>{text}</table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    again = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{again}>{''.join(cells)}</table:table-row>"


def sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


CSV = (
    "Kecamatan;Jumlah Sekolah;Rasio;Kode\n"
    "Satu;12;1.234,5;007\n"
    "Dua;7;98,25;010\n"
    "Tiga (buatan);;-;011\n"
).encode("cp1252")
PAGE = """<!DOCTYPE html><html><body><h1>Data Dinas Buatan</h1>
<a href="data/sekolah.csv">Sekolah <b>(buatan)</b></a>
<a href="/unduh/guru.XLSX?versi=2#atas">Guru</a> <a href="tentang.html">Tentang</a>
<a href="data/arsip.zip">Arsip</a><a href="data/sekolah.csv">lagi</a></body></html>"""


class Files(StandIn):
    """`files` by path; each is told with an ETag."""

    def __init__(self) -> None:
        super().__init__()
        guru = [["Jenjang", "Guru"], ["SD (buatan)", 41], ["SMP (buatan)", 23.5]]
        self.files: dict[str, bytes] = {
            "/data/sekolah.csv": CSV,
            "/unduh/guru.XLSX": xlsx(Guru=guru, Lain=[["x"], ["y"]]),
            "/data/murid.ods": ods(
                sheet(
                    "Murid",
                    row(cell("Jenjang"), cell("Murid")),
                    row(cell("SD (buatan)"), cell(410)),
                )
            ),
            "/index.html": PAGE.encode(),
            "/datapackage.json": b'{"resources": [{"path": "data/sekolah.csv", "title": "Sekolah '
            b'(buatan)", "description": "Dari manifes"}, '
            b'{"path": "data/murid.ods", "name": "murid"}]}',
            "/daftar.csv": b"judul,url\nSekolah (buatan),data/sekolah.csv\nMurid,data/murid.ods\n",
        }  # fmt: skip

    def answer(self, asked: Asked) -> Reply:
        body = self.files.get("/" + "/".join(asked.parts))
        if body is None:
            return Reply(b"Tidak ada", status=404)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == tag:
            return Reply(b"", status=304)
        return Reply(body, headers={"ETag": tag, "Content-Type": "application/octet-stream"})
