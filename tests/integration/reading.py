"""What a person reads on a page, and which of it no catalogue has translated.

A test catalogue (`marked.py`) puts every translated string between two marks. `unmarked` returns
the text of a page that lies outside all marks; `Data.leftover` takes away from such a text what
is data. What then still has letters is a sentence that somebody forgot to translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

OPEN, CLOSE = "⟦", "⟧"
SPOKEN_ATTRIBUTES = (
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
    "hx-confirm",
    "data-module-content",
)
"""Attributes that are shown, read aloud, or shown by CKAN's scripts."""
SILENT = ("script", "style")
VALUE_IS_SHOWN = ("submit", "button", "reset")


class UnclosedMark(ValueError):
    """A translated string was cut: the rest of the page cannot be judged."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.depth = 0
        self.silent = 0
        self.drawings: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag == "svg":
            # A drawn sheet of a SOP is what officials sign: its words are Indonesian for everybody.
            self.drawings.append("lang" in dict(attrs))
            self.silent += self.drawings[-1]
        if self.depth == 0 and not self.silent:
            self.found += [piece for text in _spoken(tag, dict(attrs)) for piece in outside(text)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT
        if tag == "svg" and self.drawings:
            self.silent -= self.drawings.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            pieces, self.depth = _split(data, self.depth)
            self.found += pieces


def unmarked(html: str) -> list[str]:
    """Each text outside all marks, in the order of the page; never an empty one."""
    page = _Page()
    page.feed(html)
    page.close()
    if page.depth:
        raise UnclosedMark(f"{page.depth} marks are open at the end of the page")
    return page.found


def outside(text: str) -> list[str]:
    """The pieces of one text outside its marks."""
    pieces, depth = _split(text, 0)
    if depth:
        raise UnclosedMark(text)
    return pieces


def _split(text: str, depth: int) -> tuple[list[str], int]:
    pieces = [""]
    for character in text:
        if character == OPEN:
            depth += 1
        elif character == CLOSE:
            depth -= 1
            pieces.append("")
        elif depth == 0:
            pieces[-1] += character
    return [" ".join(piece.split()) for piece in pieces if piece.strip()], depth


def _spoken(tag: str, attrs: dict[str, str | None]) -> Iterable[str]:
    names = [*SPOKEN_ATTRIBUTES]
    if tag == "input" and attrs.get("type") in VALUE_IS_SHOWN:
        names.append("value")
    if tag == "meta" and attrs.get("name") == "description":
        names.append("content")
    return [text for name in names if (text := attrs.get(name))]


class Data:
    """Texts that are nobody's to translate: what people typed, names, dates, addresses."""

    def __init__(self, texts: Iterable[str], patterns: Iterable[str] = ()) -> None:
        lines = {" ".join(line.split()) for text in texts for line in text.splitlines()}
        known = sorted((line for line in lines if line), key=len, reverse=True)
        words = [rf"(?<!\w){re.escape(line)}(?!\w)" for line in known]
        self._known = re.compile("|".join([*patterns, *words]))

    def leftover(self, text: str) -> str:
        """`text` without the data in it; empty when nothing with a letter is left."""
        rest = " ".join(self._known.sub(" ", text).split())
        return rest if re.search(r"[^\W\d_]", rest) else ""
