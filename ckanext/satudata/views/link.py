"""The page behind a link: what is to be judged, its files, one form, and a receipt.

No login, no cookie, no script. The token in the address is the only key there is, so it is taken
out of the request before anything can write the address down.
"""

from __future__ import annotations

from typing import Any

from ckan.config.middleware.flask_app import csrf
from ckan.plugins import toolkit as tk
from ckan.types import Response as CkanResponse
from flask import Blueprint, Response

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.links import desk as link_desk
from ckanext.satudata.logic.links import page as link_page
from ckanext.satudata.logic.links.desk import Desk
from ckanext.satudata.logic.links.links import LinkActor
from ckanext.satudata.logic.proof import denied
from ckanext.satudata.logic.schema import link as schema_link
from ckanext.satudata.logic.transaction import one_commit
from ckanext.satudata.views.act_form import Draft
from ckanext.satudata.views.answers import Fault, code_of, faults_of, page, see_other

HIDDEN = "/tautan/-"
"""What logs and error reports get to know of the address."""

GONE = frozenset({"link_used", "link_expired", "link_withdrawn", "link_over"})
"""The link may not be used any more."""

FIELD_CODES = frozenset(
    {
        *("reason_missing", "points_missing", "point_invalid", "outcome_unknown"),
        *("link_form", "link_signer_missing"),
    }
)
"""A field of the form is missing or wrong."""

link = Blueprint("satudata_link", __name__)
# The form carries a mark of ours, and no cookie gives anybody a right here. Core's check would
# refuse a reader who is logged in: this page sends no referrer.
csrf.exempt(link)


@link.before_request
def hide_token() -> None:
    """Let no log line and no error mail of this request name the token."""
    request: Any = tk.request
    environ = request.environ
    for name in ("PATH_INFO", "REQUEST_URI", "RAW_URI", "CKAN_CURRENT_URL"):
        if name in environ:
            environ[name] = HIDDEN
    environ["__no_cache__"] = True
    request.path = HIDDEN


@link.after_request
def say_nothing_on(response: CkanResponse) -> CkanResponse:
    """Keep the address and the page out of caches, search engines and the logs of other sites."""
    headers = response.headers
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cache-Control"] = "no-store"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
    )
    return response


@link.route("/tautan/<token>", methods=["GET", "POST"])
def read(token: str) -> Any:
    """What is to be judged and the form; a POST takes an outcome. HEAD leaves no trace."""
    try:
        if tk.request.method == "POST":
            return _sent(token)
        if tk.request.method == "HEAD":
            return _show(token, link_desk.look(token))
        with one_commit():
            desk = link_desk.enter(token)
        return _show(token, desk)
    except (Refused, tk.ValidationError):
        return _unknown()


