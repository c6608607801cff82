"""Stands in for JSON APIs of agencies: three ways of paging, rows and datasets. Made-up values."""

from __future__ import annotations

from typing import Any

from tests.standins.server import Asked, Reply, StandIn


class Api(StandIn):
    """`/baris` has rows of data, `/katalog` datasets; both take page, offset or next."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = [
            {"wilayah": {"nama": f"Kecamatan {n} (buatan)"}, "tahun": 2024, "jumlah": 10 + n,
             "luas": f"1.00{n},5"}
            for n in range(5)
        ]  # fmt: skip
        self.rows[4]["luas"] = "tidak ada"
        self.catalogue: list[dict[str, Any]] = [
            {"id": n, "judul": f"Data {n} (buatan)", "berkas": f"/unduh/{n}.csv", "jenis": "CSV",
             "ringkas": "Contoh <b>buatan</b>", "satuan": "Orang"}
            for n in range(5)
        ]  # fmt: skip
        self.lie = 0

    def answer(self, asked: Asked) -> Reply:
        found = {"baris": self.rows, "katalog": self.catalogue}.get((asked.parts or ("",))[0])
        if found is None:
            return Reply({"pesan": "Tidak ada"}, status=404)
        size = int(asked.query.get("ukuran", 2))
        page = int(asked.query.get("hal", 1))
        start = int(asked.query.get("mulai", (page - 1) * size))
        shown = found[start : start + size]
        more = start + size < len(found)
        onward = f"/{asked.parts[0]}?mulai={start + size}&ukuran={size}"
        body = {
            "data": {"isi": shown, "jumlah": len(found) + self.lie},
            "tautan": {"lanjut": onward if more else None},
            "diminta": asked.path,
        }
        return Reply(body)
