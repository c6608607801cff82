"""How the days of a column are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_BOTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z?")
_SIGN = re.compile(r"[0-9]{1,2}([/.\-])[0-9]{1,2}\1[0-9]{4}")
_WORDS = re.compile(
    r"(?:[0-9]{1,2}\s+)?(?:jan|feb|mar|apr|mei|jun|jul|agu|ags|agt|sep|okt|nov|des)[a-z]*\.?"
    r"(?:\s+[0-9]{4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Writing:
    """`format` is a pattern of strptime, "" for the one of Table Schema; `doubtful` a value whose
    day and month could be the other way round."""

    type: str
    format: str = ""
    doubtful: str = ""


def writing_of(values: Sequence[str]) -> Writing | None:
    """How all of these values are written; None where they are not all days of one writing."""
    if all(map(_ISO.fullmatch, values)):
        return Writing("date") if _all_read(values, "%Y-%m-%d") else None
    if all(map(_BOTH.fullmatch, values)):
        bare = [one.removesuffix("Z") for one in values]
        return Writing("datetime") if _all_read(bare, "%Y-%m-%dT%H:%M:%S") else None
    if all(map(_MONTH.fullmatch, values)):
        return Writing("yearmonth")
    if all(map(_TIME.fullmatch, values)):
        return Writing("time")
    return _day_first(values)


def in_words(values: Sequence[str]) -> str:
    """A value with the month in words, where most are written so; "" else."""
    found = [one for one in values if _WORDS.fullmatch(one)]
    return found[0] if 2 * len(found) > len(values) else ""


def _day_first(values: Sequence[str]) -> Writing | None:
    signs = {match[1] if (match := _SIGN.fullmatch(one)) else "" for one in values}
    if len(signs) != 1 or "" in signs:
        return None
    sign = signs.pop()
    day, month = (f"%{one}{sign}%{two}{sign}%Y" for one, two in ("dm", "md"))
    if _all_read(values, day):
        return Writing("date", day, values[0] if _all_read(values, month) else "")
    return Writing("date", month) if _all_read(values, month) else None


def _all_read(values: Sequence[str], pattern: str) -> bool:
    try:
        for one in values:
            datetime.strptime(one, pattern)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False
    return True
