"""Who holds what: the list, and the end of an assignment."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic.officers import assigning
from ckanext.satudata.logic.officers import lists as officer_lists
from ckanext.satudata.views import officer_form, officer_import
from ckanext.satudata.views.answers import (
    ask,
    ask_or_404,
    login_first,
    not_found,
    page,
    see_other,
)

PER_PAGE = 50
STATES = {"sekarang": "held", "berlaku": "open", "semua": "all"}

officers = Blueprint("satudata_officers", __name__)


@officers.route("/petugas")
@login_first
def read() -> Any:
    """`instansi`, `sop`, `orang`, `keadaan`: sekarang | berlaku | semua; `halaman`: from 1."""
    _for_assigners()
    asked = {
        name: tk.request.args.get(name, "").strip()
        for name in ("instansi", "sop", "orang", "keadaan")
    }
    asked["keadaan"] = asked["keadaan"] if asked["keadaan"] in STATES else "berlaku"
    number = max(1, tk.request.args.get("halaman", 1, type=int) or 1)
    try:
        found = _found(asked, number)
    except tk.ValidationError:
        # A person or agency that is not there holds nothing.
        found = []
    return page(
        "petugas/read.html",
        asked=asked,
        rows=found[:PER_PAGE],
        page_number=number,
        more=len(found) > PER_PAGE,
        head=assigning.is_head(officer_form.reader()),
        **officer_lists.choices(officer_form.reader()),
    )


@officers.route("/petugas/<id>/akhiri", methods=["GET", "POST"])
@login_first
def end(id: str) -> Any:  # noqa: A002 - the word of the address
    """Ask for the day, then end an assignment."""
    _for_assigners()
    row = ask_or_404("satudata_assignment_show", id=id)
    if tk.request.method == "GET":
        return _end_form(row, "", [], 200)
    day = tk.request.form.get("ended_on", "").strip()
    faults = officer_form.day_faults({"ended_on": day})
    if faults:
        return _end_form(row, day, faults, 422)
    try:
        answer = ask("satudata_assignment_end", id=id, ended_on=day)
    except tk.ValidationError as error:
        return _end_form(row, day, officer_form.faults_of(error), 422)
    except tk.NotAuthorized as refused:
        return officer_form.refused(refused)
    _tell_end(answer)
    return see_other("satudata_officers.read", orang=answer["user"]["name"], keadaan="semua")


@officers.route("/petugas/tetapkan", methods=["GET", "POST"])
@login_first
def assign() -> Any:
    """Let somebody hold an actor, himself or in another's place."""
    _for_assigners()
    return officer_form.assign()


@officers.route("/petugas/menggantikan", methods=["GET", "POST"])
@login_first
def stand_in() -> Any:
    """Let somebody hold all that another holds, as Plt. or Plh."""
    _for_assigners()
    return officer_form.stand_in()


@officers.route("/petugas/serah-terima", methods=["GET", "POST"])
@login_first
def hand_over() -> Any:
    """A change of officers."""
    _for_assigners()
    return officer_form.hand_over()


@officers.route("/petugas/impor", methods=["GET", "POST"])
@login_first
def bring() -> Any:
    """Upload a workbook, and see what it would change."""
    return officer_import.bring()


@officers.route("/petugas/impor/terapkan", methods=["POST"])
@login_first
def apply() -> Any:
    """Do what was shown."""
    return officer_import.apply()


@officers.route("/petugas/impor/templat")
@login_first
def template() -> Any:
    """The workbook to be filled in."""
    return officer_import.template()


def _for_assigners() -> None:
    """Who assigns nothing gets the answer of a wrong address."""
    if not assigning.may_assign_something(officer_form.reader()):
        not_found()


def _found(asked: dict[str, str], number: int) -> list[dict[str, Any]]:
    """One row more than a page holds, to see whether there is another page."""
    return ask(
        "satudata_assignment_list",
        user=asked["orang"],
        sop=asked["sop"],
        organization=asked["instansi"],
        state=STATES[asked["keadaan"]],
        limit=PER_PAGE + 1,
        offset=(number - 1) * PER_PAGE,
    )


def _end_form(row: dict[str, Any], day: str, faults: list[Any], status: int) -> Any:
    wrong = officer_form.by_field(faults)
    return page("petugas/end.html", status, row=row, day=day, faults=faults, wrong=wrong)


def _tell_end(answer: dict[str, Any]) -> None:
    day = tk.h.satudata_date(answer["ended_on"])
    tk.h.flash_success(tk._("The assignment ends on {day}.").format(day=day))
    if answer["vacant"]:
        words = tk._("Nobody holds {actor} there from then on. Assign somebody, or cases wait.")
        tk.h.flash_error(words.format(actor=answer["actor_name"]))
