"""The kamus data of a table: read by everybody, edited as a table, brought and taken as JSON."""

from __future__ import annotations

import json
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ckanext.satudata.logic.dictionaries import saving
from ckanext.satudata.views import dictionary_form
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    code_of,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)
from ckanext.satudata.views.dictionary_form import Row

data_dictionary = Blueprint("satudata_data_dictionary", __name__)

LARGEST = 500_000
"""Bytes of a JSON file that is brought."""


@data_dictionary.route("/dataset/<name>/kamus-data")
def tables(name: str) -> Any:
    """The tables of a dataset; with one table, that one."""
    dataset = ask_or_404("package_show", id=name)
    listed = tk.h.satudata_tables(dataset)
    if len(listed) == 1:
        return tk.redirect_to(
            "satudata_data_dictionary.read", name=dataset["name"], resource_id=listed[0]["id"]
        )
    return page("kamus/tables.html", dataset=dataset, tables=listed)


@data_dictionary.route("/dataset/<name>/kamus-data/<resource_id>")
def read(name: str, resource_id: str) -> Any:
    """The kamus data of one table, with what is missing for those who can mend it."""
    dataset, resource = _found(name, resource_id)
    shown = ask_or_404("satudata_dictionary_show", id=resource["id"])
    return page("kamus/read.html", dataset=dataset, resource=resource, shown=shown)


@data_dictionary.route("/dataset/<name>/kamus-data/<resource_id>.json")
def export(name: str, resource_id: str) -> Any:
    """The Table Schema as a file."""
    _dataset, resource = _found(name, resource_id)
    shown = ask_or_404("satudata_dictionary_show", id=resource["id"])
    if shown["schema"] is None:
        not_found()
    text = json.dumps(shown["schema"], ensure_ascii=False, indent=2) + "\n"
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = f"attachment; filename=kamus-data-{resource['id']}.json"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@data_dictionary.route("/dataset/<name>/kamus-data/<resource_id>/versi")
@login_first
def versions(name: str, resource_id: str) -> Any:
    """What each version changed, the newest first."""
    dataset, resource = _found(name, resource_id)
    found = ask_or_404("satudata_dictionary_version_list", id=resource["id"])
    return page(
        "kamus/versions.html", dataset=dataset, resource=resource, versions=list(reversed(found))
    )


@data_dictionary.route("/dataset/<name>/kamus-data/<resource_id>/ubah", methods=["GET", "POST"])
@login_first
def edit(name: str, resource_id: str) -> Any:
    """The form. Its buttons save, or fill it anew without saving; what is typed stays."""
    dataset, resource = _found(name, resource_id)
    shown = ask_or_404("satudata_dictionary_show", id=resource["id"])
    if not shown["may_write"]:
        return _refused(dataset)
    if tk.request.method == "GET":
        return _begin(dataset, resource, shown)
    form = tk.request.form
    schema = dictionary_form.typed(form)
    do = form.get("do", "save")
    state = _State(dataset, resource, form.get("based_on", ""), schema)
    if do == "save":
        return _save(state)
    if do == "import":
        return _import(state)
    if do == "propose":
        return _propose(state)
    if do == "take":
        return _take(state, form.get("source", ""))
    return _other_columns(state, do)


@data_dictionary.route("/dataset/<name>/ms")
def forms(name: str) -> Any:
    """MS-Keg, MS-Var and MS-Ind of a dataset, to be printed for BPS."""
    dataset = ask_or_404("package_show", id=name)
    filled = ask_or_404("satudata_dictionary_forms", id=dataset["id"])
    return page("kamus/forms.html", dataset=dataset, filled=filled)


class _State:
    """What a form is about: its table, the version it began with, and what it says now."""

    def __init__(
        self,
        dataset: dict[str, Any],
        resource: dict[str, Any],
        based_on: str,
        schema: dict[str, Any] | None,
    ) -> None:
        self.dataset, self.resource = dataset, resource
        self.based_on, self.schema = based_on, schema
        self.rows: list[Row] = dictionary_form.rows_of(schema)
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def fill(self, schema: dict[str, Any]) -> None:
        """Another content for the same form."""
        self.schema = schema
        self.rows = dictionary_form.rows_of(schema)

    def wrong(self, error: tk.ValidationError) -> None:
        """Put the faults of a refusal at their fields, and all of them above."""
        told: Any = error.error_dict.get("faults") or []
        dictionary_form.mark(self.rows, told, "wrong")
        for one in told:
            at = one["column"]
            place = f"k{at - 1}-{dictionary_form.place_of(one['part'])}" if at else ""
            self.faults.append((place, one["place"], one["sentence"]))
        if not told:
            self.faults += faults_of(error, lambda _name: "")

    def page(self, status: int = 200) -> Any:
        others, signs = dictionary_form.others_of(self.schema)
        dictionary_form.mark(self.rows, saving.gaps(self.schema), "missing")
        return page(
            "kamus/form.html",
            status,
            dataset=self.dataset,
            resource=self.resource,
            based_on=self.based_on,
            rows=self.rows,
            others=others,
            signs=signs,
            faults=self.faults,
            notes=self.notes,
            sources=tk.h.satudata_dictionary_sources(self.dataset, self.resource["id"]),
            too_many=len(self.rows) > dictionary_form.MOST,
        )


