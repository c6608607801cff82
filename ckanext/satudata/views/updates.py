"""Data that are to be updated: what is overdue, what comes near, and who prepares it already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import ask, login_first, not_found, page

PER_PAGE = 20
TABS = {"lewat": "overdue", "dekat": "near"}
"""By the word in the address; who names none gets the first that is not empty."""

MAX_PAGE = 10**6

updates = Blueprint("satudata_updates", __name__)


@dataclass(frozen=True)
class Asked:
    """What the address of the page says."""

    tab: str = ""
    agency: str = ""
    number: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Asked:
        """What makes no sense is as if it were not there."""
        number = args.get("halaman", "")
        is_number = number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_PAGE))
        return cls(
            tab=args.get("untuk", "") if args.get("untuk") in TABS else "",
            agency=args.get("opd", "").replace("\0", ""),
            number=max(1, min(int(number), MAX_PAGE)) if is_number else 1,
        )

    def address(self, **changes: Any) -> str:
        """The address of the same list with something changed; from its first page on."""
        to = replace(self, **{"number": 1, **changes})
        number = to.number if to.number > 1 else ""
        words = {"untuk": to.tab, "opd": to.agency, "halaman": number}
        return tk.url_for("satudata_updates.read", **{k: one for k, one in words.items() if one})


@updates.route("/pemutakhiran")
@login_first
def read() -> Any:
    """`untuk`: `lewat` or `dekat`; `opd`: an agency; `halaman`: from 1."""
    asked = Asked.of(tk.request.args)
    if not asked.tab:
        counts = _asked(asked, limit=0)["counts"]
        asked = replace(asked, tab=next((one for one in TABS if counts[TABS[one]]), "lewat"))
    offset = (asked.number - 1) * PER_PAGE
    answer = _asked(asked, limit=PER_PAGE, offset=offset)
    last = max(1, -(-answer["count"] // PER_PAGE))
    return page("updates/read.html", asked=asked, tabs=TABS, last=last, **answer)


def _asked(asked: Asked, **part: int) -> dict[str, Any]:
    state = TABS.get(asked.tab, "any")
    try:
        return ask("satudata_update_list", state=state, organization=asked.agency, **part)
    except tk.ValidationError:
        not_found()
