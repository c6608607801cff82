"""Codes of regions against reference lists: that of Kemendagri and that of BPS.

The two number alike and mean other places: 3172 is Jakarta Timur with BPS, and 31.72 is Jakarta
Utara with Kemendagri.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pyarrow as pa

from ckanext.satudata.quality.checks.base import CODES, Check, Facts, Tallies, pooled
from ckanext.satudata.quality.checks.cells import NUMBER, TEXT
from ckanext.satudata.quality.checks.said import GALAT, PERINGATAN, Problem, Words
from ckanext.satudata.quality.fast.kernels import pc

KEMENDAGRI, BPS = "kemendagri", "bps"
SYSTEMS = (KEMENDAGRI, BPS)
"""Names that a reference list has to have to be taken for one of regions."""
NAMES = {KEMENDAGRI: "Kemendagri", BPS: "BPS"}
_SHAPE = r"[1-9][0-9](?:\.?[0-9]{2}(?:\.?[0-9]{2,3}(?:\.?[0-9]{3,4})?)?)?(?:\.0)?|[1-9][0-9]\.[1-9]"
"""Codes of all levels, floats of them, and 11.1, which a spreadsheet program makes of 11.10."""
_PYTHON = re.compile(_SHAPE)
_ARROW = rf"\A(?:{_SHAPE})\z"
_IN = {KEMENDAGRI: 1, BPS: 2}
_SHAPED, _DOTTED, _PROVINCE = 4, 8, 16
_TOLD = re.compile(
    r"(?P<kemendagri>kemendagri|mendagri|permendagri|kepmendagri|dagri)|(?P<bps>bps|mfd)", re.I
)


def digits_of(text: str) -> str:
    """A code without its dots, and without the .0 of a float."""
    plain = text.strip()
    if plain.endswith(".0"):
        plain = plain[:-2]
    return plain.replace(".", "")


class _Regions(Check):
    roles = (CODES,)
    kinds = (TEXT, NUMBER)

    def applies(self, facts: Facts) -> bool:
        return bool(facts.regions)

    def label(self, text: str, kind: int, facts: Facts) -> int:
        plain = text.strip(" \t\r\n\u00a0")
        if not _PYTHON.fullmatch(plain):
            return 0
        code = digits_of(plain)
        found = _SHAPED + (_DOTTED if "." in plain.removesuffix(".0") else 0)
        found += _PROVINCE if len(code) == 2 else 0
        return found + sum(_IN[name] for name, codes in facts.regions.items() if code in codes)

    def labels(self, array: pa.Array, kind: int, facts: Facts) -> np.ndarray:
        plain = pc.utf8_trim(array, characters=" \t\r\n\u00a0")
        shaped = pc.match_substring_regex(plain, _ARROW).to_numpy(zero_copy_only=False)
        found = np.zeros(len(array), np.int16)
        at = np.flatnonzero(shaped)
        if len(at):
            whole = pc.replace_substring_regex(plain.take(pa.array(at)), r"\.0\z", "")
            dotted = pc.match_substring(whole, ".").to_numpy(zero_copy_only=False)
            codes = pc.replace_substring(whole, ".", "")
            labels = _SHAPED + _DOTTED * dotted.astype(np.int16)
            short = pc.equal(pc.binary_length(codes), 2).to_numpy(zero_copy_only=False)
            labels += _PROVINCE * short.astype(np.int16)
            for name, known in facts.regions.items():
                is_known = pc.is_in(codes, pa.array(sorted(known), pa.string()))
                labels += _IN[name] * is_known.to_numpy(zero_copy_only=False).astype(np.int16)
            found[at] = labels
        return found


def _shares(tallies: Tallies, facts: Facts) -> dict[str, float]:
    """What part of the codes each system knows."""
    every = sum(one.count for one in tallies.values())
    if not every:
        return {}
    return {
        name: sum(one.count for label, one in tallies.items() if label & _IN[name]) / every
        for name in facts.regions
    }


def told_system(heading: str) -> str:
    """The system that a heading names; empty where it names none."""
    found = _TOLD.search(heading)
    return (found.lastgroup or "") if found else ""


class Unknown(_Regions):
    code = "region_unknown"
    severity = GALAT
    title = ("kode wilayah yang tidak dikenal", "unknown codes of regions")
    words = Words(
        (
            "{count} kode wilayah tidak ada dalam daftar {system}, pertama {cell} ({example}).",
            "{count} codes of regions are not in the list of {system}, first {cell} ({example}).",
        ),
        (
            "Cari kode yang benar dalam daftar {system}; periksa nol di belakang (11.1 mungkin "
            "11.10) dan wilayah yang baru dimekarkan.",
            "Look the right code up in the list of {system}; mind zeros at the end (11.1 may be "
            "11.10) and regions that were split lately.",
        ),
    )
    true = ("11.01", "11.02", "11.99")
    false = ("11.01", "11.02", "1101")
    sample: ClassVar = {"regions": {KEMENDAGRI: frozenset(("1101", "1102"))}}

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        shares = _shares(tallies, facts)
        if not shares:
            return
        told = told_system(facts.heading)
        system = told if told in shares else max(shares, key=lambda one: shares[one])
        # Where hardly any code is known, these are codes of something else.
        if shares[system] < 0.5:
            return
        tally = pooled(tallies, [label for label in tallies if not label & _IN[system]])
        if tally.count:
            yield self.problem(tally, facts, system=NAMES[system])


class OtherSystem(_Regions):
    code = "region_system"
    severity = PERINGATAN
    title = ("sistem kode wilayah yang tidak jelas", "unclear systems of region codes")
    words = Words(
        (
            "{count} kode wilayah, pertama {cell} ({example}), {finding}.",
            "{count} codes of regions, first {cell} ({example}), {finding}.",
        ),
        (
            "Sebut sistemnya di judul kolom dan di kamus data: kode Kemendagri atau kode BPS.",
            "Name the system in the heading and in the kamus data: codes of Kemendagri or of BPS.",
        ),
    )
    true = ("1101", "1102")
    false = ("11.01", "11.02")
    sample: ClassVar = {
        "regions": {
            KEMENDAGRI: frozenset(("1101", "1102")),
            BPS: frozenset(("1101", "1102", "1103")),
        }
    }

    def applies(self, facts: Facts) -> bool:
        return len(facts.regions) > 1

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        shares = _shares(tallies, facts)
        if max(shares.values(), default=0) < 0.5:
            return
        told, tally = told_system(facts.heading), pooled(tallies)
        dotted = pooled(tallies, [label for label in tallies if label & _DOTTED])
        other = next((one for one in shares if one != told), "")
        if told and shares[other] > shares[told] + 0.1:
            finding = (
                f"disebut kode {NAMES[told]}, tetapi lebih cocok dengan daftar {NAMES[other]}",
                f"are called codes of {NAMES[told]} but fit the list of {NAMES[other]} better",
            )
            yield self.problem(tally, facts, finding=finding)
        elif not told and not dotted.count and min(shares.values()) > 0.5:
            finding = (
                "ada dalam kedua daftar, padahal kode yang sama dapat berarti wilayah lain, dan "
                "judul kolom tidak menyebut sistemnya",
                "are in both lists, in which one code may mean two regions, and the heading does "
                "not name the system",
            )
            yield self.problem(tally, facts, finding=finding)


class TwoSpellings(_Regions):
    code = "region_dots"
    severity = PERINGATAN
    title = ("kode wilayah dengan dan tanpa titik", "region codes with and without dots")
    words = Words(
        (
            "{count} kode wilayah ditulis lain dari yang lain, pertama {cell} ({example}): "
            "sebagian dengan titik, sebagian tanpa titik.",
            "{count} codes of regions are written unlike the others, first {cell} ({example}): "
            "some with dots, some without.",
        ),
        (
            "Tulis semua kode dengan satu cara; kode Kemendagri bertitik (31.72), kode BPS tanpa "
            "titik (3172).",
            "Write all codes in one way; those of Kemendagri have dots (31.72), those of BPS have "
            "none (3172).",
        ),
    )
    true = ("11.01", "11.02", "1103")
    false = ("11.01", "11.02", "11.03")
    sample: ClassVar = {"regions": {KEMENDAGRI: frozenset(("1101", "1102", "1103"))}}

    def verdict(self, tallies: Tallies, facts: Facts) -> Iterator[Problem]:
        if max(_shares(tallies, facts).values(), default=0) < 0.5:
            return
        # A province has no dot in either way.
        dotted = pooled(tallies, [label for label in tallies if label & _DOTTED])
        either = _DOTTED | _PROVINCE
        plain = pooled(tallies, [label for label in tallies if not label & either])
        if dotted.count and plain.count:
            yield self.problem(min((plain, dotted), key=lambda one: one.count), facts)


REGION_CHECKS: tuple[Check, ...] = (Unknown(), OtherSystem(), TwoSpellings())
