"""The bytes of an attachment, handed over and never run."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import wording
from ckanext.satudata.logic.cases import attachments
from ckanext.satudata.views.answers import ask_or_404, login_first, page

attachment = Blueprint("satudata_attachment", __name__)


@attachment.route("/lampiran/<id>")
@login_first
def download(id: str) -> Any:  # noqa: A002 - the word of the address
    """The file, for those to whom `satudata_attachment_show` answers."""
    shown = ask_or_404("satudata_attachment_show", id=id)
    try:
        chunks = attachments.stream(shown["sha256"], shown["name"])
    except Refused as refused:
        return page("refused.html", 409, sentence=wording.sentence(refused), case=None)
    answer = Response(chunks, mimetype=shown["mimetype"])
    answer.content_length = shown["size"]
    answer.headers["Content-Disposition"] = _disposition(shown["name"])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _disposition(name: str) -> str:
    """To be saved under its name, whatever letters it has (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
