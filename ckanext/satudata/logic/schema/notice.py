"""Input of the actions about notices."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import storable

MOST = 1000
"""Notices that are named in one call."""

LONGEST = 100
"""Letters of an id."""


def ids(value: Any) -> list[str]:
    """A list of ids; one alone may stand without a list."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise tk.Invalid(tk._("Not a list"))
    if len(found) > MOST or any(len(one) > LONGEST for one in found):
        raise tk.Invalid(tk._("Too many of them"))
    return [storable(one) for one in found]


@validator_args
def notice_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    """`unread`, `kind`, `case`, `limit`, `offset`."""
    text = [ignore_empty, unicode_safe, storable]
    return {
        "unread": [default(False), boolean_validator],
        "kind": text,
        "case": text,
        **page(),
    }


@validator_args
def page(natural_number_validator: Validator, default: ValidatorFactory) -> Schema:
    """`limit` ≤ 100, `offset`."""
    return {
        "limit": [default(20), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def notice_read(
    ignore_missing: Validator, ignore_empty: Validator, unicode_safe: Validator
) -> Schema:
    """`ids`: which; none: all of them, or all of a `case`."""
    return {"ids": [ignore_missing, ids], "case": [ignore_empty, unicode_safe, storable]}


@validator_args
def notice_send_again(not_empty: Validator) -> Schema:
    """`ids`: which."""
    return {"ids": [not_empty, ids]}


@validator_args
def notice_setting(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`kind` or `*`, and `way`."""
    text = [not_empty, unicode_safe, storable]
    return {"kind": text, "way": text}
