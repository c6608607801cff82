"""Dates, numbers and codes as people read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import wording
from ckanext.satudata.logic.datasets.gate import walidata_title
from ckanext.satudata.metadata.faults import BadValue
from ckanext.satudata.metadata.periods import FORM, parse_period

_UNITS = ("B", "KB", "MB", "GB")


def satudata_datetime(moment: str | datetime, zone: str | None = None) -> str:
    """A UTC time as the office reads it, with day, hour and zone; `zone`: on another clock."""
    return wording.render_datetime(_moment(moment), ZoneInfo(zone) if zone else None)


def satudata_clock(moment: str | datetime, zone: str) -> str:
    """A UTC time as a field asks for it on the clock of `zone`: `2026-12-01T08:00`."""
    local = _moment(moment).replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))
    return local.strftime("%Y-%m-%dT%H:%M")


def satudata_zone(name: str) -> str:
    """What people call a time zone: WIB, WITA, WIT."""
    return format_datetime(datetime.now(ZoneInfo(name)), "z", locale=_locale())


def satudata_date(moment: str | datetime) -> str:
    """A UTC time as a day at the office."""
    return wording.render_date(_moment(moment))


@tk.chained_helper
def render_datetime(
    core: Callable[..., str],
    datetime_: Any,
    date_format: str | None = None,
    with_hours: bool = False,
    with_seconds: bool = False,
) -> str:
    """Core's dates in our words: its own put the month first and take the year of the week."""
    shown = core(datetime_, date_format, with_hours, with_seconds)
    if date_format or not shown:
        return shown
    moment = tk.h.date_str_to_datetime(datetime_) if isinstance(datetime_, str) else datetime_
    with_time = with_hours or with_seconds
    return wording.render_datetime(moment) if with_time else wording.render_date(moment)


def satudata_number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return wording.number(value)


def satudata_size(size: Any) -> str:
    """A number of bytes as `48 KB` or `1,2 MB`; empty for what is no number."""
    try:
        amount = float(size)
    except (TypeError, ValueError):
        return ""
    unit = 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    pattern = "#,##0.#" if unit > 1 and amount < 10 else "#,##0"
    return f"{format_decimal(amount, format=pattern, locale=_locale())} {_UNITS[unit]}"


def satudata_period(start: str | None, end: str | None = None) -> str:
    """One period or two with a dash, in words: `2024–2025`, `Maret 2025`."""
    words = [_period_words(one) for one in (start, end) if one]
    return "–".join(dict.fromkeys(words))


def satudata_region(code: str) -> str:
    """A typed region code in words; the numbering is never dropped, since digits repeat."""
    numbering, _, digits = code.partition(":")
    names = {"kemendagri": "Kemendagri", "bps": "BPS"}
    return f"{names.get(numbering, numbering)} {digits}" if digits else code


def satudata_walidata() -> str:
    """What people call the walidata."""
    return walidata_title()


def _locale() -> str:
    return "id" if tk.h.lang() == "id" else "en"


def _period_words(text: str) -> str:
    try:
        period = parse_period(text)
    except BadValue:
        return text
    found = FORM.fullmatch(period.text)
    parts = found.groupdict() if found else {"year": text}
    year = parts["year"]
    if parts.get("quarter"):
        return tk._("quarter {number} of {year}").format(number=parts["quarter"], year=year)
    if parts.get("half"):
        return tk._("half-year {number} of {year}").format(number=parts["half"], year=year)
    if not parts.get("month"):
        return year
    pattern = "d MMMM y" if parts["day"] else "MMMM y"
    return format_date(period.first, pattern, locale=_locale())


def _moment(moment: str | datetime) -> datetime:
    if isinstance(moment, datetime):
        return moment
    return datetime.fromisoformat(moment.removesuffix("Z"))
