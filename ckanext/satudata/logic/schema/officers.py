"""Input of the import of officers."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.schema.lists import ids
from ckanext.satudata.logic.wording import sentence


def said_clearly(value: Any) -> bool:
    """True or false. Core reads every other word as false, and here false changes the portal."""
    words = {"true": True, "1": True, "false": False, "0": False}
    found = words.get(str(value).strip().lower())
    if found is None:
        raise tk.Invalid(sentence(Refused("true_or_false")))
    return found


@validator_args
def officers_import(
    ignore_empty: Validator,
    unicode_safe: Validator,
    default: ValidatorFactory,
    one_of: ValidatorFactory,
) -> Schema:
    """`dry_run` (true), `plan`, `invite` (password | mail), `letters` (ids of attachments)."""
    return {
        "dry_run": [default(True), said_clearly],
        "plan": [ignore_empty, unicode_safe, storable],
        "invite": [default("password"), one_of(["password", "mail"])],
        "letters": [ignore_empty, ids],
    }
