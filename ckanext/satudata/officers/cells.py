"""What a cell of a spreadsheet says, in spite of what spreadsheet programs make of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from ckanext.satudata.officers.faults import shown
from ckanext.satudata.officers.sheets import Column, Kind

MAX_TEXT = 300
YEARS = range(1990, 2101)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan"),
            ("februari", "pebruari", "feb"),
            ("maret", "mar"),
            ("april", "apr"),
            ("mei",),
            ("juni", "jun"),
            ("juli", "jul"),
            ("agustus", "agu", "agt"),
            ("september", "sep", "sept"),
            ("oktober", "okt"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "des"),
        ),
        1,
    )
    for name in names
}
NAME = re.compile(r"[a-z0-9_-]{2,100}")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
MAX_EMAIL = 254
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
WORDED = re.compile(r"(\d{1,2}) ([a-z]+)\.? (\d{4})")

Value = str | date | None


class BadCell(ValueError):
    """A cell cannot be taken. `code` is a key of FAULTS, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def value_of(column: Column, value: Any, data_type: str) -> Value:
    """The value of a cell as its column wants it; None where it is blank. Raises BadCell."""
    if data_type == "f":
        raise BadCell("cell_formula")
    if data_type == "e":
        raise BadCell("cell_error", value=shown(value))
    if column.kind is Kind.DAY and isinstance(value, (datetime, date)):
        return _possible(value.date() if isinstance(value, datetime) else value, value)
    text = _text(value)
    return _READERS[column.kind](column, text) if text else None


def heading_of(value: Any) -> str:
    """A heading as it is compared: without case, blanks and marks at its end."""
    try:
        return " ".join(_text(value).casefold().split()).strip(" *:")
    except BadCell:
        return shown(value).casefold()


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (datetime, date)):
        raise BadCell("text_is_day")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Blanks that do not look like any come along when people paste from documents.
    kept = unicodedata.normalize("NFC", str(value)).replace("\u200b", "").replace("\ufeff", "")
    text = " ".join(kept.split())
    if any(unicodedata.category(one) in ("Cc", "Cs", "Cf", "Co", "Cn") for one in text):
        raise BadCell("cell_unreadable")
    if len(text) > MAX_TEXT:
        raise BadCell("cell_long", limit=MAX_TEXT)
    return text


def _plain(_column: Column, text: str) -> str:
    return text


def _name(_column: Column, text: str) -> str:
    name = text.lower()
    if not NAME.fullmatch(name):
        raise BadCell("name_form", value=shown(text))
    return name


def _email(_column: Column, text: str) -> str:
    if len(text) > MAX_EMAIL or not EMAIL.fullmatch(text) or ".." in text:
        raise BadCell("email_form", value=shown(text))
    return text


def _choice(column: Column, text: str) -> str:
    found = column.choices.get(text.casefold())
    if found is None:
        choices = ", ".join(one for one in column.choices if not one.endswith("."))
        raise BadCell("choice_unknown", value=shown(text), choices=choices)
    return found


def _day(_column: Column, text: str) -> date:
    plain = text.casefold()
    if found := ISO.fullmatch(plain):
        year, month, day = (int(one) for one in found.groups())
    elif found := SLASHED.fullmatch(plain):
        day, month, year = (int(one) for one in found.groups())
    elif (found := WORDED.fullmatch(plain)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2]], int(found[3])
    else:
        raise BadCell("day_unreadable", value=shown(text))
    try:
        return _possible(date(year, month, day), text)
    except ValueError as error:
        raise BadCell("day_unreadable", value=shown(text)) from error


def _possible(day: date, written: Any) -> date:
    if day.year not in YEARS:
        raise BadCell("day_unreadable", value=shown(written))
    return day


_READERS = {
    Kind.TEXT: _plain,
    Kind.NAME: _name,
    Kind.EMAIL: _email,
    Kind.CHOICE: _choice,
    Kind.DAY: _day,
}
