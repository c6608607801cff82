"""What is asked of every request, ours and core's, before a page reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ckan.common import current_user
from ckan.config.middleware.flask_app import csrf
from ckan.plugins import toolkit as tk
from flask import Blueprint, current_app, g

from ckanext.satudata.views.link import HIDDEN

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
