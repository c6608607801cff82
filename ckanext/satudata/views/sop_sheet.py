"""The sheet of a SOP as a file: to look at, to sign, for other programs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from markupsafe import Markup

from ckanext.satudata.logic.sop import drawing, sops
from ckanext.satudata.sop.drawing.drawn import FORMS
from ckanext.satudata.views.answers import ask_or_404, not_found

sop_sheet = Blueprint("satudata_sop_sheet", __name__)


@sop_sheet.route("/sop/lembar/<sha256>.<form>")
def download(sha256: str, form: str) -> Any:
    """The sheet of one text as `svg`, `pdf` or `bpmn`; a text never changes, so it is drawn once.

    Who has it already is told so by what is in it, not by which text it is of: a newer version of
    the portal may draw it otherwise.
    """
    if form not in FORMS:
        not_found()
    shown = ask_or_404("satudata_sop_show", id=sha256)
    if shown["sha256"] != sha256:
        not_found()
    file = drawing.as_file(sha256, form, draft=is_draft(shown))
    answer = Response(file, mimetype=FORMS[form])
    number = f"revisi-{shown['revision']}" if shown["revision"] else "draf"
    if is_draft(shown):
        # It is not open to everybody, so it is kept on no way to the reader.
        request.environ["__no_cache__"] = True
    how = "attachment" if form == "bpmn" else "inline"
    name = f"SOP-{shown['subject']}-{number}.{form}"
    answer.headers["Content-Disposition"] = f"{how}; filename={name}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if form == "svg":
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.add_etag()
    return answer.make_conditional(request)


def is_draft(shown: dict[str, Any]) -> bool:
    """Whether no office ever put a text in force, as `satudata_sop_show` gives it."""
    return not shown["adoptions"]


def on_page(shown: dict[str, Any]) -> Markup:
    """The drawing of a text, each symbol a link to its row in the table of the same page."""
    sha256 = shown["sha256"]
    sop, draft = sops.find(sha256).sop, is_draft(shown)
    made = drawing.in_page(sop, _row, sha256=sha256, draft=draft)
    return Markup(made)  # noqa: S704 - escaped by its writer


def of_case(shown: dict[str, Any]) -> Markup:
    """The drawing of the sheet that a case runs by, with where it stands."""
    overdue = [one for one in shown["clocks"] if one["step"] and one["standing"] == "overdue"]
    here = {one["step"] for one in shown["open_visits"]}
    late = here.intersection(step for one in overdue for step in one["rows"])
    position = drawing.position_of(shown["steps"], late)
    sha256 = shown["sop"]["sha256"]
    sop = sops.find(sha256).sop
    return Markup(  # noqa: S704 - escaped by its writer
        drawing.in_page(sop, _row, position=position, with_head=False, sha256=sha256)
    )


def of_text(text: str) -> Markup:
    """The drawing of a text without faults that nobody has kept."""
    return Markup(drawing.in_page(sops.unkept(text), None))  # noqa: S704 - escaped by its writer


def _row(step: int) -> str:
    return f"#langkah-{step}"
