"""Holes of CKAN's own that we close: each is red as soon as CKAN closes it, and says what can go.

What our part does is tested where the row says; here only that it is still needed. The same table
stands in docs/explanation/holes-of-ckan.md.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from ckan import authz, model
from ckan.lib import files, mailer
from ckan.model.user import AnonymousUser
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from werkzeug.datastructures import FileStorage
from werkzeug.routing import BuildError

from ckanext.satudata.logic import loaded
from ckanext.satudata.logic.files import store
from ckanext.satudata.model import outbox
from ckanext.satudata.views import doorkeeper
from tests.integration.delivered import delivery
from tests.integration.office import Office, call, dataset_values
from tests.integration.stored import Stored
from tests.integration.test_doorkeeper import Session, comes_without_a_session

pytestmark = pytest.mark.usefixtures("with_plugins")


@dataclass(frozen=True)
class Hole:
    """One row: its name here, what of ours closes it, and which of our tests is red without it."""

    name: str
    ours: str
    tests: str


HOLES = {
    one.name: one
    for one in (
        Hole("CVE-2026-41255", "views/doorkeeper.py: ask_for_mark", "test_doorkeeper.py"),
        Hole("CVE-2026-41132", "logic/mail_check.py", "test_mail_check.py"),
        Hole("inline", "views/downloads.py: handed_over, hand_over", "test_downloads.py"),
        Hole("anonymous", "people.user_of, asked in every auth function of ours", "test_holes.py"),
        Hole("type", "logic/action/dataset.py: DATASET_TYPES", "test_gate.py"),
    )
}


def still_open(name: str, is_open: bool) -> None:
    """Fail, naming what can go, where CKAN has closed a hole."""
    row = HOLES[name]
    if not is_open:
        pytest.fail(
            f"CKAN has closed {name} itself. Our part can go: {row.ours}, with its tests in "
            f"{row.tests}, this one, and the row in docs/explanation/holes-of-ckan.md."
        )


FORM = "/dataset/new"


def test_the_exemption_from_csrf_is_still_given_by_anybody_without_a_session(
    app: CKANTestApp, clean_db, clean_index, monkeypatch
):
    monkeypatch.setitem(app.flask_app.config, "WTF_CSRF_ENABLED", True)
    asked: Any = app.flask_app.before_request_funcs
    without = [one for one in asked[None] if one is not doorkeeper.ask_for_mark]
    assert len(without) == len(asked[None]) - 1
    session = Session(app)
    monkeypatch.setitem(asked, None, without)
    comes_without_a_session(app, FORM)

    still_open("CVE-2026-41255", session.post(FORM).status_code != 400)


def test_mail_still_goes_to_a_server_that_nobody_vouches_for():
    still_open("CVE-2026-41132", ".starttls()" in inspect.getsource(mailer._mail_recipient))


@pytest.mark.parametrize("name", ["data.html", "data.svg"])
def test_a_file_storage_still_lets_a_browser_run_what_was_uploaded(app, storage: Stored, name):
    sha256 = store.keep(files.make_upload(FileStorage(io.BytesIO(b"<script>"), name, "upload")))
    kind = {"data.html": "text/html", "data.svg": "image/svg+xml"}[name]
    data = files.FileData(store.location_of(sha256), size=8, content_type=kind)
    with app.flask_app.test_request_context():
        headers = storage.storage.as_response(data, name).headers

    runs = headers["Content-Disposition"].startswith("inline")
    guarded = "X-Content-Type-Options" in headers and "Content-Security-Policy" in headers
    still_open("inline", runs or not guarded)


NOBODY: Any = {"user": "", "auth_user_obj": AnonymousUser()}
"""Who calls the API without a token, as core's own view of the API says it."""


def test_an_auth_function_of_a_plugin_still_lets_anonymous_callers_of_the_api_in(monkeypatch):
    known = authz._AuthFunctions
    authz.auth_functions_list()
    monkeypatch.setitem(known._functions, "uji_terbuka", lambda context, data: {"success": True})

    still_open("anonymous", authz.is_authorized("uji_terbuka", dict(NOBODY), {})["success"])


def _own() -> dict[str, Callable[..., Any]]:
    """Our auth functions that do not let everybody in by their own word."""
    found = loaded.get_auth_functions()
    is_open = "auth_allow_anonymous_access"
    own = {name: one for name, one in found.items() if name.startswith("satudata_")}
    return {name: one for name, one in own.items() if not getattr(one, is_open, False)}


def test_no_auth_function_of_ours_lets_an_anonymous_caller_of_the_api_in(clean_db):
    let_in = []
    for name in _own():
        try:
            answer = authz.is_authorized(name, dict(NOBODY), {"id": "x", "case_id": "x"})
        except (tk.ObjectNotFound, tk.ValidationError, tk.NotAuthorized):
            continue
        if answer["success"]:
            let_in.append(name)

    assert len(_own()) > 20
    assert let_in == []


def test_a_dataset_of_an_unknown_type_still_breaks_the_lists(app, office: Office):
    person = office.people["produsen_data"]
    call(person["name"], "package_create", **dataset_values(office))
    model.Session.execute(sa.text("UPDATE package SET type = 'jenis-asing'"))
    model.Session.commit()
    outbox.note(outbox.DATASET, model.Package.get("jumlah-penduduk").id)
    model.Session.commit()
    delivery.deliver()
    pages = ("/dataset/", f"/organization/{office.agency['name']}", f"/user/{person['name']}")
    headers = {"Authorization": person["token"]}

    still_open("type", any(_breaks(app, one, headers) for one in pages))


def _breaks(app: CKANTestApp, path: str, headers: dict[str, str]) -> bool:
    """Whether a page answers 500, which a test's client tells by raising what the page raised."""
    try:
        return app.get(path, headers=headers).status_code == 500
    except BuildError:
        return True
