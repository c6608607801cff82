"""Texts of sources as plain text: their labels and notes hold HTML, once or twice escaped."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from typing import Any

LONGEST = 20_000
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4"})
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


def plain(value: Any) -> str:
    """A label on one line, without markup; "" for what is no text."""
    return " ".join(_read(value).split())


def plain_lines(value: Any) -> str:
    """A longer text without markup; what were paragraphs are lines."""
    lines = (" ".join(one.split()) for one in _read(value).splitlines())
    return "\n".join(one for one in lines if one)


def _read(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)[: 10 * LONGEST]
    for _ in range(3):
        if not re.search(r"<[a-zA-Z!/]|&[a-zA-Z#]", text):
            break
        reader = _Text()
        reader.feed(text)
        reader.close()
        text = "".join(reader.found)
    text = "".join(one if one in "\n\t" or one.isprintable() else " " for one in text)
    return unicodedata.normalize("NFC", text)[:LONGEST]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def slug(text: str, longest: int = 60) -> str:
    """The text as the stem of a file's name."""
    ascii_text = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:longest].strip("-") or "data"


def tag(value: Any) -> str:
    """A label as a keyword: what CKAN takes in one, "" for less than two letters."""
    text = " ".join(re.sub(r"[^\w .-]", " ", plain(value)).split())[:100].strip()
    return text if len(text) > 1 else ""


def without_token(value: Any) -> Any:
    """An address without the token that a server writes anew into it at each question; anything
    else as it is. Not for an address that is fetched."""
    return re.sub(r"([?&])token=[^&]*&?", r"\1", value) if isinstance(value, str) else value


def canonical(value: Any) -> bytes:
    """One way of writing a document, so that equal ones have equal bytes."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    ).encode()
