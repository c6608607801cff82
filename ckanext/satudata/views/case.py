"""A case: where it stands and what happened, the form to act, and the receipt."""

from __future__ import annotations

from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.views import history
from ckanext.satudata.views.act_form import Draft
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    code_of,
    faults_of,
    login_first,
    not_found,
    page,
    refusal,
    see_other,
)

CONFLICTS = frozenset({"version_conflict", "step_not_open", "case_closed"})
"""The case moved on; what was typed may no longer fit."""

FIELD_CODES = frozenset({"reason_missing", "points_missing", "point_invalid", "outcome_unknown"})
"""A field of the form is missing or wrong."""

case = Blueprint("satudata_case", __name__)


@case.route("/kasus/<int:number>")
@login_first
def read(number: int) -> Any:
    """Who has it, since when, what comes next, what happened."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    return page("case/read.html", case=shown, stands=history.stands(shown))


@case.route("/kasus/<int:number>/tanda-terima/<int:sequence>")
@login_first
def receipt(number: int, sequence: int) -> Any:
    """One event as proof, with a lasting address. `lagi`: it was sent twice and counted once."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    event = history.event(shown, sequence)
    if event is None:
        not_found()
    again = "lagi" in tk.request.args
    return page("case/receipt.html", case=shown, event=event, again=again)


@case.route("/kasus/<int:number>/langkah/<int:step>", methods=["GET", "POST"])
@login_first
def step(number: int, step: int) -> Any:
    """The act form. A POST acts, or comes back with what was typed."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    draft = Draft.of(tk.request.form)
    visit = history.open_visit(shown, step, draft.item or tk.request.args.get("data"))
    if tk.request.method == "POST" and "point_add" not in tk.request.form:
        return _send(shown, step, draft)
    if visit is None:
        return see_other("satudata_case.read", number=number)
    refused = _refused(visit)
    if refused:
        return page("refused.html", 403, sentence=refused, case=shown)
    rows = len(draft.points) + 1 if "point_add" in tk.request.form else None
    return _form(shown, visit, draft, rows=rows)


def _send(shown: dict[str, Any], step: int, draft: Draft) -> Any:
    visit = history.open_visit(shown, step, draft.item)
    faults = draft.faults(visit)
    if visit is not None and faults:
        return _form(shown, visit, draft, faults, 422)
    move = draft.move(visit)
    needs_reason = bool(move and move["needs_reason"])
    try:
        values = draft.as_action(step, needs_reason=needs_reason)
        after = ask("satudata_case_act", id=str(shown["number"]), **values)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        return _sent_in_vain(shown, step, draft, error)
    sequence = history.ended_by(after, step, draft)
    return see_other("satudata_case.receipt", number=after["number"], sequence=sequence)


def _sent_in_vain(shown: dict[str, Any], step: int, draft: Draft, error: tk.ValidationError) -> Any:
    """The newest state, the reason, and everything that was typed."""
    newest = ask_or_404("satudata_case_show", id=str(shown["number"]))
    code = code_of(error)
    before = history.same_act(newest, step, draft, current_user.id)
    if before is not None and code in CONFLICTS:
        values = {"number": newest["number"], "sequence": before, "lagi": 1}
        return see_other("satudata_case.receipt", **values)
    visit = history.open_visit(newest, step, draft.item)
    faults = faults_of(error, _label)
    if code in CONFLICTS or visit is None or _refused(visit):
        return _conflict(newest, step, visit, draft, faults)
    return _form(newest, visit, draft, faults, 409 if code and code not in FIELD_CODES else 422)


def _conflict(
    newest: dict[str, Any],
    step: int,
    visit: dict[str, Any] | None,
    draft: Draft,
    faults: list[Fault],
) -> Any:
    winner = history.winner(newest, step, draft)
    if visit is None or visit["number"] != draft.visit or _refused(visit):
        stands = history.stands(newest)
        return page(
            "case/conflict.html",
            409,
            case=newest,
            faults=faults,
            winner=winner,
            draft=draft,
            stands=stands,
        )
    return _form(newest, visit, draft, faults, 409, winner=winner)


def _form(
    shown: dict[str, Any],
    visit: dict[str, Any],
    draft: Draft,
    faults: list[Fault] | None = None,
    status: int = 200,
    *,
    rows: int | None = None,
    winner: dict[str, Any] | None = None,
) -> Any:
    dataset = history.dataset_of(shown, visit["item"])
    return page(
        "case/act.html",
        status,
        case=shown,
        visit=visit,
        dataset=ask_or_404("package_show", id=dataset["id"]),
        draft=draft,
        faults=faults or [],
        wrong=_by_field(faults or []),
        rows=rows or max(len(draft.points), 1),
        returned=tk.h.satudata_returned(shown, visit),
        unmet=_unmet(visit),
        winner=winner,
    )


def _unmet(visit: dict[str, Any]) -> list[str]:
    """What must be mended before this step may end, as sentences."""
    return [refusal(one["code"], **one["facts"]) for one in visit["unmet"]]


def _refused(visit: dict[str, Any]) -> str | None:
    """Why the reader may take no outcome of a visit; None when he may take one."""
    codes = [move["refused"] for move in visit["moves"]]
    if not codes or None in codes:
        return None
    return refusal(codes[0], step=visit["step"], holders=tuple(visit["holders"]))


def _by_field(faults: list[Fault]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field, _words, sentence in faults:
        found.setdefault(field.removeprefix("field-"), []).append(sentence)
    return found


def _label(name: str) -> str:
    labels = {
        "outcome": tk._("Decision"),
        "reason": tk._("Reason"),
        "points": tk._("What to repair"),
    }
    return labels.get(name, "")
