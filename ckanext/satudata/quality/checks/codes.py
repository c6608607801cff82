"""Codes that a spreadsheet program has made into numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import (
    CODES,
    PERIODS,
    TEXTS,
    Check,
    Facts,
    SpelledCheck,
    Tallies,
    pooled,
)
from ckanext.satudata.quality.checks.cells import NUMBER, TEXT
from ckanext.satudata.quality.checks.said import CATATAN, GALAT, PERINGATAN, Problem, Words
from ckanext.satudata.quality.checks.spelling import any_case
from ckanext.satudata.quality.fast.kernels import pc

_RETYPE = (
    "Blok kolom {letter}, pilih Format Cells › Text, lalu ketik atau tempel ulang kodenya dari "
    "sumbernya; kode yang sudah terpotong tidak dapat dipulihkan dari berkas ini.",
    "Select column {letter}, choose Format Cells › Text, and type or paste the codes again from "
    "their source; what is cut off cannot be had back from this file.",
)


class Scientific(SpelledCheck):
    code = "code_scientific"
    severity = GALAT
    title = ("kode dengan notasi E", "codes in E notation")
    words = Words(
        (
            "{count} sel memuat kode dengan notasi E, pertama {cell} ({example}); angka di "
            "belakangnya sudah hilang.",
            "{count} cells hold a code in E notation, first {cell} ({example}); its last digits "
            "are lost.",
        ),
        _RETYPE,
    )
    roles = (CODES, TEXTS)
    patterns: ClassVar = {1: r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,2}"}
    true = ("3.17101E+15", "3171012345", "3,2E+09")
    false = ("3171012345", "3171E", "E+15")


class Rounded(Check):
    code = "code_rounded"
    severity = GALAT
    title = ("nomor panjang yang dibulatkan", "long numbers that were rounded")
    words = Words(
        (
            "{count} dari {all} nomor berdigit 16 atau lebih berakhir dengan 0, pertama {cell} "
            "({example}); Excel menyimpan 15 digit dan membulatkan sisanya.",
            "{count} of {all} numbers of 16 digits and more end in 0, first {cell} ({example}); "
            "Excel keeps 15 digits and rounds the rest.",
        ),
        _RETYPE,
    )
    roles = (CODES, TEXTS)
    kinds = (TEXT, NUMBER)
    true = tuple(f"317101230485{at:03}0" for at in range(12))
    false = tuple(f"317101230485{at:04}" for at in range(12))

    def label(self, text: str, kind: int, facts: Facts) -> int:
        if not (len(text) in range(16, 31) and text.isascii() and text.isdecimal()):
            return 0
        return 1 if text.endswith("0") else 2

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        size = pc.binary_length(array)
        is_long = pc.and_(pc.greater_equal(size, 16), pc.less(size, 31))
        found = np.zeros(len(array), np.int16)
        at = np.flatnonzero(is_long.to_numpy(zero_copy_only=False))
        if len(at):
            texts = array.take(pa.array(at))
            digits = pc.ascii_is_decimal(texts).to_numpy(zero_copy_only=False)
            ends = pc.ends_with(texts, "0").to_numpy(zero_copy_only=False)
            found[at] = np.where(digits, np.where(ends, 1, 2), 0)
        return found

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        rounded, every = pooled(tallies, (1,)), pooled(tallies)
        if rounded.count >= 10 and 10 * rounded.count > 9 * every.count:
            yield self.problem(rounded, facts, all=every.count)


class AsFloat(SpelledCheck):
    code = "code_as_float"
    severity = PERINGATAN
    title = ("kode atau tahun berakhiran .0", "codes or years that end in .0")
    words = Words(
        (
            "{count} sel memuat kode atau tahun berakhiran .0, pertama {cell} ({example}); kode "
            "itu pernah dibaca sebagai angka.",
            "{count} cells hold a code or a year that ends in .0, first {cell} ({example}); it was "
            "once read as a number.",
        ),
        (
            "Hapus .0 di belakangnya dan simpan kolom {letter} sebagai teks.",
            "Delete the .0 behind it and keep column {letter} as text.",
        ),
    )
    roles = (CODES, PERIODS)
    patterns: ClassVar = {1: r"[0-9]{2,}\.0"}
    true = ("3201190006.0", "3201190007.0")
    false = ("3201190006", "32.01.19", "11.10")


class LostZero(Check):
    """Counts codes by their length, those with a leading zero apart."""

    code = "code_lost_zero"
    severity = PERINGATAN
    title = ("nol di depan kode yang hilang", "lost leading zeros of codes")
    words = Words(
        (
            "{count} kode hanya {short} digit, pertama {cell} ({example}), sedangkan yang lain "
            "{long} digit dan sebagian berawal 0; nol di depan tampaknya hilang.",
            "{count} codes have only {short} digits, first {cell} ({example}), while the others "
            "have {long} and some of them begin with 0; the leading zero seems to be lost.",
        ),
        (
            "Blok kolom {letter}, pilih Format Cells › Text, lalu ketik ulang nol di depannya.",
            "Select column {letter}, choose Format Cells › Text, and type the leading zero again.",
        ),
    )
    roles = (CODES,)
    kinds = (TEXT, NUMBER)
    true = ("01111", "01112", "46100", "46200", "1113")
    false = ("01111", "01112", "46100", "46200", "01113")
    _ZERO = 100

    def label(self, text: str, kind: int, facts: Facts) -> int:
        if not (text.isascii() and text.isdecimal()) or len(text) > 30:
            return 0
        return len(text) + (self._ZERO if text[0] == "0" else 0)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        size = pc.binary_length(array).to_numpy(zero_copy_only=False).astype(np.int16)
        digits = pc.ascii_is_decimal(array).to_numpy(zero_copy_only=False) & (size <= 30)
        zero = pc.starts_with(array, "0").to_numpy(zero_copy_only=False)
        return np.where(digits, size + self._ZERO * zero, 0).astype(np.int16)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        counts = {label: one.count for label, one in tallies.items()}
        every = sum(counts.values())
        for long in range(3, 31):
            zeros, others = counts.get(long + self._ZERO, 0), counts.get(long, 0)
            short = counts.get(long - 1, 0)
            kept = counts.get(long - 1 + self._ZERO, 0)
            is_length = 2 * (zeros + others) > every
            if is_length and zeros and short and not kept and _is_whole(counts, long, self._ZERO):
                tally = pooled(tallies, (long - 1,))
                yield self.problem(tally, facts, short=long - 1, long=long)


def _is_whole(counts: dict[int, int], long: int, zero: int) -> bool:
    """Whether no code is of any third length: else they are levels of a classification."""
    return {label % zero for label in counts} == {long, long - 1}


class LostZeroPhone(SpelledCheck):
    code = "phone_lost_zero"
    severity = PERINGATAN
    title = ("nol di depan nomor telepon yang hilang", "lost leading zeros of telephone numbers")
    words = Words(
        (
            "{count} nomor telepon berawal 8 tanpa 0 di depannya, pertama {cell} ({example}).",
            "{count} telephone numbers begin with 8 and lack the 0 before it, first {cell} "
            "({example}).",
        ),
        LostZero.words.mend,
    )
    roles = (CODES,)
    kinds = (TEXT, NUMBER)
    patterns: ClassVar = {1: r"8[0-9]{8,11}"}
    true = ("81299999901", "81299999902")
    false = ("081299999901", "0219999901")
    sample: ClassVar = {"heading": "No. HP"}
    _asks = any_case("telp", "telepon", "telpon", "hp", "wa", "whatsapp", "handphone", "phone")

    def applies(self, facts: Facts) -> bool:
        return _has_word(self._asks, facts.heading)


class AsNumber(Check):
    """Counts what the cells of a column of codes are."""

    code = "code_as_number"
    severity = PERINGATAN
    title = ("kode yang tersimpan sebagai angka", "codes that are kept as numbers")
    words = Words(
        (
            "{count} kode tersimpan sebagai angka, pertama {cell} ({example}), dan {texts} sebagai "
            "teks; keduanya tidak akan cocok saat digabungkan.",
            "{count} codes are kept as numbers, first {cell} ({example}), and {texts} as texts; "
            "the two will not match when tables are joined.",
        ),
        (
            "Blok kolom {letter}, pilih Format Cells › Text, lalu ketik ulang kodenya.",
            "Select column {letter}, choose Format Cells › Text, and type the codes again.",
        ),
    )
    roles = (CODES,)
    kinds = (TEXT, NUMBER)
    true = ((NUMBER, "3171"), (NUMBER, "3172"), "3173")
    false = ("3171", "3172")

    def label(self, text: str, kind: int, facts: Facts) -> int:
        if kind == NUMBER:
            return 1
        return 2 if text.isascii() and text.isdecimal() else 0

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        if kind == NUMBER:
            return np.ones(len(array), np.int16)
        digits = pc.ascii_is_decimal(array).to_numpy(zero_copy_only=False)
        return np.where(digits, 2, 0).astype(np.int16)

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        numbers, texts = pooled(tallies, (1,)), pooled(tallies, (2,))
        if numbers.count and texts.count:
            yield self.problem(numbers, facts, texts=texts.count)


class AllNumbers(AsNumber):
    code = "code_all_numbers"
    severity = CATATAN
    title = ("kolom kode yang seluruhnya angka", "columns of codes that are all numbers")
    true = ((NUMBER, "3171"), (NUMBER, "3172"))
    words = Words(
        (
            "{count} kode tersimpan sebagai angka, pertama {cell} ({example}); nol di depan dan "
            "titik di dalam kode dapat hilang tanpa terlihat.",
            "{count} codes are kept as numbers, first {cell} ({example}); leading zeros and dots "
            "within codes may get lost unseen.",
        ),
        AsNumber.words.mend,
    )

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        numbers = pooled(tallies, (1,))
        if numbers.count and 2 not in tallies:
            yield self.problem(numbers, facts)


def _has_word(pattern: str, heading: str) -> bool:
    import re

    return re.search(rf"(?<![A-Za-z]){pattern}(?![A-Za-z])", heading) is not None


CODE_CHECKS: tuple[Check, ...] = (
    Scientific(),
    Rounded(),
    AsFloat(),
    LostZero(),
    LostZeroPhone(),
    AsNumber(),
    AllNumbers(),
)
