"""What another procedure handed over and no list asked for: put on a list by who keeps it."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import (
    Fault,
    ask,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)

delivery = Blueprint("satudata_delivery", __name__)


@delivery.route("/serahan")
@login_first
def read() -> Any:
    """What waits, the oldest first, each with the places it may take."""
    return _page()


@delivery.route("/serahan/<id>", methods=["POST"])
@login_first
def place(id: str) -> Any:  # noqa: A002 - the word of the address
    """Put one on a list; `place` names case, entry and version as the page offered them."""
    number, _, rest = tk.request.form.get("place", "").partition(":")
    version, _, entry = rest.partition(":")
    if not entry:
        label, text = tk._("Place"), tk._("Choose the place on a list.")
        return _page([(f"field-place-{id}", label, text)], 422)
    try:
        values = {"id": id, "case": number, "entry": entry, "version": version}
        case = ask("satudata_delivery_place", **values)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    except tk.ObjectNotFound:
        not_found()
    except tk.ValidationError as error:
        return _page([("", "", text) for _id, _label, text in faults_of(error, str)], 409)
    tk.h.flash_success(tk._("It stands on the list now."))
    return see_other("satudata_case.read", number=case["number"])


def _page(faults: list[Fault] | None = None, status: int = 200) -> Any:
    waiting = ask("satudata_delivery_list")
    return page("case/deliveries.html", status, waiting=waiting, faults=faults or [])
