"""Input of the actions that list: which part of a list, and which of its things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Schema

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.schema.case import storable
from ckanext.satudata.logic.wording import number, sentence

MAX_OFFSET = 2**31 - 1
"""Beyond every list, and still a number to PostgreSQL."""

MOST_IDS = 1000
"""Things that are named in one call."""

LONGEST_ID = 100
"""Letters of an id: those of a uuid, with room for names."""


def part(usual: int = 20, most: int = 100) -> Schema:
    """`limit` (`usual` when left out) and `offset`; more than `most` at once are cut."""
    whole: Any = tk.get_validator("natural_number_validator")
    default: Any = tk.get_validator("default")
    return {
        "limit": [default(usual), whole, _at_most(most)],
        "offset": [default(0), whole, _at_most(MAX_OFFSET)],
    }


def ids(value: Any) -> list[str]:
    """A list of ids, or their text with commas between; blank ones are left out."""
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
        raise tk.Invalid(sentence(Refused("ids_invalid")))
    found = [one.strip() for one in parts if one.strip()]
    if any(len(one) > LONGEST_ID for one in found):
        raise tk.Invalid(sentence(Refused("ids_invalid")))
    if len(found) > MOST_IDS:
        facts = {"given": number(len(found)), "most": number(MOST_IDS)}
        raise tk.Invalid(sentence(Refused("ids_too_many", **facts)))
    return [storable(one) for one in found]


def _at_most(most: int) -> Callable[[Any], Any]:
    def cut(value: Any) -> Any:
        # What is no number has its fault by now; a fault does not end the chain of validators.
        return min(value, most) if isinstance(value, int) else value

    return cut
