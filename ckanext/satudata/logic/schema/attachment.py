"""Input of the actions on attachments."""

from __future__ import annotations

from ckan.logic.schema import validator_args
from ckan.types import Schema, Validator

from ckanext.satudata.logic.schema.case import storable


@validator_args
def attachment_create(ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`case_id`: id or number of the case; empty for a decree."""
    return {"case_id": [ignore_empty, unicode_safe, storable]}


@validator_args
def attachment_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id` of the attachment."""
    return {"id": [not_empty, unicode_safe, storable]}
