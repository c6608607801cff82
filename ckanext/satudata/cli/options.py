"""Values of the command line in the shapes that the actions take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click

PAPER_KEYS = ("on", "name", "evidence")

_NEXT_FACT = re.compile(rf",(?=\s*(?:{'|'.join(PAPER_KEYS)})=)")
"""A comma between two facts of a paper; one within a name is none."""


class Point(click.ParamType):
    """`kind@dataset:where:note` as a point of a return; only the first two colons part anything.

    The dataset, by id or name, is said where a list has several.
    """

    name = "kind[@dataset]:where:note"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if not isinstance(value, str):
            return value
        kind, _, rest = value.partition(":")
        where, _, note = rest.partition(":")
        kind, _, dataset = (part.strip() for part in kind.partition("@"))
        point = {"kind": kind, "where": where.strip(), "note": note.strip()}
        return {**point, "dataset_id": dataset} if dataset else point


class Fact(click.ParamType):
    """`key=value` as a pair."""

    name = "key=value"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if not isinstance(value, str):
            return value
        key, sign, text = value.partition("=")
        if not sign or not key.strip():
            self.fail(f"{value!r} is not key=value", param, ctx)
        return key.strip(), text.strip()


class Paper(click.ParamType):
    """`on=YYYY-MM-DD,name=…,evidence=…` as the facts of a paper."""

    name = "on=…,name=…,evidence=…"

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = [Fact().convert(one, param, ctx) for one in _NEXT_FACT.split(value)]
        unknown = [key for key, _text in pairs if key not in PAPER_KEYS]
        if unknown:
            self.fail(f"{unknown[0]!r} is none of {', '.join(PAPER_KEYS)}", param, ctx)
        return dict(pairs)


user = click.option("--user", required=True, metavar="NAME", help="Who acts; asked for permission.")
as_json = click.option("--json", "as_json", is_flag=True, help="The answer of the API, as JSON.")


def many(*names: str, **more: Any) -> Callable[..., Any]:
    """An option that may be given several times."""
    return click.option(*names, multiple=True, **more)
