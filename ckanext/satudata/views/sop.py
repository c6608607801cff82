"""The procedures of the offices: which are in force, the sheet of each, and bringing one in."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.common import current_user
from ckan.plugins import toolkit as tk
from flask import Blueprint

from ckanext.satudata.logic.sop import adopting, office_roles, sops
from ckanext.satudata.views import sop_sheet, sop_words
from ckanext.satudata.views.adoption_form import Draft
from ckanext.satudata.views.answers import (
    Fault,
    ask,
    ask_or_404,
    faults_of,
    login_first,
    not_found,
    page,
    see_other,
)

sop = Blueprint("satudata_sop", __name__)


@sop.route("/sop")
def index() -> Any:
    """What is in force, what is a draft, and which one opens for whom."""
    found = ask("satudata_sop_list")
    in_force = [one for one in found if one["in_force"]]
    held = {one["subject"] for one in in_force}
    drafts = _newest([one for one in found if one["subject"] not in held])
    return page(
        "sop/index.html",
        in_force=in_force,
        drafts=drafts,
        routes=ask("satudata_route_list"),
        names={one["subject"]: one["name"] for one in reversed(found)},
        keeper=_is_keeper(),
        router=_is_keeper(),
        words=sop_words,
    )


@sop.route("/sop/<subject>")
def read(subject: str) -> Any:
    """The sheet that is in force; where none is, the newest."""
    found = _revisions(subject)
    return _sheet(next((one for one in found if one["in_force"]), found[0]), found)


@sop.route("/sop/<subject>/revisi/<int:number>")
def revision(subject: str, number: int) -> Any:
    """One revision, also one that is in force no longer."""
    found = _revisions(subject)
    wanted = next((one for one in found if one["revision"] == number), None)
    return _sheet(wanted, found) if wanted else not_found()


@sop.route("/sop/<subject>/draf")
def draft(subject: str) -> Any:
    """The text of the configured file, while nobody has put it in force."""
    found = _revisions(subject)
    wanted = next((one for one in found if one["revision"] is None), None)
    return _sheet(wanted, found) if wanted else not_found()


@sop.route("/sop/<subject>/berlakukan", methods=["GET", "POST"])
@login_first
def adopt(subject: str) -> Any:
    """The adoption form. `sop`: sha256 of the text; left out: the newest."""
    given = tk.request.form.get("sop") or tk.request.args.get("sop") or subject
    shown = ask_or_404("satudata_sop_show", id=given)
    if shown["subject"] != subject:
        not_found()
    offices = _offices(shown["sha256"])
    if not offices:
        sentence = tk._("You can put this SOP in force for no office.")
        return page("refused.html", 403, sentence=sentence, case=None)
    if tk.request.method == "GET":
        return _adopt_form(shown, offices, Draft.empty(offices))
    typed = Draft.of(tk.request.form)
    try:
        typed = typed.with_decree(tk.request.files.get("decree_file"))
        made = ask("satudata_sop_adopt", sop=shown["sha256"], **typed.as_action())
    except tk.ValidationError as error:
        return _adopt_form(shown, offices, typed, faults_of(error, sop_words.field), 422)
    except tk.NotAuthorized as refused:
        return _adopt_form(shown, offices, typed, [("", "", str(refused.message))], 403)
    tk.h.flash_success(tk._("{name} is in force now.").format(name=shown["name"]))
    for one in made["warnings"]:
        names = ", ".join(actor["name"] for actor in one["actors"])
        words = tk._("Nobody holds {actors} for {agency}; cases will wait there.")
        agency = one["organization"]["title"]
        tk.h.flash_notice(words.format(actors=names, agency=agency))
    return see_other("satudata_sop.read", subject=subject)


@sop.route("/sop/<subject>/akhiri", methods=["POST"])
@login_first
def end(subject: str) -> Any:
    """End an adoption."""
    try:
        ask("satudata_adoption_end", id=tk.request.form.get("adoption", ""))
    except tk.ValidationError as error:
        sentence = " ".join(text for _id, _label, text in faults_of(error, lambda _name: ""))
        return page("refused.html", 409, sentence=sentence, case=None)
    except tk.NotAuthorized as refused:
        return page("refused.html", 403, sentence=str(refused.message), case=None)
    tk.h.flash_success(tk._("This SOP is in force there no longer. Running cases go on."))
    return see_other("satudata_sop.read", subject=subject)


@sop.route("/sop/unggah", methods=["GET", "POST"])
@login_first
def bring() -> Any:
    """A SOP file, or its text; what is wrong with it stands beside the text."""
    if not _is_keeper():
        try:
            tk.check_access("satudata_sop_upload", {"user": current_user.name}, {})
        except tk.NotAuthorized as refused:
            return page("refused.html", 403, sentence=str(refused.message), case=None)
    if tk.request.method == "GET":
        return _bring_form()
    text, file = tk.request.form.get("text", ""), tk.request.files.get("upload")
    sent = {"upload": file} if file and file.filename else {"text": text}
    try:
        if "look" in tk.request.form:
            return _looked_at(ask("satudata_sop_check", **sent), text, file)
        kept = ask("satudata_sop_upload", **sent)
    except tk.ValidationError as error:
        return _faulty(error, text, file)
    tk.h.flash_success(tk._("The SOP is kept as a draft. Read it, then put it in force."))
    return see_other("satudata_sop.revision", subject=kept["subject"], number=kept["revision"])


def _looked_at(found: dict[str, Any], text: str, file: Any) -> Any:
    """What was sent and not kept: its faults, or its sheet and what it changes."""
    if found["faults"]:
        return _bring_form(422, text=_text_of(file) or text, told=found["faults"])
    sheet = sop_sheet.of_text(found["text"])
    return _bring_form(text=found["text"], looked=found, drawing=sheet)


def _faulty(error: tk.ValidationError, text: str, file: Any) -> Any:
    """The form again, with the text of the file that was sent and every fault in it."""
    answer: dict[str, Any] = dict(error.error_dict)
    told = answer.pop("faults", [])
    faults: list[Fault] = faults_of(tk.ValidationError(answer), sop_words.field)
    return _bring_form(422, text=_text_of(file) or text, faults=faults, told=told)


def _text_of(file: Any) -> str:
    if not file or not file.filename:
        return ""
    file.stream.seek(0)
    return file.stream.read().decode("utf-8", "replace")


def _bring_form(status: int = 200, **more: Any) -> Any:
    values = {"text": "", "faults": [], "told": [], "wrong": {}, "looked": None, "drawing": None}
    return page("sop/bring.html", status, **{**values, **more}, words=sop_words)


def _sheet(one: dict[str, Any], found: list[dict[str, Any]]) -> Any:
    shown = ask_or_404("satudata_sop_show", id=one["sha256"])
    offices = _offices(shown["sha256"])
    return page(
        "sop/read.html",
        sop=shown,
        revisions=found,
        may_adopt=bool(offices),
        may_end={office.id for office in offices},
        in_force=next((other for other in found if other["in_force"]), None),
        drawing=sop_sheet.on_page(shown),
        words=sop_words,
    )


def _adopt_form(
    shown: dict[str, Any],
    offices: list[model.Group],
    typed: Draft,
    faults: list[Fault] | None = None,
    status: int = 200,
) -> Any:
    wrong: dict[str, list[str]] = {}
    for field, _label, sentence in faults or ():
        wrong.setdefault(field.removeprefix("field-"), []).append(sentence)
    held = {one["subject"] for one in ask("satudata_sop_list") if one["in_force"]}
    return page(
        "sop/adopt.html",
        status,
        sop=shown,
        offices=[(office.id, office.display_name) for office in offices],
        agencies=_agencies(),
        joints=[step for step in shown["steps"] if step["sambungan"]],
        held=held,
        typed=typed,
        faults=faults or [],
        wrong=wrong,
        words=sop_words,
    )


def _revisions(subject: str) -> list[dict[str, Any]]:
    return ask_or_404("satudata_sop_list", subject=subject) or not_found()


def _newest(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first of each subject."""
    first: dict[str, dict[str, Any]] = {}
    for one in found:
        first.setdefault(one["subject"], one)
    return list(first.values())


def _offices(sha256: str) -> list[model.Group]:
    """The offices for which the reader could put a text in force, that of the walidata first."""
    user = _reader()
    return adopting.offices_of(user, sops.find(sha256).sop) if user is not None else []


def _agencies() -> list[tuple[str, str]]:
    query = model.Session.query(model.Group).filter_by(is_organization=True, state="active")
    return [(one.id, one.display_name) for one in query.order_by(model.Group.title)]


def _is_keeper() -> bool:
    user = _reader()
    return user is not None and (user.sysadmin or office_roles.is_head_of_walidata(user))


def _reader() -> model.User | None:
    return model.User.get(current_user.name) if current_user.is_authenticated else None
