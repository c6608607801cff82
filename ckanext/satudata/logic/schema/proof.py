"""Input of the actions over the record of events."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.proof.exporting import FORMATS
from ckanext.satudata.logic.schema.case import storable


@validator_args
def export(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    """`case` (id or number), or `from` and `to` (days); `format`."""
    text: list[Any] = [ignore_empty, unicode_safe, storable]
    return {
        "case": text,
        "from": text,
        "to": text,
        "format": [default("json"), one_of(list(FORMATS))],
    }


@validator_args
def erase(ignore_empty: Validator, not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`name` (as it stands) or `user` (id or name of an account), and `reason`."""
    text: list[Any] = [unicode_safe, storable]
    one: list[Any] = [ignore_empty, *text]
    return {"name": one, "user": one, "reason": [not_empty, *text]}
