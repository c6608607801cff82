"""The inbox: what waits for me, what I sent off and waits for others."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import ask, login_first, page

PER_PAGE = 20
TABS = {"saya": "me", "lain": "others"}

inbox = Blueprint("satudata_inbox", __name__)


@inbox.route("/kotak-masuk")
@login_first
def read() -> Any:
    """`untuk`: saya | lain; `halaman`: from 1."""
    tab = tk.request.args.get("untuk", "saya")
    tab = tab if tab in TABS else "saya"
    number = max(1, tk.request.args.get("halaman", 1, type=int) or 1)
    offset = (number - 1) * PER_PAGE
    answer = ask("satudata_case_list", waiting_for=TABS[tab], limit=PER_PAGE, offset=offset)
    repairs = _repairs() if tab == "saya" and number == 1 else []
    last = max(1, -(-answer["count"] // PER_PAGE))
    return page(
        "inbox/read.html", tab=tab, page_number=number, last=last, repairs=repairs, **answer
    )


def _repairs() -> list[dict[str, Any]]:
    """Returned data that the reader may mend, though the step itself is held by somebody else."""
    return ask("satudata_case_list", waiting_for="repair", limit=PER_PAGE)["results"]
