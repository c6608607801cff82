"""What a check says: code, severity, place, example, and how to mend it, in two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ckanext.satudata.quality.checks.cells import letters
from ckanext.satudata.quality.findings import masked

GALAT, PERINGATAN, CATATAN = "galat", "peringatan", "catatan"
"""Holds the step; must be read; may help."""
SEVERITIES = (GALAT, PERINGATAN, CATATAN)
MAX_PLACES = 100
"""Places that a finding names; `count` counts all."""
MAX_EXAMPLE = 60
"""Signs of an example."""
_LONG = re.compile(r"[0-9]{13,}")
"""May be the number of a person, and is never repeated."""


@dataclass(frozen=True)
class Place:
    """A cell; row and column count from 1, as a spreadsheet shows them."""

    row: int
    column: int
    value: str = ""

    @property
    def cell(self) -> str:
        return f"{letters(self.column)}{self.row}"

    def as_dict(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "cell": self.cell, "value": self.value}


@dataclass(frozen=True)
class Words:
    """Sentences of a check; names in braces are filled in. `{where}` is put before the first."""

    said: tuple[str, str]
    """Indonesian, English."""
    mend: tuple[str, str]


@dataclass
class Problem:
    """One thing found in one column, or in a sheet as a whole (`column` 0)."""

    code: str
    severity: str
    words: Words
    count: int
    places: list[Place]
    sheet: str = ""
    column: int = 0
    heading: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    """Fill the sentences; a pair is Indonesian and English."""

    def sentence(self, language: str = "id") -> str:
        """What was found, and where."""
        return self._filled(self.words.said, language, with_where=True)

    def mend(self, language: str = "id") -> str:
        """How to mend it."""
        return self._filled(self.words.mend, language, with_where=False)

    def _filled(self, pair: tuple[str, str], language: str, *, with_where: bool) -> str:
        at = 0 if language == "id" else 1
        facts = {k: v[at] if isinstance(v, tuple) else v for k, v in self.facts.items()}
        first = self.places[0] if self.places else Place(1, max(1, self.column))
        facts = {"count": self.count, "cell": first.cell, "example": first.value} | facts
        facts |= {"letter": letters(max(1, self.column)), "row": first.row}
        said = pair[at].format(**facts)
        where = self._where(at) if with_where else ""
        return f"{where}: {said}" if where else said[:1].upper() + said[1:]

    def _where(self, at: int) -> str:
        sheet = (f"lembar “{self.sheet}”", f"sheet “{self.sheet}”")[at] if self.sheet else ""
        if not self.column:
            return sheet[:1].upper() + sheet[1:]
        letter = letters(self.column)
        heading = f" “{self.heading}” ({letter})" if self.heading else f" {letter}"
        column = ("Kolom", "Column")[at] + heading
        return f"{column}, {sheet}" if sheet else column

    def as_dict(self) -> dict[str, Any]:
        """Everything as JSON can hold it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.sheet,
            "column": self.column,
            "heading": self.heading,
            "count": self.count,
            "places": [one.as_dict() for one in self.places[:MAX_PLACES]],
            "example": self.places[0].value if self.places else "",
            "sentence": self.sentence(),
            "sentence_en": self.sentence("en"),
            "mend": self.mend(),
            "mend_en": self.mend("en"),
        }


def example(text: str) -> str:
    """A value as it is shown: on one line, and not endless."""
    plain = _LONG.sub(lambda found: masked(found.group()), " ".join(text.split()))
    return plain if len(plain) <= MAX_EXAMPLE else plain[: MAX_EXAMPLE - 1] + "…"
