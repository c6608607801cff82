"""Acts that cannot be undone have a page of their own, which ends with the verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    by_field,
    code_of,
    faults_of,
    login_first,
    page,
    see_other,
)

FIELDS = ("reason", "legal_basis", "replacement")

release_acts = Blueprint("satudata_release_acts", __name__)

Values = dict[str, Any]


@release_acts.route("/dataset/<name>/tarik", methods=["GET", "POST"])
@login_first
def withdraw(name: str) -> Any:
    """Take public data back: the public reads the reason."""
    return _page_of(name, "withdraw", "satudata_release_withdraw", _withdrawal())


@release_acts.route("/dataset/<name>/terbit-khusus", methods=["GET", "POST"])
@login_first
def force(name: str) -> Any:
    """Publish past the SOP; of a working copy that was applied meanwhile the result."""
    gone = tk.h.satudata_gone(name)
    if gone and gone["leads_to"]:
        return see_other("satudata_release_history.listed", name=gone["leads_to"])
    return _page_of(name, "force", "satudata_release_force", {})


@release_acts.route("/dataset/<name>/buang", methods=["GET", "POST"])
@login_first
def drop(name: str) -> Any:
    """End a working copy without a release."""
    ended = tk.h.satudata_dropped_copy(name)
    if ended:
        tk.h.flash_notice(tk._("This working copy was dropped already."))
        return see_other("dataset.read", id=ended)
    return _page_of(name, "drop", "satudata_working_copy_drop", {})


def _withdrawal() -> Values:
    """What a withdrawal says besides its reason; a dataset may be named by its address."""
    form = tk.request.form
    number = form.get("release", type=int)
    replacement = form.get("replacement", "").strip().rstrip("/").rpartition("/")[2]
    basis = form.get("legal_basis", "").strip()
    return {"release": number, "replacement": replacement, "legal_basis": basis}


def _page_of(name: str, act: str, action: str, more: Values) -> Any:
    """The form of an act, or its result; `name` may be hidden from whoever asks."""
    dataset = ask_or_404("package_show", id=name)
    if tk.request.method == "GET":
        refused = tk.h.satudata_release_refusals(dataset["id"])[act]
        return _refused(dataset, refused) if refused else _form(act, dataset)
    try:
        done = ask(action, id=dataset["id"], reason=tk.request.form.get("reason", ""), **more)
    except tk.NotAuthorized as refused:
        return _refused(dataset, (403, str(refused.message)))
    except tk.ValidationError as error:
        return _again(act, dataset) or _form(act, dataset, error)
    return _done(act, dataset, done)


def _form(act: str, dataset: Values, error: tk.ValidationError | None = None) -> Any:
    """The form, with everything that was typed; what no field can mend makes it a conflict."""
    faults = [_asked(one) for one in faults_of(error, _label)] if error else []
    in_a_field = all(place for place, _label, _sentence in faults)
    return page(
        f"release/{act}.html",
        200 if error is None else 422 if in_a_field else 409,
        dataset=dataset,
        releases=ask("satudata_release_list", id=dataset["id"]),
        typed={name: tk.request.form.get(name, "") for name in FIELDS},
        faults=faults,
        wrong=by_field(faults),
        code=code_of(error) if error else "",
    )


def _asked(fault: Fault) -> Fault:
    """The same; of an empty reason it says what to do."""
    place, label, sentence = fault
    empty = place == "field-reason" and not tk.request.form.get("reason", "").strip()
    return (place, label, tk._("Write why.")) if empty else (place, label, sentence)


def _label(name: str) -> str:
    labels = {
        "reason": tk._("Reason"),
        "legal_basis": tk._("Legal basis"),
        "replacement": tk._("In its place"),
    }
    return labels.get(name, "")


def _again(act: str, dataset: Values) -> Any:
    """The result of the same form sent before; None where it is another matter."""
    releases = ask("satudata_release_list", id=dataset["id"])
    typed = tk.request.form.get("reason", "").strip()
    newest = releases[0] if releases else None
    same: dict[str, Callable[[Values], bool]] = {
        "withdraw": lambda one: bool(one["withdrawal"]) and one["withdrawal"]["reason"] == typed,
        "force": lambda one: one["in_force"] and one["forced"] and one["reason"] == typed,
    }
    if newest is None or act not in same or not same[act](newest):
        return None
    tk.h.flash_notice(tk._("We had received this already. It is counted once."))
    return _to_release(dataset["name"], newest)


def _done(act: str, dataset: Values, done: Values) -> Any:
    if act == "drop":
        tk.h.flash_success(tk._("The working copy is dropped. The public release stays as it is."))
        public = ask("package_show", id=done["dataset_id"])
        return see_other("dataset.read", id=public["name"])
    if act == "withdraw":
        tk.h.flash_success(tk._("The data is withdrawn. Its address says so and why."))
        return _to_release(dataset["name"], done)
    tk.h.flash_success(tk._("The data is public. The page and the monthly report say how."))
    gone = tk.h.satudata_gone(dataset["id"])
    return _to_release(gone["leads_to"] if gone else dataset["name"], done)


def _to_release(name: str, release: Values) -> Any:
    return see_other("satudata_release_history.read", name=name, number=release["number"])


def _refused(dataset: Values, refused: tuple[int, str]) -> Any:
    status, sentence = refused
    return page("release/refused.html", status, dataset=dataset, sentence=sentence)
