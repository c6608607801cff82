"""A case: where it stands and what happened, the form to act, and the receipt."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint, g

from ckanext.satudata.logic import wording
from ckanext.satudata.views import history, paper, sop_sheet
from ckanext.satudata.views.act_form import Draft
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    by_field,
    code_of,
    faults_of,
    login_first,
    not_found,
    page,
    refusal,
    see_other,
)
from ckanext.satudata.views.material import material

CONFLICTS = frozenset(
    {
        "version_conflict",
        "step_not_open",
        "request_answered",
        "case_closed",
        "idempotency_key_used",
        "work_going_on",
    }
)
"""The case moved on; what was typed may no longer fit."""

FIELD_CODES = frozenset(
    {
        "reason_missing",
        "points_missing",
        "point_invalid",
        "outcome_unknown",
        "date_invalid",
        "paper_in_future",
        "paper_name_missing",
        "paper_evidence_missing",
        "attachment_unknown",
        "time_invalid",
        "time_not_to_the_minute",
        "time_past",
        "time_too_far",
        "time_not_together",
        "under_embargo",
    }
)
"""A field of the form is missing or wrong."""

PLACES = {
    "paper": "field-paper_on",
    "attachments": "field-paper_file",
    "items": "field-meant",
    "rest": "field-rest",
}
"""Where a fault is mended, for fields that the form has under another name."""

case = Blueprint("satudata_case", __name__)


@case.route("/kasus/<int:number>")
@login_first
def read(number: int) -> Any:
    """Who has it, since when, what comes next, what happened."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    if tk.request.method == "GET" and not tk.request.headers.get("HX-Request"):
        # All that a notice of the case tells stands on this page; the header counts what is left.
        g.satudata_unread = ask("satudata_notice_read", case=str(number))["unread"]
    return page("case/read.html", **about(shown), drawing=sop_sheet.of_case(shown))


def about(shown: dict[str, Any]) -> dict[str, Any]:
    """What the page of a case shows."""
    return {
        "case": shown,
        "stands": history.stands(shown),
        "is_list": history.is_list(shown),
        "title": history.title(shown),
        "missing": history.not_delivered(shown),
        "work": [_work(one) for one in shown["work"]],
        "lacking": [
            (history.dataset_of(shown, one["dataset_id"]), refusal(one["code"], **one["facts"]))
            for visit in shown["open_visits"]
            for one in visit["lacking"]
        ],
        "new_key": new_key,
    }


def new_key() -> str:
    """Names a form, so that the same one sent twice is counted once."""
    return uuid.uuid4().hex


