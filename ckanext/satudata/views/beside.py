"""The acts that end no step: taken on, given away, paused, said, and those over the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic.cases.work import AWAY
from ckanext.satudata.views import history, paper
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
from ckanext.satudata.views.beside_form import BesideForm
from ckanext.satudata.views.case import CONFLICTS, about, new_key

FORMS = frozenset({
    "claim", "assign", "hand_back", "approve", "pause", "resume", "comment", "add", "drop",
    "set_closing", "go_on", "cancel",
})  # fmt: skip

beside = Blueprint("satudata_beside", __name__)


@beside.route("/kasus/<int:number>/langkah/<int:step>/tindakan", methods=["GET", "POST"])
@login_first
def act(number: int, step: int) -> Any:
    """The acts at a visit; with `tindakan` the form of one. A POST does one."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    form, args = BesideForm.of(tk.request.form), tk.request.args
    if tk.request.method == "POST":
        return _do(shown, step, form)
    item = args.get("data")
    visit = history.open_visit(shown, step, item, args.get("kunjungan", type=int))
    if visit is None:
        return see_other("satudata_case.read", number=number)
    wanted = args.get("tindakan", "")
    return _page(shown, visit, BesideForm(act=wanted if wanted in FORMS else "", item=item))


@beside.route("/kasus/<int:number>/kerja", methods=["POST"])
@login_first
def work(number: int) -> Any:
    """Try again what an act over the list has still to do."""
    try:
        shown = ask("satudata_case_work", id=str(number))
    except tk.ObjectNotFound:
        tk.abort(404)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case={"number": number})
    # Where the worker could not be told, the page says so beside the data.
    if all(one["refused"] != AWAY for one in shown["work"]):
        tk.h.flash_success(tk._("It is being tried again. Reload this page in a moment."))
    return see_other("satudata_case.read", number=number)


def _do(shown: dict[str, Any], step: int, form: BesideForm) -> Any:
    visit = history.open_visit(shown, step, form.item, form.visit)
    form, faults = _with_files(shown, visit or _answered(shown, step, form), form)
    faults = [*form.faults(), *faults]
    if visit is not None and faults:
        return _page(shown, visit, form, faults, 422)
    try:
        after = ask("satudata_case_act", id=str(shown["number"]), **form.as_action(step))
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        return _in_vain(shown, step, form, error)
    again = after["version"] <= shown["version"]
    tk.h.flash_success(
        tk._("We had received this already. It is counted once.") if again else _done(form.act)
    )
    return see_other("satudata_case.read", number=after["number"])


def _answered(shown: dict[str, Any], step: int, form: BesideForm) -> dict[str, Any] | None:
    """The visit of a form that still names a request; its files are kept like all it says."""
    item = form.about_answers(shown).item
    return history.open_visit(shown, step, item, form.visit) if item else None


def _with_files(
    shown: dict[str, Any], visit: dict[str, Any] | None, form: BesideForm
) -> tuple[BesideForm, list[Fault]]:
    """The form with the files that came along, kept in the case."""
    if visit is None or form.act not in ("comment", "approve"):
        return form, []
    file, first = paper.keep(shown["number"], "file", form.file)
    evidence, second = paper.keep(shown["number"], "paper_file", form.paper.evidence)
    return form.with_files(file, evidence), form.at_their_place([*first, *second])


def _in_vain(shown: dict[str, Any], step: int, form: BesideForm, error: tk.ValidationError) -> Any:
    """The newest state, the reason, and everything that was typed."""
    newest = ask_or_404("satudata_case_show", id=str(shown["number"]))
    code = code_of(error)
    if code == "request_answered":
        form = form.about_answers(newest)
    visit = history.open_visit(newest, step, form.item, form.visit)
    faults = form.at_their_place(faults_of(error, lambda _name: ""))
    if visit is None:
        return page("case/conflict.html", 409, **about(newest), faults=faults, winner=None)
    if code in CONFLICTS:
        form = replace(form, key="")
    in_a_field = any(place for place, _label, _sentence in faults)
    return _page(newest, visit, form, faults, 422 if in_a_field and code not in CONFLICTS else 409)


def _page(
    shown: dict[str, Any],
    visit: dict[str, Any],
    form: BesideForm,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    return page(
        "case/beside_page.html",
        status,
        **about(shown),
        visit=visit,
        item=history.dataset_of(shown, visit["item"]),
        form_values=form if form.key else replace(form, key=new_key()),
        faults=faults or [],
        wrong=by_field(faults),
    )


def _done(act: str) -> str:
    """What has happened, in a sentence."""
    said = {
        "claim": tk._("You have taken this step on."),
        "assign": tk._("The step is given to that person."),
        "hand_back": tk._("The step is handed back."),
        "approve": tk._("The approval is on record."),
        "pause": tk._("The step is paused."),
        "resume": tk._("The step goes on."),
        "comment": tk._("Your comment is in the case."),
        "add": tk._("It stands on the list now."),
        "drop": tk._("It is off the list."),
        "set_closing": tk._("The closing date is set."),
        "go_on": tk._("The list goes on without what is missing."),
        "cancel": tk._("The case is cancelled."),
    }
    return said.get(act, tk._("It is done."))
