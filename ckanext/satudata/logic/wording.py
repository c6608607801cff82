"""What people read: refusals as sentences, dates as Indonesia writes them.

A sentence says what is wrong and what to do, and ends with the stable code of the refusal, so
that somebody on the telephone and a program read the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.satudata import config
from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.logic.refusals import SENTENCES

FORBIDDEN = frozenset({
    "not_holder", "four_eyes", "locked_in_review", "locked_published", "has_case",
    "not_sysadmin", "no_producer", "login_needed", "waits_for_the_list",
    "not_assigner", "not_head", "not_sop_keeper", "adopts_publishing", "not_adopter",
    "serves_others", "not_router", "not_steering", "not_of_office", "not_report_reader",
    "not_reviser", "not_withdrawer", "has_release", "file_register", "locked_scheduled",
    "not_timer", "not_history_reader", "not_reader_giver", "not_personal_answerer",
    "not_corrector", "not_calendar_keeper", "round_not_holder",
})  # fmt: skip
"""Refusals that say who may do it (403); the others say what to mend (409)."""

MOMENT = "moment"
"""Marks a time among the stored facts of a refusal."""


def sentence(refused: Refused) -> str:
    """A refusal as people read it, in the language of the request; its times on the clock that it
    names as `zone`, else on the portal's."""
    zone = _zone_in(refused.facts)
    facts = {name: _readable(value, zone) for name, value in refused.facts.items()}
    return f"{tk._(SENTENCES[refused.code]) % facts} [{refused.code}]"


def kept(refused: Refused) -> dict[str, Any]:
    """The facts of a refusal as they can be stored: times as {"moment": ISO 8601 in UTC}."""
    return {name: _storable(value) for name, value in refused.facts.items()}


def kept_sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a refusal that was stored; its code alone where it was stored without what
    the sentence needs."""
    try:
        return sentence(Refused(code, **facts))
    except KeyError:
        return code


def as_ckan_error(refused: Refused) -> tk.NotAuthorized | tk.ValidationError:
    """The error that CKAN's API and pages know how to answer with."""
    text = sentence(refused)
    if refused.code in FORBIDDEN:
        return tk.NotAuthorized(text)
    errors: dict[str, Any] = {refused.field or "message": [text], "code": [refused.code]}
    if isinstance(refused, Conflict):
        errors["message"] = [text]
    return tk.ValidationError(errors)


def render_datetime(moment: datetime, zone: ZoneInfo | None = None) -> str:
    """A UTC time as `Jumat, 20 November 2026 pukul 10.42 WIB`, in a zone, else the portal's."""
    local = moment.replace(tzinfo=timezone.utc).astimezone(zone or config.display_zone())
    if language() == "id":
        return format_datetime(local, "EEEE, d MMMM y 'pukul' HH.mm z", locale="id")
    return format_datetime(local, "EEEE, d MMMM y, HH:mm z", locale="en")


def render_date(moment: datetime) -> str:
    """A UTC time as `20 November 2026`, in the portal's zone."""
    local = moment.replace(tzinfo=timezone.utc).astimezone(config.display_zone())
    return format_datetime(local, "d MMMM y", locale="id" if language() == "id" else "en")


def render_day(day: date) -> str:
    """A day as `20 November 2026`."""
    return format_date(day, "d MMMM y", locale="id" if language() == "id" else "en")


def number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return format_decimal(value, locale="id" if language() == "id" else "en")


def language() -> str:
    """The reader's language; in a job or on the command line, where none reads, the portal's."""
    return tk.h.lang() if has_request_context() else tk.config["ckan.locale_default"]


def _readable(value: Any, zone: ZoneInfo | None) -> Any:
    if isinstance(value, Mapping) and MOMENT in value:
        value = datetime.fromisoformat(value[MOMENT])
    if isinstance(value, datetime):
        return render_datetime(value, zone)
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(str(one) for one in value)
    return value


def _zone_in(facts: Mapping[str, Any]) -> ZoneInfo | None:
    return ZoneInfo(facts["zone"]) if facts.get("zone") else None


def _storable(value: Any) -> Any:
    if isinstance(value, datetime):
        return {MOMENT: value.isoformat()}
    if isinstance(value, (tuple, list, frozenset)):
        return [str(one) for one in value]
    return value if isinstance(value, (int, float, bool)) else str(value)
