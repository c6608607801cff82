"""Marks in place of a value, and what they mean.

The meanings are those of the list of signs in BPS' own publications; a table may say otherwise in
its notes, and the kamus data of a dataset says what counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import (
    CODES,
    DATES,
    NUMBERS,
    PERIODS,
    TEXTS,
    Check,
    Facts,
    SpelledCheck,
    Tallies,
    pooled,
)
from ckanext.satudata.quality.checks.said import CATATAN, PERINGATAN, Problem, Words
from ckanext.satudata.quality.checks.spelling import DASHES, any_case

MEANINGS: dict[int, tuple[str, str]] = {
    1: ("tidak ada atau nol", "none, or zero"),
    2: ("data tidak tersedia", "not available"),
    3: ("data tidak dapat ditampilkan", "cannot be shown"),
    4: ("data tidak tersedia", "not available"),
    5: ("dapat diabaikan, mendekati nol", "negligible, near zero"),
    6: ("angka sementara, atau dirahasiakan", "preliminary, or confidential"),
    7: ("tidak diisi", "not filled in"),
    8: ("tidak ada datanya, dengan kata", "no data, in words"),
}
"""Label of a mark to what it means with BPS: Indonesian, English."""
_WORDS = any_case(
    "tidak ada", "tidak ada data", "belum ada", "belum ada data", "data belum tersedia",
    "tidak tersedia", "data tidak tersedia", "belum diketahui", "tidak diketahui", "belum diisi",
    "kosong", "nihil", "null", "none", "tad", "td", "t.a.d", "t.a.d.", "no data", "unknown",
)  # fmt: skip
_MARKS = {
    1: f"{DASHES}{{1,3}}",
    2: r"…|\.{2,4}|\. \. \.",
    3: "NA",
    4: r"[nN]\.[aA]\.?|[nN][/\\][aA]|na|Na|#N/A",
    5: r"~ ?0|0,0\)|≈ ?0",
    7: r"\*{1,5}|\?{1,3}|_{1,3}",
    8: _WORDS,
}


class _Marks(SpelledCheck):
    among_declared: ClassVar[bool] = False
    """Whether it is about the marks that the schema declares, or about all others."""

    def label(self, text: str, kind: int, facts: Facts) -> int:
        is_own = (text in facts.missing) is self.among_declared
        return super().label(text, kind, facts) if is_own else 0

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        found = super().labels(array, kind, facts)
        at = np.flatnonzero(found)
        if len(at):
            texts = array.take(pa.array(at)).to_pylist()
            strange = [(text in facts.missing) is not self.among_declared for text in texts]
            found[at[np.array(strange, bool)]] = 0
        return found

    def _by_mark(self, tallies: Tallies) -> tuple[str, str]:
        """Each mark, how often it stands there, and what it means, in both languages."""
        told: tuple[list[str], list[str]] = ([], [])
        for label in sorted(tallies):
            one = tallies[label]
            for at, (times, sets) in enumerate((("kali, di BPS", "="), ("times, with BPS", "="))):
                told[at].append(
                    f"“{one.places[0].value}” {one.count} {times} {sets} {MEANINGS[label][at]}"
                )
        return "; ".join(told[0]), "; ".join(told[1])


class Undeclared(_Marks):
    code = "missing_marks"
    severity = PERINGATAN
    title = ("tanda sebagai pengganti nilai", "marks in place of values")
    words = Words(
        (
            "{count} sel memuat tanda sebagai pengganti nilai, pertama {cell}: {marks}. Kamus data "
            "belum menyatakan artinya.",
            "{count} cells hold a mark in place of a value, first {cell}: {marks}. The kamus data "
            "does not say what it means.",
        ),
        (
            "Nyatakan tanda dan artinya di kamus data; jangan menggantinya dengan 0, sebab tidak "
            "tersedia bukan nol.",
            "Declare the mark and its meaning in the kamus data; do not write 0 instead, because "
            "not available is not zero.",
        ),
    )
    roles = (NUMBERS, DATES, PERIODS, CODES)
    patterns: ClassVar = _MARKS | {6: "x{1,3}|X|xx\\)"}
    true = ("-", "12", "…", "n.a.", "x")
    false = ("12", "", "0", "13")

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if tallies:
            yield self.problem(pooled(tallies), facts, marks=self._by_mark(tallies))


class InTexts(_Marks):
    code = "missing_marks_text"
    severity = CATATAN
    title = ("tanda sebagai pengganti teks", "marks in place of texts")
    words = Words(
        (
            "{count} sel teks hanya memuat tanda, pertama {cell}: {marks}.",
            "{count} cells of text hold nothing but a mark, first {cell}: {marks}.",
        ),
        (
            "Kosongkan selnya, atau nyatakan tanda dan artinya di kamus data.",
            "Leave the cell empty, or declare the mark and its meaning in the kamus data.",
        ),
    )
    roles = (TEXTS,)
    patterns: ClassVar = {key: value for key, value in _MARKS.items() if key != 8}
    true = ("Sawah", "-", "***")
    false = ("Sawah", "tidak ada", "")

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if tallies:
            yield self.problem(pooled(tallies), facts, marks=self._by_mark(tallies))


class SeveralMeanings(_Marks):
    code = "missing_marks_merged"
    severity = PERINGATAN
    title = ("tanda berbeda arti yang disatukan", "marks of several meanings taken for one")
    words = Words(
        (
            "kamus data menyatakan {marks} sama-sama sebagai kosong, padahal artinya berbeda; "
            "{count} sel, pertama {cell}, kehilangan artinya.",
            "the kamus data takes {marks} all for empty, though they mean different things; "
            "{count} cells, first {cell}, lose their meaning.",
        ),
        (
            "Beri tiap tanda arti sendiri di kamus data (missingValues dengan value dan label).",
            "Give each mark a meaning of its own in the kamus data (missingValues with value and "
            "label).",
        ),
    )
    roles = (NUMBERS,)
    patterns: ClassVar = _MARKS
    true = ("-", "…", "12")
    false = ("-", "–", "12")
    sample: ClassVar = {"missing": frozenset(("-", "–", "…"))}
    among_declared = True

    def applies(self, facts: Facts) -> bool:
        return len(facts.missing) > 1 and not facts.labelled

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if len({MEANINGS[label] for label in tallies}) > 1:
            yield self.problem(pooled(tallies), facts, marks=self._by_mark(tallies))


MARK_CHECKS: tuple[Check, ...] = (Undeclared(), InTexts(), SeveralMeanings())