@case.route("/kasus/<int:number>/tanda-terima/<int:sequence>")
@login_first
def receipt(number: int, sequence: int) -> Any:
    """One event as proof, with a lasting address. `lagi`: it was sent twice and counted once."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    event = history.event(shown, sequence)
    if event is None:
        not_found()
    again = "lagi" in tk.request.args
    return page("case/receipt.html", **about(shown), event=event, again=again)


@case.route("/kasus/<int:number>/langkah/<int:step>", methods=["GET", "POST"])
@login_first
def step(number: int, step: int) -> Any:
    """The act form. A POST acts, or comes back with what was typed."""
    shown = ask_or_404("satudata_case_show", id=str(number))
    draft = Draft.of(tk.request.form)
    args = tk.request.args
    wanted = draft.visit or args.get("kunjungan", type=int)
    visit = history.open_visit(shown, step, draft.item or args.get("data"), wanted)
    if tk.request.method == "POST" and "point_add" not in tk.request.form:
        return _send(shown, step, visit, draft)
    if visit is None:
        return see_other("satudata_case.read", number=number)
    refused = refused_at(visit)
    if refused:
        return refused_page(shown, *refused)
    rows = len(draft.points) + 1 if "point_add" in tk.request.form else None
    return _form(shown, visit, draft, rows=rows)


def refused_page(shown: dict[str, Any], code: str, sentence: str) -> Any:
    """Somebody may read, but not do this: who may (403), or what has to happen first (409)."""
    status = 403 if code in wording.FORBIDDEN else 409
    return page("refused.html", status, sentence=sentence, case=shown)


def _send(shown: dict[str, Any], step: int, visit: dict[str, Any] | None, draft: Draft) -> Any:
    found: list[Fault] = []
    if visit is not None and history.way_in(visit):
        evidence, found = paper.keep(shown["number"], "paper_file", draft.paper.evidence)
        draft = draft.with_paper(draft.paper.with_evidence(evidence))
    faults = [*draft.faults(visit), *found]
    if visit is not None and faults:
        return _form(shown, visit, draft, faults, 422)
    try:
        values = draft.as_action(step, draft.move(visit))
        after = ask("satudata_case_act", id=str(shown["number"]), **values)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=shown)
    except tk.ValidationError as error:
        return _sent_in_vain(shown, step, draft, error)
    sequence = history.ended_by(after, step, draft)
    again = {"lagi": 1} if sequence <= shown["version"] else {}
    return see_other("satudata_case.receipt", number=after["number"], sequence=sequence, **again)


def _sent_in_vain(shown: dict[str, Any], step: int, draft: Draft, error: tk.ValidationError) -> Any:
    """The newest state, the reason, and everything that was typed."""
    newest = ask_or_404("satudata_case_show", id=str(shown["number"]))
    code = code_of(error)
    before = history.same_act(newest, step, draft, current_user.id)
    if before is not None and (code in CONFLICTS or code == "confirmed_already"):
        values = {"number": newest["number"], "sequence": before, "lagi": 1}
        return see_other("satudata_case.receipt", **values)
    if code in ("idempotency_key_used", "request_answered"):
        draft = replace(draft.about_answers(newest), key="")
    visit = history.open_visit(newest, step, draft.item, draft.visit)
    faults = _at_their_place(faults_of(error, _label))
    if code in CONFLICTS or visit is None or refused_at(visit):
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
    if visit is None or visit["number"] != draft.visit or refused_at(visit):
        return page(
            "case/conflict.html", 409, **about(newest), faults=faults, winner=winner, draft=draft
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
    return page(
        "case/act.html",
        status,
        **about(shown),
        **material(shown, visit),
        visit=visit,
        way_in=history.way_in(visit),
        draft=draft if draft.key else replace(draft, key=new_key()),
        faults=faults or [],
        wrong=by_field(faults),
        rows=rows or max(len(draft.points), 1),
        returned=tk.h.satudata_returned(shown, visit),
        unmet=_unmet(visit),
        winner=winner,
    )


def _unmet(visit: dict[str, Any]) -> list[str]:
    """What keeps a step from going on, but for what stands beside each dataset of a list."""
    told = {one["code"] for one in visit["lacking"]}
    return [refusal(o["code"], **o["facts"]) for o in visit["unmet"] if o["code"] not in told]


def refused_at(visit: dict[str, Any]) -> tuple[str, str] | None:
    """Code and sentence why the reader may do nothing on the form; None when he may."""
    return None if history.way_in(visit) else why_not(visit)


def why_not(visit: dict[str, Any]) -> tuple[str, str]:
    """Code and sentence that refuse the reader the first way out of a visit."""
    code = visit["moves"][0]["refused"]
    claimed = visit["claimed_by"]
    facts = {
        "step": visit["step"],
        "holders": tuple(visit["holders"]),
        "holder": claimed["name"] if claimed else "-",
        "approver": visit["approval_by"] or "-",
    }
    return code, refusal(code, **facts)


def _work(one: dict[str, Any]) -> dict[str, Any]:
    """What an act over the list has still to do to a dataset, and why it is not through."""
    why = wording.kept_sentence(one["refused"], one["facts"] or {}) if one["refused"] else ""
    return {**one, "why": why}


def _at_their_place(faults: list[Fault]) -> list[Fault]:
    return [
        (PLACES.get(place.removeprefix("field-"), place), label, sentence)
        for place, label, sentence in faults
    ]


def _label(name: str) -> str:
    labels = {
        "outcome": tk._("Decision"),
        "reason": tk._("Reason"),
        "points": tk._("What to repair"),
        "paper": tk._("Done on paper"),
        "publish_at": tk._("Published on"),
    }
    return labels.get(name, "")
