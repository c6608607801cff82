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
    """The sheet of one text as `svg`, `pdf` or `bpmn`, made on demand; a text never changes."""
    if form not in FORMS:
        not_found()
    shown = ask_or_404("satudata_sop_show", id=sha256)
    if shown["sha256"] != sha256:
        not_found()
    answer = Response(drawing.as_file(sha256, form), mimetype=FORMS[form])
    number = f"revisi-{shown['revision']}" if shown["revision"] else "draf"
    how = "attachment" if form == "bpmn" else "inline"
    name = f"SOP-{shown['subject']}-{number}.{form}"
    answer.headers["Content-Disposition"] = f"{how}; filename={name}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if form == "svg":
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.set_etag(f"{sha256}-{form}")
    return answer.make_conditional(request)


def on_page(sha256: str) -> Markup:
    """The drawing of a text, each symbol a link to its row in the table of the same page."""
    return Markup(drawing.in_page(sops.find(sha256).sop, _row))  # noqa: S704 - escaped by its writer


def of_case(shown: dict[str, Any]) -> Markup:
    """The drawing of the sheet that a case runs by, with where it stands."""
    overdue = [one for one in shown["clocks"] if one["step"] and one["standing"] == "overdue"]
    here = {one["step"] for one in shown["open_visits"]}
    late = here.intersection(step for one in overdue for step in one["rows"])
    position = drawing.position_of(shown["steps"], late)
    sop = sops.find(shown["sop"]["sha256"]).sop
    return Markup(  # noqa: S704 - escaped by its writer
        drawing.in_page(sop, _row, position=position, with_head=False)
    )


def of_text(text: str) -> Markup:
    """The drawing of a text without faults that nobody has kept."""
    return Markup(drawing.in_page(sops.unkept(text), None))  # noqa: S704 - escaped by its writer


def _row(step: int) -> str:
    return f"#langkah-{step}"
