"""Doors to releases: a working copy is opened, what is withdrawn is told."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views.answers import (
    ask,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)

TOLD = frozenset({"dataset.read", "dataset_resource.read", "resource.read"})
"""Pages of a dataset whose address goes on answering after a withdrawal."""

releases = Blueprint("satudata_releases", __name__)


@releases.route("/dataset/<name>/salinan", methods=["POST"])
@login_first
def open_copy(name: str) -> Any:
    """Open a working copy, of an earlier release where one is named, and lead to it."""
    number = tk.request.form.get("rilis") or None
    try:
        copy = ask("satudata_working_copy_create", id=name, release=number)
    except tk.ObjectNotFound:
        not_found()
    except tk.ValidationError as error:
        sentence = " ".join(text for _id, _label, text in faults_of(error, lambda _name: ""))
        return page("refused.html", 409, sentence=sentence, case=None)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message or refused), case=None)
    tk.h.flash_success(tk._("The working copy is open. The public goes on reading the release."))
    return see_other("dataset.read", id=copy["name"])


@releases.before_app_request
def tell_of_what_is_gone() -> Any:
    """Where data was withdrawn, or a working copy applied, its address says so or leads on."""
    if tk.request.endpoint not in TOLD:
        return None
    told = tk.h.satudata_gone((tk.request.view_args or {}).get("id", ""))
    if told is None:
        return None
    if told["leads_to"]:
        return see_other("dataset.read", id=told["leads_to"])
    if told["access_class"]:
        return page("dataset/restricted.html", 403, told=told)
    return page("dataset/tombstone.html", 410, told=told)
