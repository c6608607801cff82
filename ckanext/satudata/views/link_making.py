"""Making and withdrawing a link, from the page of a case."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, make_response

from ckanext.satudata.logic.notices import channels
from ckanext.satudata.typed import words_on_links
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    by_field,
    faults_of,
    login_first,
    page,
    see_other,
)

link_making = Blueprint("satudata_link_making", __name__)


@link_making.route("/kasus/<int:number>/tautan", methods=["POST"])
@login_first
def make(number: int) -> Any:
    """A new link; its address is shown on this one answer, and nowhere again."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    form = tk.request.form
    values = {
        name: form.get(name, "") for name in ("step", "visit", "actor", "name", "email", "days")
    }
    values["dataset_id"] = form.get("item", "")
    try:
        made = ask("satudata_link_create", id=str(number), **values)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        return _not_made(422, shown, faults_of(error, _label), values)
    answer = make_response(*page("link/made.html", case=shown, link=made, mails=_mails()))
    answer.headers["Cache-Control"] = "no-store"
    # The address of this page tells nothing; over TLS its own forms need it to be sent along.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


@link_making.route("/kasus/<int:number>/tautan/<link_id>/tarik", methods=["POST"])
@login_first
def withdraw(number: int, link_id: str) -> Any:
    """Take a link back, and return to the case."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    try:
        ask("satudata_link_withdraw", id=link_id)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        return _not_made(409, shown, faults_of(error, _label), {})
    return see_other("satudata_case.read", number=number)


def _not_made(status: int, case: Any, faults: list[Fault], values: dict[str, str]) -> Any:
    """The form once more with all that was typed; nothing of it where a link was not withdrawn."""
    facts = {"case": case, "values": values, "mails": _mails()}
    return page("link/not_made.html", status, faults=faults, wrong=by_field(faults), **facts)


def _mails() -> bool:
    """Whether the portal can send the link itself."""
    return channels.any_there()


def _label(name: str) -> str:
    return words_on_links().get(name, "")
