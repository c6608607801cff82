"""Findings about data of persons are answered from the page of a case."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.msgid import N_
from ckanext.satudata.views.answers import (
    ask,
    ask_or_404,
    by_field,
    faults_of,
    login_first,
    page,
    see_other,
)
from ckanext.satudata.views.case import about

LABELS = {"findings": N_("Findings"), "verdict": N_("Answer"), "reason": N_("Reason")}

personal = Blueprint("satudata_personal", __name__)


@personal.route("/kasus/<int:number>/data-pribadi", methods=["POST"])
@login_first
def answer(number: int) -> Any:
    """Answer the ticked findings of one file; what is missing comes back with what was typed."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    form = tk.request.form
    names = ("id", "content", "verdict", "reason")
    typed: dict[str, Any] = {one: form.get(one, "").strip() for one in names}
    typed["findings"] = form.getlist("findings")
    try:
        ask("satudata_personal_data_answer", **typed)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        faults = faults_of(error, lambda name: tk._(LABELS[name]) if name in LABELS else "")
        sent = {"sent": typed, "faults": faults, "wrong": by_field(faults)}
        return page("case/read.html", 422, **about(shown), **sent)
    tk.h.flash_success(tk._("The answer was kept. It holds for this content alone."))
    return see_other("satudata_case.read", number=number, _anchor="personal-data")
