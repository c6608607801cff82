"""The sheet of a revision, drawn; and where a case stands on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ckan.plugins import toolkit as tk

from ckanext.satudata.logic.sop import sops
from ckanext.satudata.logic.sop.kept import Kept
from ckanext.satudata.msgid import N_
from ckanext.satudata.sop.definition import Sop
from ckanext.satudata.sop.drawing.drawn import drawn
from ckanext.satudata.sop.drawing.layout import long_drawing
from ckanext.satudata.sop.drawing.shapes import Page
from ckanext.satudata.sop.drawing.svg import At, Words, svg

STATES: Mapping[At, str] = {
    At.VISITED: N_("Done"),
    At.CURRENT: N_("Under way"),
    At.OVERDUE: N_("Under way and overdue"),
}
"""What a symbol's state is called; the sign in it shows the same to the eye."""

_FILES: Kept[bytes] = Kept(32)
_PAGES: Kept[Page] = Kept(32)
"""More than an office has texts in force. A sheet of 99 rows and 512 KiB, the most that a text
holds, takes a core for seconds; so each is drawn once in a process, whoever asks how often."""


def in_page(
    sop: Sop,
    link: Callable[[int], str] | None,
    *,
    position: Mapping[int, At] | None = None,
    with_head: bool = True,
    sha256: str = "",
    draft: bool = False,
) -> str:
    """The sheet as SVG inside a page; `link`: the address of a row of a list beside it.

    `sha256`: of its text, where that is kept, so that it is laid out once. `draft`: nobody has put
    it in force.
    """
    title = tk._("Drawing of {name}").format(name=sop.sop.nama)
    about = tk._(
        "Actors as lanes from left to right, steps from top to bottom. Each symbol says in words "
        "what its step is and where it leads."
    )
    words = Words(title, about, {state: tk._(word) for state, word in STATES.items()})

    def laid_out() -> Page:
        return long_drawing(sop, with_head=with_head, draft=draft)

    page = _PAGES.get((sha256, with_head, draft), laid_out) if sha256 else laid_out()
    return svg(sop, words, position=position, link=link, page=page)


def as_file(sha256: str, form: str, *, draft: bool) -> bytes:
    """The sheet of a text as a file; `draft`: nobody has put it in force.

    Refused `sop_unknown`; KeyError for an unknown form.
    """
    key = (sha256, form, draft)
    return _FILES.get(key, lambda: drawn(sops.find(sha256).sop, form, draft=draft))


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
