"""Input of the register of cases and of the activity report."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.reports.register import STATES
from ckanext.satudata.logic.reports.reporting import MAX_ROWS
from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.schema.lists import part


@validator_args
def register(
    ignore_empty: Validator,
    unicode_safe: Validator,
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
        **part(100, MAX_ROWS),
    }


@validator_args
def activity(not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`person` (id or name; `*` for everybody), `from` and `to` (days)."""
    return {
        "person": [ignore_empty, unicode_safe, storable],
        "from": [not_empty, unicode_safe, storable],
        "to": [not_empty, unicode_safe, storable],
    }
