"""Stands in for SIPD e-Walidata. Unproven: keys are those that other programs read; the envelope
(a list under `data`) and the texts of errors are guesses. Values are made up."""

from __future__ import annotations

from typing import Any

from tests.standins.server import Asked, Reply, StandIn


def indicator(number: str, year: str, value: str | None, **more: Any) -> dict[str, Any]:
    return {
        "idtransaksi": f"buatan-{number}-{year}",
        "kodeindikator": number,
        "uraian_indikator": f"Jumlah {number} (buatan)",
        "satuan": "Orang",
        "definisi_operasional": "Definisi buatan",
        "kodepemda": "1506",
        "kodekec": None,
        "tahun": year,
        "data": value,
        "kodebidang": number[:4],
        "uraibidang": {"1.01": "Pendidikan", "1.02": "Kesehatan"}[number[:4]],
        "status": "AKTIF",
        "status_verifikasi_walidata": "Y",
        "status_verifikasi_pembinadata": "N",
        "catatan_verifikasi_walidata": None,
        "tanggal_verifikasi_walidata": "2025-02-01 09:00:00",
        **more,
    }


class Ewalidata(StandIn):
    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.items = [
            indicator("1.01.000474", "2024", "1234"),
            indicator("1.01.000475", "2024", "1.234,5"),
            indicator("1.02.000001", "2024", "n/a?"),
            indicator("1.01.000474", "2025", "1240"),
        ]
        self.lie = 0

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return Reply({"message": "Unauthorized"}, status=401)
        found = [
            one
            for one in self.items
            if (one["tahun"], one["kodepemda"]) == (asked.query["tahun"], asked.query["kodepemda"])
        ]
        total = str(len(found) + self.lie)
        rows = [{**one, "rownum": str(n), "rowtotal": total} for n, one in enumerate(found, 1)]
        return Reply({"data": rows})
