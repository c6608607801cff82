"""A release against the one before: columns, definitions, rows that are gone, values that jump."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ckanext.satudata.quality.checks.base import CODES, DATES, NUMBERS, PERIODS, TEXTS, Facts
from ckanext.satudata.quality.checks.cells import Lot
from ckanext.satudata.quality.checks.layout import Layout
from ckanext.satudata.quality.checks.rows import IS_TOTAL, Notes, Sources
from ckanext.satudata.quality.checks.said import (
    MAX_PLACES,
    PERINGATAN,
    Place,
    Problem,
    Words,
    example,
)
from ckanext.satudata.quality.checks.sums import value_of

MOST = 500_000
"""Rows of a release that are compared."""
TIMES = 3.0
"""A value so many times larger or smaller than before is a jump."""
STEADY = 8.0
"""And so many times farther from the usual change than the others are."""
_OTHERS = (TEXTS, CODES, PERIODS, DATES)


@dataclass
class Release:
    """What is kept of a table, to be compared: the rows by what tells them apart."""

    names: dict[str, Facts] = field(default_factory=dict)
    """Heading, small, to its column."""
    rows: dict[tuple[str, ...], tuple[int, dict[str, tuple[float, str]]]] = field(
        default_factory=dict
    )
    """Key to number of the row, and its numbers with their spelling, by heading."""
    keys: list[str] = field(default_factory=list)
    complete: bool = True

    @classmethod
    def of(cls, layout: Layout) -> Release:
        names = {_plain(one.heading): one for one in layout.columns if one.heading}
        release = cls(names)
        release.keys = [name for name, one in names.items() if one.role in _OTHERS]
        return release

    def narrow(self, keys: list[str]) -> None:
        """Take these headings for the key, because the other release has them too."""
        self.keys = keys

    def take(self, lot: Lot) -> None:
        """The next rows of data."""
        if len(self.rows) + len(lot) > MOST:
            self.complete = False
            return
        texts = {name: _column(lot, self.names[name]) for name in self.keys}
        numbers = {
            name: (_column(lot, one), _kinds(lot, one))
            for name, one in self.names.items()
            if one.role == NUMBERS
        }
        thousands = {name: _is_dotted(values) for name, (values, _) in numbers.items()}
        for at, row in enumerate(lot.numbers.tolist()):
            key = tuple(" ".join(texts[name][at].split()).lower() for name in self.keys)
            if not any(key) or any(_is_none(part) for part in key):
                continue
            held: dict[str, tuple[float, str]] = {}
            for name, (values, kinds) in numbers.items():
                kind = kinds[at] if kinds else 1
                value = (
                    value_of(kind, values[at], thousands=thousands[name]) if values[at] else None
                )
                if value is not None:
                    held[name] = (value[0], values[at])
            self.rows.setdefault(key, (row, held))


def _is_none(text: str) -> bool:
    return (
        IS_TOTAL.fits(text)
        or bool(_NOTE.label(text, 1, _ANY))
        or bool(_SOURCE.label(text, 1, _ANY))
    )


_NOTE, _SOURCE, _ANY = Notes(), Sources(), Facts(1)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").lower().split())


def _column(lot: Lot, facts: Facts) -> list[str]:
    if facts.number > len(lot.columns):
        return [""] * len(lot)
    return lot.columns[facts.number - 1].to_pylist()


def _kinds(lot: Lot, facts: Facts) -> list[int] | None:
    kinds = lot.kinds[facts.number - 1] if facts.number <= len(lot.kinds) else None
    return None if kinds is None else kinds.tolist()


def _is_dotted(values: list[str]) -> bool:
    dotted = [one.strip() for one in values if "." in one and "," not in one]
    return bool(dotted) and all(
        len(one.rpartition(".")[2]) == 3 and not one.startswith("0") for one in dotted
    )


class ReleaseCheck:
    """A declared check of a release against the one before."""

    code: ClassVar[str]
    severity: ClassVar[str] = PERINGATAN
    title: ClassVar[tuple[str, str]]
    words: ClassVar[Words]

    def compare(self, now: Release, before: Release) -> Iterator[Problem]:
        raise NotImplementedError

    def problem(self, count: int, places: list[Place], **more: Any) -> Problem:
        column, heading = more.pop("column", 0), more.pop("heading", "")
        return Problem(
            self.code, self.severity, self.words, count, places, "", column, heading, more
        )


class ColumnsGone(ReleaseCheck):
    code = "release_columns_gone"
    title = ("kolom yang hilang dari rilis lalu", "columns that the last release had")
    words = Words(
        (
            "{count} kolom rilis lalu tidak ada lagi: {names}.",
            "{count} columns of the last release are gone: {names}.",
        ),
        (
            "Kembalikan kolomnya, atau jelaskan perubahannya dalam catatan rilis.",
            "Bring them back, or explain the change in the notes of the release.",
        ),
    )

    def compare(self, now: Release, before: Release) -> Iterator[Problem]:
        gone = [one.heading for name, one in before.names.items() if name not in now.names]
        if gone and len(gone) < len(before.names):
            yield self.problem(len(gone), [], names=example(", ".join(gone)))


class RowsGone(ReleaseCheck):
    code = "release_rows_gone"
    title = ("baris yang hilang dari rilis lalu", "rows that the last release had")
    words = Words(
        (
            "{count} dari {all} baris rilis lalu tidak ada lagi, misalnya {names}.",
            "{count} of {all} rows of the last release are gone, such as {names}.",
        ),
        (
            "Kembalikan barisnya, atau jelaskan dalam catatan rilis mengapa dihapus.",
            "Bring them back, or explain in the notes of the release why they were deleted.",
        ),
    )

    def compare(self, now: Release, before: Release) -> Iterator[Problem]:
        if not (now.complete and before.complete and now.keys):
            return
        gone = [key for key in before.rows if key not in now.rows]
        # Where nothing is left, this is another period, and no row is missed.
        if gone and len(gone) < len(before.rows):
            names = "; ".join(" / ".join(filter(None, key)) for key in gone[:3])
            yield self.problem(len(gone), [], all=len(before.rows), names=example(names))


class Jumps(ReleaseCheck):
    code = "release_jump"
    title = ("nilai yang melompat dari rilis lalu", "values that jump since the last release")
    words = Words(
        (
            "{count} nilai berubah jauh dari rilis lalu, pertama {cell}: {example}, dulu {was}.",
            "{count} values are far from the last release, first {cell}: {example}, it was {was}.",
        ),
        (
            "Periksa satuan dan salah ketik; bila benar, tulis sebabnya dalam catatan rilis.",
            "Look for units and typing errors; if it is right, tell why in the notes of the "
            "release.",
        ),
    )

    def compare(self, now: Release, before: Release) -> Iterator[Problem]:
        for name, facts in now.names.items():
            if facts.role != NUMBERS or name not in before.names:
                continue
            pairs = [
                (row, held[name], before.rows[key][1][name])
                for key, (row, held) in now.rows.items()
                if name in held and key in before.rows and name in before.rows[key][1]
            ]
            jumps = [(row, value[1], was[1]) for row, value, was in _jumps(pairs)]
            if jumps:
                places = [
                    Place(row, facts.number, example(text)) for row, text, _ in jumps[:MAX_PLACES]
                ]
                yield self.problem(
                    len(jumps),
                    places,
                    column=facts.number,
                    heading=facts.heading,
                    was=example(jumps[0][2]),
                )


_Pair = tuple[int, tuple[float, str], tuple[float, str]]


def _jumps(pairs: list[_Pair]) -> list[_Pair]:
    """Those that changed much, and much more than the others of their column."""
    changes = [
        (math.log(value[0] / was[0]), one)
        for one in pairs
        for value, was in [one[1:]]
        if value[0] * was[0] > 0
    ]
    if not changes:
        return []
    ordered = sorted(change for change, _ in changes)
    usual = ordered[len(ordered) // 2]
    spread = sorted(abs(change - usual) for change in ordered)[len(ordered) // 2]
    least = max(STEADY * spread, math.log(TIMES))
    # Where all have changed alike, it is the unit.
    whole = abs(usual) >= math.log(10) * 0.9 and len(ordered) > 2
    return [one for change, one in changes if whole or abs(change - usual) >= least]


class DefinitionChanged(ReleaseCheck):
    code = "release_definition"
    title = ("definisi yang berubah dari rilis lalu", "definitions that changed since then")
    words = Words(
        (
            "kamus data berbeda dari rilis lalu: {changes}.",
            "the kamus data differs from that of the last release: {changes}.",
        ),
        (
            "Pastikan perubahannya disengaja; bila ya, jelaskan dalam catatan rilis, sebab angka "
            "lama dan baru tidak lagi sebanding.",
            "Make sure that this is meant; if so, explain it in the notes of the release, because "
            "old and new figures can no longer be compared.",
        ),
    )
    watched: ClassVar = (
        ("type", "jenis", "kind"),
        ("title", "judul", "title"),
        ("konsep", "konsep", "concept"),
        ("definisi", "definisi", "definition"),
        ("description", "definisi", "definition"),
        ("satuan", "satuan", "unit"),
        ("unit", "satuan", "unit"),
        ("kode_referensi", "kode referensi", "reference codes"),
    )

    def compare(self, now: Release, before: Release) -> Iterator[Problem]:
        for name, facts in now.names.items():
            other = before.names.get(name)
            if other is None or not facts.field or not other.field:
                continue
            changed = [
                (one, told)
                for one, *told in self.watched
                if facts.field.get(one) != other.field.get(one)
            ]
            if changed:
                told = tuple(
                    "; ".join(
                        f"{words[at]} “{other.field.get(one, '')}” → “{facts.field.get(one, '')}”"
                        for one, words in changed
                    )
                    for at in (0, 1)
                )
                yield self.problem(
                    len(changed),
                    [Place(1, facts.number, facts.heading)],
                    column=facts.number,
                    heading=facts.heading,
                    changes=told,
                )


RELEASE_CHECKS: tuple[ReleaseCheck, ...] = (
    ColumnsGone(),
    RowsGone(),
    Jumps(),
    DefinitionChanged(),
)


def compared(now: Release, before: Release) -> Iterator[Problem]:
    """What all of them say."""
    for check in RELEASE_CHECKS:
        yield from check.compare(now, before)


def shared_keys(now: Layout, before: Layout) -> list[str]:
    """The headings that tell rows apart in both."""
    one, other = Release.of(now), Release.of(before)
    return [name for name in one.keys if name in other.keys]
