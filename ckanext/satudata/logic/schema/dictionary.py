"""Input of the actions about kamus data."""

from __future__ import annotations

import json
from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.dictionary.exchange import LARGEST
from ckanext.satudata.dictionary.faults import Problem, sentence
from ckanext.satudata.logic.schema.case import storable


@validator_args
def of_resource(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` of a resource."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def show(not_empty: Validator, unicode_safe: Validator, ignore_empty: Validator) -> Schema:
    """`id` of a resource, and the `version` of its kamus data, a number of the list."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "version": [ignore_empty, positive],
    }


@validator_args
def propose(not_empty: Validator, unicode_safe: Validator, ignore_empty: Validator) -> Schema:
    """`id` of a resource, `schema` what is being edited."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "schema": [ignore_empty, as_text],
    }


@validator_args
def save(not_empty: Validator, unicode_safe: Validator, ignore_missing: Validator) -> Schema:
    """`id` of a resource, `schema` as JSON or its text, `based_on` the sha256 of what was seen."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "schema": [not_empty, as_text],
        "based_on": [ignore_missing, unicode_safe, storable],
    }


@validator_args
def take_over(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_empty: Validator,
    boolean_validator: Validator,
    default: ValidatorFactory,
) -> Schema:
    """`id` of a resource, `source` another one, `schema` what is being edited, `keep`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "source": [not_empty, unicode_safe, storable],
        "schema": [ignore_empty, as_text],
        "keep": [default(False), boolean_validator],
    }


def as_text(value: Any) -> str:
    """A Table Schema as JSON text, whichever way it came."""
    if isinstance(value, str):
        return value
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise tk.Invalid(sentence(Problem("not_a_schema"), tk._)) from error
    if len(text) > LARGEST:
        raise tk.Invalid(sentence(Problem("json_big", facts={"limit": LARGEST // 1000}), tk._))
    return text


def positive(value: Any) -> int:
    """A number that counts from 1."""
    try:
        number = int(str(value))
    except ValueError as error:
        raise tk.Invalid(tk._("Write a whole number.")) from error
    if not 1 <= number <= 1_000_000:
        raise tk.Invalid(tk._("Write a whole number."))
    return number
