"""Input of the actions on accounts."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ckanext.satudata.logic.schema.case import brief, storable


@validator_args
def login_unlock(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`account`: name or id."""
    return {"account": [not_empty, unicode_safe, storable]}


@validator_args
def factor_reset_ask(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`account`: name or id; `reason`."""
    return {
        "account": [not_empty, unicode_safe, storable],
        "reason": [not_empty, unicode_safe, storable, brief],
    }


@validator_args
def factor_reset_confirm(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id`: of the reset."""
    return {"id": [not_empty, unicode_safe, storable]}
