"""The sheet of a revision, drawn; and where a case stands on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.sop import sops
from ckanext.satudata.msgid import N_
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.drawn import drawn
from ckanext.satudata.sop.drawing.svg import At, Words, svg

STATES: Mapping[At, str] = {
    At.VISITED: N_("Done"),
    At.CURRENT: N_("Under way"),
    At.OVERDUE: N_("Under way and overdue"),
}
"""What a symbol's state is called; the sign in it shows the same to the eye."""


def in_page(
    sop: Sop,
    link: Callable[[int], str] | None,
    *,
    position: Mapping[int, At] | None = None,
    with_head: bool = True,
) -> str:
    """The sheet as SVG inside a page; `link`: the address of a row of a list beside it."""
    title = tk._("Drawing of {name}").format(name=sop.sop.nama)
    about = tk._(
        "Actors as lanes from left to right, steps from top to bottom. Each symbol says in words "
        "what its step is and where it leads."
    )
    words = Words(title, about, {state: tk._(word) for state, word in STATES.items()})
    return svg(sop, words, position=position, with_head=with_head, link=link)


def as_file(reference: str, form: str) -> bytes:
    """The sheet of a text as a file. Refused `sop_unknown`; KeyError for an unknown form."""
    return drawn(sops.find(reference).sop, form)


def position_of(steps: Sequence[Mapping[str, Any]], overdue: Collection[int]) -> dict[int, At]:
    """Where a case stands: `steps` as `satudata_case_show` gives them, `overdue` their numbers.

    A step that was done, but lies after one that is open again, is still to be walked.
    """
    now = [one["step"] for one in steps if one["state"] == "open"]
    found = {step: At.OVERDUE if step in overdue else At.CURRENT for step in now}
    for one in steps:
        if one["state"] == "done" and (not now or one["step"] < min(now)):
            found[one["step"]] = At.VISITED
    return found
