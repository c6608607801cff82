"""Input of the register of cases and of the activity report."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.reports.register import STATES
from ckanext.satudata.logic.reports.reporting import MAX_ROWS
from ckanext.satudata.logic.schema.case import storable


def at_most_all(value: Any) -> Any:
    """As many rows as a report holds at most; more is cut, as the inbox does.

    What is no number has its fault by now; a fault does not end the chain of validators.
    """
    return min(value, MAX_ROWS) if isinstance(value, int) else value


@validator_args
def register(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`sop` (subject), `organization` (id or name), `from` and `to` (days), `state`, `limit`,
    `offset`."""
    text: list[Any] = [ignore_empty, unicode_safe, storable]
    return {
        "sop": text,
        "organization": text,
        "from": text,
        "to": text,
        "state": [ignore_empty, one_of(list(STATES))],
        "limit": [default(100), natural_number_validator, at_most_all],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def activity(not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`person` (id or name; `*` for everybody), `from` and `to` (days)."""
    return {
        "person": [ignore_empty, unicode_safe, storable],
        "from": [not_empty, unicode_safe, storable],
        "to": [not_empty, unicode_safe, storable],
    }
