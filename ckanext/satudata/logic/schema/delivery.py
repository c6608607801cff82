"""Input of the actions about deliveries."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ckanext.satudata.logic.schema.case import storable


@validator_args
def delivery_place(
    not_empty: Validator, unicode_safe: Validator, natural_number_validator: Validator
) -> Schema:
    """`id`, `case`, `entry`, and `version` of the case as last seen."""
    needed = [not_empty, unicode_safe, storable]
    return {
        "id": needed,
        "case": needed,
        "entry": needed,
        "version": [not_empty, natural_number_validator],
    }
