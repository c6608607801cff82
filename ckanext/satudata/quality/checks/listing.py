"""All checks as plain data, for the command and the documentation."""

from __future__ import annotations

from typing import Any

from ckanext.satudata.quality.checks.base import Check, Facts
from ckanext.satudata.quality.checks.cells import TEXT
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
            "examples": _examples(one),
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


def _examples(check: Any) -> list[str]:
    """Cells about which a check of cells speaks; a sheet is no example of one line."""
    if not isinstance(check, Check):
        return []
    facts = Facts(1, role=check.roles[0], **check.sample)
    cells = [(TEXT, one) if isinstance(one, str) else one for one in check.true]
    return [text for kind, text in cells if text and check.label(text, kind, facts)][:3]
