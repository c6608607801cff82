"""Input of the actions on links."""

from __future__ import annotations

import re
import unicodedata

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.wording import number, sentence

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)

MAX_NAME = 200
"""Characters of the name of a person or an office."""


def name_like(value: str) -> str:
    """A name as one line; Refused where it is longer than names are, or is none: it stands in
    letters of the portal, which must carry nobody else's address."""
    name = " ".join(value.split())
    if _ADDRESS.search(name) or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise tk.Invalid(sentence(Refused("link_name")))
    if len(name) > MAX_NAME:
        facts = {"length": number(len(name)), "limit": number(MAX_NAME)}
        raise tk.Invalid(sentence(Refused("text_too_long", **facts)))
    return name


def email_like(value: str) -> str:
    """One address; Refused where it is none."""
    address = value.strip()
    if len(address) > MAX_NAME or not _EMAIL.fullmatch(address):
        raise tk.Invalid(sentence(Refused("link_email")))
    return address


@validator_args
def link_create(
    not_empty: Validator,
    ignore_empty: Validator,
    ignore_missing: Validator,
    unicode_safe: Validator,
    int_validator: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id` of the case, `step`, `visit`, `dataset_id`, `actor`, `name`, `email`, `days`,
    `version`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "step": [not_empty, natural_number_validator],
        "visit": [not_empty, natural_number_validator],
        "dataset_id": [ignore_empty, unicode_safe, storable],
        "actor": [ignore_empty, unicode_safe, storable],
        "name": [not_empty, unicode_safe, storable, name_like, not_empty],
        "email": [ignore_empty, unicode_safe, storable, email_like],
        "days": [ignore_missing, int_validator],
        "version": [ignore_empty, natural_number_validator],
    }


@validator_args
def link_of(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id`: of a link, or of the case whose links are asked for."""
    return {"id": [not_empty, unicode_safe, storable]}


@validator_args
def link_act(ignore_missing: Validator, unicode_safe: Validator) -> Schema:
    """What the holder of a link writes himself: his name."""
    return {"signed": [ignore_missing, unicode_safe, storable, name_like]}
