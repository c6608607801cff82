"""Norms as the printed sheets word them, and the hours of six days, for tests."""

from __future__ import annotations

import re

from ckanext.satudata.sop.worktime.hours import ALWAYS, SIX_DAYS, SIX_DAYS_RAMADAN, Regime
from ckanext.satudata.sop.worktime.norms import Norm, Unit

SIX = Regime(ALWAYS, SIX_DAYS, SIX_DAYS_RAMADAN)

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
