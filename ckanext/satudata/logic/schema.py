"""Input of each action of ours, checked before anything is done."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import number, sentence

MAX_TEXT = 4000
"""Characters of a reason or of a note to a point."""


def storable(value: str) -> str:
    """Refuse what neither the database nor a hash can hold: NUL and half characters."""
    if "\0" in value or any("\ud800" <= one <= "\udfff" for one in value):
        raise tk.Invalid(sentence(Refused("text_unreadable")))
    return value


def brief(value: str) -> str:
    """Refuse a text longer than MAX_TEXT: it stands in the history of the case for good."""
    if len(value) > MAX_TEXT:
        facts = {"length": number(len(value)), "limit": number(MAX_TEXT)}
        raise tk.Invalid(sentence(Refused("text_too_long", **facts)))
    return value


@validator_args
def case_open(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`dataset_id`: id or name of the dataset."""
    return {"dataset_id": [not_empty, unicode_safe, storable]}


@validator_args
def case_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id`: id of the case, its number, or id or name of its dataset."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def case_act(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id`, `version` (as the caller last saw the case), `step`, `visit`, `outcome`.

    For a return also `reason` and `points`: a list of {kind, where, note}; each text has at
    most MAX_TEXT characters.
    `dataset_id` is needed only where a case has several datasets.
    """
    point: dict[str, Any] = {
        "kind": [not_empty, unicode_safe, storable],
        "where": [ignore_missing, unicode_safe, storable, brief],
        "note": [ignore_missing, unicode_safe, storable, brief],
    }
    return {
        "id": [not_empty, unicode_safe, storable],
        "version": [not_empty, natural_number_validator],
        "step": [not_empty, natural_number_validator],
        "visit": [not_empty, natural_number_validator],
        "outcome": [not_empty, unicode_safe, storable],
        "reason": [ignore_missing, unicode_safe, storable, brief],
        "dataset_id": [ignore_empty, unicode_safe, storable],
        "points": point,
    }


@validator_args
def case_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`waiting_for`: me | repair | others | any; `limit` ≤ 100, `offset`."""
    return {
        "waiting_for": [default("any"), one_of(["me", "repair", "others", "any"])],
        "limit": [default(20), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def assignment_create(
    not_empty: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    isodate: Validator,
) -> Schema:
    """`user`, `sop` (subject), `actor`, `organization` (empty: all), first and last day."""
    return {
        "user": [not_empty, unicode_safe, storable],
        "sop": [not_empty, unicode_safe, storable],
        "actor": [not_empty, unicode_safe, storable],
        "organization": [ignore_empty, unicode_safe, storable],
        "valid_from": [ignore_empty, isodate],
        "valid_until": [ignore_empty, isodate],
    }
