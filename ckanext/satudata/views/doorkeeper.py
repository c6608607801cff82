"""What is asked of every request, ours and core's, before a page reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ckan.common import current_user
from ckan.config.middleware.flask_app import csrf
from ckan.plugins import toolkit as tk
from flask import Blueprint, current_app, g, jsonify

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.wording import sentence
from ckanext.satudata.views.link import HIDDEN

_ESCAPE = rb"(?<!\\)(?:\\\\)*"
_HIGH, _LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
UNSTORABLE = re.compile(
    _ESCAPE + rb"(?:\\u0000|" + _HIGH + rb"(?!" + _LOW + rb")|(?<!" + _HIGH + rb")" + _LOW + rb")"
)
"""NUL and half characters as JSON writes them: no database holds them, and core falls over them."""

doorkeeper = Blueprint("satudata_doorkeeper", __name__)


@doorkeeper.before_app_request
def refuse_nul() -> None:
    """Answer 400 to a NUL in an address or a form: no database holds it, and core falls over it.

    A link says by itself that it does not know such an address, and keeps its token out of logs.
    """
    folder = HIDDEN.rpartition("/")[0]
    if not tk.request.path.startswith(f"{folder}/") and any("\0" in one for one in _texts()):
        tk.abort(400, tk._("This address or form holds characters that cannot be stored."))


@doorkeeper.before_app_request
def refuse_unstorable_json() -> Any:
    """The same for what comes as JSON, told at its field; core's own actions are asked too."""
    if not tk.request.is_json or not UNSTORABLE.search(tk.request.get_data(cache=True)):
        return None
    sent = tk.request.get_json(silent=True)
    fields = [name for name, one in sent.items() if _broken(one)] if isinstance(sent, dict) else []
    return _refused_as_json(Refused("text_unreadable"), fields)


@doorkeeper.app_errorhandler(RecursionError)
def refuse_too_deep(error: RecursionError) -> Any:
    """JSON that is nested deeper than can be read is the caller's fault; anything else is ours."""
    if not tk.request.is_json:
        raise error
    return _refused_as_json(Refused("json_too_deep"), [])


def _broken(value: Any) -> bool:
    return UNSTORABLE.search(json.dumps(value).encode()) is not None


def _refused_as_json(refused: Refused, fields: list[str]) -> tuple[Any, int]:
    """A refusal in the shape of core's API: by field, or where none is named as a whole."""
    told: dict[str, Any] = {name: [sentence(refused)] for name in fields}
    kind = "Validation Error" if fields else "Bad Request"
    whole = {} if fields else {"message": sentence(refused)}
    error = {"__type": kind, "code": [refused.code], **whole, **told}
    return jsonify({"success": False, "error": error}), 409 if fields else 400


@doorkeeper.before_app_request
def ask_for_mark() -> None:
    """Ask for the CSRF mark of a form whenever a session acts.

    Core exempts a view for as long as the process lives once anybody came to it without a
    session, so that its own check protects nobody after the first anonymous visit.
    """
    if not current_app.config["WTF_CSRF_ENABLED"] or not current_user.is_authenticated:
        return
    exempt = csrf._exempt_blueprints  # noqa: SLF001 - no other way to know what was meant
    by_session = not g.get("login_via_auth_header")
    if by_session and current_app.blueprints.get(tk.request.blueprint or "") not in exempt:
        csrf.protect()


def _texts() -> Iterator[str]:
    request = tk.request
    yield request.path
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield from (name, value)
    for file in request.files.values():
        yield file.filename or ""
