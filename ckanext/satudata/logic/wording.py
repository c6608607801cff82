"""What people read: refusals as sentences, dates as Indonesia writes them.

A sentence says what is wrong and what to do, and ends with the stable code of the refusal, so
that somebody on the telephone and a program read the same thing.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_decimal
from ckan.plugins import toolkit as tk
from flask import has_request_context

from ckanext.satudata import config
from ckanext.satudata.errors import Conflict, Refused
from ckanext.satudata.msgid import N_

SENTENCES: dict[str, str] = {
    "version_conflict": N_(
        "Somebody else acted on this case first. What you wrote is still below; "
        "read where the case stands now, then send again if need be."
    ),
    "case_closed": N_("This case is closed. Nothing more can be done in it."),
    "case_exists": N_("This dataset already has case %(case)s. Go on there."),
    "step_not_open": N_("Step %(step)s is not open. Reload the case and choose an open step."),
    "not_holder": N_(
        "This step is held by %(holders)s. You can read this case, but not decide it."
    ),
    "outcome_unknown": N_("Choose the result of your work: %(choices)s."),
    "four_eyes": N_("You brought or changed this data, so somebody else decides: %(holders)s."),
    "reason_missing": N_("Write the reason for the return, so that it is clear what to repair."),
    "points_missing": N_('Mark at least one column, row or field, or choose "All of the data".'),
    "text_unreadable": N_(
        "This text holds characters that cannot be stored. Type it anew instead of pasting it."
    ),
    "text_too_long": N_("This text has %(length)s characters; at most %(limit)s fit. Shorten it."),
    "point_invalid": N_("Say of each point what it is about (%(kinds)s), and where."),
    "berkas_ada": N_("This dataset has no file yet. Upload the file, then send again."),
    "metadata_lengkap": N_(
        "These fields are still empty: %(missing)s. Fill them in, then send again."
    ),
    "akses_terbuka": N_(
        "The access class of this data is %(access_class)s. For now only open data can be "
        "published; return it or change its access class with its legal basis."
    ),
    "locked_in_review": N_(
        "%(holders)s has had this data since %(since)s. It can be changed after a return."
    ),
    "locked_published": N_(
        "This data was published on %(since)s and is not edited in place. "
        "Ask %(walidata)s for an update."
    ),
    "only_new_products": N_(
        "At this step new products may be added, but the validated data stays as it is. "
        "Add a new file instead of changing one."
    ),
    "needs_release": N_(
        "Data is published by its case, not by a switch. Follow the SOP up to the publishing step."
    ),
    "owner_frozen": N_(
        "The producing agency of this data is fixed since its case was opened. "
        "Ask %(walidata)s if it is wrong."
    ),
    "state_frozen": N_("This data has a case, so its state cannot be switched. Ask %(walidata)s."),
    "has_case": N_(
        "This data has case %(case)s and cannot be removed; its record must stay. Ask %(walidata)s."
    ),
    "computed_field": N_(
        '"%(name)s" is computed from the case and cannot be written. Leave it out.'
    ),
    "type_unknown": N_('Datasets of the type "%(type)s" are not known here. Use: %(types)s.'),
    "content_differs": N_(
        "The content is not what was approved. Reload the case and approve it again."
    ),
    "not_found": N_("There is no such case, or it is not open to you."),
    "login_needed": N_("Log in to see this."),
    "not_sysadmin": N_("Only the administrator of the portal may do this."),
    "no_producer": N_(
        "Only the producing agency or the office that receives data opens a case. "
        "Ask %(walidata)s to assign you."
    ),
    "no_agency": N_("This data has no producing agency. Choose the organization it belongs to."),
    "sop_unknown": N_('There is no SOP with the subject "%(sop)s". Known: %(known)s.'),
    "actor_unknown": N_('The SOP has no actor "%(actor)s". Known: %(known)s.'),
    "user_unknown": N_('There is no user "%(user)s".'),
    "organization_unknown": N_('There is no organization "%(organization)s".'),
    "date_order": N_("The last day lies before the first one. Mend the dates."),
    "file_missing": N_('The file of "%(name)s" cannot be read. Upload it again.'),
}
FORBIDDEN = frozenset({
    "not_holder", "four_eyes", "locked_in_review", "locked_published", "has_case",
    "not_sysadmin", "no_producer", "login_needed",
})  # fmt: skip
"""Refusals that say who may do it (403); the others say what to mend (409)."""


def sentence(refused: Refused) -> str:
    """A refusal as people read it, in the language of the request."""
    facts = {name: _readable(value) for name, value in refused.facts.items()}
    return f"{tk._(SENTENCES[refused.code]) % facts} [{refused.code}]"


def as_ckan_error(refused: Refused) -> tk.NotAuthorized | tk.ValidationError:
    """The error that CKAN's API and pages know how to answer with."""
    text = sentence(refused)
    if refused.code in FORBIDDEN:
        return tk.NotAuthorized(text)
    errors: dict[str, Any] = {refused.field or "message": [text], "code": [refused.code]}
    if isinstance(refused, Conflict):
        errors["message"] = [text]
    return tk.ValidationError(errors)


def render_datetime(moment: datetime) -> str:
    """A UTC time as `Jumat, 20 November 2026 pukul 10.42 WIB`, in the portal's zone."""
    zone = config.display_zone()
    local = moment.replace(tzinfo=timezone.utc).astimezone(zone)
    if language() == "id":
        return format_datetime(local, "EEEE, d MMMM y 'pukul' HH.mm z", locale="id")
    return format_datetime(local, "EEEE, d MMMM y, HH:mm z", locale="en")


def render_date(moment: datetime) -> str:
    """A UTC time as `20 November 2026`, in the portal's zone."""
    local = moment.replace(tzinfo=timezone.utc).astimezone(config.display_zone())
    return format_datetime(local, "d MMMM y", locale="id" if language() == "id" else "en")


def number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return format_decimal(value, locale="id" if language() == "id" else "en")


def language() -> str:
    """The reader's language; in a job or on the command line, where none reads, the portal's."""
    return tk.h.lang() if has_request_context() else tk.config["ckan.locale_default"]


def _readable(value: Any) -> Any:
    if isinstance(value, datetime):
        return render_datetime(value)
    if isinstance(value, (tuple, list, frozenset)):
        return ", ".join(str(one) for one in value)
    return value
