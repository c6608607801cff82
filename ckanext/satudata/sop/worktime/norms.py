"""The time norm of a row as a value: so many minutes, hours or days, or again and again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ckanext.satudata.sop.definition import Langkah, Sop, Waktu
from ckanext.satudata.sop.worktime.hours import HOUR


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
