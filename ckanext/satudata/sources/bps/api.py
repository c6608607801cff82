"""Questions to the BPS Web API and the envelopes of its answers.

The path spelling of addresses is used everywhere: the firewall stops the other one for SIMDASI.
Errors come with status 200 and are told apart by their words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ckanext.satudata.sources.client import Client, Fetched
from ckanext.satudata.sources.content import Kind
from ckanext.satudata.sources.failures import Declined, SourceFailed, Unexpected

BASE = "https://webapi.bps.go.id/v1/api"
NATION = "0000"
PERIODS_AT_ONCE = {NATION: 3}
"""Periods in one question for values; every other domain allows two."""
_NOTHING = frozenset({"list-not-available", "not-available", "unavailable"})
_MOST_PERIODS = re.compile(r"maximum allowed number of years.*?is (\d+).*?provided (\d+)", re.S)


@dataclass(frozen=True)
class Listed:
    """One page of a list."""

    items: list[dict[str, Any]]
    pages: int
    total: int | None
    fetched: Fetched = field(repr=False)


class BpsApi:
    """Asks with the key `key` of the client."""

    def __init__(self, client: Client, base: str = BASE) -> None:
        self.client, self.base = client, base.rstrip("/")

    def ask(self, path: str, given: Mapping[str, object]) -> tuple[dict[str, Any], Fetched]:
        """A document whose envelope is fine; nothing in it is a document too. Raises
        SourceFailed."""
        parts = [f"{name}/{quote(str(value), safe=';:')}" for name, value in given.items()]
        url = "/".join([self.base, path, *parts, "key", "{key}", ""])
        fetched = self.client.get(url, Kind.JSON)
        document = fetched.json()
        if not isinstance(document, dict):
            raise Unexpected("shape_unexpected", where="status")
        _judge(document)
        return document, fetched

    def listed(self, model: str, page: int = 1, **given: object) -> Listed:
        """A page of `list/model/…`."""
        asked = {"model": model, "lang": "ind", **given, "page": page}
        document, fetched = self.ask("list", asked)
        return _listed(document, fetched)

    def inside(self, service: str, number: int, **given: object) -> tuple[Any, Fetched]:
        """What is within an answer of `interoperabilitas`; None when there is nothing."""
        path = f"interoperabilitas/datasource/{service}/id/{number}"
        document, fetched = self.ask(path, given)
        data = document.get("data")
        if not isinstance(data, list) or len(data) < 2 or not data[1]:
            return None, fetched
        inner = data[1]
        if isinstance(inner, dict):
            _judge_inner(inner)
        return inner, fetched

    def view(self, model: str, number: object, **given: object) -> tuple[dict[str, Any], Fetched]:
        """One item. Raises Declined `not_found`."""
        asked = {"model": model, "lang": "ind", **given, "id": number}
        document, fetched = self.ask("view", asked)
        data = document.get("data")
        if not isinstance(data, dict):
            raise Declined("not_found", what=f"{model} {number}")
        return data, fetched


def available(document: Mapping[str, Any]) -> bool:
    """Whether the answer says that it holds data."""
    return str(document.get("data-availability")) not in _NOTHING


def _listed(document: dict[str, Any], fetched: Fetched) -> Listed:
    data = document.get("data")
    if not available(document) and (data == "" or data is None):
        return Listed([], 0, 0, fetched)
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict)):
        raise Unexpected("shape_unexpected", where="data")
    head, items = data
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise Unexpected("shape_unexpected", where="data[1]")
    return Listed(items, whole_number(head.get("pages")) or 1, whole_number(head.get("total")),
                  fetched)  # fmt: skip


def whole_number(value: Any) -> int | None:
    """A number that comes as one or as a text of digits."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _judge(document: dict[str, Any]) -> None:
    status = document.get("status")
    if status == "OK":
        return
    if status == "Error" and not available(document) and not document.get("message"):
        return  # census and SIMDASI call an empty list an error
    if status != "Error":
        raise Unexpected("shape_unexpected", where="status")
    raise _declined(str(document.get("message") or ""))


def _declined(message: str) -> SourceFailed:
    small = message.lower()
    if "re-check your key" in small:
        return Declined("key_rejected")
    if "key is missing" in small:
        return Declined("key_missing")
    if most := _MOST_PERIODS.search(message):
        return Declined("periods_too_many", most=int(most[1]), given=int(most[2]))
    return Declined("source_error", message=message)


def _judge_inner(inner: dict[str, Any]) -> None:
    if inner.get("status") in (200, "200", None) and inner.get("condition") != "ERROR":
        return
    message = str(inner.get("message") or "")
    if "tidak ditemukan" in message.lower():
        raise Declined("not_found", what=message)
    raise Declined("source_error", message=message)
