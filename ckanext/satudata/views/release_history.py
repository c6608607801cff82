"""The releases that a dataset had, the files of each, and what differs between two of them."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic.files import store
from ckanext.satudata.views.answers import (
    ask,
    ask_or_404,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)
from ckanext.satudata.views.downloads import file_answer

PER_PAGE = 50
KINDS = {"baru": "added", "hilang": "removed", "berubah": "changed"}
"""By the word in the address."""

release_history = Blueprint("satudata_release_history", __name__)


@release_history.route("/dataset/<name>/rilis")
def listed(name: str) -> Any:
    """The releases that a dataset had, for everybody who may read it."""
    dataset = ask_or_404("package_show", id=name)
    found = ask_or_404("satudata_release_list", id=dataset["id"])
    return page("release/list.html", dataset=dataset, releases=found)


@release_history.route("/dataset/<name>/rilis/<int:number>")
def read(name: str, number: int) -> Any:
    """One release: when, by what, and for those who may read it what it held."""
    dataset = ask_or_404("package_show", id=name)
    release = ask_or_404("satudata_release_show", id=dataset["id"], release=number)
    return page("release/read.html", dataset=dataset, release=release)


@release_history.route("/dataset/<name>/rilis/<int:number>/berkas/<resource_id>")
def file(name: str, number: int, resource_id: str) -> Any:
    """A file of a release. That of the release in force is had where everybody has it."""
    release = ask_or_404("satudata_release_show", id=name, release=number)
    if release["in_force"]:
        return see_other("satudata_downloads.download", name=name, resource_id=resource_id)
    found = [one for one in release["files"] or () if one["resource_id"] == resource_id]
    return _handed_over(found[0]) if found else not_found()


@release_history.route("/dataset/<name>/perbedaan")
@login_first
def differences(name: str) -> Any:
    """What differs between a working copy and the release, or between releases `dari` and `ke`."""
    return _answered(name, "release/differences.html", "satudata_release_differences", **_which())


@release_history.route("/dataset/<name>/perbedaan/<resource_id>/<kind>")
@login_first
def rows(name: str, resource_id: str, kind: str) -> Any:
    """The rows of one kind that differ, page by page (`halaman`)."""
    if kind not in KINDS:
        not_found()
    number = max(tk.request.args.get("halaman", 1, type=int), 1)
    wanted = {"resource": resource_id, "kind": KINDS[kind], "limit": PER_PAGE}
    return _answered(
        name,
        "release/rows.html",
        "satudata_row_differences",
        **wanted,
        **_which(),
        offset=(number - 1) * PER_PAGE,
        number=number,
        word=kind,
    )


def _which() -> dict[str, int | None]:
    """The two releases that the address names; what is no number is as if it were not there."""
    args = tk.request.args
    return {"from": args.get("dari", type=_number), "to": args.get("ke", type=_number)}


def _number(text: str) -> int:
    """Raises ValueError for what is no number of a release."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _answered(name: str, template: str, action: str, **values: Any) -> Any:
    """A page about what differs; a refusal says who reads it, or what there is to compare."""
    dataset = ask_or_404("package_show", id=name)
    shown = {name: values.pop(name) for name in ("number", "word") if name in values}
    shown["resource_id"] = values.get("resource")
    try:
        found = ask(action, id=dataset["id"], **values)
    except tk.ObjectNotFound:
        not_found()
    except tk.NotAuthorized as refused:
        return page("release/refused.html", 403, dataset=dataset, sentence=str(refused.message))
    except tk.ValidationError as error:
        sentence = " ".join(text for _id, _label, text in faults_of(error, lambda _name: ""))
        return page("release/refused.html", 404, dataset=dataset, sentence=sentence)
    releases = [] if dataset.get("private") else ask("satudata_release_list", id=dataset["id"])
    per_page = {"per_page": PER_PAGE}
    return page(template, dataset=dataset, found=found, releases=releases, **shown, **per_page)


def _handed_over(one: dict[str, Any]) -> Any:
    try:
        answer = file_answer(one["sha256"], one["name"])
    except store.Missing:
        not_found()
    # Core would call it public again, where nobody said that it is not.
    tk.request.environ["__no_cache__"] = "True"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
