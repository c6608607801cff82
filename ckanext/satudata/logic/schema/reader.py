"""Input of the actions about readers of restricted data."""

from __future__ import annotations

from datetime import date

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.schema.case import brief, storable
from ckanext.satudata.logic.schema.release import stripped
from ckanext.satudata.logic.wording import sentence
from ckanext.satudata.model.readers import KINDS


def day(value: str) -> date:
    """A day as 2026-12-31."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise tk.Invalid(sentence(Refused("date_invalid"))) from error


@validator_args
def reader_add(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`id` of the dataset, `kind` and `reader`, `reason`, and `until`, a day."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "kind": [not_empty, unicode_safe, one_of(list(KINDS))],
        "reader": [ignore_empty, unicode_safe, stripped, storable],
        "reason": [not_empty, unicode_safe, stripped, not_empty, storable, brief],
        "until": [ignore_empty, unicode_safe, stripped, day],
    }
