"""Whether the rows of a sheet fit its total time. Only here a day is so many hours."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.worktime.hours import HOUR, WORKING_DAY
from ckanext.satudata.sop.worktime.norms import Norm, Unit, norm_of, rows_of


@dataclass(frozen=True)
class Totals:
    """Minutes of the stated total, and of the rows at least and at most."""

    stated: int
    least: int
    most: int

    @property
    def fits(self) -> bool:
        """Whether the rows need no more than the total, and the total not a day more than them."""
        return self.most <= self.stated < self.most + WORKING_DAY


def totals_of(sop: Sop, day: int = WORKING_DAY) -> Totals | None:
    """The total of a sheet beside its rows; None without a total, or where a row has no number.

    A time over several rows counts once; a row that recurs or is done when needed counts nothing.
    """
    stated = _minutes(norm_of(sop.sop.waktu_total), day)
    if stated is None:
        return None
    least = most = 0
    for step in sop.langkah:
        norm = norm_of(step.mutu_baku.waktu)
        if rows_of(step)[0] != step.langkah or norm.is_recurring:
            continue
        row = _minutes(norm, day)
        if row is None:
            return None
        least, most = least + row[0], most + row[1]
    return Totals(stated[1], least, most)


def _minutes(norm: Norm, day: int) -> tuple[int, int] | None:
    factor = {Unit.MENIT: 1, Unit.JAM: HOUR, Unit.HARI: day}.get(norm.unit)
    if factor is None or norm.most is None:
        return None
    return (norm.least or 0) * factor, norm.most * factor
