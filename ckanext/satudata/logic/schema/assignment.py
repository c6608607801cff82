"""Input of the actions on assignments."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.schema.lists import part
from ckanext.satudata.logic.schema.sop import not_too_long


@validator_args
def assignment_create(
    not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator, isodate: Validator
) -> Schema:
    """`user`, `sop` (subject), `actor`, `organization` (empty: all), days, acting, letter."""
    needed = [not_empty, unicode_safe, storable]
    return {
        "user": needed,
        "sop": needed,
        "actor": needed,
        "organization": [ignore_empty, unicode_safe, storable],
        "valid_from": [ignore_empty, isodate],
        "valid_until": [ignore_empty, isodate],
        **_acting(ignore_empty, unicode_safe),
        **_letter(ignore_empty, unicode_safe, isodate),
    }


@validator_args
def assignment_stand_in(
    not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator, isodate: Validator
) -> Schema:
    """`user`, `for_user`, `acting`, days, letter."""
    needed = [not_empty, unicode_safe, storable]
    return {
        "user": needed,
        "for_user": needed,
        "acting": needed,
        "valid_from": [ignore_empty, isodate],
        "valid_until": [ignore_empty, isodate],
        **_letter(ignore_empty, unicode_safe, isodate),
    }


@validator_args
def assignment_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` of the assignment."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def assignment_end(
    not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator, isodate: Validator
) -> Schema:
    """`id`, `ended_on` (empty: today)."""
    return {"id": [not_empty, unicode_safe, storable], "ended_on": [ignore_empty, isodate]}


@validator_args
def assignment_hand_over(
    not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator, isodate: Validator
) -> Schema:
    """`user`, `to`, `sop`, `organization` (empty: all), `valid_from` (empty: today), letter."""
    needed = [not_empty, unicode_safe, storable]
    return {
        "user": needed,
        "to": needed,
        "sop": [ignore_empty, unicode_safe, storable],
        "organization": [ignore_empty, unicode_safe, storable],
        "valid_from": [ignore_empty, isodate],
        **_letter(ignore_empty, unicode_safe, isodate),
    }


@validator_args
def assignment_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    """Filters `user`, `sop`, `actor`, `organization`; `state`; `limit`, `offset`."""
    text = [ignore_empty, unicode_safe, storable]
    return {
        "user": text,
        "sop": text,
        "actor": text,
        "organization": text,
        "state": [default("open"), one_of(["held", "open", "all"])],
        **part(1000, 1000),
    }


def _acting(ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    text = [ignore_empty, unicode_safe, storable]
    return {"acting": text, "for_user": text}


def _letter(ignore_empty: Validator, unicode_safe: Validator, isodate: Validator) -> Schema:
    text = [ignore_empty, unicode_safe, storable]
    return {
        "decree_number": [*text, not_too_long],
        "decree_date": [ignore_empty, isodate],
        "decree_attachment": text,
    }