@link.route("/tautan/<token>/berkas/<resource_id>")
def download(token: str, resource_id: str) -> Any:
    """A file of the datasets that the link is about, handed over and never run."""
    try:
        if tk.request.method == "HEAD":
            link_desk.check_file(token, resource_id)
            return Response()
        with one_commit():
            fetched = link_desk.fetch(token, resource_id)
    except (Refused, tk.ValidationError) as error:
        if isinstance(error, tk.ValidationError) and code_of(error) == "file_missing":
            shown = link_page.page_of(link_desk.look(token))
            sentences = [text for _field, _words, text in faults_of(error, _label)]
            return page("link/closed.html", 409, page=shown, sentence=" ".join(sentences))
        return _unknown()
    answer = Response(fetched.chunks, mimetype=fetched.mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=fetched.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@link.route("/tautan/", defaults={"rest": ""}, methods=["GET", "POST"])
@link.route("/tautan/<path:rest>", methods=["GET", "POST"])
def elsewhere(rest: str) -> Any:
    """Every other address below answers alike, and is as silent in the logs."""
    return _unknown()


def _sent(token: str) -> Any:
    form, draft = tk.request.form, Draft.of(tk.request.form)
    shown = link_page.page_of(link_desk.look(token))
    if shown["standing"] != link_desk.OPEN:
        return _too_late(token, draft)
    if "point_add" in form:
        return _form(shown, token, draft, rows=len(draft.points) + 1)
    signed, faults = _signed()
    faults = [*_faults_of(draft, shown["visit"]), *faults]
    if faults:
        return _form(shown, token, draft, faults, 422)
    move = draft.move(shown["visit"]) or {}
    values = draft.as_action(shown["visit"]["step"], move)
    try:
        with one_commit():
            link_desk.act(token, form.get("mark", ""), signed, values)
    except tk.NotAuthorized as refused:
        answer = _in_vain(token, draft, [("", "", str(refused.message))], 409)
        _note_denied(link_desk.look(token), _code_of(refused))
        return answer
    except tk.ValidationError as error:
        if code_of(error) in GONE:
            return _too_late(token, draft)
        status = 422 if code_of(error) in FIELD_CODES else 409
        return _in_vain(token, draft, faults_of(error, _label), status)
    return see_other("satudata_link.read", token=token)


def _code_of(refused: tk.NotAuthorized) -> str:
    cause = refused.__cause__
    return cause.code if isinstance(cause, Refused) else ""


def _faults_of(draft: Draft, visit: dict[str, Any]) -> list[Fault]:
    return draft.faults(visit) if visit["refused"] is None else []


def _signed() -> tuple[str, list[Fault]]:
    """The name that was typed, as one line."""
    given = {"signed": tk.request.form.get("signed", "")}
    data, errors = tk.navl_validate(given, schema_link.link_act(), {})
    label = tk._("Your name and position")
    if errors:
        return "", [("field-signed", label, str(one)) for one in errors["signed"]]
    if not data.get("signed"):
        return "", [("field-signed", label, wording.sentence(Refused("link_signer_missing")))]
    return data["signed"], []


def _in_vain(token: str, draft: Draft, faults: list[Fault], status: int) -> Any:
    """The newest state, the reason, and everything that was typed."""
    shown = link_page.page_of(link_desk.look(token))
    if shown["standing"] != link_desk.OPEN:
        return _too_late(token, draft)
    return _form(shown, token, draft, faults, status)


def _too_late(token: str, draft: Draft) -> Any:
    """A form for a link that may not be used any more; the same form sent twice was counted."""
    desk = link_desk.look(token)
    used = link_desk.used_by(desk)
    if used is not None and _says(used.body, draft):
        return see_other("satudata_link.read", token=token)
    shown = link_page.page_of(desk)
    refused = link_desk.refused_as(desk)
    answer = page("link/closed.html", 409, page=shown, sentence=wording.sentence(refused))
    _note_denied(desk, refused.code)
    return answer


def _note_denied(desk: Desk, code: str) -> None:
    """After everything else: it ends the transaction."""
    denied.note(LinkActor(desk.link).id, "satudata_link.act", code, [desk.case.id])


def _says(body: Any, draft: Draft) -> bool:
    return body["outcome"] == draft.outcome and body["reason"] in ("", draft.reason)


def _show(token: str, desk: Desk) -> Any:
    shown = link_page.page_of(desk)
    if shown["standing"] == link_desk.OPEN:
        return _form(shown, token, Draft.of(tk.request.form))
    if shown["receipt"]:
        return page("link/receipt.html", page=shown)
    sentence = wording.sentence(link_desk.refused_as(desk))
    return page("link/closed.html", 410, page=shown, sentence=sentence)


def _form(
    shown: dict[str, Any],
    token: str,
    draft: Draft,
    faults: list[Fault] | None = None,
    status: int = 200,
    *,
    rows: int | None = None,
) -> Any:
    refused = shown["visit"]["refused"]
    return page(
        "link/judge.html",
        status,
        page=shown,
        token=token,
        draft=draft,
        signed=tk.request.form.get("signed", ""),
        faults=faults or [],
        wrong=_by_field(faults or []),
        rows=rows or max(len(draft.points), 1),
        refused=_why_not(shown, refused) if refused else "",
    )


def _why_not(shown: dict[str, Any], code: str) -> str:
    facts = {"holders": tuple(shown["visit"]["holders"]), "step": shown["visit"]["step"]}
    facts |= {"holder": shown["office"]["title"], "approver": shown["office"]["title"]}
    return wording.sentence(Refused(code, **facts))


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
        "signed": tk._("Your name and position"),
        "rest": tk._("The other data"),
    }
    return labels.get(name, "")


def _unknown() -> Any:
    """The one answer to a forged token, an unknown one, and every file that is not of the list."""
    return page("link/unknown.html", 404, office=link_page.office(config.walidata()))
