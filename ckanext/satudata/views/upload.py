"""Bringing data without JavaScript: metadata first, then the file. The SOP does the rest.

The dataset is stored before a file is asked for, so a fault in its metadata never costs an upload.
"""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views import answering, dataset_form, file_form, held
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

upload = Blueprint("satudata_upload", __name__)


@upload.route("/unggah", methods=["GET", "POST"])
@login_first
def new() -> Any:
    """The metadata of a new dataset."""
    agencies = tk.h.organizations_available("create_dataset")
    if not agencies:
        return page("refused.html", 403, sentence=tk._("You belong to no agency yet."), case=None)
    asked = answering.asked_for(tk.request.values)
    if tk.request.method == "GET":
        owner = agencies[0]["id"] if len(agencies) == 1 else ""
        return _dataset_form(None, {"owner_org": owner, **answering.prefilled(asked)}, asked=asked)
    values = dataset_form.typed(tk.request.form)
    name = dataset_form.free_name(values["title"])
    try:
        dataset = ask("package_create", name=name, **dataset_form.as_action(values))
    except tk.ValidationError as error:
        return _dataset_form(None, values, dataset_form.faults(error), 422, asked=asked)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=_reason(refused), case=None)
    if asked:
        answering.answer(asked, dataset)
    return see_other("satudata_upload.file", name=dataset["name"])


@upload.route("/dataset/<name>/metadata", methods=["GET", "POST"])
@login_first
def metadata(name: str) -> Any:
    """The metadata of a dataset that the reader may write now."""
    dataset, refused = _writable(name)
    if refused:
        return refused
    if tk.request.method == "GET":
        return _dataset_form(dataset, tk.h.satudata_form_values(dataset))
    values = dataset_form.typed(tk.request.form)
    try:
        ask("package_patch", id=dataset["id"], **dataset_form.as_action(values))
    except tk.ValidationError as error:
        return _dataset_form(dataset, values, dataset_form.faults(error), 422)
    except tk.NotAuthorized as refusal:
        return page("refused.html", 403, sentence=_reason(refusal), case=None)
    tk.h.flash_success(tk._("The metadata are saved."))
    return see_other("dataset.read", id=dataset["name"])


@upload.route("/dataset/<name>/unggah", methods=["GET", "POST"])
@login_first
def file(name: str) -> Any:
    """A new file of a dataset, or with `berkas` another version of one."""
    dataset, refused = _writable(name)
    if refused:
        return refused
    wanted = tk.request.args.get("berkas")
    resource = next((one for one in dataset["resources"] if one["id"] == wanted), None)
    if wanted and resource is None:
        not_found()
    if tk.request.method == "GET":
        return _file_form(dataset, resource, file_form.stored(resource))
    values = file_form.typed(tk.request.form)
    sent = tk.request.files.get("upload") or held.take(current_user.id, _token())
    faults = file_form.faults(values, sent, replacing=resource is not None)
    if faults:
        return _file_form(dataset, resource, values, faults, 422, sent)
    return _store(dataset, resource, values, sent)


@upload.route("/dataset/<name>/buka-kasus", methods=["POST"])
@login_first
def open_case(name: str) -> Any:
    """Open a case over data that came another way than by a produsen's upload."""
    dataset = ask_or_404("package_show", id=name)
    try:
        case = ask("satudata_case_open", dataset_id=dataset["id"])
    except tk.ValidationError as error:
        sentence = " ".join(text for _id, _label, text in faults_of(error, lambda _name: ""))
        return page("refused.html", 409, sentence=sentence, case=None)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=_reason(refused), case=None)
    return see_other("satudata_case.receipt", number=case["number"], sequence=case["version"])


def _store(
    dataset: dict[str, Any], resource: dict[str, Any] | None, values: dict[str, str], sent: Any
) -> Any:
    data = file_form.as_action(values, sent)
    try:
        if resource is None:
            ask("resource_create", package_id=dataset["id"], **data)
        else:
            ask("resource_patch", id=resource["id"], **data)
    except tk.ValidationError as error:
        return _file_form(dataset, resource, values, file_form.faults_of(error), 422, sent)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=_reason(refused), case=None)
    held.drop(current_user.id, _token())
    case = tk.h.satudata_case(dataset["id"])
    if case is None:
        tk.h.flash_success(tk._("The file is saved."))
        return see_other("dataset.read", id=dataset["name"])
    return see_other("satudata_case.receipt", number=case["number"], sequence=case["version"])


def _writable(name: str) -> tuple[dict[str, Any], Any]:
    """The dataset, and the answer to one who may read but not write it now."""
    dataset = ask_or_404("package_show", id=name)
    try:
        tk.check_access("package_update", {"user": current_user.name}, {"id": dataset["id"]})
    except tk.NotAuthorized as refused:
        case = tk.h.satudata_case(dataset["id"])
        if dataset["private"] or case:
            return dataset, page("refused.html", 403, sentence=_reason(refused), case=case)
        not_found()
    return dataset, None


def _dataset_form(
    dataset: dict[str, Any] | None,
    values: dict[str, Any],
    faults: list[Fault] | None = None,
    status: int = 200,
    *,
    asked: answering.Asked | None = None,
) -> Any:
    return page(
        "upload/dataset.html",
        status,
        dataset=dataset,
        values=values,
        asked=asked,
        returned=_returned(dataset),
        faults=faults or [],
        wrong=by_field(faults),
    )


def _file_form(
    dataset: dict[str, Any],
    resource: dict[str, Any] | None,
    values: dict[str, str],
    faults: list[Fault] | None = None,
    status: int = 200,
    sent: Any = None,
) -> Any:
    if sent:
        sent.stream.seek(0)
    return page(
        "upload/file.html",
        status,
        dataset=dataset,
        resource=resource,
        values=values,
        returned=_returned(dataset),
        faults=faults or [],
        wrong=by_field(faults),
        limit=tk.h.satudata_file_limit(),
        held=held.hold(current_user.id, sent),
    )


def _returned(dataset: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a return asks for, so that it stands where it is mended."""
    case = tk.h.satudata_case(dataset["id"]) if dataset else None
    if case is None or dataset is None:
        return None
    at = [one for one in case["open_visits"] if dataset["id"] in one["items"]]
    found = (tk.h.satudata_returned(case, one, dataset["id"]) for one in at)
    return next((one for one in found if one), None)


def _token() -> str:
    """Names the file that an earlier, faulty form brought."""
    return tk.request.form.get("upload_held", "")


def _reason(refused: tk.NotAuthorized) -> str:
    return str(refused.message or refused)
