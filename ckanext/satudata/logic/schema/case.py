"""Input of each action of ours, checked before anything is done."""

from __future__ import annotations

from typing import Any

from ckan.logic.schema import validator_args
from ckan.plugins import toolkit as tk
from ckan.types import Schema, Validator

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import number, sentence

MAX_TEXT = 4000
"""Characters of a reason or of a note to a point."""

MAX_KEY = 200
"""Characters of the key by which a repeated call is known."""


def is_storable(value: str) -> bool:
    """Whether the database and a hash can hold a text: it has no NUL and no half character."""
    return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)


def storable(value: str) -> str:
    """Refuse what neither the database nor a hash can hold."""
    if not is_storable(value):
        raise tk.Invalid(sentence(Refused("text_unreadable")))
    return value


def brief(value: str) -> str:
    """Refuse a text longer than MAX_TEXT: it stands in the history of the case for good."""
    return _at_most(value, MAX_TEXT)


def key_like(value: str) -> str:
    """Refuse a key longer than MAX_KEY: the database finds it by an index."""
    return _at_most(value, MAX_KEY)


@validator_args
def case_open(ignore_empty: Validator, unicode_safe: Validator) -> Schema:
    """`dataset_id`, or `sop` with `datasets` and `organization` for a case over a list."""
    return {
        "dataset_id": [ignore_empty, unicode_safe, storable],
        "sop": [ignore_empty, unicode_safe, storable],
        "organization": [ignore_empty, unicode_safe, storable],
        "datasets": [ignore_empty, texts],
    }


@validator_args
def case_show(not_empty: Validator, unicode_safe: Validator) -> Schema:
    """`id`: id of the case, its number, or id or name of its dataset."""
    return {"id": [not_empty, unicode_safe, storable]}


def texts(value: Any) -> list[str]:
    """A list of texts, given as a list or as one text with blanks or line ends between."""
    values = value.split() if isinstance(value, str) else value
    if not isinstance(values, (list, tuple)) or not all(isinstance(one, str) for one in values):
        raise tk.Invalid(tk._("Give a list of texts."))
    return [storable(one) for one in values]


def _at_most(value: str, limit: int) -> str:
    if len(value) > limit:
        facts = {"length": number(len(value)), "limit": number(limit)}
        raise tk.Invalid(sentence(Refused("text_too_long", **facts)))
    return value


def plain_facts(value: Any) -> dict[str, str]:
    """A mapping of texts, as an entry of a list or the facts of a paper are."""
    if not isinstance(value, dict):
        raise tk.Invalid(tk._("Give a mapping of texts."))
    return {storable(str(name)): brief(storable(str(one or ""))) for name, one in value.items()}


@validator_args
def case_act(
    not_empty: Validator,
    unicode_safe: Validator,
    ignore_missing: Validator,
    ignore_empty: Validator,
    natural_number_validator: Validator,
) -> Schema:
    """`id`, `version` (as the caller last saw the case), `step`, `visit`; see the action."""
    text: list[Any] = [ignore_empty, unicode_safe, storable]
    point: dict[str, Any] = {
        "kind": [not_empty, unicode_safe, storable],
        "where": [ignore_missing, unicode_safe, storable, brief],
        "note": [ignore_missing, unicode_safe, storable, brief],
        "dataset_id": text,
    }
    return {
        "id": [not_empty, unicode_safe, storable],
        "version": [not_empty, natural_number_validator],
        "step": [not_empty, natural_number_validator],
        "visit": [not_empty, natural_number_validator],
        "act": text,
        "outcome": text,
        "reason": [ignore_missing, unicode_safe, storable, brief],
        "text": [ignore_missing, unicode_safe, storable, brief],
        "dataset_id": text,
        "datasets": [ignore_empty, texts],
        "rest": text,
        "to": text,
        "attachments": [ignore_empty, texts],
        "entry": [ignore_empty, plain_facts],
        "closes_on": text,
        "publish_at": text,
        "paper": [ignore_empty, plain_facts],
        "idempotency_key": [*text, key_like],
        "points": point,
    }


@validator_args
def request_fulfil(
    not_empty: Validator, unicode_safe: Validator, natural_number_validator: Validator
) -> Schema:
    """`id` of the case, `request` (id of the entry), `dataset_id`, `version`."""
    return {
        "id": [not_empty, unicode_safe, storable],
        "request": [not_empty, unicode_safe, storable],
        "dataset_id": [not_empty, unicode_safe, storable],
        "version": [not_empty, natural_number_validator],
    }


@validator_args
def assignment_create(
    not_empty: Validator,
    ignore_empty: Validator,
    unicode_safe: Validator,
    isodate: Validator,
) -> Schema:
    """`user`, `sop` (subject), `actor`, `organization` (empty: all), first and last day."""
    return {
        "user": [not_empty, unicode_safe, storable],
        "sop": [not_empty, unicode_safe, storable],
        "actor": [not_empty, unicode_safe, storable],
        "organization": [ignore_empty, unicode_safe, storable],
        "valid_from": [ignore_empty, isodate],
        "valid_until": [ignore_empty, isodate],
    }
