"""Keys of sources never leave the process in a text.

In all our texts a key is written as its placeholder, `{key}`; the client puts the value in as it
sends. This module is for texts of others: what a server, a redirect or a library writes. Values
are kept for the life of the process, so that a late message of a library is cleaned, too.
"""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Mapping
from urllib.parse import quote, quote_plus

HIDDEN = "{key}"
SHORTEST = 6
"""A shorter key would take innocent words out of texts; it is refused."""
_NAMED = re.compile(
    r"(?i)((?:[?&;]|\b)(?:api[-_]?key|apikey|key|token|access[-_]?token|secret|password|sandi)"
    r"(?:=|%3d))[^&;\s\"'<>#]+"
)
_IN_PATH = re.compile(r"(?i)(/key/)[^/?&;\s\"'<>#]+")
_AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic)\s+(?=\S*[0-9._=-])[A-Za-z0-9._~+/=-]{12,}")
_known: set[str] = set()


class Keys:
    """The keys of one source by name; neither `repr` nor pickling shows a value."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.__values = dict(values or {})
        for name, value in self.__values.items():
            if len(value) < SHORTEST or not value.isprintable():
                raise ValueError(name)
            _known.update(_spellings(value))

    def __repr__(self) -> str:
        return f"Keys({', '.join(sorted(self.__values))})"

    def __reduce__(self) -> str:
        raise TypeError("keys are not stored")

    def names(self) -> frozenset[str]:
        """Names of the placeholders that can be filled in."""
        return frozenset(self.__values)

    def into_url(self, url: str) -> str:
        """The URL with its placeholders filled in, percent-encoded."""
        return self._fill(url, encode=True)

    def into_header(self, text: str) -> str:
        """A header's value with its placeholders filled in."""
        return self._fill(text, encode=False)

    def _fill(self, text: str, *, encode: bool) -> str:
        for name, value in self.__values.items():
            text = text.replace(f"{{{name}}}", quote(value, safe="") if encode else value)
        return text


def _spellings(value: str) -> set[str]:
    """The ways in which a text may hold a value."""
    quoted = quote(value, safe="")
    return {
        value,
        quoted,
        quoted.lower(),
        quote_plus(value),
        quote(value),
        json.dumps(value)[1:-1],
        base64.b64encode(value.encode()).decode(),
    }


def cleaned(text: str) -> str:
    """The text without any key: those we know, and what stands where keys usually do."""
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    text = _NAMED.sub(rf"\g<1>{HIDDEN}", text)
    text = _IN_PATH.sub(rf"\g<1>{HIDDEN}", text)
    return _AUTHORIZATION.sub(rf"\g<1> {HIDDEN}", text)


def cleaned_bytes(body: bytes) -> bytes:
    """A body without the keys that we know: a server may write back what it was asked."""
    for value in sorted(_known, key=len, reverse=True):
        body = body.replace(value.encode(), HIDDEN.encode())
    return body


class CleanRecords(logging.Filter):
    """Cleans what a library logs; put on its logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record stays, its keys go."""
        record.msg, record.args = cleaned(record.getMessage()), None
        record.exc_info = record.exc_text = None
        return True
