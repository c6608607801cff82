"""The SOP is put in force, by the head of the walidata, for every agency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demo.cast import HEAD, SOP, WALIDATA
from demo.ensure import ensure
from demo.visitor import Visitor


def adopt(people: Mapping[str, Visitor]) -> None:
    """Adopt the SOP of the demo, unless the walidata has one of its revisions in force already."""
    head = people[HEAD.name]
    terms = {"sop": SOP, "organization": WALIDATA, "serves": "all"}
    ensure(lambda: _in_force(head), lambda: head.action("satudata_sop_adopt", **terms))


def _in_force(head: Visitor) -> list[Any] | None:
    """What the walidata has in force; people who played may have changed its terms."""
    return [
        adoption
        for revision in head.action("satudata_sop_list", subject=SOP)
        for adoption in revision["adoptions"]
        if adoption["in_force"] and adoption["organization"]["name"] == WALIDATA
    ] or None
