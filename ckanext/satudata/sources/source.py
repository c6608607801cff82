"""What every kind of source has in common."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from ckanext.satudata.sources.client import Client
from ckanext.satudata.sources.failures import Misdeclared
from ckanext.satudata.sources.record import Entry, Page, Record
from ckanext.satudata.sources.redact import cleaned

_SECRET = re.compile(r"(?i)auth|key|token|secret|cookie")


class Strict(BaseModel):
    """A part of a declaration: no unknown key, no text where a number belongs."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Declared(Strict):
    """What a source is told about itself; `fields` (ours) hold where the source is silent."""

    fields: dict[str, str] = {}


D = TypeVar("D", bound=Declared)


class Source(ABC, Generic[D]):
    """One source: list it, then read what changed. One object serves one run."""

    kind: ClassVar[str]
    proven: ClassVar[bool] = True
    """False: no recorded answer of the real service was seen; pages say so."""
    form: ClassVar[type[Declared]]

    def __init__(self, client: Client, declared: Mapping[str, Any]) -> None:
        """Raises Misdeclared, with the place in the declaration."""
        self.client = client
        try:
            self.declared: D = self.form.model_validate(dict(declared))  # type: ignore[assignment]
        except ValidationError as error:
            raise _misdeclared(error) from None
        for where, text in _texts(self.declared.model_dump()):
            if _holds_key(where, text):
                raise Misdeclared("declared_key", where=where)

    def pages(self, onward: str | None = None) -> Iterator[Page]:
        """The listing, page by page, from the beginning or from a cursor. Raises SourceFailed;
        what came before it is no whole listing then."""
        cursor: dict[str, Any] | None = json.loads(onward) if onward else {}
        while cursor is not None:
            entries, cursor, total = self._page(cursor)
            told = None if cursor is None else json.dumps(cursor, sort_keys=True)
            yield Page(tuple(entries), told, total if cursor is None else None)

    @abstractmethod
    def _page(
        self, cursor: dict[str, Any]
    ) -> tuple[list[Entry], dict[str, Any] | None, int | None]:
        """One page: entries, the next cursor, and at the end the total."""

    @abstractmethod
    def read(self, entry: Entry) -> Record:
        """The dataset of an entry. Raises SourceFailed."""

    def with_declared(self, found: Mapping[str, str]) -> dict[str, str]:
        """What the source says, and what was declared where it says nothing; no empty texts."""
        told = {**self.declared.fields, **{key: text for key, text in found.items() if text}}
        return {key: text for key, text in told.items() if text}


def one_of(keys: str) -> PydanticCustomError:
    """For a declaration that holds none of these ways, or more than one."""
    return PydanticCustomError("one_of", "one of {keys}", {"keys": keys})


def _misdeclared(error: ValidationError) -> Misdeclared:
    """The first fault, by a code of ours: pydantic's words are nobody's here."""
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"])) or "."
    if first["type"] == "missing":
        return Misdeclared("declared_missing", where=where)
    if first["type"] == "extra_forbidden":
        return Misdeclared("declared_unknown", where=where)
    if first["type"] == "one_of":
        return Misdeclared("declared_one_of", keys=first.get("ctx", {}).get("keys", ""))
    return Misdeclared("declared_value", where=where)


def _texts(found: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a declaration with its place."""
    pairs: Any = ()
    if isinstance(found, dict):
        pairs = found.items()
    elif isinstance(found, list):
        pairs = enumerate(found)
    elif isinstance(found, str):
        yield where, found
    for key, value in pairs:
        yield from _texts(value, f"{where}.{key}".lstrip("."))


def _holds_key(where: str, text: str) -> bool:
    """A declaration is shown to people; a key in it is written as its placeholder."""
    if where.startswith("headers."):
        return bool(_SECRET.search(where)) and "{" not in text
    return text.startswith(("http://", "https://")) and cleaned(text) != text
