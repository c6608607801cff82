"""Importing officers: upload, look at what would change, apply, print the first passwords."""

from __future__ import annotations

import io
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Response
from werkzeug.datastructures import FileStorage

from ckanext.satudata.logic.officers import importing as officer_import
from ckanext.satudata.logic.officers import lists as officer_lists
from ckanext.satudata.officers.template import template as workbook
from ckanext.satudata.officers.workbook import MAX_BYTES
from ckanext.satudata.views import held
from ckanext.satudata.views.answers import Fault, ask, code_of, page, refusal
from ckanext.satudata.views.officer_form import by_field, faults_of, refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_NAME = "templat-petugas.xlsx"
MAX_FILES = 20


def bring() -> Any:
    """The form; or what the uploaded workbook would change."""
    not_allowed = _not_allowed()
    if not_allowed:
        return not_allowed
    if tk.request.method == "GET":
        return _form([], 200)
    upload = tk.request.files.get("upload")
    letters, faults = _kept_letters()
    if not upload:
        faults.append(("field-upload", tk._("Workbook"), refusal("attachment_missing")))
    if faults or not upload:
        return _form(faults, 422)
    return _shown(_copy(upload), letters, tk.request.form.get("invite", ""))


def apply() -> Any:
    """Do what was shown, or show anew what has changed since."""
    not_allowed = _not_allowed()
    if not_allowed:
        return not_allowed
    form = tk.request.form
    token, invite = form.get("upload_held", ""), form.get("invite", "")
    letters = form.getlist("letters")
    upload = held.take(current_user.id, token)
    if upload is None:
        return _form([("field-upload", tk._("Workbook"), refusal("import_lost"))], 409)
    values = {"letters": letters, "invite": invite or "password", "plan": form.get("plan", "")}
    try:
        answer = ask("satudata_officers_import", upload=_copy(upload), dry_run=False, **values)
    except tk.ValidationError as error:
        status = 409 if code_of(error) == "import_changed" else 422
        return _shown(_copy(upload), letters, invite, faults_of(error), status)
    except tk.NotAuthorized as error:
        return refused(error)
    held.drop(current_user.id, token)
    text, status = page("petugas/applied.html", answer=answer)
    # First passwords: to be printed now, and to be found in no cache later.
    return Response(text, status, {"Cache-Control": "private, no-store"})


def template() -> Any:
    """The workbook to be filled in, with this portal's actors and agencies listed in it."""
    not_allowed = _not_allowed()
    if not_allowed:
        return not_allowed
    answer = Response(workbook(*officer_lists.template_lists()), mimetype=XLSX)
    answer.headers["Content-Disposition"] = f"attachment; filename={TEMPLATE_NAME}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _not_allowed() -> Any:
    """The page of somebody who may not import, before anything is read."""
    try:
        tk.check_access("satudata_officers_import", {"user": current_user.name}, {})
    except tk.NotAuthorized as error:
        return refused(error)
    return None


def _shown(
    upload: FileStorage,
    letters: list[str],
    invite: str,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    """What a workbook would change, with the form that confirms it."""
    kept = held.hold(current_user.id, _copy(upload))
    try:
        plan = ask("satudata_officers_import", upload=_copy(upload), letters=letters)
    except tk.ValidationError as error:
        return _form(faults_of(error), 422)
    return page(
        "petugas/plan.html",
        status,
        plan=plan,
        held=kept,
        letters=letters,
        invite=invite,
        faults=faults or [],
        doing=plan["counts"]["new"] + plan["counts"]["changed"],
    )


def _kept_letters() -> tuple[list[str], list[Fault]]:
    """The letters that came along, kept as attachments; each that is refused is told."""
    ids: list[str] = []
    faults: list[Fault] = []
    for sent in tk.request.files.getlist("letters")[:MAX_FILES]:
        if not sent.filename:
            continue
        try:
            ids.append(ask("satudata_attachment_create", upload=sent)["id"])
        except tk.ValidationError as error:
            told = [text for _place, _label, text in faults_of(error)]
            faults += [("field-letters", sent.filename, text) for text in told]
    return ids, faults


def _copy(upload: FileStorage) -> FileStorage:
    """The same file to be read once more; reading and keeping both come to its end."""
    upload.stream.seek(0)
    content = upload.stream.read(MAX_BYTES + 1)
    upload.stream.seek(0)
    return FileStorage(io.BytesIO(content), upload.filename, "upload")


def _form(faults: list[Fault], status: int) -> Any:
    return page(
        "petugas/import.html",
        status,
        faults=faults,
        wrong=by_field(faults),
        can_mail=officer_import.can_mail(),
        limit=MAX_BYTES // 1_000_000,
    )
