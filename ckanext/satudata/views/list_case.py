"""Opening a case over a list, and answering what a list asks for."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic import choices
from ckanext.satudata.logic.people import user_of
from ckanext.satudata.views import history
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    by_field,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)
from ckanext.satudata.views.material import answers

list_case = Blueprint("satudata_list_case", __name__)


@list_case.route("/kasus/baru", methods=["GET", "POST"])
@login_first
def new() -> Any:
    """Choose the SOP of a case over a list, among those whose first step the reader holds."""
    user = user_of({"user": current_user.name})
    offered = [_offer(one) for one in choices.openable(user)] if user else []
    if tk.request.method == "GET":
        return _new_form(offered, {})
    values = {name: tk.request.form.get(name, "").strip() for name in ("sop", "datasets")}
    if not values["sop"]:
        label = tk._("Procedure")
        fault = ("field-sop", label, tk._("Choose the procedure of the case."))
        return _new_form(offered, values, [fault], 422)
    subject, _, office = values["sop"].partition("@")
    named = [one.rstrip("/").rpartition("/")[2] for one in values["datasets"].split()]
    try:
        case = ask("satudata_case_open", sop=subject, organization=office, datasets=named)
    except (tk.ValidationError, tk.ObjectNotFound) as error:
        return _new_form(offered, values, _open_faults(error), 422)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    return see_other("satudata_case.receipt", number=case["number"], sequence=case["version"])


@list_case.route("/kasus/<int:number>/permintaan/<request>", methods=["GET", "POST"])
@login_first
def answer(number: int, request: str) -> Any:
    """Say which dataset answers a request of the list."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    item = history.dataset_of(shown, request)
    if item is None or not item["request"]:
        return _answered(shown, request)
    if tk.request.method == "GET":
        return _answer_form(shown, item)
    form = tk.request.form
    if not form.get("dataset_id"):
        fault = ("field-dataset_id", tk._("Data"), tk._("Choose the data that answer the request."))
        return _answer_form(shown, item, [fault], 422)
    values = {
        "request": request,
        "dataset_id": form["dataset_id"],
        "version": form.get("version", type=int),
    }
    try:
        ask("satudata_request_fulfil", id=str(number), **values)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except (tk.ValidationError, tk.ObjectNotFound) as error:
        newest = ask_or_404("satudata_case_show", id=str(number))
        item = history.dataset_of(newest, request)
        if item is None or not item["request"]:
            return _answered(newest, request)
        return _answer_form(newest, item, _open_faults(error), 409)
    tk.h.flash_success(tk._("This data now stands in the place of the request."))
    return see_other("satudata_case.read", number=number)


def _answered(shown: dict[str, Any], request: str) -> Any:
    """What was a request once and has its answer is read in the case; anything else is not."""
    fulfilled = [one for one in shown["events"] if one["kind"] == "request_fulfilled"]
    if not any(one["body"]["item"] == request for one in fulfilled):
        not_found()
    tk.h.flash_notice(tk._("This request has its answer already. It is counted once."))
    return see_other("satudata_case.read", number=shown["number"])


def _answer_form(
    shown: dict[str, Any],
    item: dict[str, Any],
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    return page(
        "case/answer.html",
        status,
        case=shown,
        item=item,
        answers=answers(shown, item),
        chosen=tk.request.form.get("dataset_id", ""),
        faults=faults or [],
        wrong=by_field(faults),
    )


def _new_form(
    offered: list[tuple[str, str, str, str]],
    values: dict[str, str],
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    return page(
        "case/new.html",
        status,
        offered=offered,
        values=values,
        faults=faults or [],
        wrong=by_field(faults),
    )


def _offer(force: Any) -> tuple[str, str, str, str]:
    """A SOP in force as a choice: value, name, whose it is, kind."""
    adoption, head = force.adoption, force.sop.sop
    office = tk.h.satudata_facet("organization", adoption.organization_id)
    words = " · ".join(one for one in (office, head.nomor) if one)
    return f"{adoption.subject}@{adoption.organization_id}", head.nama, words, ""


def _open_faults(error: Any) -> list[Fault]:
    if isinstance(error, tk.ObjectNotFound):
        text = tk._("One of these data is not there, or is not open to you.")
        return [("field-datasets", tk._("Data"), text)]
    return faults_of(error, lambda _name: "")
