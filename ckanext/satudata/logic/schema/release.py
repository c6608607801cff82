"""Input of the actions about releases and working copies."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import brief, plain_facts, storable


def stripped(value: str) -> str:
    """A text without the blanks around it: a reason of blanks is none."""
    return value.strip()


@validator_args
def of_dataset(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id`: id or name of a dataset."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def working_copy(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id` of the public dataset, and `release`: number of an earlier one to begin with."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "release": [ignore_empty, natural_number_validator],
    }


@validator_args
def of_release(
    not_empty: Validator, unicode_safe: Validator, natural_number_validator: Validator
) -> Schema:
    """`id` of a dataset, and `release`: number of one that was shown."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "release": [not_empty, natural_number_validator],
    }


@validator_args
def with_reason(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id` of a dataset and the `reason`; for a withdrawal `legal_basis`, `replacement` and the
    number of the `release` too."""
    optional = [ignore_empty, unicode_safe, stripped, storable, brief]
    return {
        "id": [not_empty, unicode_safe, storable],
        "reason": [not_empty, unicode_safe, stripped, not_empty, storable, brief],
        "legal_basis": optional,
        "replacement": [ignore_empty, unicode_safe, storable],
        "release": [ignore_empty, natural_number_validator],
    }


@validator_args
def two_sides(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id` of a dataset or a working copy, and the numbers of two releases."""
    number = [ignore_empty, natural_number_validator]
    return {"id": [not_empty, unicode_safe, storable], "from": number, "to": number}


@validator_args
def rows_of_two(
    not_empty: Validator,
    unicode_safe: Validator,
    natural_number_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    """The same for the rows of one `resource`: `kind`, `limit`, `offset`."""
    text = [not_empty, unicode_safe, storable]
    return {
        **two_sides(),
        "resource": text,
        "kind": text,
        "limit": [default(50), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def _at_time(not_empty: Validator, unicode_safe: Validator) -> Schema:
    return {"time": [not_empty, unicode_safe, storable]}


def at_time(name: str) -> Schema:
    """`id` of a dataset, the `reason`, and a time on the agency's clock under `name`."""
    reasoned = with_reason()
    return {"id": reasoned["id"], "reason": reasoned["reason"], name: _at_time()["time"]}


@validator_args
def _fields(not_empty: Validator) -> Schema:
    return {"fields": [not_empty, plain_facts]}


def correction() -> Schema:
    """`id` of a public dataset, `fields` with their new values, the `reason`, and the number of
    the `release` that is meant."""
    reasoned = with_reason()
    kept = {name: reasoned[name] for name in ("id", "reason", "release")}
    return {**kept, "fields": _fields()["fields"]}
