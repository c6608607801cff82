"""Input of the actions about SOPs: bringing, adopting, routing, moving cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.schema.case import brief, storable, texts
from ckanext.satudata.logic.wording import number, sentence

STEP = re.compile(r"[0-9]{1,3}")
"""The number of a step, as a text."""

MAX_DECREE = 200
"""Longest number of a decree, in characters."""


def steps_to_subjects(value: Any) -> dict[int, str]:
    """A mapping of step numbers to subjects, as JSON has it ({"7": "pengelolaan-data"})."""
    if not isinstance(value, Mapping):
        raise tk.Invalid(sentence(Refused("bound_invalid")))
    found: dict[int, str] = {}
    for step, subject in value.items():
        if not STEP.fullmatch(str(step)) or not isinstance(subject, str):
            raise tk.Invalid(sentence(Refused("bound_invalid")))
        if subject:
            found[int(step)] = storable(subject)
    return found


def day(value: Any) -> date:
    """A day as YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise tk.Invalid(sentence(Refused("date_invalid"))) from error


def not_too_long(value: str) -> str:
    """Refuse a number of a decree that is none."""
    if len(value) > MAX_DECREE:
        facts = {"length": number(len(value)), "limit": number(MAX_DECREE)}
        raise tk.Invalid(sentence(Refused("text_too_long", **facts)))
    return value


@validator_args
def sop_list(ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`subject`: one SOP only."""
    return {"subject": [ignore_empty, unicode_safe, storable]}


@validator_args
def sop_show(
    not_empty: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id`: id, sha256 or subject; with a subject also `revision`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "revision": [ignore_empty, natural_number_validator],
    }


@validator_args
def sop_adopt(not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`sop`, `organization`, `serves`, `bound`, and the decree in three parts."""
    text: list[Any] = [ignore_empty, unicode_safe, storable]
    return {
        "sop": [not_empty, unicode_safe, storable],
        "organization": [not_empty, unicode_safe, storable],
        "serves": [ignore_empty, texts],
        "bound": [ignore_empty, steps_to_subjects],
        "decree_number": [*text, not_too_long],
        "decree_date": [ignore_empty, day],
        "decree_attachment": text,
    }


@validator_args
def by_id(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` alone."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def route_set(ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`organization` (empty: all), `kind` (empty: any), `subject` (empty: the route goes)."""
    text: list[Any] = [ignore_empty, unicode_safe, storable]
    return {"organization": text, "kind": text, "subject": text}


@validator_args
def case_move(
    not_empty: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id` of the case, `version` as last seen, `sop` (empty: what is in force), `reason`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "version": [not_empty, natural_number_validator],
        "sop": [ignore_empty, unicode_safe, storable],
        "reason": [ignore_missing, unicode_safe, storable, brief],
    }
