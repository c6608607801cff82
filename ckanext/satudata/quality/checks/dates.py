"""Dates: words, two forms in one column, day and month exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import (
    DATES,
    Check,
    Facts,
    SpelledCheck,
    Tallies,
    Tally,
    pooled,
)
from ckanext.satudata.quality.checks.cells import DATE, NUMBER, TEXT
from ckanext.satudata.quality.checks.said import GALAT, PERINGATAN, Problem, Words
from ckanext.satudata.quality.checks.spelling import DAYS, MONTH, Spelled

_PART = r"[ \u00a0]*[/.-][ \u00a0]*"
_SMALL = "(?:0?[1-9]|1[0-2])"
_LARGE = "(?:1[3-9]|2[0-9]|3[01])"
_YEAR = "(?:[0-9]{4}|[0-9]{2})(?:[ T][0-9:.]+)?"
WORDS = (
    rf"(?:{DAYS},?[ \u00a0]+)?[0-9]{{1,2}}[ \u00a0-]*{MONTH}[ \u00a0,-]*(?:[0-9]{{4}}|[0-9]{{2}})"
)
NUMERIC = rf"[0-9]{{1,2}}{_PART}[0-9]{{1,2}}{_PART}{_YEAR}"
ISO = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[ T][0-9:.+Z]+)?"


_SURE = "(?:0?[1-9]|1[0-9]|2[0-8])"
_EXISTING = Spelled(rf"{_SURE}[/.-]{_SMALL}[/.-][1-9][0-9]{{3}}|[1-9][0-9]{{3}}-{_SMALL}-{_SURE}")
"""Dates that every month has."""


class InWords(SpelledCheck):
    code = "date_in_words"
    severity = PERINGATAN
    title = ("tanggal dengan nama bulan", "dates with the name of the month")
    words = Words(
        (
            "{count} sel menulis bulan dengan kata, pertama {cell} ({example}); program tidak "
            "membacanya sebagai tanggal.",
            "{count} cells have the month as a word, first {cell} ({example}); programs do not "
            "read them as dates.",
        ),
        (
            "Tulis sebagai 2024-01-31: blok kolom {letter}, Format Cells › Custom › yyyy-mm-dd.",
            "Write 2024-01-31: select column {letter}, Format Cells › Custom › yyyy-mm-dd.",
        ),
    )
    roles = (DATES,)
    patterns: ClassVar = {1: WORDS, 2: rf"{MONTH}[ \u00a0,-]*[0-9]{{4}}"}
    true = ("12 Januari 2024", "Senin, 1 Des 2023", "3 Agustus 2024")
    false = ("2024-01-12", "2023-12-01", "2024-08-03")


class DayAndMonth(SpelledCheck):
    code = "date_day_month"
    severity = GALAT
    title = ("hari dan bulan tertukar", "day and month exchanged")
    words = Words(
        (
            "{count} sel menaruh {first} di depan, pertama {cell} ({example}), sedangkan "
            "{other_cell} ({other}) sebaliknya; hari dan bulan tampaknya tertukar di sebagian "
            "sel.",
            "{count} cells have the {first} first, beginning with {cell} ({example}), while "
            "{other_cell} ({other}) has it the other way; day and month seem to be exchanged in "
            "a part of them.",
        ),
        (
            "Periksa sel yang harinya 12 atau kurang terhadap sumbernya, lalu tulis semua sebagai "
            "2024-01-31.",
            "Compare the cells whose day is 12 or less with their source, then write all as "
            "2024-01-31.",
        ),
    )
    roles = (DATES,)
    kinds = (TEXT, DATE)
    patterns: ClassVar = {
        1: rf"{_LARGE}{_PART}{_SMALL}{_PART}{_YEAR}",
        2: rf"{_SMALL}{_PART}{_LARGE}{_PART}{_YEAR}",
        4: rf"[0-9]{{4}}-{_SMALL}-(?:0[1-9]|1[0-2])(?:[ T][0-9:.+Z]+)?",
        5: rf"[0-9]{{4}}-{_SMALL}-{_LARGE}(?:[ T][0-9:.+Z]+)?",
    }
    true = ("13/02/2024", "02/14/2024", "01/03/2024")
    false = ("13/02/2024", "14/02/2024", "01/03/2024")

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        days, months = pooled(tallies, (1,)), pooled(tallies, (2,))
        turned, whole = pooled(tallies, (4,)), pooled(tallies, (5,))
        if days.count and months.count:
            fewer, other = (days, months) if days.count <= months.count else (months, days)
            first = ("hari", "day") if fewer is days else ("bulan", "month")
            yield self._said(fewer, other.places[0].value, other.places[0].cell, first, facts)
        elif days.count and turned.count > 1 and not whole.count:
            # What could be read with the month first has become a date, the rest stayed text.
            place = turned.places[0]
            yield self._said(days, place.value, place.cell, ("hari", "day"), facts)

    def _said(
        self, tally: Tally, other: str, cell: str, first: tuple[str, str], facts: Facts
    ) -> Problem:
        return self.problem(tally, facts, other=other, other_cell=cell, first=first)


class TwoForms(SpelledCheck):
    code = "date_two_forms"
    severity = PERINGATAN
    title = ("beberapa bentuk tanggal", "several forms of dates")
    words = Words(
        (
            "tanggal ditulis dalam {forms} bentuk; yang paling jarang di {count} sel, pertama "
            "{cell} ({example}), yang lain misalnya {other}.",
            "dates have {forms} forms; the rarest is in {count} cells, first {cell} ({example}), "
            "another one is {other}.",
        ),
        (
            "Tulis semua tanggal sebagai 2024-01-31.",
            "Write all dates as 2024-01-31.",
        ),
    )
    roles = (DATES,)
    kinds = (TEXT, DATE)
    patterns: ClassVar = {
        1: ISO,
        2: r"[0-9]{1,2}[ ]*/[ ]*[0-9]{1,2}[ ]*/[ ]*[0-9]{2,4}(?:[ ][0-9:.]+)?",
        3: r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}",
        4: r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}",
        5: WORDS,
    }
    true = ("2024-01-31", "31/01/2024", "01/02/2024")
    false = ("31/01/2024", "1/2/2024", "15/02/2024")

    def label(self, text: str, kind: int, facts: Facts) -> int:
        # What a workbook holds as a date has no spelling of its own.
        return 6 if kind == DATE else super().label(text, kind, facts)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        found = super().labels(array, kind, facts)
        if kind == DATE:
            found[:] = 6
        return found

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if len(tallies) < 2:
            return
        rare = min(tallies, key=lambda one: (tallies[one].count, one))
        other = max((one for one in tallies if one != rare), key=lambda one: tallies[one].count)
        yield self.problem(
            pooled(tallies, (rare,)),
            facts,
            forms=len(tallies),
            other=tallies[other].places[0].value,
        )


class Impossible(Check):
    code = "date_impossible"
    severity = GALAT
    title = ("tanggal yang tidak ada", "dates that do not exist")
    words = Words(
        (
            "{count} sel memuat tanggal yang tidak ada di kalender, pertama {cell} ({example}).",
            "{count} cells hold a date that no calendar has, first {cell} ({example}).",
        ),
        ("Perbaiki menurut sumbernya.", "Correct them by their source."),
    )
    roles = (DATES,)
    true = ("31/02/2024", "2023-02-29", "01/03/2024")
    false = ("29/02/2024", "2024-02-29", "01/03/2024")
    _numeric = re.compile(r"([0-9]{1,2})[ ]*([/.-])[ ]*([0-9]{1,2})[ ]*\2[ ]*([0-9]{4})")
    _iso = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")

    def label(self, text: str, kind: int, facts: Facts) -> int:
        return self._read(text)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        found = np.zeros(len(array), np.int16)
        left = np.flatnonzero(~_EXISTING.mask(array).to_numpy(zero_copy_only=False))
        if len(left):
            found[left] = super().labels(array.take(pa.array(left)), kind, facts)
        return found

    @staticmethod
    @lru_cache(maxsize=50_000)
    def _read(text: str) -> int:
        plain = text.strip()
        found = Impossible._numeric.fullmatch(plain)
        if found:
            one, other, year = int(found[1]), int(found[3]), int(found[4])
            return int(not (_exists(year, other, one) or _exists(year, one, other)))
        found = Impossible._iso.fullmatch(plain)
        if not found:
            return 0
        return int(not _exists(int(found[1]), int(found[2]), int(found[3])))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class Serial(SpelledCheck):
    code = "date_serial"
    severity = PERINGATAN
    title = ("tanggal sebagai nomor seri", "dates as serial numbers")
    words = Words(
        (
            "{count} sel memuat angka di tempat tanggal, pertama {cell} ({example}); itu nomor "
            "hari yang dipakai Excel.",
            "{count} cells hold a number in place of a date, first {cell} ({example}); that is the "
            "number of the day that Excel counts with.",
        ),
        (
            "Blok kolom {letter}, Format Cells › Custom › yyyy-mm-dd, lalu simpan ulang.",
            "Select column {letter}, Format Cells › Custom › yyyy-mm-dd, and save again.",
        ),
    )
    roles = (DATES,)
    kinds = (TEXT, NUMBER)
    patterns: ClassVar = {1: r"[34][0-9]{4}"}
    true = ("45321", "45322", "2024-02-01")
    false = ("2024-01-31", "2024-02-01", "2024-02-02")


class ShortYear(SpelledCheck):
    code = "date_short_year"
    severity = PERINGATAN
    title = ("tahun dua angka", "years of two digits")
    words = Words(
        (
            "{count} sel menulis tahun dengan dua angka, pertama {cell} ({example}); abadnya "
            "hanya dapat ditebak.",
            "{count} cells have a year of two digits, first {cell} ({example}); the century can "
            "only be guessed.",
        ),
        ("Tulis tahun dengan empat angka.", "Write years with four digits."),
    )
    roles = (DATES,)
    patterns: ClassVar = {1: rf"[0-9]{{1,2}}{_PART}(?:[0-9]{{1,2}}|{MONTH}){_PART}[0-9]{{2}}"}
    true = ("31/01/24", "01/02/24", "02/02/24")
    false = ("31/01/2024", "01/02/2024", "02/02/2024")


DATE_CHECKS: tuple[Check, ...] = (
    InWords(),
    DayAndMonth(),
    TwoForms(),
    Impossible(),
    Serial(),
    ShortYear(),
)
