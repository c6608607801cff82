"""Input of the actions about rounds."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import brief, storable
from ckanext.satudata.logic.schema.release import stripped


@validator_args
def round_list(
    default: ValidatorFactory, natural_number_validator: Validator, one_of: ValidatorFactory
) -> Schema:
    """`state`, `limit` ≤ 100, `offset`."""
    return {
        "state": [default("open"), one_of(["open", "ended"])],
        "limit": [default(20), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def round_confirm(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` and `note`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "note": [not_empty, unicode_safe, stripped, not_empty, storable, brief],
    }
