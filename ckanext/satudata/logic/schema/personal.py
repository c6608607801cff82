"""Input of the action that answers findings about data of persons."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.personal.asking import VERDICTS
from ckanext.satudata.logic.schema.case import brief, storable
from ckanext.satudata.logic.schema.release import stripped
from ckanext.satudata.logic.wording import sentence

MAX_KEYS = 300


def keys(value: Any) -> list[str]:
    """Keys of findings: a list of texts, or one of them. Their sheets may hold commas."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise tk.Invalid(sentence(Refused("text_unreadable")))
    return [storable(one) for one in listed[:MAX_KEYS]]


@validator_args
def personal_answer(
    not_empty: Validator, unicode_safe: Validator, one_of: ValidatorFactory
) -> Schema:
    """`id` of the dataset, `content`, `findings` (keys), `verdict` and `reason`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "content": [not_empty, unicode_safe, storable],
        "findings": [not_empty, keys],
        "verdict": [not_empty, unicode_safe, one_of(list(VERDICTS))],
        "reason": [not_empty, unicode_safe, stripped, not_empty, storable, brief],
    }
