"""What is found in a sheet as a whole: titles, headings, rows that add up, periods told twice.

A `Watch` sees every lot of the data and speaks at the end. What it keeps is bounded; where a table
is larger, it says nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from ckanext.satudata.quality.checks.cells import Lot, Row, Table
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.said import (
    CATATAN,
    MAX_PLACES,
    PERINGATAN,
    Place,
    Problem,
    Words,
    example,
)
from ckanext.satudata.quality.checks.spelling import MONTH

Grid = tuple[tuple[str, ...], ...]


class SheetCheck:
    """A declared check of a sheet."""

    code: ClassVar[str]
    severity: ClassVar[str]
    title: ClassVar[tuple[str, str]]
    words: ClassVar[Words]
    true: ClassVar[Grid]
    """A sheet about which it speaks."""
    false: ClassVar[Grid]

    def watch(self, layout: Layout, head: Sequence[Row], table: Table) -> Watch:
        """What looks at one table."""
        return Watch(self, layout, head, table)

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        """What the first rows say. Only of checks whose watch is the plain one."""
        raise NotImplementedError

    def problem(self, count: int, places: list[Place], **more: Any) -> Problem:
        column = more.pop("column", 0)
        heading = more.pop("heading", "")
        return Problem(
            self.code, self.severity, self.words, count, places, "", column, heading, more
        )


class Watch:
    """Looks at the first rows alone."""

    def __init__(
        self, check: SheetCheck, layout: Layout, head: Sequence[Row], table: Table
    ) -> None:
        self.check = check
        self.layout = layout
        self._head = head
        self._table = table

    def take(self, lot: Lot) -> None:
        """The next rows of data."""

    def take_rows(self, lot: Lot) -> None:
        """The same row by row."""
        self.take(lot)

    def problems(self) -> Iterator[Problem]:
        yield from self.check.look(self.layout, self._head, self._table)


def _first_cells(head: Sequence[Row], rows: Sequence[int]) -> list[Place]:
    wanted = set(rows)
    found = []
    for number, cells in head:
        if number in wanted:
            column, text = next((at, text) for at, (_, text) in enumerate(cells, 1) if text)
            found.append(Place(number, column, example(text)))
    return found


class Titles(SheetCheck):
    code = "title_rows"
    severity = PERINGATAN
    title = ("baris judul di atas tabel", "title rows above the table")
    words = Words(
        (
            "{count} baris di atas judul kolom bukan bagian tabel, pertama {cell} ({example}).",
            "{count} rows above the headings are no part of the table, first {cell} ({example}).",
        ),
        (
            "Hapus baris itu sehingga judul kolom berada di baris 1; judul tabel bertempat di "
            "metadata.",
            "Delete them, so that the headings stand in row 1; the title belongs into the "
            "metadata.",
        ),
    )
    true = (
        ("Jumlah Penduduk Menurut Kabupaten, 2023", "", ""),
        ("Kabupaten", "Laki-laki", "Perempuan"),
        ("Bandung", "12", "13"),
        ("Bogor", "14", "15"),
    )
    false = true[1:]

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        if layout.titles:
            yield self.problem(len(layout.titles), _first_cells(head, layout.titles))


class ManyHeadings(SheetCheck):
    code = "heading_rows"
    severity = PERINGATAN
    title = ("judul kolom bertingkat atau gabungan", "headings of several rows or joined cells")
    words = Words(
        (
            "judul kolom memakai {count} baris ({rows}){merged}; program hanya membaca satu baris.",
            "the headings take {count} rows ({rows}){merged}; programs read one row alone.",
        ),
        (
            "Batalkan penggabungan sel (Unmerge Cells), lalu tulis tiap judul lengkap dalam satu "
            "baris: “Perempuan 2023”.",
            "Take joined cells apart (Unmerge Cells) and write each heading in full in one row: "
            "“Perempuan 2023”.",
        ),
    )
    true = (
        ("Kabupaten", "Tahun", ""),
        ("", "2022", "2023"),
        ("Bandung", "12", "13"),
        ("Bogor", "14", "15"),
    )
    false = Titles.false

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        rows = layout.headings
        joined = [one for one in table.merged if one[0] in rows]
        if len(rows) < 2 and not joined:
            return
        told = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else str(rows[0])
        merged = (
            (f" dengan {len(joined)} sel gabungan", f" with {len(joined)} joined cells")
            if joined
            else ("", "")
        )
        yield self.problem(len(rows), _first_cells(head, rows), rows=told, merged=merged)


class JoinedData(SheetCheck):
    code = "merged_data"
    severity = PERINGATAN
    title = ("sel gabungan di antara data", "joined cells among the data")
    words = Words(
        (
            "{count} gabungan sel di antara data, pertama {cell} ({example}); nilainya hanya ada "
            "di sel pertama.",
            "{count} joined cells among the data, first {cell} ({example}); the value stands in "
            "the first of them alone.",
        ),
        (
            "Batalkan penggabungan (Unmerge Cells) dan isi setiap barisnya.",
            "Take them apart (Unmerge Cells) and fill each row.",
        ),
    )
    true = ()
    false = ()

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        by_row = dict(head)
        places = []
        for top, left, bottom, _ in sorted(table.merged):
            cells = by_row.get(top, [])
            # A note that runs over the whole sheet stands alone in its row.
            is_within = bottom > top or sum(bool(text) for _, text in cells) > 1
            if top >= layout.data and is_within:
                text = cells[left - 1][1] if left <= len(cells) else ""
                places.append(Place(top, left, example(text)))
        if places:
            yield self.problem(len(places), places[:MAX_PLACES])


class NoHeading(SheetCheck):
    code = "heading_missing"
    severity = PERINGATAN
    title = ("tabel tanpa judul kolom", "tables without headings")
    words = Words(
        (
            "baris pertama sudah berisi data ({cell}: {example}); judul kolom tidak ada.",
            "the first row holds data ({cell}: {example}); there are no headings.",
        ),
        ("Sisipkan satu baris judul kolom.", "Insert a row of headings."),
    )
    true = (("Bandung", "12", "13"), ("Bogor", "14", "15"), ("Bekasi", "16", "17"))
    false = Titles.false

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        if not layout.headings and len(head) > 1 and len(layout.columns) > 1:
            yield self.problem(1, _first_cells(head, [layout.data]))


class Numbered(SheetCheck):
    code = "column_numbers"
    severity = PERINGATAN
    title = ("baris nomor kolom", "rows that number the columns")
    words = Words(
        (
            "baris {row} hanya memberi nomor kolom ({example} …) dan akan terbaca sebagai data.",
            "row {row} only numbers the columns ({example} …) and will be read as data.",
        ),
        ("Hapus baris itu.", "Delete it."),
    )
    true = (
        ("Kabupaten", "Laki-laki", "Perempuan"),
        ("(1)", "(2)", "(3)"),
        ("Bandung", "12", "13"),
        ("Bogor", "14", "15"),
    )
    false = Titles.false

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        if layout.counted:
            yield self.problem(1, _first_cells(head, [layout.counted]))


_UNIT = re.compile(
    r"[(\[]\s*((?:ribu|juta|jutaan|miliar|triliun|000)?\s*(?:rp\.?|rupiah|%|persen|percent|kg|ton|"
    r"kw|kuintal|ha|hektar|km2?|km²|m2|m²|m3|meter|orang|jiwa|unit|buah|ekor|liter|kwh|hari|tahun|"
    r"bulan|org|kk|rumah tangga|thousand|million|us\$|kg/ha|ton/ha|batang|butir|gram)"
    r"[^)\]]{0,20})\s*[)\]]",
    re.IGNORECASE,
)


class Units(SheetCheck):
    code = "unit_in_heading"
    severity = CATATAN
    title = ("satuan di judul kolom", "units in headings")
    words = Words(
        (
            "{count} judul kolom memuat satuan, pertama {cell} ({example}): {unit}.",
            "{count} headings hold a unit, first {cell} ({example}): {unit}.",
        ),
        (
            "Tulis satuannya di kamus data; judul kolom cukup nama datanya.",
            "Name the unit in the kamus data; the heading need only name the data.",
        ),
    )
    true = (("Kabupaten", "Luas (ha)"), ("Bandung", "12"), ("Bogor", "14"))
    false = (("Kabupaten", "Luas (baru)"), ("Bandung", "12"), ("Bogor", "14"))

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        row = layout.headings[-1] if layout.headings else layout.data
        places, units = [], []
        for facts in layout.columns:
            found = _UNIT.search(facts.heading)
            if found:
                places.append(Place(row, facts.number, example(facts.heading)))
                units.append(" ".join(found[1].split()))
        if places:
            unit = ", ".join(dict.fromkeys(units))
            yield self.problem(len(places), places[:MAX_PLACES], unit=example(unit))


_TIME = re.compile(
    rf"(?:19|20)[0-9]{{2}}|(?<![a-z]){MONTH}(?![a-z])|triwulan|semester|\bq[1-4]\b", re.IGNORECASE
)


class PeriodHeadings(SheetCheck):
    code = "period_headings"
    severity = PERINGATAN
    title = ("periode yang sama di dua judul kolom", "one period in two headings")
    words = Words(
        (
            "{count} kolom berjudul periode yang sudah ada, pertama {cell} ({example}).",
            "{count} columns are headed by a period that is there before, first {cell} "
            "({example}).",
        ),
        (
            "Periksa apakah kolomnya terunggah dua kali atau judulnya salah tulis.",
            "Look whether the column is there twice or its heading is wrong.",
        ),
    )
    true = (("Kabupaten", "2022", "2023", "2023"), ("Bandung", "12", "13", "1"))
    false = (("Kabupaten", "2021", "2022", "2023"), ("Bandung", "12", "13", "1"))

    def look(self, layout: Layout, head: Sequence[Row], table: Table) -> Iterator[Problem]:
        row = layout.headings[-1] if layout.headings else 0
        seen: Counter[str] = Counter()
        places = []
        for facts in layout.columns:
            plain = facts.heading.lower()
            seen[plain] += 1
            if seen[plain] > 1 and row and _TIME.search(plain):
                places.append(Place(row, facts.number, example(facts.heading)))
        # Where a part of the headings is lost, many are alike, and it says so elsewhere.
        if places and len(layout.headings) == 1:
            yield self.problem(len(places), places[:MAX_PLACES])


LAYOUT_CHECKS: tuple[SheetCheck, ...] = (
    Titles(),
    ManyHeadings(),
    JoinedData(),
    NoHeading(),
    Numbered(),
    Units(),
    PeriodHeadings(),
)
