"""Input of the actions about data that are to be updated."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.updates.listing import STATES


@validator_args
def update_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`state`, `organization` (id or name), `limit` ≤ 100, `offset`."""
    return {
        "state": [default("any"), one_of(list(STATES))],
        "organization": [ignore_empty, unicode_safe, storable],
        "limit": [default(20), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }
