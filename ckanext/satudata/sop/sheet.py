"""The sheet as it is drawn: the symbol of each row, its ways in order, and what is not printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ckanext.satudata.sop.definition import Keyakinan, Langkah, Sop


class Symbol(str, Enum):
    """A symbol of the SOP-AP sheet (PermenPAN-RB 35/2012); the connector comes beside it."""

    CAPSULE = "capsule"
    BOX = "box"
    DIAMOND = "diamond"


@dataclass(frozen=True)
class Mark:
    """A cell that says what the printed sheet does not, how surely, and why.

    `place` is `sop`, `kalender`, `pelaksana.<key>` or `langkah.<number>`; `step` that number.
    `cell` is a key of the file, or the key of an outcome; `label` is then what people choose.
    """

    place: str
    cell: str
    level: str
    reason: str
    alternative: str | None
    step: int | None = None
    label: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "cell": self.cell,
            "label": self.label,
            "level": self.level,
            "reason": self.reason,
            "alternative": self.alternative,
        }


def symbol(sop: Sop, step: Langkah) -> Symbol:
    """Which symbol a row has: a choice is a diamond, the first and the last row are capsules."""
    if step.keputusan or step.kembali:
        return Symbol.DIAMOND
    ends = step.langkah in (1, len(sop.langkah))
    return Symbol.CAPSULE if ends else Symbol.BOX


def marks(sop: Sop) -> list[Mark]:
    """Every mark of a SOP, in the order of its file."""
    found = [*_marks("sop", sop.sop.keyakinan)]
    for key, actor in sop.pelaksana.items():
        found += _marks(f"pelaksana.{key}", actor.keyakinan)
    found += _marks("kalender", sop.kalender.keyakinan)
    found += _marks("koreksi", sop.koreksi.keyakinan) if sop.koreksi else []
    for step in sop.langkah:
        found += _marks(f"langkah.{step.langkah}", step.keyakinan, step.langkah)
        found += _marks_of_outcomes(step)
    return found


def _marks(place: str, kept: Mapping[str, Keyakinan], step: int | None = None) -> Iterator[Mark]:
    for cell, one in kept.items():
        yield Mark(place, cell, one.tingkat.value, one.sebab, one.alternatif, step)


def _marks_of_outcomes(step: Langkah) -> Iterator[Mark]:
    place = f"langkah.{step.langkah}"
    for outcome in (*step.keputusan, *step.kembali):
        one = outcome.keyakinan
        if one is not None:
            why = one.tingkat.value, one.sebab, one.alternatif
            yield Mark(place, outcome.hasil, *why, step.langkah, outcome.label)
