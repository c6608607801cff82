"""Who may read restricted data: listed, named and taken back on a page of the dataset."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.msgid import N_
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

FIELDS = ("kind", "reader", "reason", "until")
LABELS = {
    "kind": N_("Who may read"),
    "reader": N_("Name of the account or of the agency"),
    "reason": N_("Reason"),
    "until": N_("Until"),
}

readers = Blueprint("satudata_readers", __name__)


@readers.route("/dataset/<name>/pembaca", methods=["GET", "POST"])
@login_first
def listed(name: str) -> Any:
    """The readers of a dataset; a POST names one more."""
    dataset = ask_or_404("package_show", id=name)
    typed = {one: tk.request.form.get(one, "").strip() for one in FIELDS}
    if tk.request.method == "GET":
        return _page(dataset, typed)
    try:
        ask("satudata_reader_add", id=dataset["id"], **typed)
    except tk.ValidationError as error:
        return _page(dataset, typed, faults_of(error, _label), 422)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    tk.h.flash_success(tk._("This reader was named."))
    return see_other("satudata_readers.listed", name=name)


@readers.route("/dataset/<name>/pembaca/<row_id>/cabut", methods=["POST"])
@login_first
def taken_back(name: str, row_id: str) -> Any:
    """Take back what one reader was given."""
    try:
        ask("satudata_reader_remove", id=row_id)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    except tk.ValidationError:
        tk.h.flash_error(tk._("This reader was taken back already."))
    else:
        tk.h.flash_success(tk._("This reader was taken back and reads the data no more."))
    return see_other("satudata_readers.listed", name=name)


def _page(
    dataset: dict[str, Any],
    typed: dict[str, str],
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    found = ask_or_404("satudata_reader_list", id=dataset["id"])
    values = {"dataset": dataset, "rows": found, "typed": typed, "faults": faults or []}
    return page("dataset/readers.html", status, **values, wrong=by_field(faults))


def _label(name: str) -> str:
    return tk._(LABELS[name]) if name in LABELS else ""
