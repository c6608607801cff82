"""What an office does again and again: what is open, what was confirmed, what was missed."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import (
    Fault,
    ask,
    by_field,
    faults_of,
    login_first,
    page,
    see_other,
)

LAST = 20
"""So many of those that ended are shown."""

rounds = Blueprint("satudata_rounds", __name__, url_prefix="/tugas-berkala")


@rounds.route("")
@login_first
def read() -> Any:
    """What is open, what is due first before the others; then what ended last."""
    return _page()


@rounds.route("/<id>", methods=["POST"])
@login_first
def confirm(id: str) -> Any:  # noqa: A002 - the word of the address
    """Confirm one; `note` says what was done."""
    note = tk.request.form.get("note", "")
    try:
        ask("satudata_round_confirm", id=id, note=note)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    except tk.ValidationError as error:
        return _page(faults_of(error, lambda _name: tk._("What was done")), 422, id, note)
    tk.h.flash_success(tk._("Confirmed. The record says that you did."))
    return see_other("satudata_rounds.read")


def _page(
    faults: list[Fault] | None = None, status: int = 200, at: str = "", note: str = ""
) -> Any:
    placed: list[Fault] = [
        (f"{place}-{at}" if place == "field-note" else "", label, text)
        for place, label, text in faults or ()
    ]
    return page(
        "rounds/read.html",
        status,
        rounds=ask("satudata_round_list", limit=100)["results"],
        ended=ask("satudata_round_list", state="ended", limit=LAST)["results"],
        faults=placed,
        wrong=by_field(placed),
        at=at,
        note=note,
    )
