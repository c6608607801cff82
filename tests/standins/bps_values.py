"""Made-up values of variables and SIMDASI tables, in the shapes of BPS."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NOTE = "&lt;p&gt;Angka &lt;b&gt;buatan&lt;/b&gt; untuk uji, bukan angka BPS.&lt;/p&gt;"


@dataclass
class Variable:
    """`values` by (vervar, turvar, tahun, turtahun); `stray` keys belong to no combination."""

    number: int
    label: str
    unit: str
    rows: dict[Any, str]
    breakdown: dict[Any, str]
    years: dict[int, str]
    parts: dict[Any, str]
    values: dict[tuple[Any, Any, Any, Any], Any]
    row_label: str = "Wilayah"
    stray: dict[str, Any] = field(default_factory=dict)
    year_as_text: bool = False

    def periods(self) -> list[dict[str, Any]]:
        """Newest first; the year is a number here and a text elsewhere."""
        newest = sorted(self.years, reverse=True)
        return [
            {"th_id": one, "th": self.years[one] if self.year_as_text else int(self.years[one])}
            for one in newest
        ]

    def answer(self, years: list[int]) -> dict[str, Any]:
        shown = {one: self.years[one] for one in years if one in self.years}
        content = {
            f"{row}{self.number}{turvar}{year}{part}": value
            for (row, turvar, year, part), value in self.values.items()
            if year in shown
        }
        if not shown:
            return {"status": "OK", "data-availability": "not-available", "data": ""}
        return {
            "status": "OK",
            "data-availability": "available",
            "last_update": "2026-02-01 08:00:00",
            "subject": [{"val": 12, "label": "Kependudukan"}],
            "var": [{"val": self.number, "label": self.label, "unit": self.unit,
                     "subj": "Kependudukan", "def": "", "decimal": "", "note": NOTE}],
            "turvar": _marks(self.breakdown),
            "labelvervar": self.row_label,
            "vervar": _marks(self.rows),
            "tahun": _marks(shown),
            "turtahun": _marks(self.parts),
            "datacontent": {**content, **self.stray},
            "related": {"1": {"id": "MzMwIzI=", "title": "Tabel lain (buatan)", "tablesource": 2,
                              "last_update": "2026-02-01", "link": "/2/MzMwIzI=/buatan.html"}},
        }  # fmt: skip


def _marks(found: dict[Any, str]) -> list[dict[str, Any]]:
    return [{"val": number, "label": label} for number, label in found.items()]


NO_PART = {0: "Tahun"}
VARIABLES = {
    one.number: one
    for one in (
        Variable(
            31,
            "Jumlah Penduduk (buatan)",
            "Jiwa",
            {1507: "<b>TANJUNG BUATAN</b>"},
            {0: "Tidak ada"},
            {99: "1999", 100: "2000", 101: "2001", 102: "2002", 103: "2003"},
            NO_PART,
            {(1507, 0, year, 0): 300_000 + year for year in (99, 100, 101, 103)},
            row_label="Kabupaten",
        ),
        Variable(
            218,
            "2- Inflasi Tahun Kalender (buatan)",
            "Persen",
            {1: "Kota Satu ", 2: "Kota Dua"},
            {"0": "Tidak ada"},
            {117: "2017", 122: "2022"},
            {1: "Januari", 2: "Pebruari", 13: "Tahunan"},
            {
                (1, "0", 117, 1): 0.28,
                (1, "0", 117, 2): -0.47,
                (1, "0", 117, 13): -0.05,
                (2, "0", 122, 1): 2.82,
            },
            row_label="Kota",
            year_as_text=True,
        ),
        # 1|9|90|117|0 and 19|9|0|117|0 are both written 19901170.
        Variable(
            9,
            "Peserta Didik (buatan)",
            "Orang",
            {1: "Kecamatan Satu", 19: "Kecamatan Dua"},
            {0: "Jumlah", 90: "Perempuan"},
            {117: "2017"},
            NO_PART,
            {
                (1, 0, 117, 0): 50,
                (1, 90, 117, 0): 20,
                (19, 90, 117, 0): 31,
            },
            row_label="Kecamatan",
            stray={"77791170": 5},
        ),
    )
}

SIMDASI_TABLES = {
    "status": 200,
    "condition": "OK",
    "message": "-",
    "created": "2026-02-01 08:00:00",
    "wilayah": "1507000",
    "data": [
        {"id_tabel": "QnVhdGFuLzE+PT0=", "judul": "Luas Daerah Menurut Kecamatan (buatan)",
         "judul_en": "Total Area by Subdistrict (made up)", "kode_tabel": "1.1.1",
         "ketersediaan_tahun": [2021, 2022], "id_subject": "QQ==", "bab": "1. Geografi",
         "subject": "Geografi", "mms_id": 1, "mms_subject": "Geografi",
         "latest_update": "2026-02-01"},
    ],
}  # fmt: skip


def _line(area: str, label: str, *written: str) -> dict[str, Any]:
    return {
        "label": f"<b>{label}</b>",
        "label_raw": label,
        "kode_wilayah": area,
        "variables": {
            f"k{n}": {"value": one, "value_raw": one} for n, one in enumerate(written, 1)
        },
    }


def _table(year: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "status": 200,
        "condition": "OK",
        "tahun_data": year,
        "lingkup_id": "kabupaten/kota",
        "judul_tabel": "Luas Daerah Menurut Kecamatan (buatan)",
        "mms_id": 1,
        "kolom": {"k1": {"nama_variabel": "Luas (km&lt;sup&gt;2&lt;/sup&gt;)"},
                  "k2": {"nama_variabel": "Persentase"}},
        "data": lines,
    }  # fmt: skip


_ID = "QnVhdGFuLzE+PT0="
SIMDASI = {
    (_ID, "2021"): _table(2021, [_line("1507010", "Kecamatan Satu", "18.836,00", "-")]),
    (_ID, "2022"): _table(
        2022,
        [
            _line("1507010", "Kecamatan Satu", "18.836,50", "98,5"),
            _line("1507020", "Kecamatan Dua", "...", "1,5 r"),
            _line("1507000", "Jumlah", "1.018.836", "100"),
        ],
    ),
}
