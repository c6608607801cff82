"""Rows that are no data: totals, sources, notes. They are known by what a cell begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from ckanext.satudata.quality.checks.base import (
    ROLES,
    Check,
    Facts,
    SpelledCheck,
    Tallies,
    pooled,
)
from ckanext.satudata.quality.checks.said import PERINGATAN, Problem, Words
from ckanext.satudata.quality.checks.spelling import Spelled, any_case

_TOTAL = any_case(
    "jumlah", "jml", "total", "subtotal", "grand total", "sub total", "sub jumlah", "indeks total",
    "total general", "pdrb", "pdb",
)  # fmt: skip
_WHOLE = any_case(
    "keseluruhan", "seluruhnya", "seluruh", "semua", "umum", "besar", "akhir", "total", "jumlah",
    "indonesia", "provinsi", "kabupaten", "kota", "kecamatan", "nasional", "kegiatan",
)  # fmt: skip
TOTAL = (
    rf"{_TOTAL}(?:[ \u00a0]*[/:][ \u00a0]*[A-Za-z]*)?(?:[ \u00a0]+(?:{_WHOLE}|[A-Z]|[IVX]+))?"
    r"[ \u00a0]*[:.]?"
)
"""A cell that says that its row is a total."""
IS_TOTAL = Spelled(TOTAL)
COUNTRY = any_case(
    "indonesia",
    "nasional",
    "umum",
    "u m u m",
    "produk domestik regional bruto",
    "produk domestik bruto",
)
"""A row that sums all others up without saying so, where there are no more than two of them."""
IS_COUNTRY = Spelled(COUNTRY)
_NO_REGION = re.compile(
    r"satuan|unit|ukuran|jenis|klasifikasi|indikator|variabel|negara|country", re.I
)
_SOURCE = any_case("sumber", "sumber data", "source")
_NOTE = any_case("catatan", "keterangan", "ket", "note", "notes", "n.b", "nb")


class Totals(SpelledCheck):
    code = "total_rows"
    severity = PERINGATAN
    title = ("baris jumlah di antara data", "rows of totals among the data")
    words = Words(
        (
            "{count} baris jumlah di antara data, pertama baris {row} ({cell}: {example}); siapa "
            "yang menjumlahkan kolomnya menghitung dua kali.",
            "{count} rows of totals among the data, first row {row} ({cell}: {example}); whoever "
            "adds the column up counts twice.",
        ),
        (
            "Hapus baris jumlah; program menghitungnya sendiri bila perlu.",
            "Delete the rows of totals; programs add up themselves.",
        ),
    )
    roles = ROLES
    by_table = True
    patterns: ClassVar = {1: TOTAL, 2: COUNTRY}
    true = ("Bandung", "Bogor", "Jumlah")
    false = ("Bandung", "Jumlah penduduk miskin", "Totalitas")

    def applies(self, facts: Facts) -> bool:
        return facts.has_numbers and not _NO_REGION.search(facts.heading)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        # A column that says Indonesia in every row tells of something else.
        country = pooled(tallies, (2,)).count
        tally = pooled(tallies, (1, 2) if country <= 2 else (1,))
        if tally.count:
            yield self.problem(tally, facts)


class Sources(SpelledCheck):
    code = "source_rows"
    severity = PERINGATAN
    title = ("baris sumber di bawah tabel", "rows of sources below the table")
    words = Words(
        (
            "{count} baris berisi sumber, pertama {cell} ({example}).",
            "{count} rows hold the source, first {cell} ({example}).",
        ),
        (
            "Pindahkan sumber ke metadata dataset, lalu hapus barisnya.",
            "Move the source into the dataset's metadata and delete the row.",
        ),
    )
    roles = ROLES
    by_table = True
    patterns: ClassVar = {
        1: rf"{_SOURCE}[ \u00a0]*(?:/[ \u00a0]*[A-Za-z]+[ \u00a0]*)?[:;=](?:.|\n)*"
    }
    true = ("Bandung", "Bogor", "Sumber: BPS")
    false = ("Bandung", "Sumber mata air", "Sumber")


class Notes(SpelledCheck):
    code = "note_rows"
    severity = PERINGATAN
    title = ("catatan kaki di bawah tabel", "footnotes below the table")
    words = Words(
        (
            "{count} baris berisi catatan, pertama {cell} ({example}).",
            "{count} rows hold notes, first {cell} ({example}).",
        ),
        (
            "Pindahkan catatan ke kamus data (arti tanda, konsep) atau metadata, lalu hapus "
            "barisnya.",
            "Move the notes into the kamus data (meaning of marks, concepts) or the metadata and "
            "delete the rows.",
        ),
    )
    roles = ROLES
    by_table = True
    patterns: ClassVar = {
        1: rf"{_NOTE}[ \u00a0]*(?:/[ \u00a0]*[A-Za-z]+[ \u00a0]*)?[:;=](?:.|\n)*",
        2: r"(?:\*{1,3}|-)\)[ \u00a0]*[:A-Za-z](?:.|\n)*|\*{1,3}[ \u00a0]+[A-Za-z](?:.|\n)*",
        3: rf"{_NOTE}[ \u00a0]*",
    }
    true = ("Bandung", "Catatan: angka sementara", "*) sementara")
    false = ("Bandung", "Catatan sipil", "*")


ROW_CHECKS: tuple[Check, ...] = (Totals(), Sources(), Notes())
