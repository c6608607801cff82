"""Data that are to be updated, and what an office does again and again, as pages ask for them."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import current_user

from ckanext.satudata.helpers.asking import ask
from ckanext.satudata.logic.rounds import confirming
from ckanext.satudata.logic.updates import planning

NONE = {"overdue": 0, "near": 0}


def satudata_updates() -> dict[str, int]:
    """How much of what the reader has to do with is overdue, and how much comes near."""
    found = ask("satudata_update_list", limit=0)
    return found["counts"] if found else NONE


def satudata_rounds() -> list[str]:
    """What the reader is to confirm of what his office does again and again."""
    user = model.User.get(current_user.name)
    return confirming.to_confirm(user) if user else []


def satudata_update_asked(dataset_id: str) -> dict[str, Any] | None:
    """What is asked for of a dataset now: {due_on, list}; None where nothing is."""
    return planning.asked_of(dataset_id)
