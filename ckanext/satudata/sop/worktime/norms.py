"""The time norm of a row as a value: so many minutes, hours or days, or again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from ckanext.satudata.sop.definition import Langkah, Sop, Waktu


class Unit(str, Enum):
    """What a norm counts; the value is that of `waktu.satuan`, and one for a row without a norm."""

    MENIT = "menit"
    JAM = "jam"
    HARI = "hari"
    HARIAN = "harian"
    BULANAN = "bulanan"
    TRIWULAN = "triwulan"
    SESUAI_KEBUTUHAN = "sesuai_kebutuhan"
    TIDAK_DISEBUT = "tidak_disebut"


RECURRING = frozenset({Unit.HARIAN, Unit.BULANAN, Unit.TRIWULAN})
"""Units of what is done again and again; they have no number."""

HOUR = 60
_MINUTES = {Unit.MENIT: 1, Unit.JAM: HOUR}


@dataclass(frozen=True)
class Norm:
    """`least` to `most` of `unit`; both None where the words give no number. `text` as printed."""

    unit: Unit
    least: int | None = None
    most: int | None = None
    text: str = ""

    @property
    def minutes(self) -> int | None:
        """What it allows at most in minutes of working time; None for anything but menit, jam."""
        factor = _MINUTES.get(self.unit)
        return None if factor is None or self.most is None else self.most * factor

    @property
    def days(self) -> int | None:
        """What it allows at most in working days; None for anything but hari."""
        return self.most if self.unit is Unit.HARI else None

    @property
    def is_effort(self) -> bool:
        """Whether it says how long the work takes, and not by when it is to be done: less than an
        hour. It is shown, and nobody is reminded of it."""
        return self.minutes is not None and self.minutes < HOUR

    @property
    def is_recurring(self) -> bool:
        return self.unit in RECURRING

    @property
    def has_due(self) -> bool:
        """Whether there is a time at which it is due."""
        return self.is_recurring or self.minutes is not None or self.days is not None


NONE = Norm(Unit.TIDAK_DISEBUT)
"""The norm of a row that states none."""


def norm_of(waktu: Waktu | None) -> Norm:
    """The norm that a cell of the file holds. A range allows what its end allows."""
    if waktu is None:
        return NONE
    most = waktu.maksimum if waktu.maksimum is not None else waktu.minimum
    return Norm(Unit(waktu.satuan), waktu.minimum, most, waktu.teks)


def norm_at(sop: Sop, step: int) -> Norm:
    """The norm of a row."""
    return norm_of(sop.step(step).mutu_baku.waktu)


def rows_of(step: Langkah) -> tuple[int, ...]:
    """The rows that have the norm of this one together, this one among them, in order."""
    waktu = step.mutu_baku.waktu
    return tuple(sorted({step.langkah, *(waktu.bersama if waktu else ())}))


_COUNTED = re.compile(
    r"(?P<least>\d+)(?:\s*\([a-z ]+\))?(?:\s*[-–]\s*(?P<most>\d+))?"
    r"\s*(?P<unit>menit|jam|hari)(?:\s+kerja)?"
)
_WORDS = {
    "harian": Unit.HARIAN,
    "bulanan": Unit.BULANAN,
    "triwulan": Unit.TRIWULAN,
    # Two recurrences: the more frequent one keeps both.
    "bulanan/triwulan": Unit.BULANAN,
    "sesuai kebutuhan": Unit.SESUAI_KEBUTUHAN,
}


def read(text: str) -> Norm | None:
    """What the printed words say, as far as they are of the kinds that SOP sheets use; else None.

    >>> read("1–3 Hari")
    Norm(unit=<Unit.HARI: 'hari'>, least=1, most=3, text='1–3 Hari')
    """
    words = " ".join(text.casefold().split())
    found = _COUNTED.fullmatch(words)
    if found:
        least = int(found["least"])
        return Norm(Unit(found["unit"]), least, int(found["most"] or least), text)
    unit = _WORDS.get(words)
    return Norm(unit, text=text) if unit else None