def _begin(dataset: dict[str, Any], resource: dict[str, Any], shown: dict[str, Any]) -> Any:
    """What is saved, and where nothing is, a proposal for the file."""
    state = _State(dataset, resource, shown["sha256"], shown["schema"])
    if shown["schema"] is None:
        try:
            found = ask("satudata_dictionary_propose", id=resource["id"])
        except tk.ValidationError:
            state.notes.append(
                tk._("There is no file to read the columns from. Add them yourself.")
            )
        else:
            state.fill(found["schema"])
            dictionary_form.mark(state.rows, found["doubts"], "doubts")
            state.notes.append(
                tk._("These columns were read from the file. Check and complete them.")
            )
    return state.page()


def _save(state: _State) -> Any:
    try:
        ask(
            "satudata_dictionary_save",
            id=state.resource["id"],
            schema=state.schema,
            based_on=state.based_on,
        )
    except tk.ValidationError as error:
        state.wrong(error)
        return state.page(409 if code_of(error) == "dictionary_changed" else 422)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    tk.h.flash_success(tk._("The kamus data is saved."))
    return see_other(
        "satudata_data_dictionary.read",
        name=state.dataset["name"],
        resource_id=state.resource["id"],
    )


def _import(state: _State) -> Any:
    """A JSON file in the place of everything that stands in the form; saved only afterwards."""
    sent = tk.request.files.get("upload")
    told = sent.stream.read(LARGEST + 1) if sent else b""
    if not told:
        label = tk._("File with a kamus data")
        state.faults.append(("field-upload", label, tk._("Choose the file to upload.")))
        return state.page(422)
    try:
        brought = saving.read(told)
    except tk.ValidationError as error:
        # Its columns are not those of the form, so no fault stands at a field.
        errors: Any = error.error_dict["faults"]
        state.faults += [("", one["place"], _with_place(one)) for one in errors]
        return state.page(422)
    state.fill(brought.descriptor())
    return state.page()


def _with_place(fault: dict[str, Any]) -> str:
    return f"{fault['place']}: {fault['sentence']}" if fault["place"] else fault["sentence"]


def _propose(state: _State) -> Any:
    """The columns of the file; what is typed stays where the column is still there."""
    typed = {"schema": state.schema} if state.schema and state.schema["fields"] else {}
    try:
        found = ask("satudata_dictionary_propose", id=state.resource["id"], **typed)
    except tk.ValidationError as error:
        state.wrong(error)
        return state.page(422)
    state.fill(found["schema"])
    dictionary_form.mark(state.rows, found["doubts"], "doubts")
    _tell(state, found)
    return state.page()


def _take(state: _State, source: str) -> Any:
    try:
        found = ask(
            "satudata_dictionary_take_over",
            id=state.resource["id"],
            source=source,
            schema=state.schema,
            keep=True,
        )
    except tk.ValidationError as error:
        state.wrong(error)
        return state.page(422)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        text = tk._("Choose a table whose kamus data you may read.")
        state.faults.append(("field-source", tk._("Take over from"), text))
        return state.page(422)
    state.fill(found["schema"])
    _tell(state, found)
    return state.page()


def _tell(state: _State, found: dict[str, Any]) -> None:
    """What became of the columns."""
    for row in state.rows:
        row.is_new = row.values["name"] in found["new"]
    words = {
        tk._("Not known before: {names}."): found["new"],
        tk._("No longer there: {names}."): found["vanished"],
        tk._("Taken over though spelled in another way: {names}."): found["respelled"],
    }
    state.notes += [text.format(names=", ".join(names)) for text, names in words.items() if names]


def _other_columns(state: _State, do: str) -> Any:
    """One column more, or without one."""
    schema = state.schema or {"fields": []}
    if do == "add":
        schema["fields"].append({"name": "", "type": "string"})
    numbers = {f"remove-{at}": at for at in range(len(schema["fields"]))}
    if do in numbers:
        del schema["fields"][numbers[do]]
    state.fill(schema)
    return state.page()


def _found(name: str, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    dataset = ask_or_404("package_show", id=name)
    for resource in dataset["resources"]:
        if resource["id"] == resource_id:
            return dataset, resource
    return not_found()


def _refused(dataset: dict[str, Any]) -> Any:
    """Who has the data now, for those who may know it; for others there is no such page."""
    case = tk.h.satudata_case(dataset["id"])
    try:
        tk.check_access("package_update", {"user": current_user.name}, {"id": dataset["id"]})
    except tk.NotAuthorized as refused:
        if dataset["private"] or case:
            return page("refused.html", 403, sentence=str(refused.message), case=case)
    return not_found()
