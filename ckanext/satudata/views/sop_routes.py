"""Which SOP an upload opens, and moving a running case to the revision in force."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic.people import user_of
from ckanext.satudata.logic.sop import routes
from ckanext.satudata.views import sop_words
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

sop_routes = Blueprint("satudata_sop_routes", __name__)


@sop_routes.route("/sop/jalur", methods=["GET", "POST"])
@login_first
def route() -> Any:
    """The routes, and a form to set one or, without a SOP, to take it away."""
    agencies = _agencies()
    if not agencies:
        sentence = tk._("You set the route of no agency.")
        return page("refused.html", 403, sentence=sentence, case=None)
    typed = {name: tk.request.form.get(name, "") for name in ("organization", "kind", "subject")}
    if tk.request.method == "GET":
        return _route_form(agencies, typed)
    try:
        ask("satudata_route_set", **typed)
    except tk.ValidationError as error:
        return _route_form(agencies, typed, faults_of(error, sop_words.field), 422)
    except tk.NotAuthorized as refused:
        return _route_form(agencies, typed, [("", "", str(refused.message))], 403)
    tk.h.flash_success(tk._("The route is set. It holds for uploads from now on."))
    return see_other("satudata_sop_routes.route")


@sop_routes.route("/kasus/<int:number>/revisi", methods=["GET", "POST"])
@login_first
def move(number: int) -> Any:
    """The form by which a running case goes on by the revision that is in force now."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    target = _in_force(shown)
    if target is None:
        not_found()
    reason = tk.request.form.get("reason", "").strip()
    if tk.request.method == "GET":
        return _move_form(shown, target, reason, shown["version"])
    version = tk.request.form.get("version", 0, type=int)
    values = {"id": shown["id"], "version": version, "sop": tk.request.form.get("sop", "")}
    try:
        after = ask("satudata_case_move", **values, reason=reason)
    except tk.ValidationError as error:
        faults = faults_of(error, sop_words.field)
        return _move_form(shown, target, reason, shown["version"], faults, 409)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    return see_other("satudata_case.receipt", number=number, sequence=after["version"])


def _route_form(
    agencies: list[tuple[str, str]],
    typed: dict[str, str],
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    found = ask("satudata_sop_list")
    return page(
        "sop/routes.html",
        status,
        routes=ask("satudata_route_list"),
        names={one["subject"]: one["name"] for one in reversed(found)},
        subjects=[(one["subject"], one["name"]) for one in found if one["in_force"]],
        kinds=[("", sop_words.kind(None)), *((one, sop_words.kind(one)) for one in routes.KINDS)],
        agencies=agencies,
        typed=typed,
        faults=faults or [],
        wrong=by_field(faults),
        words=sop_words,
    )


def _move_form(
    shown: dict[str, Any],
    target: dict[str, Any],
    reason: str,
    version: int,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    return page(
        "sop/move.html",
        status,
        case=shown,
        target=target,
        reason=reason,
        version=version,
        faults=faults or [],
        wrong=by_field(faults),
    )


def _in_force(shown: dict[str, Any]) -> dict[str, Any] | None:
    """The newest revision in force under the subject of a case, other than the one it runs on."""
    for one in ask("satudata_sop_list", subject=shown["sop"]["subject"]):
        if one["in_force"]:
            return one if one["sha256"] != shown["sop"]["sha256"] else None
    return None


def _agencies() -> list[tuple[str, str]]:
    """The agencies whose routes the reader may set; the first choice stands for all others."""
    user = user_of({"user": current_user.name})
    if user is None:
        return []
    everybody = [("", tk._("All other agencies"))] if routes.may_set_for_all(user) else []
    return everybody + [(one.id, one.display_name) for one in routes.settable(user)]
