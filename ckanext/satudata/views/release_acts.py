"""Acts that cannot be undone have a page of their own, which ends with the verb."""

from __future__ import annotations

from functools import partial
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views import act_pages
from ckanext.satudata.views.act_pages import ActPage, Values
from ckanext.satudata.views.answers import ask, login_first, see_other

release_acts = Blueprint("satudata_release_acts", __name__)


@release_acts.route("/dataset/<name>/terbit-khusus", methods=["GET", "POST"])
@login_first
def force(name: str) -> Any:
    """Publish past the SOP; of a working copy that was applied meanwhile the result."""
    gone = tk.h.satudata_gone(name)
    if gone and gone["leads_to"]:
        return see_other("satudata_release_history.listed", name=gone["leads_to"])
    return act_pages.answer(FORCE, name)


@release_acts.route("/dataset/<name>/buang", methods=["GET", "POST"])
@login_first
def drop(name: str) -> Any:
    """End a working copy without a release."""
    ended = tk.h.satudata_dropped_copy(name)
    if ended:
        tk.h.flash_notice(tk._("This working copy was dropped already."))
        return see_other("dataset.read", id=ended)
    return act_pages.answer(DROP, name)


def _withdrawal(_dataset: Values) -> Values:
    """What a withdrawal says besides its reason; a dataset may be named by its address."""
    form = tk.request.form
    number = form.get("release", type=int)
    replacement = form.get("replacement", "").strip().rstrip("/").rpartition("/")[2]
    basis = form.get("legal_basis", "").strip()
    return {"release": number, "replacement": replacement, "legal_basis": basis}


def _to_newest(dataset: Values) -> Any:
    newest = ask("satudata_release_list", id=dataset["id"])[0]
    return act_pages.to_release(dataset["name"], newest["number"])


def _withdrawn(dataset: Values, done: Values) -> Any:
    tk.h.flash_success(tk._("The data is withdrawn. Its address says so and why."))
    return act_pages.to_release(dataset["name"], done["number"])


def _forced(dataset: Values, done: Values) -> Any:
    tk.h.flash_success(tk._("The data is public. The page and the monthly report say how."))
    gone = tk.h.satudata_gone(dataset["id"])
    return act_pages.to_release(gone["leads_to"] if gone else dataset["name"], done["number"])


def _dropped(_dataset: Values, done: Values) -> Any:
    tk.h.flash_success(tk._("The working copy is dropped. The public release stays as it is."))
    public = ask("package_show", id=done["dataset_id"])
    return see_other("dataset.read", id=public["name"])


WITHDRAW = ActPage(
    "withdraw",
    "tarik",
    "satudata_release_withdraw",
    _withdrawn,
    fields=("reason", "legal_basis", "replacement"),
    said=_withdrawal,
    again=act_pages.again("withdraw", "not_published", _to_newest),
)
FORCE = ActPage(
    "force",
    "terbit-khusus",
    "satudata_release_force",
    _forced,
    again=act_pages.again("force", "already_published", _to_newest),
)
DROP = ActPage("drop", "buang", "satudata_working_copy_drop", _dropped)

release_acts.add_url_rule(
    f"/dataset/<name>/{WITHDRAW.path}",
    WITHDRAW.name,
    login_first(partial(act_pages.answer, WITHDRAW)),
    methods=["GET", "POST"],
)
