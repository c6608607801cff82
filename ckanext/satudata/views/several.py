"""Ending a step of several cases in one sending, where the SOP says so (`massal`).

Each case is acted on by itself, with its own commit and its own key: one that is refused keeps
none of the others back, and a form that is sent twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views import history
from ckanext.satudata.views.answers import (
    ask,
    faults_of,
    login_first,
    page,
    refusal,
    see_other,
)
from ckanext.satudata.views.case import new_key, why_not

MOST = 20
"""As many as a page of the inbox holds."""

APPROVE = "+approve"
"""Chosen in the place of an outcome: the named approval, which ends no step."""

several = Blueprint("satudata_several", __name__)


@dataclass(frozen=True)
class Place:
    """An open visit as the inbox names it: `number.step.visit.dataset`; no dataset for a list."""

    number: int
    step: int
    visit: int
    item: str = ""

    @classmethod
    def of(cls, text: str) -> Place | None:
        """None for what is no such name."""
        parts = text.replace("\0", "").split(".", 3)
        numbers = [one for one in parts[:3] if one.isascii() and one.isdecimal() and len(one) < 10]
        if len(numbers) < 3:
            return None
        number, step, visit = map(int, numbers)
        return cls(number, step, visit, "".join(parts[3:]))

    def __str__(self) -> str:
        return ".".join([str(self.number), str(self.step), str(self.visit), self.item])


@dataclass(frozen=True)
class Row:
    """One case on the page: what can be chosen there, or why nothing can."""

    place: Place
    title: str
    case: dict[str, Any] | None = None
    visit: dict[str, Any] | None = None
    ways: tuple[tuple[str, str, dict[str, Any] | None], ...] = ()
    why: str = ""
    key: str = ""


@dataclass(frozen=True)
class Sent:
    """What became of one case: the sentence that refused it, or the event that counts."""

    row: Row
    why: str = ""
    sequence: int | None = None


@several.route("/kotak-masuk/sekaligus")
@login_first
def choose() -> Any:
    """What will happen to each case that was ticked; nothing has happened yet."""
    places = _places(tk.request.args.getlist("pilih"))
    if not places:
        tk.h.flash_error(tk._("Tick the cases that you want to end together first."))
        return see_other("satudata_inbox.read")
    return page("inbox/several.html", rows=[_row(place) for place in places])


@several.route("/kotak-masuk/sekaligus", methods=["POST"])
@login_first
def send() -> Any:
    """One act for each case; what was refused is told with its reason."""
    form = tk.request.form
    names = ("place", "version", "key", "way")
    asked = list(zip(*(form.getlist(name) for name in names), strict=False))[:MOST]
    places = [(Place.of(place), *rest) for place, *rest in asked]
    sent = [_send(place, *rest) for place, *rest in places if place and rest[-1]]
    if not sent:
        tk.h.flash_error(tk._("Nothing was chosen, so nothing was sent."))
        return see_other("satudata_inbox.read")
    done = [one for one in sent if not one.why]
    left = [one for one in sent if one.why]
    return page("inbox/several_sent.html", 200 if done else 409, done=done, left=left)


def _places(texts: Iterable[str]) -> list[Place]:
    found = [Place.of(text) for text in texts]
    return list(dict.fromkeys(one for one in found if one))[:MOST]


def _row(place: Place) -> Row:
    """The newest state of a case. What the reader may not see reads like what is not there."""
    try:
        shown = ask("satudata_case_show", id=str(place.number))
    except (tk.ObjectNotFound, tk.NotAuthorized):
        words = tk._("Case {number}").format(number=place.number)
        return Row(place, words, why=refusal("not_found"))
    visit = history.open_visit(shown, place.step, place.item or None, place.visit)
    item = history.dataset_of(shown, visit["item"]) if visit else None
    title = item["title"] if item else history.title(shown)
    if visit is None or visit["number"] != place.visit:
        return Row(place, title, shown, why=refusal("step_not_open", step=place.step))
    ways = tuple(_ways(visit))
    why = "" if ways else _hindrance(visit)
    return Row(place, title, shown, visit, ways, why, new_key())


def _ways(visit: dict[str, Any]) -> Iterable[tuple[str, str, dict[str, Any] | None]]:
    """Value, words and move of each way on that the reader may take here; never a return."""
    if not visit["bulk"] or visit["unmet"]:
        return
    approve = history.act_at(visit, "approve")
    if approve and approve["allowed"] and visit["approval"] is None:
        yield APPROVE, tk._("Give your approval"), None
    for move in visit["moves"]:
        if move["allowed"] and move["act"] != "return":
            yield move["outcome"], move["label"], move


def _hindrance(visit: dict[str, Any]) -> str:
    if not visit["bulk"]:
        return tk._("The SOP wants this step to be ended case by case.")
    if visit["unmet"]:
        return refusal(visit["unmet"][0]["code"], **visit["unmet"][0]["facts"])
    return why_not(visit)[1]


def _send(place: Place, version: str, key: str, way: str) -> Sent:
    row = _row(place)
    if row.visit is not None and not row.visit["bulk"]:
        return Sent(row, row.why)
    what = {"act": "approve"} if way == APPROVE else {"outcome": way}
    where = {"step": place.step, "visit": place.visit, "dataset_id": place.item or None}
    values = {"version": version, "idempotency_key": key, **where, **what}
    try:
        after = ask("satudata_case_act", id=str(place.number), **values)
    except (tk.ObjectNotFound, tk.NotAuthorized) as refused:
        return Sent(row, str(refused.message or refusal("not_found")))
    except tk.ValidationError as error:
        return Sent(row, " ".join(text for _, _, text in faults_of(error, lambda _name: "")))
    return Sent(row, sequence=after["version"])
