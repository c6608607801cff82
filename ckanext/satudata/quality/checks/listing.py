"""All checks as plain data, for the command and the documentation."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.quality.checks.said import PERINGATAN
from ckanext.satudata.quality.checks.table import CHECKS
from ckanext.satudata.quality.findings import ENGLISH, INDONESIAN

PERSONAL = tuple(code for code in ENGLISH if code.startswith("personal_"))
"""Codes of the detector of data of persons, which speaks in this section, too."""


def listed() -> list[dict[str, Any]]:
    """Code, severity, what it looks for, its sentences and how to mend it."""
    found = [
        {
            "code": one.code,
            "severity": one.severity,
            "title": one.title[0],
            "title_en": one.title[1],
            "sentence": one.words.said[0],
            "sentence_en": one.words.said[1],
            "mend": one.words.mend[0],
            "mend_en": one.words.mend[1],
            "examples": _examples(getattr(one, "true", ())),
        }
        for one in CHECKS
    ]
    found += [
        {
            "code": code,
            "severity": PERINGATAN,
            "title": "data pribadi",
            "title_en": "data of persons",
            "sentence": INDONESIAN[code],
            "sentence_en": ENGLISH[code],
            "mend": "",
            "mend_en": "",
            "examples": [],
        }
        for code in PERSONAL
    ]
    return found


def _examples(true: tuple[Any, ...]) -> list[str]:
    """Cells about which a check of cells speaks; a sheet is no example of one line."""
    cells = [one for one in true if isinstance(one, str)]
    cells += [one[1] for one in true if isinstance(one, tuple) and isinstance(one[0], int)]
    return [one for one in cells if one][:3]
