"""The inbox: what is mine, what my unit has, what came back to me, what waits for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, g

from ckanext.satudata.views.answers import ask, login_first, page

PER_PAGE = 20
TABS = {"saya": "mine", "perbaikan": "repair", "unit": "unit", "lain": "others"}
"""By the word in the address; who names none gets the first that is not empty."""

ORDERS = {"tenggat": "due", "terlama": "oldest", "terbaru": "newest"}
FIRST_ORDER = "tenggat"
"""What is overdue stands first, then what is due soon; what has no time comes last."""

DUE = {"lewat": "overdue", "dekat": "near"}
MAX_STEP = 99
MAX_PAGE = 10**6

inbox = Blueprint("satudata_inbox", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address of an inbox page says. `step` is `subject` or `subject:number`."""

    tab: str = ""
    number: int = 1
    q: str = ""
    step: str = ""
    agency: str = ""
    order: str = FIRST_ORDER
    due: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Asked:
        """What makes no sense is as if it were not there."""
        number = args.get("halaman", "")
        return cls(
            tab=args.get("untuk", "") if args.get("untuk") in TABS else "",
            number=max(1, min(int(number), MAX_PAGE)) if _is_number(number) else 1,
            q=args.get("q", "").replace("\0", "").strip(),
            step=args.get("langkah", "").replace("\0", ""),
            agency=args.get("opd", "").replace("\0", ""),
            order=args.get("urut", "") if args.get("urut") in ORDERS else FIRST_ORDER,
            due=args.get("tenggat", "") if args.get("tenggat") in DUE else "",
        )

    def values(self) -> dict[str, Any]:
        """The input of the action, without the tab."""
        subject, _colon, step = self.step.partition(":")
        return {
            "q": self.q,
            "sop": subject,
            "step": int(step) if _is_number(step) and int(step) <= MAX_STEP else None,
            "organization": self.agency,
            "order": ORDERS[self.order],
            "due": DUE.get(self.due, ""),
        }

    def address(self, **changes: Any) -> str:
        """The address of the same inbox with something changed; from its first page on."""
        to = replace(self, **{"number": 1, **changes})
        words = {
            "untuk": to.tab,
            "q": to.q,
            "langkah": to.step,
            "opd": to.agency,
            "tenggat": to.due,
            "urut": to.order if to.order != FIRST_ORDER else "",
            "halaman": to.number if to.number > 1 else "",
        }
        return tk.url_for("satudata_inbox.read", **{k: one for k, one in words.items() if one})

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.step or self.agency or self.due)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_PAGE))


@inbox.route("/kotak-masuk")
@login_first
def read() -> Any:
    """`untuk`: saya, perbaikan, unit, lain; `q`, `langkah`, `opd`, `tenggat` narrow; `halaman`."""
    asked = Asked.of(tk.request.args)
    answer = _answer(asked)
    tab = next(word for word, name in TABS.items() if name == answer["waiting_for"])
    asked = replace(asked, tab=tab)
    if not asked.narrowed:
        # The header tells the same count (helpers.satudata_waiting): what was counted once agrees.
        g.satudata_waiting = answer["counts"]["me"] + answer["counts"]["repair"]
    return page(
        "inbox/read.html",
        asked=asked,
        tabs=TABS,
        last=max(1, -(-answer["count"] // PER_PAGE)),
        words=list(_in_use(asked, answer["choices"])),
        step_options=_step_options(answer["choices"]),
        agency_options=[(one["id"], one["title"]) for one in answer["choices"]["organizations"]],
        **answer,
    )


def _answer(asked: Asked) -> dict[str, Any]:
    offset = (asked.number - 1) * PER_PAGE
    values = {"limit": PER_PAGE, "offset": offset, "choices": True, **asked.values()}
    return ask("satudata_case_list", waiting_for=TABS.get(asked.tab, "first"), **values)


def _step_options(choices: dict[str, Any]) -> list[Any]:
    """The SOPs as groups, each with itself and its steps."""
    return [
        (None, sop["name"], [(value, words) for value, words, _whole in _steps(sop)])
        for sop in choices["sops"]
    ]


def _steps(sop: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Value, words inside the group of the SOP, and words that stand alone."""
    subject, name = sop["subject"], sop["name"]
    yield subject, tk._("All steps"), name
    for step in sop["steps"]:
        words = f"{step['step']} {step['name']}"
        yield f"{subject}:{step['step']}", words, f"{name}: {words}"


def _in_use(asked: Asked, choices: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the inbox is narrowed to, in words, with the address that takes it away."""
    if asked.q:
        yield f"“{asked.q}”", asked.address(q="")
    if asked.step:
        words = {value: alone for sop in choices["sops"] for value, _, alone in _steps(sop)}
        yield words.get(asked.step, asked.step), asked.address(step="")
    if asked.agency:
        names = {one["id"]: one["title"] for one in choices["organizations"]}
        yield names.get(asked.agency, asked.agency), asked.address(agency="")
    if asked.due:
        words = {"lewat": tk._("Overdue"), "dekat": tk._("Due soon")}
        yield words[asked.due], asked.address(due="")
