"""Domains, subjects and variables of BPS, for a page on which somebody chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ckanext.satudata.sources import regions
from ckanext.satudata.sources.bps.api import BpsApi, Listed, whole_number
from ckanext.satudata.sources.failures import Unexpected
from ckanext.satudata.sources.words import plain

MOST_PAGES = 2000


@dataclass(frozen=True)
class Domain:
    """An office of BPS; `region` is typed, such as `bps:1507`."""

    number: str
    name: str
    region: str


@dataclass(frozen=True)
class Subject:
    """A subject of a domain."""

    number: int
    title: str
    category: str


@dataclass(frozen=True)
class Variable:
    """A variable: what has values."""

    number: int
    title: str
    subject: str
    unit: str
    definition: str


def domains(api: BpsApi) -> list[Domain]:
    """All offices. Raises SourceFailed."""
    document, fetched = api.ask("domain", {"type": "all"})
    data = document.get("data")
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[1], list)):
        raise Unexpected("shape_unexpected", where="data")
    found = []
    for one in data[1]:
        number = str(one.get("domain_id") or "") if isinstance(one, dict) else ""
        if not (len(number) == 4 and number.isascii() and number.isdigit()):
            raise Unexpected("shape_unexpected", where="data[1].domain_id")
        found.append(Domain(number, plain(one.get("domain_name")), regions.of_domain(number)))
    return found


def subjects(api: BpsApi, domain: str) -> list[Subject]:
    """Subjects of a domain. Raises SourceFailed."""
    return [
        Subject(_number(one, "sub_id"), plain(one.get("title")), plain(one.get("subcat")))
        for one in every(api, "subject", domain=domain)
    ]


def variables(api: BpsApi, domain: str, subject: int | None = None) -> list[Variable]:
    """Variables of a domain. Raises SourceFailed."""
    given: dict[str, Any] = {"domain": domain}
    if subject is not None:
        given["subject"] = subject
    return [variable_of(one) for one in every(api, "var", **given)]


def variable_of(item: dict[str, Any]) -> Variable:
    """One item of `list/model/var`."""
    return Variable(
        _number(item, "var_id"),
        plain(item.get("title")),
        plain(item.get("sub_name")),
        plain(item.get("unit")),
        plain(item.get("def")),
    )


def every(api: BpsApi, model: str, **given: Any) -> Iterator[dict[str, Any]]:
    """Items of all pages of a list."""
    page, pages = 1, 1
    while page <= min(pages, MOST_PAGES):
        listed: Listed = api.listed(model, page, **given)
        yield from listed.items
        page, pages = page + 1, listed.pages


def _number(item: dict[str, Any], key: str) -> int:
    number = whole_number(item.get(key))
    if number is None:
        raise Unexpected("shape_unexpected", where=key)
    return number
