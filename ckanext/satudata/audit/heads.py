"""Daily heads: what all streams have come to, in one digest that is signed and kept elsewhere too.

A chain shows that an event was changed; it cannot show that its tail, or a whole stream, is gone. A
head names the last event of every stream. Version 1, all texts in UTF-8:

- *ends*: for each stream, in the order of its bytes, the line `stream TAB sequence TAB hash LF`;
  `ends_sha256` is the sha256 of these lines.
- *text*: canonical JSON (`chain.canonical`) of `{"head": "satudata", …}` with the fields in FIELDS;
  `previous_sha256` is that of the head before, or 64 zeros. `sha256` is that of the text.
- *signature*: Ed25519 over the text, in base64; `key` is the public key, 32 bytes in base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from ckanext.satudata.audit.chain import GENESIS, canonical

VERSION = 1
FIELDS: dict[int, tuple[str, ...]] = {
    1: (
        *("version", "number", "day", "at", "streams", "events", "ends_sha256"),
        *("previous_sha256", "key"),
    )
}
FORMAT = "satudata-heads/1"
"""What a file of heads says it is."""

Head = Mapping[str, Any]


class Ends:
    """The ends of all streams, added in the order of their bytes, folded into one digest."""

    def __init__(self) -> None:
        self.streams = self.events = 0
        self._digest = hashlib.sha256()
        self._last = b""

    def add(self, stream: str, sequence: int, last_hash: str) -> None:
        """Raises ValueError for a stream that does not come after the one before it."""
        name = stream.encode()
        if self.streams and name <= self._last:
            raise ValueError(f"{stream} is out of order")
        self._last = name
        self.streams += 1
        self.events += sequence
        self._digest.update(b"%s\t%d\t%s\n" % (name, sequence, last_hash.encode()))

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def signing_key(text: str) -> Ed25519PrivateKey:
    """The private key that is written as 64 hexadecimal digits.

    Raises ValueError for anything else, without saying what it was.
    """
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text.strip()))
    except ValueError:
        raise ValueError("a signing key is 64 hexadecimal digits") from None


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key to a private one, in base64."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(facts: Mapping[str, Any], previous: Head | None, key: Ed25519PrivateKey) -> Head:
    """The next head. `facts`: `day` (YYYY-MM-DD), `at` (UTC), and what `Ends` came to."""
    head = {
        **facts,
        "version": VERSION,
        "number": previous["number"] + 1 if previous else 1,
        "previous_sha256": previous["sha256"] if previous else GENESIS,
        "key": public_text(key),
    }
    text = _text(head)
    return {
        **head,
        "sha256": hashlib.sha256(text).hexdigest(),
        "signature": base64.b64encode(key.sign(text)).decode(),
    }


def _text(head: Head) -> bytes:
    return canonical({"head": "satudata", **{name: head[name] for name in FIELDS[head["version"]]}})


def fault(head: Head, keys: Collection[str] | None) -> str | None:
    """What is wrong with one head: `version`, `hash`, `key`, `signature`; None: nothing.

    `keys`: the public keys that may have signed it; None takes the one that the head names itself,
    which proves only that nobody without that key has changed it.
    """
    if head.get("version") not in FIELDS:
        return "version"
    text = _text(head)
    if hashlib.sha256(text).hexdigest() != head["sha256"]:
        return "hash"
    if keys is not None and head["key"] not in keys:
        return "key"
    return None if _is_signed(head, text) else "signature"


def _is_signed(head: Head, text: bytes) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(head["key"], validate=True))
        key.verify(base64.b64decode(head["signature"], validate=True), text)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def first_fault(
    heads: Iterable[Head], keys: Collection[str] | None, *, from_first: bool = True
) -> tuple[int, str] | None:
    """Number of the first head that is not right, and why: as `fault`, or `order`; None: all are.

    `from_first`: the heads begin with number 1; otherwise what came before the first is not known.
    """
    number, previous = 0, GENESIS
    for place, head in enumerate(heads):
        if place == 0 and not from_first:
            number, previous = head["number"] - 1, head["previous_sha256"]
        number += 1
        if head["number"] != number or head["previous_sha256"] != previous:
            return number, "order"
        wrong = fault(head, keys)
        if wrong:
            return number, wrong
        previous = head["sha256"]
    return None
