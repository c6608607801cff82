"""Input of the actions about working calendars and clocks."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.inbox.conditions import DUE
from ckanext.satudata.logic.inbox.overdue import ORDERS
from ckanext.satudata.logic.schema.case import brief, storable, texts
from ckanext.satudata.logic.schema.lists import part
from ckanext.satudata.logic.schema.officers import said_clearly
from ckanext.satudata.logic.schema.release import stripped
from ckanext.satudata.logic.schema.sop import day, not_too_long


@validator_args
def calendar_show(
    ignore_empty: Validator, unicode_safe: Validator, natural_number_validator: Validator
) -> Schema:
    """`organization` (empty: what holds for all), `year` (empty: this one)."""
    return {
        "organization": [ignore_empty, unicode_safe, storable],
        "year": [ignore_empty, natural_number_validator],
    }


@validator_args
def _decree(not_empty: Validator, ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    text: list[Any] = [unicode_safe, stripped, storable, not_too_long]
    return {
        "organization": [ignore_empty, unicode_safe, storable],
        "decree_number": [not_empty, *text, not_empty],
        "decree_date": [ignore_empty, day],
    }


@validator_args
def day_set(not_empty: Validator, unicode_safe: Validator, default: ValidatorFactory) -> Schema:
    """`organization`, `day`, `off`, `joint`, `name`, and the decree."""
    return {
        **_decree(),
        "day": [not_empty, day],
        "off": [default(True), said_clearly],
        "joint": [default(False), said_clearly],
        "name": [not_empty, unicode_safe, stripped, not_empty, storable, not_too_long],
    }


@validator_args
def ramadan_set(not_empty: Validator) -> Schema:
    """`organization`, `first_day`, `last_day`, and the decree."""
    return {**_decree(), "first_day": [not_empty, day], "last_day": [not_empty, day]}


@validator_args
def hours_set(
    not_empty: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`organization`, `since`, `days` (5 or 6) or the hours of each day, and the decree."""
    return {
        **_decree(),
        "since": [not_empty, day],
        "days": [ignore_empty, natural_number_validator, one_of([5, 6])],
        "usual": [ignore_empty, texts],
        "ramadan": [ignore_empty, texts],
    }


@validator_args
def calendar_end(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` of the row, and the `reason`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "reason": [not_empty, unicode_safe, stripped, not_empty, storable, brief],
    }


@validator_args
def clock_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    natural_number_validator: Validator,
    one_of: ValidatorFactory,
) -> Schema:
    """`due` (`overdue`, `near` or `any`), `order`, `limit` ≤ 100, `offset`, and the filters of the
    inbox: `sop`, `step`, `organization`, `q`."""
    return {
        "due": [default("overdue"), one_of(list(DUE))],
        "order": [default("due"), one_of(list(ORDERS))],
        **part(),
        "sop": [ignore_empty, unicode_safe, storable],
        "step": [ignore_empty, natural_number_validator],
        "organization": [ignore_empty, unicode_safe, storable],
        "q": [ignore_empty, unicode_safe, storable],
    }
