"""Input of the inbox."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.inbox.conditions import DUE
from ckanext.satudata.logic.inbox.inbox import ORDERS, WAITING_FOR
from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.schema.lists import part
from ckanext.satudata.logic.schema.officers import said_clearly


@validator_args
def case_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`waiting_for`, `order`, `limit` ≤ 100, `offset`; narrowed by `sop` (subject), `step`,
    `organization` (id or name), `q` and `due`; `choices`: also say what can be narrowed by."""
    return {
        "waiting_for": [default("any"), one_of(list(WAITING_FOR))],
        "order": [default("oldest"), one_of(list(ORDERS))],
        **part(),
        "sop": [ignore_empty, unicode_safe, storable],
        "step": [ignore_empty, natural_number_validator],
        "organization": [ignore_empty, unicode_safe, storable],
        "q": [ignore_empty, unicode_safe, storable],
        "due": [ignore_empty, one_of(list(DUE))],
        "choices": [default(False), said_clearly],
    }
