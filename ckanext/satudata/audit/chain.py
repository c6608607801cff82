"""Hashes over events: each one covers the hash of the event before it in the same stream.

A stream for each case, for each dataset, and one for the portal; not one for all: acts on different
cases need not wait for each other. The fields that a hash covers are listed by version, so that a
later version can cover more without making earlier events unverifiable.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

VERSION = 2
FIELDS: dict[int, tuple[str, ...]] = {
    1: ("version", "case_id", "sequence", "kind", "actor", "at", "body", "previous_hash"),
    2: (
        *("version", "stream", "case_id", "sequence", "kind", "actor", "at", "body"),
        "previous_hash",
    ),
}
GENESIS = "0" * 64
"""What the first event of a stream has as its previous hash."""

_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: Any) -> bytes:
    """One JSON text for one value: sorted keys, no blanks, UTF-8. Floats are refused.

    Raises TypeError for a value that JSON would have to guess at.
    """
    _refuse_guesses(value)
    return _text(value).encode("utf-8")


def _refuse_guesses(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical text")
    if isinstance(value, Mapping):
        for key, child in value.items():
            if not isinstance(key, str):
                raise TypeError("a key that is not text has no canonical text")
            _refuse_guesses(child)
    elif isinstance(value, (list, tuple)):
        for child in value:
            _refuse_guesses(child)


def digest(record: Mapping[str, Any]) -> str:
    """sha256, in hex, of the fields that the record's own version lists.

    `at` is text in ISO 8601 with microseconds, UTC, without zone.
    """
    fields = FIELDS[record["version"]]
    return hashlib.sha256(canonical({name: record[name] for name in fields})).hexdigest()


def follows(record: Mapping[str, Any], sequence: int, previous: str) -> bool:
    """Whether a stored record is the one of that sequence, after the one with the hash `previous`.

    What was stored is JSON already, so its values are not looked through once more.
    """
    fields = FIELDS.get(record["version"])
    if fields is None or record["sequence"] != sequence or record["previous_hash"] != previous:
        return False
    text = _text({name: record[name] for name in fields})
    return hashlib.sha256(text.encode("utf-8")).hexdigest() == record["hash"]


def first_broken(records: Iterable[Mapping[str, Any]]) -> int | None:
    """Sequence of the first event that does not follow from the one before it; None: whole.

    A cut tail leaves a whole chain: only a head kept elsewhere shows that it is shorter.
    """
    previous = GENESIS
    for sequence, record in enumerate(records, start=1):
        if not follows(record, sequence, previous):
            return sequence
        previous = record["hash"]
    return None
