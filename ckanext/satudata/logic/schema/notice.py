"""Input of the actions about notices."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.schema.lists import ids, part
from ckanext.satudata.logic.schema.officers import said_clearly


@validator_args
def notice_list(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
) -> Schema:
    """`unread`, `kind`, `case`, `limit`, `offset`."""
    text = [ignore_empty, unicode_safe, storable]
    return {
        "unread": [default(False), said_clearly],
        "kind": text,
        "case": text,
        **part(),
    }


@validator_args
def notice_read(
    ignore_missing: Validator, ignore_empty: Validator, unicode_safe: Validator
) -> Schema:
    """`ids`: which; none: all of them, or all of a `case`."""
    return {"ids": [ignore_missing, ids], "case": [ignore_empty, unicode_safe, storable]}


@validator_args
def notice_send_again(not_empty: Validator) -> Schema:
    """`ids`: which."""
    return {"ids": [not_empty, ids]}


@validator_args
def notice_setting(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`kind` or `*`, and `way`."""
    text = [not_empty, unicode_safe, storable]
    return {"kind": text, "way": text}
