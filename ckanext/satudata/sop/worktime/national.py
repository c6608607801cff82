"""National holidays and cuti bersama of Indonesia, as far as the installed `holidays` knows them.

They are set by a joint decree of three ministers for each year; the package is the start, and an
office's own table has the last word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import holidays
from holidays import GOVERNMENT, PUBLIC

FIRST_YEAR, LAST_YEAR = 1946, 2100
"""Years outside have no holidays here."""

ESTIMATED = "(perkiraan)"


@dataclass(frozen=True)
class Holiday:
    """A day off and why. `joint`: cuti bersama. `estimated`: its date may still change."""

    day: date
    name: str
    joint: bool = False
    estimated: bool = False


@lru_cache(maxsize=256)
def of_year(year: int) -> Mapping[date, Holiday]:
    """The days off of a year by day; a national holiday comes before cuti bersama."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    found: dict[date, Holiday] = {}
    for category, joint in ((GOVERNMENT, True), (PUBLIC, False)):
        days = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        for day, name in days.items():
            found[day] = Holiday(day, name, joint, ESTIMATED in name)
    return dict(sorted(found.items()))


@lru_cache(maxsize=256)
def knows_joint_leave(year: int) -> bool:
    """Whether the cuti bersama of a year is known; before its decree there is none at all."""
    return any(one.joint for one in of_year(year).values())


def source() -> str:
    """What the days come from, with its version: another version may know other days."""
    return f"holidays {version('holidays')}"
