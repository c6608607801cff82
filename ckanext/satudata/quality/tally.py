"""What was counted in a column, and whether that is enough to say it.

One number of sixteen digits in a hundred has the form of a NIK by chance. So a bare number counts
only together with the others of its length in its column; a label, a heading or a form that
numbers do not have (`+62`, the dots of an NPWP, the eighteen digits of a NIP) speaks for itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ckanext.satudata.quality.findings import MAX_PLACES, Place

ENOUGH = 32
"""Different values that are told apart; more say nothing more."""
VILLAGE_DAYS = frozenset({10, 20, 30})
"""Codes of villages and of what lies in them have these where a NIK has its day of birth."""
VILLAGES = 5
"""Of so many different people, fewer than one group in a hundred thousand has these days alone."""


@dataclass
class Tally:
    """Values of one kind in one column. `sure` speak for themselves, `fits` only together."""

    sure: int = 0
    fits: int = 0
    places: list[Place] = field(default_factory=list)
    example: str = ""
    different: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        """All of them."""
        return self.sure + self.fits

    def wants_place(self) -> bool:
        """Whether another place is told."""
        return len(self.places) < MAX_PLACES


@dataclass
class Column:
    """What is known of a column of a sheet; `column` counts from 1.

    `asks` is the kind of personal data that a heading asks for, `weak` whether the heading alone
    is worth a question. `lengths` counts the long numbers by their digits, those with a leading
    zero under minus the digits.
    """

    column: int
    heading: str | None = None
    asks: str | None = None
    asked_at: Place | None = None
    asked_heading: str | None = None
    tallies: dict[str, Tally] = field(default_factory=dict)
    lengths: Counter[int] = field(default_factory=Counter)
    weak: bool = False

    def tally(self, kind: str) -> Tally:
        """The tally of a kind, made where there is none yet."""
        return self.tallies.setdefault(kind, Tally())

    def found(self) -> dict[str, Tally]:
        """Kinds of which there is enough to say so."""
        told: dict[str, Tally] = {}
        for kind, tally in self.tallies.items():
            if tally.sure or _ENOUGH[kind](self, tally):
                known = _TOLD_AS.get(kind, kind)
                told[known] = _together(told[known], tally) if known in told else tally
        return told


def _together(one: Tally, other: Tally) -> Tally:
    places = sorted([*one.places, *other.places], key=lambda place: place.row)[:MAX_PLACES]
    first = one if one.places and places[0] in one.places else other
    return Tally(one.sure + other.sure, one.fits + other.fits, places, first.example)


def _nik(column: Column, tally: Tally) -> bool:
    if len(tally.different) >= VILLAGES and tally.days <= VILLAGE_DAYS:
        return False
    # A single one among figures nearly as long may be one of them by chance.
    as_long = any(column.lengths[digits] for digits in (13, 14, 15, 17, 18))
    several = len(tally.different) > 1
    return 2 * tally.fits > column.lengths[16] and (several or not as_long)


def _npwp(column: Column, tally: Tally) -> bool:
    others = column.lengths[15] + column.lengths[-16]
    return len(tally.different) > 2 and 5 * tally.fits >= 4 * others


def _mobile(column: Column, tally: Tally) -> bool:
    others = sum(column.lengths[-digits] for digits in range(10, 14))
    return 2 * tally.fits >= others


def _abroad(column: Column, tally: Tally) -> bool:
    others = sum(column.lengths[digits] for digits in range(10, 15))
    return len(tally.different) > 2 and 5 * tally.fits >= 4 * others


def _never(_column: Column, _tally: Tally) -> bool:
    return False


def _several(_column: Column, tally: Tally) -> bool:
    return len(tally.different) > 1


_ENOUGH = {
    "nik": _nik,
    "kk": _never,
    "nip": _never,
    "npwp": _npwp,
    "phone": _mobile,
    "phone_62": _abroad,
    "phone_fixed": _several,
    "email": _never,
}
_TOLD_AS = {"phone_62": "phone", "phone_fixed": "phone"}
